#include "only_first.h"
