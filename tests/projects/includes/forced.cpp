#if IS_FORCED
#include "conditions/one.h"
#endif
#if defined(FROM_SECOND) && FROM_IMACROS
#include "conditions/two.h"
#endif
