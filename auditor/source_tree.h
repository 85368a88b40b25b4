// The source tree on disk, as far as globs of a policy ask for it.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "auditor/glob.h"

namespace bulkhead {

/// Lists folders when they are first asked for, and what is on disk is taken to stay as it is. For one thread.
class SourceTree {
 public:
  /// `root` is the absolute top source directory, which need not be there.
  explicit SourceTree(std::string root);

  /// True when a file or folder below the root (or beside it, for `../…`) matches; none when the root is not there, or
  /// the folder that the glob begins with is too large to be searched.
  [[nodiscard]] std::optional<bool> matches(const Glob& glob);
  /// The files that match, relative to the root, in any order; of a large folder those that were met.
  [[nodiscard]] std::vector<std::string> files(const Glob& glob);

 private:
  class Walk;
  struct Entry {
    std::uint32_t begin;  // in Listing::text
    std::uint32_t size;
    bool is_file;
  };
  /// What is below a folder, by paths relative to the root.
  struct Listing {
    std::string text;
    std::vector<Entry> entries;
    bool is_whole = true;

    [[nodiscard]] std::string_view path(const Entry& entry) const {
      return std::string_view(text).substr(entry.begin, entry.size);
    }
  };

  const Listing& below(const std::string& folder);

  std::string root_;
  bool is_there_;
  std::map<std::string, Listing> listings_;  // by folder
};

}  // namespace bulkhead
