#include "conditions/config_too.h"
#if __STDC_VERSION__ >= 201112L
#include <stdalign.h>
#else
#include <stdbool.h>
#endif
#ifdef __STRICT_ANSI__
#include "none.h"
#endif
#ifdef _OPENMP
#include <omp.h>
#endif
#include <inttypes.h>
