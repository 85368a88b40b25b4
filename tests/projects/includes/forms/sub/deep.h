#include "../beside_deep.h"
