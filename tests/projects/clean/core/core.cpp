#ifdef OPT_AVAILABLE
#include "opt.h"
#endif

int core() {
#ifdef OPT_AVAILABLE
  return opt();
#else
  return 1;
#endif
}
