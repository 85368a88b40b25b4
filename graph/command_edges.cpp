#include "graph/command_edges.h"

#include <algorithm>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "graph/link_words.h"

namespace bulkhead {
namespace {

class CommandJoiner {
 public:
  CommandJoiner(const NinjaBuild& ninja, const SourcePaths& paths, const JoinedBatches& joined, TargetGraphParts& parts,
                AddedEdges& added)
      : ninja_(ninja), paths_(paths), joined_(joined), parts_(parts), added_(added) {}

  void join() {
    index_sources();
    canonical_.resize(ninja_.strings.size());
    find_owners();
    // After this point every statement of a target has its owners.
    for (std::size_t i = 0; i < ninja_.statements.size(); ++i) {
      for (const TargetId owner : owners_[i]) add_edges_of(ninja_.statements[i], owner);
    }
  }

 private:
  struct SourceUse {
    std::uint32_t path;  // StringId
    TargetId target;

    bool operator==(const SourceUse&) const = default;
    bool operator<(const SourceUse& other) const {
      return path != other.path ? path < other.path : target < other.target;
    }
  };

  void index_sources() {
    for (std::size_t i = 0; i < joined_.places.size(); ++i) {
      const auto [batch, remap, decoded] = joined_.at(TargetId(i));
      for (std::uint32_t at = decoded.sources.begin; at < decoded.sources.end; ++at) {
        sources_.push_back({remap(batch.sources[at].text).value(), TargetId(i)});
      }
      for (std::uint32_t at = decoded.commands.begin; at < decoded.commands.end; ++at) {
        commands_.push_back({remap(batch.commands[at]).value(), TargetId(i)});
      }
    }
    std::sort(sources_.begin(), sources_.end());
    std::sort(commands_.begin(), commands_.end());
  }

  // The targets that the custom command with this output is attached to. Other targets may list the output as a source.
  [[nodiscard]] std::span<const SourceUse> attached_to(StringId output) const {
    const auto [begin, end] =
        std::equal_range(commands_.begin(), commands_.end(), SourceUse{output.value(), TargetId(0)},
                         [](const SourceUse& a, const SourceUse& b) { return a.path < b.path; });
    return {begin, end};
  }

  [[nodiscard]] bool is_source_of(StringId path, TargetId target) const {
    return std::binary_search(sources_.begin(), sources_.end(), SourceUse{path.value(), target});
  }

  // Paths repeat by the thousand: each is normalised once.
  StringId canonical(StringId raw) {
    OptionalId<struct StringTag>& known = canonical_[raw.value()];
    if (!known) known = intern_path(ninja_.strings[raw]);
    return *known;
  }

  StringId intern_path(std::string_view path) {
    return parts_.strings.intern(paths_.normalise(path, paths_.build_root(), buffer_));
  }

  [[nodiscard]] std::span<const StringId> outputs_of(const NinjaStatement& statement) const {
    return std::span(ninja_.paths).subspan(statement.outputs.begin, statement.outputs.size());
  }
  [[nodiscard]] std::span<const StringId> inputs_of(const NinjaStatement& statement) const {
    return std::span(ninja_.paths).subspan(statement.inputs.begin, statement.inputs.size());
  }

  void find_owners() {
    owners_.resize(ninja_.statements.size());
    std::unordered_map<std::uint32_t, std::size_t> orphans;  // output → statement without an owner
    for (std::size_t i = 0; i < owners_.size(); ++i) {
      const NinjaStatement& statement = ninja_.statements[i];
      for (const StringId output : outputs_of(statement)) own(i, canonical(output));
      if (!owners_[i].empty()) continue;
      for (const StringId output : outputs_of(statement)) orphans.emplace(canonical(output).value(), i);
    }
    // A command whose output only other commands read: theirs are the targets that need it.
    std::vector<std::size_t> queue;
    for (std::size_t i = 0; i < owners_.size() && !orphans.empty(); ++i) {
      if (!owners_[i].empty()) queue.push_back(i);
    }
    for (std::size_t next = 0; next < queue.size() && !orphans.empty(); ++next) {
      for (const StringId input : inputs_of(ninja_.statements[queue[next]])) {
        const auto orphan = orphans.find(canonical(input).value());
        if (orphan == orphans.end()) continue;
        const std::size_t i = orphan->second;
        const std::size_t before = owners_[i].size();
        for (const TargetId owner : owners_[queue[next]]) add_owner(i, owner);
        if (owners_[i].size() != before) queue.push_back(i);
      }
    }
  }

  void add_owner(std::size_t statement, TargetId owner) {
    std::vector<TargetId>& owners = owners_[statement];
    if (std::find(owners.begin(), owners.end(), owner) == owners.end()) owners.push_back(owner);
  }

  void own(std::size_t statement, StringId output) {
    for (const SourceUse& use : attached_to(output)) add_owner(statement, use.target);
    if (const OptionalTargetId maker = maker_of(output)) add_owner(statement, *maker);
    if (const OptionalTargetId utility = target_named(utility_of(parts_.strings[output]))) {
      add_owner(statement, *utility);
    }
  }

  // A custom target's PRE_BUILD and POST_BUILD commands make DIR/CMakeFiles/NAME.util; DIR/CMakeFiles/CONFIG/NAME.util
  // with Ninja Multi-Config. Empty for other outputs.
  static std::string_view utility_of(std::string_view output) {
    constexpr std::string_view suffix = ".util";
    if (!output.ends_with(suffix) || output.find("CMakeFiles/") == std::string_view::npos) return {};
    output.remove_suffix(suffix.size());
    return output.substr(output.rfind('/') + 1);
  }

  // The target whose artifact or object file it is.
  [[nodiscard]] OptionalTargetId maker_of(StringId path) const {
    if (path.value() < joined_.artifact_owners.size() && joined_.artifact_owners[path.value()]) {
      return joined_.artifact_owners[path.value()];
    }
    return target_named(object_owner(parts_.strings[path]));
  }

  [[nodiscard]] OptionalTargetId target_named(std::string_view text) const {
    const auto name = parts_.strings.find(text);
    return name && name->value() < joined_.names.size() ? joined_.names[name->value()] : OptionalTargetId();
  }

  void add_edges_of(const NinjaStatement& statement, TargetId owner) {
    for (const StringId input : inputs_of(statement)) add_edge(owner, canonical(input));
    const std::string_view command = ninja_.strings[statement.command];
    if (command.empty()) return;
    add_working_directory(owner, command);
    for (const std::string& path : find_command_paths(command)) add_edge(owner, intern_path(path));
  }

  // CMake begins each command line with the `cd` of its WORKING_DIRECTORY, the build directory by default.
  void add_working_directory(TargetId owner, std::string_view command) {
    if (!command.starts_with("cd ")) return;
    const std::size_t end = std::min(command.find(" && "), command.size());
    for_each_word(command.substr(3, end - 3), [&](std::string_view directory) {
      const StringId path = intern_path(directory);
      if (path != parts_.targets[owner.value()].build_directory) add_edge(owner, path);
    });
  }

  void add_edge(TargetId owner, StringId path) {
    const std::string_view text = parts_.strings[path];
    if (is_outside(text) || text == "." || text == build_mark) return;
    const OptionalTargetId maker = maker_of(path);
    if (maker) {
      if (*maker != owner) added_.add({owner, Endpoint::target(*maker), EdgeKind::command});
      return;
    }
    // The marks that CMake's own rules leave in the build tree are no files of anybody.
    if (is_in_build(text) && text.find("/CMakeFiles/") != std::string_view::npos) return;
    if (!is_source_of(path, owner)) added_.add({owner, Endpoint::file(path), EdgeKind::command});
  }

  const NinjaBuild& ninja_;
  const SourcePaths& paths_;
  const JoinedBatches& joined_;
  TargetGraphParts& parts_;
  AddedEdges& added_;
  std::string buffer_;
  std::vector<SourceUse> sources_;                       // sorted
  std::vector<SourceUse> commands_;                      // sorted; by the first output of a custom command
  std::vector<OptionalId<struct StringTag>> canonical_;  // by StringId of `ninja_`
  std::vector<std::vector<TargetId>> owners_;            // by statement
};

}  // namespace

void add_commands(const NinjaBuild& ninja, const SourcePaths& paths, const JoinedBatches& joined,
                  TargetGraphParts& parts, AddedEdges& added) {
  CommandJoiner(ninja, paths, joined, parts, added).join();
}

}  // namespace bulkhead
