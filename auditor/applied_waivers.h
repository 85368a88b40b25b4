// The waivers of an audit, from policy and comments, and what they have come to.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "auditor/coverage.h"
#include "auditor/suppress.h"
#include "auditor/waiver_comments.h"
#include "auditor/waivers.h"
#include "reports/finding.h"

namespace bulkhead {

/// Collects the waivers, waives findings with them, and knows which of them did. Borrows the input.
class AppliedWaivers {
 public:
  /// Takes the policy's waivers, and reads the comments of the project's CMake files, and of the files in which
  /// `findings` have evidence.
  AppliedWaivers(const SuppressInput& input, const std::vector<Finding>& findings);

  /// Gives each finding that a waiver speaks of the status `waived`. What has expired waives nothing.
  void apply(std::vector<Finding>& findings);

  /// Findings about the waivers themselves: expired, soon to expire, without effect though it would have been seen, and
  /// comments that are none. To be asked after apply().
  [[nodiscard]] std::vector<Finding> find_faults(const Coverage& coverage) const;

 private:
  void read_comments(const std::string& file, CommentStyle style);
  /// What a comment cannot know by itself: whether there is such a rule and module.
  [[nodiscard]] Result<void> check(const Waiver& waiver) const;
  [[nodiscard]] bool stands_at(const Waiver& waiver, const Finding& finding) const;
  [[nodiscard]] bool stands_at(const Waiver& waiver, const Finding& finding, const Evidence& evidence) const;
  /// The kinds of edge that the waiver at that position can speak of.
  [[nodiscard]] std::vector<EdgeKind> kinds_of(std::size_t position) const;
  [[nodiscard]] bool has_expired(const Waiver& waiver) const;
  [[nodiscard]] Finding make_fault(const Waiver& waiver, Severity severity, const std::string& what,
                                   std::string help) const;

  const SuppressInput& input_;
  std::vector<Waiver> waivers_;       // those of the policy first
  std::vector<bool> is_used_;         // by position in waivers_
  std::vector<CommentStyle> styles_;  // likewise; none for those of the policy
  std::vector<Error> mistakes_;
  std::vector<std::size_t> of_policy_;                                    // positions in waivers_
  std::map<std::string, std::vector<std::size_t>, std::less<>> by_file_;  // likewise, of comments
};

}  // namespace bulkhead
