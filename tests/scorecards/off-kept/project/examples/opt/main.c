#ifdef HAVE_OPT
