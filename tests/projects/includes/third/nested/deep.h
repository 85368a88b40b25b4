#include "third.h"
