// Which part of the project a file of a scan belongs to.
#pragma once

#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "graph/include_scan.h"
#include "graph/source_files.h"

namespace bulkhead {

/// The name of a header without its folders.
[[nodiscard]] constexpr std::string_view base_name(std::string_view name) {
  return name.substr(name.rfind('/') + 1);
}

/// A file of parts, and those of them that matter to who asks.
struct MeantFile {
  const PartFile* file;
  PartSet parts;
};

/// Asks for each file once. Synchronised. Borrows from both.
class IncludeParts {
 public:
  IncludeParts(const IncludeScanInput& input, SourceFiles& files);

  /// What the file is to the parts. Valid for the life of this object.
  [[nodiscard]] const FileRole& of(FileId file);
  /// The same by a canonical path.
  [[nodiscard]] const FileRole& of(const std::string& path);
  /// The parts that one of these canonical paths is inside.
  [[nodiscard]] PartSet reached_by(const std::vector<std::string>& paths);
  /// The file of one of the parts that may be meant by a header that was not found: whose path ends with all of its
  /// name. The first by path; none when there is none, or `from`, which includes the header, is silent to the part, or
  /// lies outside the project.
  [[nodiscard]] std::optional<MeantFile> meant_by(FileId from, std::string_view header, const PartSet& parts);
  /// The file that is, or belongs to, the named module of C++20 of that name; null when no part has it.
  [[nodiscard]] const PartFile* provider_of(const std::string& module);
  [[nodiscard]] std::string canonical(FileId file) const;

 private:
  void find_providers();
  [[nodiscard]] FileRole ask(FileId file) const;
  /// Precondition: mutex_ is held.
  [[nodiscard]] const FileRole* intern(FileRole role);

  const IncludeScanInput& input_;
  SourceFiles& files_;
  std::multimap<std::string_view, const PartFile*> by_name_;  // base names, each by path
  std::mutex mutex_;
  std::set<FileRole> roles_;
  std::vector<const FileRole*> known_;                        // by FileId; null for those that nobody has asked for
  std::unordered_map<std::string, const FileRole*> by_path_;  // of those that were asked for by it
  std::once_flag has_providers_;
  std::map<std::string, const PartFile*> providers_;  // by the names of modules
};

}  // namespace bulkhead
