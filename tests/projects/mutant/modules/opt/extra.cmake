set(opt_extra 1)
