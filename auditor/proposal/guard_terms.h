// What the guards of a call say about the options of the project.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "auditor/proposal/cmake_option.h"
#include "auditor/proposal/guarded_files.h"

namespace bulkhead {

/// The conditions over options that have to hold for a call to be made.
struct GuardTerms {
  std::vector<std::string>
      terms;                ///< Conditions in the syntax of toggles, all of which have to hold; sorted, no two alike.
  bool aside = false;       ///< One of them asks for tests, examples and the like; it is not in `terms`.
  bool supplied = false;    ///< One of them asks where a library comes from.
  bool is_partial = false;  ///< There are other conditions, which no option decides.
  CallPlace place;          ///< The innermost if() that one of `terms` stands in; else the first of all.
};

/// The parts of a condition that AND joins, at its outermost level; the condition itself when OR is there, too.
[[nodiscard]] std::vector<std::string> conjuncts_of(std::string_view condition);

/// `NOT condition`, without two NOTs in a row.
[[nodiscard]] std::string negation_of(std::string_view condition);

/// Sorts the guards of a call, with those of the file that it stands in, into options and others. An option that is a
/// setting counts as another condition.
[[nodiscard]] GuardTerms terms_of(const GuardedFile& file, const GuardedCall& call, const CMakeOptions& options);

/// The toggle that holds when all terms do.
[[nodiscard]] std::string toggle_of(const std::vector<std::string>& terms);

}  // namespace bulkhead
