#include <vector>
#include "first/twice.h"
