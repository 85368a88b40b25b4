#include "graph/toolchains.h"

#include "graph/reply_object.h"

namespace bulkhead {
namespace {

using simdjson::ondemand::object;

void decode_compiler(object json, Toolchain& toolchain) {
  for (auto field : json) {
    const std::string_view key = field.unescaped_key();
    if (key == "path") toolchain.compiler_path = std::string_view(field.value());
    if (key == "id") toolchain.compiler_id = std::string_view(field.value());
    if (key == "version") toolchain.compiler_version = std::string_view(field.value());
    if (key != "implicit") continue;
    object implicit = field.value();
    for (auto part : implicit) {
      if (std::string_view(part.unescaped_key()) != "includeDirectories") continue;
      for (std::string_view path : part.value().get_array()) {
        toolchain.implicit_include_directories.emplace_back(path);
      }
    }
  }
}

}  // namespace

Result<std::vector<Toolchain>> read_toolchains(const Reply& reply) {
  std::vector<Toolchain> toolchains;
  const ReplyObject* const object_file = find_object(reply.index, "toolchains", 1);
  if (object_file == nullptr) return toolchains;
  const auto decoded = decode_reply_file(reply, object_file->file, [&toolchains](object json) {
    for (object entry : json["toolchains"].get_array()) {
      Toolchain toolchain;
      for (auto field : entry) {
        const std::string_view key = field.unescaped_key();
        if (key == "language") toolchain.language = std::string_view(field.value());
        if (key == "compiler") decode_compiler(field.value(), toolchain);
      }
      toolchains.push_back(std::move(toolchain));
    }
  });
  if (!decoded) return tl::unexpected(decoded.error());
  return toolchains;
}

}  // namespace bulkhead
