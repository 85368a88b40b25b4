bulkhead_module(opt TOGLE USE_OPT PATHS opt/**)
