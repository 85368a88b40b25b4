// Which file an include means, for sources that are compiled alike.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "graph/condition.h"
#include "graph/source_files.h"

namespace bulkhead {

/// Where a compiler looks for headers, in its order. See the manual of GCC's preprocessor, "Search Path".
struct SearchPath {
  std::vector<DirectoryId> quote;  ///< Only for "name", behind the directory of the file that includes: -iquote.
  std::vector<DirectoryId> angle;  ///< -I, -isystem, the compiler's own directories, -idirafter.

  bool operator==(const SearchPath&) const = default;
};

/// Finds headers along one search path, each include of a file once. One per thread.
class HeaderSearch {
 public:
  /// What an include means.
  struct Found {
    OptionalFileId file{};                ///< None when there is no such file.
    const LexedSource* source = nullptr;  ///< Its directives.
  };

  HeaderSearch(SourceFiles& files, const SearchPath& path) : files_(files), path_(path) {}

  /// The header of a directive of `includer`, whose name is always the same: in quotes or angles.
  const Found& find(FileId includer, std::uint32_t directive, const HeaderName& header);
  /// Any other header.
  [[nodiscard]] Found find(FileId includer, const HeaderName& header);

 private:
  struct Slot {
    bool is_known = false;
    Found found{};
  };

  [[nodiscard]] OptionalFileId find_file(FileId includer, const HeaderName& header);
  [[nodiscard]] OptionalFileId find_along(const std::string& key, const HeaderName& header);
  [[nodiscard]] OptionalFileId find_next(FileId includer, std::string_view name);

  SourceFiles& files_;
  const SearchPath& path_;
  std::vector<std::vector<Slot>> by_directive_;                 // by FileId
  std::unordered_map<std::string, OptionalFileId> along_path_;  // a form and a name, not in the includer's directory
};

}  // namespace bulkhead
