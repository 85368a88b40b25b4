#include "graph/makefile_objects.h"

#include <algorithm>
#include <string_view>
#include <system_error>
#include <utility>

#include "graph/cmake_call.h"
#include "graph/file_io.h"
#include "graph/parallel.h"

namespace bulkhead {
namespace {

constexpr std::size_t slice_size = 32;

template <class Visit>
void for_each_line(std::string_view text, Visit&& visit) {
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    std::string_view line = text.substr(0, end);
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (!line.empty()) visit(line);
    text.remove_prefix(std::min(end + 1, text.size()));
  }
}

// Below `.o/`, where CMAKE_INTERMEDIATE_DIR_STRATEGY is SHORT (CMake 4.2), directories have no names; the command that
// gathers dependencies, in build.make, ends with the target's.
std::string target_of(const ReadDirectory& build, const std::string& directory, FileBuffer& buffer) {
  const std::string an_object = directory + "/o";
  const std::string_view target = target_of_object(an_object);
  if (!target.empty()) return std::string(target);
  constexpr std::string_view command = " -E cmake_depends ";
  constexpr std::string_view last_option = "\"--color=$(COLOR)\" ";
  std::string found;
  const auto text = buffer.read(build, directory + "/build.make");
  if (!text) return found;
  for_each_line(*text, [&](std::string_view line) {
    const std::size_t at = line.rfind(last_option);
    if (at == std::string_view::npos || line.find(command) == std::string_view::npos) return;
    found = line.substr(at + last_option.size());
  });
  return found;
}

// `text` is a DependInfo.cmake. It lists a source, its object, the format of the depfile, and its path; once more, with
// the header in place of the source, where there is a precompiled one. CMake does not escape them.
void append_objects(std::string_view text, const std::string& target, const std::string& directory,
                    std::vector<MakefileObject>& objects) {
  const std::size_t before = objects.size();
  for (const CMakeCall& call : parse_cmake_calls(text)) {
    if (call.command != "set" || call.arguments.empty()) continue;
    if (call.arguments.front().text != "CMAKE_DEPENDS_DEPENDENCY_FILES") continue;
    for (std::size_t i = 1; i + 3 < call.arguments.size(); i += 4) {
      if (call.arguments[i + 2].text != "gcc") continue;
      std::string source = call.arguments[i].text;
      std::string object = call.arguments[i + 1].text;
      // Those of one object stand together.
      if (objects.size() > before && objects.back().object == object) {
        objects.back().headers.push_back(std::move(source));
        continue;
      }
      objects.push_back({.target = target,
                         .object = std::move(object),
                         .source = std::move(source),
                         .headers = {},
                         .target_directory = directory,
                         .depfile = call.arguments[i + 3].text,
                         .contents = std::nullopt});
    }
  }
}

}  // namespace

std::string_view target_of_object(std::string_view object) {
  constexpr std::string_view folder = "CMakeFiles/";
  for (std::size_t at = object.find(folder); at != std::string_view::npos; at = object.find(folder, at + 1)) {
    if (at != 0 && object[at - 1] != '/') continue;
    const std::string_view rest = object.substr(at + folder.size());
    const std::string_view name = rest.substr(0, rest.find('/'));
    constexpr std::string_view ending = ".dir";
    if (name.size() < rest.size() && name.size() > ending.size() && name.ends_with(ending)) {
      return name.substr(0, name.size() - ending.size());
    }
  }
  return {};
}

Result<std::optional<std::vector<MakefileObject>>> read_makefile_objects(const std::filesystem::path& build,
                                                                         std::size_t thread_count) {
  const std::string list = "CMakeFiles/TargetDirectories.txt";
  std::error_code error;
  if (!std::filesystem::exists(build / list, error)) return std::nullopt;
  const auto directory = ReadDirectory::open(build);
  if (!directory) return tl::unexpected(directory.error());
  std::vector<std::string> target_directories;
  FileBuffer buffer;
  const auto text = buffer.read(*directory, list);
  if (!text) return tl::unexpected(text.error());
  for_each_line(*text, [&](std::string_view line) { target_directories.emplace_back(line); });

  std::vector<MakefileObject> objects;
  for (const std::string& target_directory : target_directories) {
    const std::string target = target_of(*directory, target_directory, buffer);
    // Utilities may have none.
    const auto depend = buffer.read(*directory, target_directory + "/DependInfo.cmake");
    if (depend) append_objects(*depend, target, target_directory, objects);
  }

  std::vector<FileBuffer> buffers(std::max<std::size_t>(thread_count, 1));
  for_each_slice(objects.size(), slice_size, thread_count, [&](std::size_t worker, std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end; ++i) {
      const auto depfile = buffers[worker].read(*directory, objects[i].depfile);
      if (!depfile) continue;
      if (auto parsed = parse_depfile(*depfile, objects[i].depfile)) objects[i].contents = std::move(*parsed);
    }
  });
  return objects;
}

}  // namespace bulkhead
