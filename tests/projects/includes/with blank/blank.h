#include "blank too.h"
