project(x)
f(a
  b)
