#include "first/twice.h"
char quote = '"'; // "
#ifdef __cplusplus
#include "conditions/none.h"
#endif
#define EMPTY
EMPTY # include "conditions/none.h"
#if 1 //
#include <stddef.h>
#endif
#/* nothing */
#define INCLUDE #include "conditions/none.h"
#include "conditions/one.h"