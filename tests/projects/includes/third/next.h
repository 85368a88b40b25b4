#include "end.h"
