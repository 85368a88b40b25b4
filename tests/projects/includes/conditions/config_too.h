#include <config.h>
#if defined HAVE_ALPHA && !HAVE_BETA
#include <alpha.h>
#endif
