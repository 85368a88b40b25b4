#include "either.h"
#include <either.h>
#include "quoted.h"
#include <end.h>
#include <twice.h>
#if __has_include(<after_last.h>)
#include <after_last.h>
#endif
#ifdef FROM_SECOND
#include <named.h>
#endif
#include <chain.h>
