1f(a) _g(b)
