bulkhead_module(opt TOGGLE USE_OPT AND NOT MINIMAL PATHS opt/**)
