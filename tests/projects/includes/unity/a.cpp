#include "a.h"
#define FROM_A
