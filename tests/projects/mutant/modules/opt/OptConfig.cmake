set(Opt_FOUND TRUE)
