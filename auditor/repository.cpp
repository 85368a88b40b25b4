#include "auditor/repository.h"

#include <filesystem>
#include <system_error>

namespace bulkhead {

std::string find_repository(const std::string& directory) {
  std::error_code ignored;
  for (std::filesystem::path at = directory; !at.empty(); at = at.parent_path()) {
    if (std::filesystem::exists(at / ".git", ignored)) return at.generic_string();
    if (at == at.parent_path()) break;
  }
  return {};
}

}  // namespace bulkhead
