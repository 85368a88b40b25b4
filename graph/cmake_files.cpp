#include "graph/cmake_files.h"

#include <algorithm>

#include "graph/reply_object.h"

namespace bulkhead {

using simdjson::ondemand::object;

Result<CMakeFiles> read_cmake_files(const Reply& reply) {
  CMakeFiles files;
  const ReplyObject* const object_file = find_object(reply.index, "cmakeFiles", 1);
  if (object_file == nullptr) return files;
  files.present = true;
  const auto decoded = decode_reply_file(reply, object_file->file, [&files](object json) {
    for (object input : json["inputs"].get_array()) {
      std::string path;
      bool of_cmake = false;
      bool generated = false;
      for (auto field : input) {
        const std::string_view key = field.unescaped_key();
        if (key == "path") path = std::string_view(field.value());
        if (key == "isCMake") of_cmake = field.value().get_bool();
        if (key == "isGenerated") generated = field.value().get_bool();
      }
      if (!of_cmake) (generated ? files.generated : files.inputs).push_back(std::move(path));
    }
  });
  if (!decoded) return tl::unexpected(decoded.error());
  return files;
}

bool was_read(const CMakeFiles& files, std::string_view path, const SourcePaths& paths) {
  std::string buffer;
  const std::string wanted(paths.normalise(path, buffer));
  const auto is_wanted = [&](const std::string& input) { return paths.normalise(input, buffer) == wanted; };
  return std::any_of(files.inputs.begin(), files.inputs.end(), is_wanted) ||
         std::any_of(files.generated.begin(), files.generated.end(), is_wanted);
}

}  // namespace bulkhead
