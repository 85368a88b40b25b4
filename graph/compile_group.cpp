#include "graph/compile_group.h"

#include <filesystem>
#include <utility>

#include "graph/json.h"
#include "graph/link_words.h"
#include "graph/reply_object.h"

namespace bulkhead {
namespace {

namespace fs = std::filesystem;
using simdjson::ondemand::object;

class GroupDecoder {
 public:
  GroupDecoder(TargetId target, const std::string& source_root) : target_(target), source_root_(source_root) {}

  std::vector<CompileGroup> decode(object json) {
    std::vector<std::string> sources;
    for (auto field : json) {
      const std::string_view key = field.unescaped_key();
      if (key == "sources") {
        for (object source : field.value().get_array()) sources.push_back(decode_path(source));
      } else if (key == "compileGroups") {
        for (object group : field.value().get_array()) decode_group(group);
      }
    }
    for (auto& [group, indexes] : groups_) {
      for (const std::uint64_t index : indexes) {
        if (index >= sources.size()) throw DecodeError("a compile group names a source that is not there");
        group.sources.push_back(sources[index]);
      }
    }
    std::vector<CompileGroup> groups;
    for (auto& [group, indexes] : groups_) groups.push_back(std::move(group));
    return groups;
  }

 private:
  [[nodiscard]] std::string absolute(std::string_view path) const {
    return (fs::path(source_root_) / path).lexically_normal().string();
  }

  std::string decode_path(object json) const { return absolute(std::string_view(json["path"])); }

  void decode_group(object json) {
    CompileGroup group{.target = target_, .language = {}};
    std::vector<std::uint64_t> indexes;
    for (auto field : json) {
      const std::string_view key = field.unescaped_key();
      if (key == "language") {
        group.language = std::string_view(field.value());
      } else if (key == "sourceIndexes") {
        for (auto index : field.value().get_array()) indexes.push_back(index.get_uint64());
      } else if (key == "defines") {
        for (object entry : field.value().get_array())
          group.definitions.emplace_back(std::string_view(entry["define"]));
      } else if (key == "includes") {
        for (object entry : field.value().get_array()) {
          std::string path;
          bool is_system = false;
          for (auto part : entry) {
            const std::string_view what = part.unescaped_key();
            if (what == "path") path = absolute(std::string_view(part.value()));
            if (what == "isSystem") is_system = part.value().get_bool();
          }
          (is_system ? group.system_includes : group.includes).push_back(std::move(path));
        }
      } else if (key == "precompileHeaders") {
        for (object entry : field.value().get_array()) {
          group.precompiled_headers.emplace_back(std::string_view(entry["header"]));
        }
      } else if (key == "compileCommandFragments") {
        for (object entry : field.value().get_array()) {
          for_each_word(std::string_view(entry["fragment"]),
                        [&](std::string_view word) { group.words.emplace_back(word); });
        }
      } else if (key == "sysroot") {
        object sysroot = field.value();
        group.words.push_back("--sysroot=" + std::string(std::string_view(sysroot["path"])));
      }
    }
    groups_.emplace_back(std::move(group), std::move(indexes));
  }

  TargetId target_;
  const std::string& source_root_;
  std::vector<std::pair<CompileGroup, std::vector<std::uint64_t>>> groups_;
};

}  // namespace

Result<std::vector<CompileGroup>> read_compile_groups(const Reply& reply, const CodemodelConfiguration& configuration,
                                                      const std::string& source_root,
                                                      std::span<const TargetId> targets) {
  std::vector<CompileGroup> groups;
  for (const TargetId target : targets) {
    if (target.value() >= configuration.targets.size()) continue;  // known from the capture only: it compiles nothing
    std::vector<CompileGroup> of_target;
    auto decoded = decode_reply_file(reply, configuration.targets[target.value()].file,
                                     [&](object json) { of_target = GroupDecoder(target, source_root).decode(json); });
    if (!decoded) return tl::unexpected(decoded.error());
    std::move(of_target.begin(), of_target.end(), std::back_inserter(groups));
  }
  return groups;
}

}  // namespace bulkhead
