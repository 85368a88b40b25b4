#include "auditor/proposal/proposal.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <map>
#include <set>
#include <tuple>

#include "auditor/proposal/draft.h"
#include "auditor/proposal/option_name.h"

namespace bulkhead {
namespace {

bool is_in_aside_folder(std::string_view path) {
  return has_name(path, is_aside_folder);
}

// What lies among tests and examples is set aside as a whole.
void drop_aside(ModuleDraft& draft) {
  const auto is_aside = [](const NamedThing& thing) { return is_in_aside_folder(thing.name); };
  std::erase_if(draft.folders, is_aside);
  std::erase_if(draft.sources, is_aside);
  std::erase_if(draft.files, is_aside);
  std::erase_if(draft.targets, [](const NamedThing& target) { return is_in_aside_folder(target.place.file); });
}

bool has_negation(const std::vector<std::string>& terms) {
  return std::any_of(terms.begin(), terms.end(), [](const std::string& term) { return term.starts_with("NOT "); });
}

bool owns_anything(const ModuleDraft& draft) {
  return !draft.folders.empty() || !draft.sources.empty() || !draft.files.empty() || !draft.targets.empty();
}

std::vector<ModuleDraft> make_drafts(const BuildTree& tree, const GuardedFiles& files, const CMakeOptions& options,
                                     const std::vector<GuardedPart>& parts, const ObservedBuild& build) {
  std::vector<ModuleDraft> drafts;
  std::set<std::string> toggles;
  std::set<std::string> folders;
  for (GuardedPart part : parts) {
    if (part.aside || part.terms.empty()) continue;
    ModuleDraft probe{.module = {},
                      .terms = {},
                      .options = {},
                      .folders = part.folders,
                      .sources = part.sources,
                      .files = part.files,
                      .targets = part.targets,
                      .altered = {}};
    drop_aside(probe);
    if (!owns_anything(probe)) continue;
    part.folders = std::move(probe.folders);
    part.sources = std::move(probe.sources);
    part.files = std::move(probe.files);
    part.targets = std::move(probe.targets);
    // What an option's absence brings in is another way to do the same, unless it fills a directory.
    const bool fills = !part.folders.empty() || !part.sources.empty();
    if (!fills && has_negation(part.terms)) continue;
    drafts.push_back(draft_of(part, files, options, build));
    toggles.insert(drafts.back().module.toggle);
    for (const NamedThing& folder : part.folders) folders.insert(folder.name);
  }
  for (const auto find : {find_listed_parts, find_option_families}) {
    for (const NamedPart& part : find(files, options, tree, build)) {
      if (toggles.contains(part.toggle) || !folders.insert(part.folder).second) continue;
      toggles.insert(part.toggle);
      drafts.push_back(draft_of(part, files, build));
    }
  }
  std::set<std::string> known;
  for (const ModuleDraft& draft : drafts) known.insert(draft.options.begin(), draft.options.end());
  for (const NamedPart& part : find_namesakes(files, options, build, known)) {
    if (folders.contains(part.folder)) continue;
    drafts.push_back(draft_of(part, files, build));
  }
  return drafts;
}

bool lies_in(const ModuleDraft& inner, const ModuleDraft& outer) {
  if (outer.folders.empty() || inner.module.paths.empty()) return false;
  const auto is_inside = [&outer](const NamedThing& thing) {
    return std::any_of(outer.folders.begin(), outer.folders.end(), [&thing](const NamedThing& folder) {
      return thing.name != folder.name && is_below(thing.name, folder.name);
    });
  };
  for (const auto* const things : {&inner.folders, &inner.sources, &inner.files}) {
    if (!std::all_of(things->begin(), things->end(), is_inside)) return false;
  }
  return true;
}

// Marks drafts of else() branches, whose if() has a part of its own.
void find_replacements(std::vector<ModuleDraft>& drafts) {
  for (ModuleDraft& draft : drafts) {
    if (draft.terms.size() != 1 || !has_negation(draft.terms)) continue;
    const std::vector<std::string> opposite = {negation_of(draft.terms.front())};
    draft.replaces = std::any_of(drafts.begin(), drafts.end(),
                                 [&opposite](const ModuleDraft& other) { return other.terms == opposite; });
  }
}

// Marks drafts that only divide the sources of another one.
void find_refinements(std::vector<ModuleDraft>& drafts) {
  for (ModuleDraft& draft : drafts) {
    if (!draft.folders.empty()) continue;
    draft.refines = std::any_of(drafts.begin(), drafts.end(), [&draft](const ModuleDraft& outer) {
      const auto& terms = outer.terms;
      if (terms.size() >= draft.terms.size() || outer.sources.empty()) return false;
      const auto is_inside = [&outer](const NamedThing& thing) {
        return std::any_of(outer.sources.begin(), outer.sources.end(),
                           [&thing](const NamedThing& folder) { return is_below(thing.name, folder.name); });
      };
      return std::includes(draft.terms.begin(), draft.terms.end(), terms.begin(), terms.end()) &&
             std::all_of(draft.sources.begin(), draft.sources.end(), is_inside) &&
             std::all_of(draft.files.begin(), draft.files.end(), is_inside);
    });
  }
}

// A part with something within another part leaves that to it: it is there only while both are on.
void leave_to_outer(std::vector<ModuleDraft>& drafts) {
  for (ModuleDraft& draft : drafts) {
    for (const ModuleDraft& outer : drafts) {
      if (&outer == &draft || lies_in(draft, outer) || lies_in(outer, draft)) continue;
      const auto is_inside = [&outer](const NamedThing& thing) {
        return std::any_of(outer.folders.begin(), outer.folders.end(), [&thing](const NamedThing& folder) {
          return thing.name != folder.name && is_below(thing.name, folder.name);
        });
      };
      std::erase_if(draft.module.paths, [&](const std::string& path) {
        for (const auto* const things : {&draft.folders, &draft.sources, &draft.files}) {
          for (const NamedThing& thing : *things) {
            const bool meant = path == escape_glob(thing.name) + "/**" || path == escape_glob(thing.name);
            if (meant && is_inside(thing)) return true;
          }
        }
        return false;
      });
      for (auto* const things : {&draft.folders, &draft.sources, &draft.files}) std::erase_if(*things, is_inside);
    }
  }
  std::erase_if(drafts, [](const ModuleDraft& draft) { return !owns_anything(draft); });
}

// A part within another is there only while both are on. Without the outer toggle it would count as on while nothing
// around it is, and what depends on it would not be looked at.
void nest_toggles(std::vector<ModuleDraft>& drafts) {
  std::vector<std::string> toggles(drafts.size());
  for (std::size_t i = 0; i < drafts.size(); ++i) {
    std::vector<std::string> terms = drafts[i].terms;
    for (const ModuleDraft& outer : drafts) {
      if (&outer == &drafts[i] || !lies_in(drafts[i], outer)) continue;
      for (const std::string& term : outer.terms) {
        if (std::find(terms.begin(), terms.end(), term) == terms.end()) terms.push_back(term);
      }
      // What an outer part explains is no doubt about this one.
      std::erase_if(drafts[i].terms, [&outer, &own = drafts[i].terms](const std::string& term) {
        return own.size() > 1 && std::find(outer.terms.begin(), outer.terms.end(), term) != outer.terms.end();
      });
    }
    toggles[i] = toggle_of(terms);
  }
  for (std::size_t i = 0; i < drafts.size(); ++i) drafts[i].module.toggle = std::move(toggles[i]);
  // A target belongs to the innermost part that makes it.
  for (const ModuleDraft& inner : drafts) {
    for (ModuleDraft& outer : drafts) {
      if (&outer == &inner || !lies_in(inner, outer)) continue;
      std::erase_if(outer.module.targets, [&inner](const std::string& target) {
        const auto& targets = inner.module.targets;
        return std::find(targets.begin(), targets.end(), target) != targets.end();
      });
    }
  }
}

// The words that tell no option from another: the project's name, and what many options begin with.
std::string common_words(const std::string& project, const CMakeOptions& options) {
  std::map<std::string, std::size_t> first_words;
  std::size_t declared = 0;
  for (const auto& [name, option] : options) {
    if (option.declared.line == 0) continue;
    ++declared;
    const std::vector<std::string> words = words_of(name);
    if (words.size() > 1) ++first_words[words.front()];
  }
  std::string common = project;
  for (const auto& [word, count] : first_words) {
    if (count * 3 > declared) common += " " + word;
  }
  return common;
}

std::string all_options_of(const ModuleDraft& draft, const std::string& common) {
  std::string name;
  for (const std::string& option : draft.options) {
    name += (name.empty() ? "" : "-") + module_name_of(option, common);
  }
  return name.empty() ? draft.module.name : name;
}

void name_drafts(std::vector<ModuleDraft>& drafts, const std::string& common) {
  std::set<std::string> taken;
  for (ModuleDraft& draft : drafts) {
    std::string name = name_of(draft, common);
    // A part of several options, one of which has named another part; or of the same options, under other values.
    if (taken.contains(name)) name = all_options_of(draft, common);
    const std::string base = name;
    for (int number = 2; !taken.insert(name).second; ++number) name = fmt::format("{}-{}", base, number);
    draft.module.name = std::move(name);
  }
}

}  // namespace

std::string escape_glob(std::string_view text) {
  std::string glob;
  for (const char c : text) {
    if (std::string_view("*?[]{}\\,").find(c) != std::string_view::npos) glob += '\\';
    glob += c;
  }
  return glob;
}

Result<Proposal> propose_policy(const BuildTree& tree) {
  const BuildInfo& info = tree.graphs.front().info();
  CMakeSources sources(info.source_root, info.build_root);
  if (sources.calls("CMakeLists.txt").empty()) {
    return fail({sources.paths().absolute("CMakeLists.txt")}, "there are no calls in this file, or it cannot be read",
                "a policy is proposed from the text of the CMake files, so they have to be where CMake has read them");
  }
  const GuardedFiles files(sources, tree);
  const CMakeOptions options = find_options(files, tree);
  const ObservedBuild build(tree);
  const std::vector<GuardedPart> parts = find_guarded_parts(files, options, build);

  std::vector<ModuleDraft> drafts = make_drafts(tree, files, options, parts, build);
  leave_to_outer(drafts);
  find_refinements(drafts);
  find_replacements(drafts);
  nest_toggles(drafts);
  for (ModuleDraft& draft : drafts) judge_draft(draft, tree, build);
  // After this point it is known how sure each module is.
  std::stable_sort(drafts.begin(), drafts.end(), [](const ModuleDraft& a, const ModuleDraft& b) {
    // By files, which are on disk whether it is on or off: both give the same order.
    return std::make_tuple(a.module.confidence, a.in_family, b.module.file_count, a.module.toggle) <
           std::make_tuple(b.module.confidence, b.in_family, a.module.file_count, b.module.toggle);
  });
  name_drafts(drafts, common_words(files.project(), options));

  Proposal proposal{
      .project = files.project(), .asides = find_set_aside(parts, build), .file_count = files.files().size()};
  for (const auto& [name, option] : options) {
    if (option.declared.line != 0) ++proposal.option_count;
  }
  for (ModuleDraft& draft : drafts) proposal.modules.push_back(std::move(draft.module));
  if (proposal.modules.size() > most_proposed_modules) {
    for (std::size_t i = most_proposed_modules; i < proposal.modules.size(); ++i) {
      proposal.left_out.push_back(proposal.modules[i].name);
    }
    proposal.modules.erase(proposal.modules.begin() + most_proposed_modules, proposal.modules.end());
  }
  check_proposal(proposal, tree);
  proposal.layers = propose_layers(proposal, tree);
  return proposal;
}

}  // namespace bulkhead
