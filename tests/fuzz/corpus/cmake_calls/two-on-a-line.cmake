f(a) g(b)
