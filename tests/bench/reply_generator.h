// Replies of projects that do not exist, of any size.
#pragma once

#include <cstdint>
#include <filesystem>

namespace bulkhead::bench {

/// How large the project is. A tenth of the targets belongs to `opt`, a module that is off; one core target in a
/// thousand depends on it.
struct GeneratedProject {
  std::uint32_t targets = 1000;
  std::uint32_t edges =
      10000;  ///< Entries of `dependencies`, spread evenly; each goes to a target with a lower number.
};

/// Writes a reply of codemodel 2.4 as CMake 3.25 would, with the white space that CMake writes, and a policy,
/// `bulkhead.toml`, into `build`. The same project gives the same bytes. Throws std::runtime_error when a file cannot
/// be written.
void generate_reply(const GeneratedProject& project, const std::filesystem::path& build);

}  // namespace bulkhead::bench
