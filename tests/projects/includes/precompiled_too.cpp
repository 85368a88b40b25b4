#if IS_FORCED
#include <map>
#endif
