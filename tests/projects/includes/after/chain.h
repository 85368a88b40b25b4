#include "chain_end.h"
