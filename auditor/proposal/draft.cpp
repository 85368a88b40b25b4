#include "auditor/proposal/draft.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <set>

#include "auditor/module_states.h"
#include "auditor/toggle.h"

namespace bulkhead {
namespace {

constexpr std::size_t most_named_targets = 8;

std::string place_of(const CallPlace& place) {
  return fmt::format("{}:{}", place.file, place.line);
}

void add_places(std::vector<std::string>& evidence, std::string_view what, const std::vector<NamedThing>& things) {
  constexpr std::size_t most_shown = 3;
  for (std::size_t i = 0; i < std::min(things.size(), most_shown); ++i) {
    std::string sentence = fmt::format("{} {} at {}", what, things[i].name, place_of(things[i].place));
    if (things[i].guard.line != 0) sentence += fmt::format(", under the if() at {}", place_of(things[i].guard));
    evidence.push_back(std::move(sentence));
  }
  if (things.size() > most_shown) evidence.push_back(fmt::format("and {} more", things.size() - most_shown));
}

// Other people's sources, compiled for a part, are no part of it: their headers may be on everybody's include path.
void drop_foreign(ModuleDraft& draft) {
  const auto is_foreign = [](const NamedThing& thing) { return has_name(thing.name, is_foreign_folder); };
  const bool has_own = !draft.folders.empty() || !std::all_of(draft.sources.begin(), draft.sources.end(), is_foreign) ||
                       !std::all_of(draft.files.begin(), draft.files.end(), is_foreign);
  if (!has_own) return;
  std::erase_if(draft.sources, is_foreign);
  std::erase_if(draft.files, is_foreign);
}

void add_paths(ModuleDraft& draft) {
  for (const NamedThing& folder : draft.folders) draft.module.paths.push_back(escape_glob(folder.name) + "/**");
  for (const NamedThing& folder : draft.sources) draft.module.paths.push_back(escape_glob(folder.name) + "/**");
  for (const NamedThing& file : draft.files) {
    if (draft.module.paths.size() == most_named_files) break;
    draft.module.paths.push_back(escape_glob(file.name));
  }
}

// Libraries that others could link by name while they do not exist. What other people's code is called may also be the
// name of a library of the system, which the core may well link.
void add_libraries(ModuleDraft& draft, const SourcePaths& paths, const ObservedBuild& build) {
  constexpr std::size_t most_unnamed = 4;  // targets for each that has a plain name
  std::set<std::string> names;
  std::size_t targets = 0;
  for (const NamedThing& folder : draft.folders) {
    if (has_name(folder.name, is_foreign_folder)) return;
    for (std::string& library : list_libraries(paths, folder.name)) names.insert(std::move(library));
    targets += build.targets_below(folder.name);
  }
  if (draft.supplied || names.size() > most_named_targets || targets > names.size() * most_unnamed) return;
  for (const std::string& name : names) draft.module.targets.push_back(escape_glob(name));
}

std::size_t count_files(const ModuleDraft& draft, const SourcePaths& paths) {
  std::size_t count = draft.files.size();
  for (const auto* const folders : {&draft.folders, &draft.sources}) {
    for (const NamedThing& folder : *folders) count += list_sources(paths, folder.name, {}, true).size();
  }
  return count;
}

bool is_last_name_alike(const ModuleDraft& draft, std::string_view option) {
  for (const auto* const things : {&draft.folders, &draft.sources}) {
    for (const NamedThing& thing : *things) {
      if (shares_word(option, last_name(thing.name))) return true;
    }
  }
  return false;
}

}  // namespace

bool is_named_alike(const ModuleDraft& draft, std::string_view option) {
  for (const auto* const things : {&draft.folders, &draft.sources, &draft.files, &draft.targets}) {
    for (const NamedThing& thing : *things) {
      if (shares_word(option, thing.name)) return true;
    }
  }
  return false;
}

ModuleDraft draft_of(const GuardedPart& part, const GuardedFiles& files, const CMakeOptions& options,
                     const ObservedBuild& build) {
  ModuleDraft draft{.module = {.name = {}, .toggle = toggle_of(part.terms)},
                    .terms = part.terms,
                    .options = {},
                    .folders = part.folders,
                    .sources = part.sources,
                    .files = part.files,
                    .targets = {},
                    .altered = part.altered,
                    .supplied = part.supplied,
                    .is_partial = part.is_partial,
                    .is_declared = true};
  const auto toggle = Toggle::parse(draft.module.toggle, {});
  if (toggle) draft.options = toggle->variables();
  for (const NamedThing& target : part.targets) {
    const auto in_folder = std::any_of(draft.folders.begin(), draft.folders.end(), [&target](const NamedThing& folder) {
      return is_below(target.place.file, folder.name);
    });
    if (in_folder) continue;
    draft.targets.push_back(target);
    draft.module.targets.push_back(escape_glob(target.name));
  }
  // Definitions that say the option's name; others tell the compiler of directories, versions and the like.
  for (const NamedThing& define : part.defines) {
    const bool alike = std::any_of(draft.options.begin(), draft.options.end(),
                                   [&define](const std::string& option) { return shares_word(option, define.name); });
    if (alike) draft.module.defines.push_back(escape_glob(define.name));
  }
  drop_foreign(draft);
  add_paths(draft);
  add_libraries(draft, files.paths(), build);
  std::sort(draft.module.targets.begin(), draft.module.targets.end());
  draft.module.targets.erase(std::unique(draft.module.targets.begin(), draft.module.targets.end()),
                             draft.module.targets.end());
  for (const std::string& name : draft.options) {
    const auto option = options.find(name);
    const bool declared = option != options.end() && option->second.declared.line != 0;
    draft.is_declared = draft.is_declared && declared;
    if (declared)
      draft.module.evidence.push_back(fmt::format("{} is declared at {}", name, place_of(option->second.declared)));
  }
  add_places(draft.module.evidence, "guards", draft.folders);
  add_places(draft.module.evidence, "guards the sources of", draft.sources);
  add_places(draft.module.evidence, "guards", draft.files);
  add_places(draft.module.evidence, "guards target", draft.targets);
  draft.module.file_count = count_files(draft, files.paths());
  return draft;
}

ModuleDraft draft_of(const NamedPart& part, const GuardedFiles& files, const ObservedBuild& build) {
  const bool listed = part.by == NamedBy::list;
  const NamedThing folder{part.folder, part.declared};
  const bool namesake = part.by == NamedBy::accident;
  ModuleDraft draft{.module = {.name = {}, .toggle = part.toggle},
                    .terms = {part.toggle},
                    .options = {},
                    .folders = namesake ? std::vector<NamedThing>() : std::vector{folder},
                    .sources = namesake ? std::vector{folder} : std::vector<NamedThing>(),
                    .files = {},
                    .targets = {},
                    .altered = part.altered,
                    .is_declared = part.declared.line != 0,
                    .is_listed = listed,
                    .in_family = part.by == NamedBy::family,
                    .by_targets = part.by_targets,
                    .is_namesake = namesake};
  const auto toggle = Toggle::parse(part.toggle, {});
  if (toggle) draft.options = toggle->variables();
  if (listed) draft.options.push_back(part.name);
  add_paths(draft);
  add_libraries(draft, files.paths(), build);
  const std::string maker = draft.is_declared ? fmt::format(", made at {}", place_of(part.declared)) : "";
  draft.module.file_count = count_files(draft, files.paths());
  if (namesake) {
    draft.module.evidence.push_back(fmt::format("{} is declared at {}", part.toggle, place_of(part.declared)));
    return draft;
  }
  draft.module.evidence.push_back(listed ? fmt::format("{} is an element of {}{}", part.name, part.family, maker)
                                         : fmt::format("{} is one of {}{}", part.toggle, part.family, maker));
  draft.module.evidence.push_back(
      fmt::format("{} has its name, as {} others have theirs", part.folder, part.siblings - 1));
  return draft;
}

std::string name_of(const ModuleDraft& draft, std::string_view common) {
  constexpr std::size_t most_words = 2;
  if (draft.is_listed) return draft.options.back();
  // Those that a directory itself is named after; else the first that anything is.
  std::vector<std::string> options;
  for (const std::string& option : draft.options) {
    if (is_last_name_alike(draft, option)) options.push_back(option);
  }
  for (const std::string& option : draft.options) {
    if (options.empty() && is_named_alike(draft, option)) options.push_back(option);
  }
  if (options.empty()) options = draft.options;
  std::string name;
  for (std::size_t i = 0; i < std::min(options.size(), most_words); ++i) {
    name += (name.empty() ? "" : "-") + module_name_of(options[i], common);
  }
  return name.empty() ? "module" : name;
}

}  // namespace bulkhead
