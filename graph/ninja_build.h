// What build.ninja says beyond the reply: what is read to make a file, and by which command.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "graph/id.h"
#include "graph/result.h"
#include "graph/string_pool.h"

namespace bulkhead {

/// A build statement. Of the phony ones only those that stand for a custom command without COMMAND, or a custom target
/// without: they alone say which files these read.
struct NinjaStatement {
  StringId rule;       ///< "CUSTOM_COMMAND", "CXX_COMPILER__core_unscanned_Release", "phony", …
  IndexRange outputs;  ///< Into NinjaBuild::paths; implicit outputs included.
  IndexRange inputs;   ///< Into NinjaBuild::paths; explicit, then implicit ones. Order-only inputs are left out.
  StringId command;    ///< The values of COMMAND, PRE_LINK and POST_BUILD, a line each; the empty text for none. `:`,
                       ///< which CMake writes where there is none, is left out; of a script that it wrote because
                       ///< the command is long, the text is here, joined by ` && `.
};

/// The statements of one configuration. Paths are as written, with escapes and variables resolved: absolute, or
/// relative to the top of the build tree.
struct NinjaBuild {
  StringPool strings;
  std::vector<NinjaStatement> statements;
  std::vector<StringId> paths;
};

/// Reads `build.ninja` of a build tree and what it includes; with `configuration`, the files of Ninja Multi-Config for
/// that configuration. Custom commands of other configurations may be among them in cross-config mode, compilers and
/// linkers are not. None when there is none. Fails, with a place, when it cannot be read. Follows
/// https://ninja-build.org/manual.html#_ninja_file_reference as far as CMake's generators use it.
[[nodiscard]] Result<std::optional<NinjaBuild>> read_ninja_build(const std::filesystem::path& build,
                                                                 const std::optional<std::string>& configuration);

/// The words of a command line, as NinjaStatement::command has it, that may name a file: absolute paths, and relative
/// ones made absolute below the directory that the last `cd` named, else relative to the top of the build tree as they
/// are. Paths inside a word count, too: of `--in=/a/b`, `-I/a/b` and `@/a/b`, and of `sh -c "cat /a/b"`. A relative
/// word needs a `/` or `.` in it to count, what `echo` prints does not, nor does the directory of a `cd` itself. Each
/// once, in order of appearance.
[[nodiscard]] std::vector<std::string> find_command_paths(std::string_view command);

}  // namespace bulkhead
