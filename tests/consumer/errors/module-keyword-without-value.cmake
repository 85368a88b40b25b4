bulkhead_module(opt TOGGLE USE_OPT PATHS)
