#include "tests/support/live_cmakes.h"

#include <algorithm>
#include <cstdlib>
#include <sstream>

#include "tests/support/replies.h"

namespace bulkhead::test {

const std::vector<std::string>& live_cmakes() {
  static const std::vector<std::string> all = [] {
    std::vector<std::string> list = {cmake_command()};
    const char* const more = std::getenv("BULKHEAD_TEST_CMAKES");
    std::string names = more == nullptr ? "" : more;
    std::replace(names.begin(), names.end(), ';', ':');
    std::istringstream stream(names);
    for (std::string name; std::getline(stream, name, ':');) {
      if (!name.empty()) list.push_back(name);
    }
    return list;
  }();
  return all;
}

}  // namespace bulkhead::test
