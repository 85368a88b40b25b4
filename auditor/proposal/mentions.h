// What a call names: directories, source files, targets, definitions.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "auditor/proposal/guarded_files.h"

namespace bulkhead {

enum class MentionKind : std::uint8_t {
  folder,      ///< Entered by add_subdirectory() and its kind.
  file,        ///< A source file or header that is on disk.
  executable,  ///< A target that nobody links.
  library,     ///< A target.
  definition,  ///< The name of a preprocessor definition.
};

/// Something that a call names.
struct Mention {
  MentionKind kind;
  std::string name;  ///< A canonical path, or a name.

  auto operator<=>(const Mention&) const = default;
};

/// What the call names, as far as paths and names are plain; globs come out as the files that match. Calls that only
/// speak of things, such as install() and set_source_files_properties(), name nothing. `prefix` is what stands before
/// the names of files by the time that they are used.
[[nodiscard]] std::vector<Mention> mentions_of(const GuardedFiles& files, const GuardedFile& file,
                                               const CMakeCall& call, std::string_view prefix = {});

}  // namespace bulkhead
