bulkhead_module(TOGGLE USE_OPT PATHS opt/**)
