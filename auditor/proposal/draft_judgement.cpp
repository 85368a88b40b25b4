// How sure a draft is: what speaks against it, by its toggle, its extent, and the build tree.

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "auditor/module_states.h"
#include "auditor/proposal/draft.h"
#include "auditor/toggle.h"

namespace bulkhead {
namespace {

std::string plural(std::size_t count, std::string_view noun) {
  return fmt::format("{} {}{}", count, noun, count == 1 ? "" : "s");
}

// Something of the draft that the build has, by name; empty when there is none.
std::string find_in_build(const ModuleDraft& draft, const ObservedBuild& build) {
  for (const NamedThing& folder : draft.folders) {
    const bool there = draft.by_targets ? build.targets_below(folder.name) != 0 : build.enters(folder.name);
    if (there) return folder.name;
  }
  for (const NamedThing& folder : draft.sources) {
    for (const std::string_view source : build.sources_below(folder.name)) return std::string(source);
  }
  for (const NamedThing& file : draft.files) {
    if (build.compiles(file.name)) return file.name;
  }
  for (const NamedThing& target : draft.targets) {
    if (!build.folder_of_target(target.name).empty()) return target.name;
  }
  return {};
}

bool owns(const ModuleDraft& draft, const TargetGraph& graph, TargetId id) {
  const std::string_view folder = graph.text(graph[id].source_directory);
  const auto is_around = [folder](const NamedThing& one) { return is_below(folder, one.name); };
  const auto is_named = [&](const NamedThing& one) { return graph.name(id) == one.name; };
  return std::any_of(draft.folders.begin(), draft.folders.end(), is_around) ||
         std::any_of(draft.targets.begin(), draft.targets.end(), is_named);
}

// Whether more than half of the other targets depend on it: what everybody needs is no optional part.
bool is_base(const ModuleDraft& draft, const ObservedBuild& build) {
  constexpr std::size_t enough = 6;  // targets, for a half to mean something
  const TargetGraph& graph = build.graph();
  std::vector<bool> counts(graph.targets().size(), false);
  std::size_t others = 0;
  for (std::size_t i = 0; i < counts.size(); ++i) {
    const TargetId id(i);
    const bool aside = has_name(graph.text(graph[id].source_directory), is_aside_folder);
    counts[i] = !aside && !graph[id].imported && graph[id].type != TargetType::utility && !owns(draft, graph, id);
    if (counts[i]) ++others;
  }
  if (others < enough) return false;
  std::set<std::size_t> dependers;
  for (const Edge& edge : graph.edges()) {
    if (!edge.from.is_target() || !edge.to.is_target() || !counts[edge.from.index()]) continue;
    if (edge.kind == EdgeKind::order || !owns(draft, graph, edge.to.target_id())) continue;
    dependers.insert(edge.from.index());
  }
  return dependers.size() * 2 > others;
}

// Whether every directory has a word of one and the same option in its last name, and there is nothing else.
bool is_named_after_one(const ModuleDraft& draft) {
  if (draft.options.size() != draft.terms.size() || !draft.files.empty()) return false;
  return std::any_of(draft.options.begin(), draft.options.end(), [&draft](const std::string& option) {
    for (const auto* const things : {&draft.folders, &draft.sources}) {
      const bool all = std::all_of(things->begin(), things->end(), [&option](const NamedThing& thing) {
        return shares_word(option, last_name(thing.name));
      });
      if (!all) return false;
    }
    return true;
  });
}

bool is_named_after_any(const ModuleDraft& draft) {
  return std::any_of(draft.options.begin(), draft.options.end(),
                     [&draft](const std::string& option) { return is_named_alike(draft, option); });
}

class Judgement {
 public:
  explicit Judgement(ModuleDraft& draft) : draft_(draft) {}

  void doubt(std::string reason) { lower(Confidence::likely, std::move(reason)); }
  void object(std::string reason) { lower(Confidence::guess, std::move(reason)); }

 private:
  void lower(Confidence to, std::string reason) {
    draft_.module.confidence = std::max(draft_.module.confidence, to);
    draft_.module.doubts.push_back(std::move(reason));
  }

  ModuleDraft& draft_;
};

void judge_toggle(const ModuleDraft& draft, Judgement& judgement) {
  const auto has_word = [&draft](std::string_view word) {
    return std::any_of(draft.terms.begin(), draft.terms.end(), [word](const std::string& term) {
      return term.starts_with(std::string(word) + " ") || term.find(" " + std::string(word) + " ") != std::string::npos;
    });
  };
  if (draft.is_namesake) judgement.object("no if() guards it: a directory has its name, that is all");
  if (draft.replaces) judgement.object("it takes the place of what the option adds");
  if (draft.supplied) judgement.object("the option says where a library comes from, not whether it is used");
  if (has_word("NOT")) judgement.doubt("it is there while an option is off");
  if (!draft.is_listed && has_word("OR")) judgement.doubt("one of several options is enough");
  // One option within another's block: the one whose name each of its directories has is meant.
  if (draft.terms.size() > 1 && !is_named_after_one(draft)) judgement.doubt("it takes several options");
  if (draft.refines) judgement.doubt("it is a part of a part");
  if (!draft.is_declared) judgement.doubt("no call that declares the option was found");
  if (draft.module.unset_off) judgement.doubt("the option has no value in this build tree");
}

void judge_extent(const ModuleDraft& draft, Judgement& judgement) {
  const bool has_folder = !draft.folders.empty() || !draft.sources.empty();
  if (!has_folder && draft.files.empty()) {
    judgement.doubt("it has no directory of its own, so that only its targets are known");
  } else if (!has_folder) {
    judgement.doubt("its files lie among those of others");
  }
  if (draft.altered.line != 0) {
    judgement.doubt(
        fmt::format("the list() call at {}:{} may take some of it out", draft.altered.file, draft.altered.line));
  }
  if (draft.files.size() > most_named_files) judgement.doubt("not all of its files are listed");
  if (!is_named_after_any(draft) && (draft.folders.empty() || draft.is_partial)) {
    judgement.doubt("the option and what it guards have no word in common");
  }
  for (const auto* const things : {&draft.folders, &draft.sources, &draft.files}) {
    const bool foreign = std::any_of(things->begin(), things->end(),
                                     [](const NamedThing& thing) { return has_name(thing.name, is_foreign_folder); });
    if (foreign) judgement.doubt("it looks like other people's code");
  }
}

void judge_against(const ModuleDraft& draft, const ObservedBuild& build, Judgement& judgement) {
  if (draft.module.unset_off) return;
  const std::string there = find_in_build(draft, build);
  if (!draft.module.on && !there.empty()) {
    judgement.object(fmt::format("it is off here, but {} is in the build", there));
  } else if (draft.module.on && there.empty() && !draft.is_partial) {
    judgement.doubt("it is on here, but nothing of it is in the build");
  } else if (draft.module.on && is_base(draft, build)) {
    judgement.object("more than half of the other targets depend on it");
  }
}

}  // namespace

void judge_draft(ModuleDraft& draft, const BuildTree& tree, const ObservedBuild& build) {
  const ToggleValues values = toggle_values(tree);
  Judgement judgement(draft);
  const auto toggle = Toggle::parse(draft.module.toggle, {});
  if (!toggle) {
    judgement.object("its condition is none that a toggle can have");
    return;
  }
  const LookUpVariable look_up = [&values](std::string_view name) { return values.find(name); };
  for (const std::string& variable : toggle->variables()) {
    if (!look_up(variable)) draft.module.unset_off = true;
  }
  draft.module.on = !draft.module.unset_off && toggle->evaluate(look_up).value_or(false);
  for (const NamedThing& folder : draft.folders) draft.module.target_count += build.targets_below(folder.name);
  for (const NamedThing& target : draft.targets) {
    if (!build.folder_of_target(target.name).empty()) ++draft.module.target_count;
  }
  judge_toggle(draft, judgement);
  judge_extent(draft, judgement);
  judge_against(draft, build, judgement);
  const bool read_anyhow =
      draft.by_targets && !draft.module.on && !draft.folders.empty() && build.enters(draft.folders.front().name);
  if (read_anyhow) draft.module.evidence.emplace_back("CMake enters it even while it is off, which off-edge will tell");
  draft.module.evidence.push_back(fmt::format("{} here: {}, {}", draft.module.on ? "on" : "off",
                                              plural(draft.module.target_count, "target"),
                                              plural(draft.module.file_count, "file")));
}

}  // namespace bulkhead
