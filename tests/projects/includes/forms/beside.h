#include "../quoted/quoted.h"
#include "sub/./deep.h"
