#include_next <next.h>
#include "left_out.h"
#import "twice.h"
#import "twice.h"
#include <stdlib.h>
#include <limits.h>
