bulkhead_module(opt TOGGLE USE_OPT STAGE S0)
