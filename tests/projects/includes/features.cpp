#ifndef __has_feature
#define __has_feature(x) 0
#endif
#ifndef __has_builtin
#define __has_builtin(x) 0
#endif
#define SANITIZED(x) __has_feature(x##_sanitizer)
#if SANITIZED(address) || defined(__SANITIZE_ADDRESS__)
#include "conditions/with.h"
#else
#include "conditions/without.h"
#endif
#if __has_builtin(__builtin_expect) && __has_cpp_attribute(nodiscard) >= 201603L && __has_attribute(__noreturn__)
#include "conditions/one.h"
#endif
#ifdef __GXX_RTTI
#include "conditions/rtti.h"
#endif
#ifdef __clang__
#include "conditions/alpha.h"
#elif __GNUC__ >= 5
#include "conditions/beta.h"
#endif
