#include "auditor/declared_modules.h"

#include <system_error>

#include "graph/file_io.h"
#include "graph/source_paths.h"

namespace bulkhead {

Result<DeclaredModules> read_declared_modules(const std::filesystem::path& build, const BuildTree& tree) {
  const std::filesystem::path file = build / ".cmake" / "bulkhead" / "modules.toml";
  std::error_code ignored;
  if (!std::filesystem::exists(file, ignored)) return DeclaredModules{};
  FileBuffer buffer;
  const auto text = buffer.read(file);
  if (!text) return tl::unexpected(text.error());
  const BuildInfo& info = tree.graphs.front().info();
  auto declared = parse_declared_modules(*text, file.string(), info.source_root);
  if (!declared) return declared;
  if (!was_read(tree.cmake_files, declared->script, SourcePaths(info.source_root, info.build_root))) {
    return DeclaredModules{};
  }
  return declared;
}

}  // namespace bulkhead
