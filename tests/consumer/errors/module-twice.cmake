bulkhead_module(opt TOGGLE USE_OPT PATHS opt/**)
bulkhead_module(opt TOGGLE USE_OPT TARGETS opt)
