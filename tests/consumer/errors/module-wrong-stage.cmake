bulkhead_module(opt TOGGLE USE_OPT STAGE S4 PATHS opt/**)
