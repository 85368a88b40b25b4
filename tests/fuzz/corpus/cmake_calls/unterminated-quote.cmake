f("a b
