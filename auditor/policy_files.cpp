#include "auditor/policy_files.h"

#include <fmt/format.h>

#include <filesystem>
#include <system_error>

namespace bulkhead {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t most_entries = 500'000;

}  // namespace

std::optional<bool> matches_on_disk(const Glob& glob, const std::string& source_root) {
  std::error_code error;
  const fs::path root(source_root);
  if (!fs::is_directory(root, error)) return std::nullopt;

  // Only what begins with the literal part can match; a plain path is its own literal part.
  const std::string prefix(glob.literal_prefix());
  if (glob.matches(prefix) && fs::exists(root / prefix, error)) return true;
  const std::size_t slash = prefix.rfind('/');
  const std::string folder = slash == std::string::npos ? std::string() : prefix.substr(0, slash);
  const fs::path start = (root / folder).lexically_normal();
  if (!fs::is_directory(start, error)) return false;

  std::size_t entries = 0;
  fs::recursive_directory_iterator at(start, fs::directory_options::skip_permission_denied, error);
  for (const fs::recursive_directory_iterator end; !error && at != end; at.increment(error)) {
    if (++entries > most_entries) return std::nullopt;
    if (at->path().filename() == ".git") {
      at.disable_recursion_pending();
      continue;
    }
    const std::string relative = at->path().lexically_relative(start).generic_string();
    if (glob.matches(folder.empty() ? relative : fmt::format("{}/{}", folder, relative))) return true;
  }
  return false;
}

}  // namespace bulkhead
