#include "../opt/include/opt.h"

int textual() {
  return sizeof(&opt);
}
