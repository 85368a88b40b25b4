// Documents, tests and examples of a project that name things.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace bulkhead {

/// What to look for, and where.
struct NamingQuery {
  std::string source_root;         ///< Absolute; need not be there.
  std::string build_root;          ///< Absolute; left out where it lies below the source root.
  std::vector<std::string> names;  ///< Each begins with a letter, a digit or '_'; others are found nowhere.
};

/// A file, and the names that stand in it.
struct NamingFile {
  std::string path;                ///< Relative to the source root.
  std::vector<std::size_t> names;  ///< Positions in NamingQuery::names, ascending.

  bool operator==(const NamingFile&) const = default;
};

/// The files with at least one of the names, as a whole word: documents (by the ending, and READMEs), and the sources,
/// scripts and CMake files below folders of tests, examples and benchmarks. Sorted by path. Hidden folders and links
/// are not entered, and no more than so many files and bytes are read: what is found is there, what is not may be.
[[nodiscard]] std::vector<NamingFile> find_naming_files(const NamingQuery& query);

/// Whether a name is likely to mean one thing only: it has a digit, '_' or '-' in it, or a capital behind a small
/// letter. A plain word such as "gpu" or "LLVM" does not tell who is meant.
[[nodiscard]] bool is_telling_name(std::string_view name);

}  // namespace bulkhead
