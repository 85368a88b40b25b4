bulkhead_module(opt PATHS opt/**)
