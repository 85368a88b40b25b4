f(café "ÿ")
