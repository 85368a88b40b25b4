bulkhead_module(opt TOGGLE USE_OPT UNSET no PATHS opt/**)
