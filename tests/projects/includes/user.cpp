#ifdef USES_USAGE
#include <usage.h>
#else
#include <nowhere.h>
#endif
