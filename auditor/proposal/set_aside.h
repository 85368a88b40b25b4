// What a policy should set aside: tests, examples, and other people's code.
#pragma once

#include <string>
#include <vector>

#include "auditor/proposal/guarded_part.h"
#include "auditor/proposal/observed_build.h"

namespace bulkhead {

/// A selector for `set_aside`, and why.
struct ProposedAside {
  std::string selector;     ///< `path:tests/**`
  std::size_t targets = 0;  ///< How many it holds in this build tree.
  CallPlace place;          ///< The call that enters it, under an option; its line is 0 when only the name tells.
};

/// Folders of tests, examples and the like, by their names and by the options that guard them; targets that check,
/// format or document everything; folders of other people's code that have targets. Sorted by selector. Many folders of
/// one name become one glob.
[[nodiscard]] std::vector<ProposedAside> find_set_aside(const std::vector<GuardedPart>& parts,
                                                        const ObservedBuild& build);

}  // namespace bulkhead
