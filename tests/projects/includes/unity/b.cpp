#ifdef FROM_A
#include "b.h"
#endif
