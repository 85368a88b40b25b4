#ifdef ALONE
#include "../first/twice.h"
#endif
