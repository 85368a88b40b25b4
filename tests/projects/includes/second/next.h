#if __has_include_next(<next.h>)
#include_next <next.h>
#else
#include "twice.h"
#endif
#if __has_include_next(<twice.h>)
#include <named.h>
#endif
