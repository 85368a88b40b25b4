#include "config.h"
#ifdef HAVE_ALPHA
#include "alpha.h"
#endif
#if HAVE_BETA
#include "beta.h"
#elif defined(USE_ONE)
#include "one.h"
#elif USE_TWO == 2 && USE_THREE > 2
#include "two.h"
#else
#include "none.h"
#endif
#ifdef CHOICE
#include CHOICE
#endif
#if __cplusplus > 201703L
#include <compare>
#include "cxx20.h"
#endif
#ifdef __cpp_exceptions
#include <stdexcept>
#endif
#if defined(USE_WP) && (USE_WP ? 'a' == 97 : 1 / 0)
#include "wp.h"
#endif
#pragma push_macro("HAVE_ALPHA")
#undef HAVE_ALPHA
#pragma pop_macro("HAVE_ALPHA")
#ifndef HAVE_ALPHA
#include "beta.h"
#endif
