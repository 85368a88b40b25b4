#include "made_for_macros.h"
#define FROM_IMACROS 1
