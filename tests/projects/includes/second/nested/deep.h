#include_next <nested/deep.h>
