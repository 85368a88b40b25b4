// Which file an include means, for sources that are compiled alike.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "graph/condition.h"
#include "graph/preprocessor.h"
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
    /// Where #include_next in it goes on: the number of directories of the path up to the one that it was found in,
    /// those of `quote` first. 0 when it was found beside its includer, or by an absolute path.
    std::uint32_t origin = 0;

    /// For a walk. Precondition: it was found.
    [[nodiscard]] SourceEntry entry() const { return {SourceId((*file).value()), source, origin}; }
  };

  HeaderSearch(SourceFiles& files, const SearchPath& path);

  /// The header of a directive of `includer`, whose name is always the same: in quotes or angles, and not behind
  /// #include_next.
  const Found& find(FileId includer, std::uint32_t directive, const HeaderName& header);
  /// Any header, in a condition or an include of `from`.
  [[nodiscard]] Found find(const OpenSource& from, const HeaderName& header);
  /// Every file that #include_next of that name may mean.
  [[nodiscard]] std::vector<FileId> find_next(std::string_view name);

 private:
  struct Slot {
    bool is_known = false;
    Found found{};
  };

  [[nodiscard]] Found find(FileId includer, const HeaderName& header);
  [[nodiscard]] Found find_along(std::size_t first, std::string_view name);
  [[nodiscard]] Found to_found(FileId file, std::size_t origin);

  SourceFiles& files_;
  std::vector<DirectoryId> directories_;  // those for quotes first
  std::size_t quote_count_;
  std::vector<std::vector<Slot>> by_directive_;        // by FileId
  std::unordered_map<std::string, Found> along_path_;  // by form and name, not in the includer's directory
};

}  // namespace bulkhead
