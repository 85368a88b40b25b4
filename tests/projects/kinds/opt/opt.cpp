#include "include/opt.h"

int opt() {
  return 2;
}
