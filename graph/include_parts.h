// Which part of the project a file of a scan belongs to.
#pragma once

#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "graph/include_scan.h"
#include "graph/source_files.h"

namespace bulkhead {

/// The name of a header without its folders.
[[nodiscard]] constexpr std::string_view base_name(std::string_view name) {
  return name.substr(name.rfind('/') + 1);
}

/// Asks for each file once. Synchronised. Borrows from both.
class IncludeParts {
 public:
  IncludeParts(const IncludeScanInput& input, SourceFiles& files);

  /// The part's index, or -1.
  [[nodiscard]] std::int32_t of(FileId file);
  [[nodiscard]] bool is_wanted(std::int32_t part) const {
    return part >= 0 && input_.wanted[static_cast<std::size_t>(part)];
  }
  /// True when one of these canonical paths belongs to a wanted part.
  [[nodiscard]] bool has_wanted(const std::vector<std::string>& paths) const;
  /// The file of a wanted part that may be meant by a header that was not found: whose path ends with all of its name.
  /// The first by path; null when there is none, or `from`, which includes the header, lies in a part or outside the
  /// project.
  [[nodiscard]] const PartFile* meant_by(FileId from, std::string_view header);
  /// The file of a wanted part that is, or belongs to, the named module of C++20 of that name; null when there is none.
  [[nodiscard]] const PartFile* provider_of(const std::string& module);
  [[nodiscard]] std::string canonical(FileId file) const;

 private:
  void find_providers();
  [[nodiscard]] std::int32_t ask(FileId file);

  const IncludeScanInput& input_;
  SourceFiles& files_;
  std::multimap<std::string_view, const PartFile*> by_name_;  // base names, each by path
  std::mutex mutex_;
  std::vector<std::int32_t> known_;  // by FileId
  std::once_flag has_providers_;
  std::map<std::string, const PartFile*> providers_;  // by the names of modules
};

}  // namespace bulkhead
