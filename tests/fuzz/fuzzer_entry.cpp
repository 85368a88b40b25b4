// What libFuzzer calls; built once for each of fuzz_targets.h, which the build names in BULKHEAD_FUZZ_TARGET.

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "tests/fuzz/fuzz_targets.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  // An exception that leaves here ends the program, and the fuzzer keeps the input.
  bulkhead::test::BULKHEAD_FUZZ_TARGET({reinterpret_cast<const char*>(data), size});
  return 0;
}
