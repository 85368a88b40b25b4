# it's a comment
// isn't it?
#include "conditions/one.h"
#ifdef __ASSEMBLER__
#include "first/twice.h"
#else
#include "conditions/none.h"
#endif
