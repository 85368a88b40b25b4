// A module in the making: what is proposed, and what the judgement of it rests on.
#pragma once

#include <string>
#include <vector>

#include "auditor/proposal/guarded_part.h"
#include "auditor/proposal/named_part.h"
#include "auditor/proposal/proposal.h"

namespace bulkhead {

/// A module before it is judged.
struct ModuleDraft {
  ProposedModule module;
  std::vector<std::string> terms;    ///< Its toggle's own, without those of a module around it.
  std::vector<std::string> options;  ///< Names of the options in these.
  std::vector<NamedThing> folders;   ///< Directories that CMake enters.
  std::vector<NamedThing> sources;   ///< Directories of sources that others compile.
  std::vector<NamedThing> files;     ///< Single source files.
  std::vector<NamedThing> targets;   ///< Made elsewhere than in `folders`.
  CallPlace altered;                 ///< A call that may take some of it out of a list; its line is 0 for none.
  bool supplied = false;             ///< The option says where a library comes from.
  bool is_partial = false;           ///< Conditions that no option decides stand beside it.
  bool is_declared = false;          ///< All its options are.
  bool is_listed = false;            ///< An element of a list.
  bool in_family = false;            ///< One of many alike.
  bool by_targets = false;           ///< Its directories are there when they have targets; else when CMake enters them.
  bool is_namesake = false;          ///< Its directory has the option's name, and nothing else speaks for it.
  bool refines = false;              ///< All its sources lie among those of another draft, with more options.
  bool replaces = false;             ///< It is what is there instead of another draft.
};

/// The draft of a guarded part.
[[nodiscard]] ModuleDraft draft_of(const GuardedPart& part, const GuardedFiles& files, const CMakeOptions& options,
                                   const ObservedBuild& build);
/// The draft of a named one.
[[nodiscard]] ModuleDraft draft_of(const NamedPart& part, const GuardedFiles& files, const ObservedBuild& build);

/// Whether something of the draft has a word of the option in its name.
[[nodiscard]] bool is_named_alike(const ModuleDraft& draft, std::string_view option);

/// What to call the module: after the options whose names its parts have, else after the first two. `common` are words
/// that many options of the project have.
[[nodiscard]] std::string name_of(const ModuleDraft& draft, std::string_view common);

/// How many single files a draft lists at most.
inline constexpr std::size_t most_named_files = 12;

/// Says whether the draft is sure, and what speaks against it.
void judge_draft(ModuleDraft& draft, const BuildTree& tree, const ObservedBuild& build);

}  // namespace bulkhead
