#include <algorithm>

#include "auditor/waiver_comments.h"
#include "tests/fuzz/fuzz_targets.h"

namespace bulkhead::test {

bool fuzz_waiver_comments(std::string_view input) {
  const auto line_count = static_cast<std::uint32_t>(std::count(input.begin(), input.end(), '\n') + 1);
  bool is_taken = false;
  bool is_refused = false;
  for (const CommentStyle style : {CommentStyle::cmake, CommentStyle::source}) {
    const WaiverComments comments = read_waiver_comments(input, "input", style);
    std::uint32_t last = 0;
    for (const Waiver& waiver : comments.waivers) {
      expect_promise(!waiver.rule.empty() && !waiver.reason.empty(), "a waiver has a rule and a reason");
      expect_promise(waiver.at.has_value(), "a comment has a line");
      expect_promise(waiver.at->own > last && waiver.at->own <= line_count, "comments are in order, and one a line");
      expect_promise(waiver.at->next == 0 || waiver.at->next > waiver.at->own, "what it speaks of comes behind it");
      expect_promise(waiver.where.column >= 1, "a comment has a column");
      last = waiver.at->own;
    }
    for (const Error& mistake : comments.mistakes) {
      expect_promise(!mistake.message.empty() && !mistake.hint.empty(), "a mistake says what to do");
      expect_promise(mistake.location.line >= 1 && mistake.location.line <= line_count, "a mistake lies in the file");
    }
    is_taken = is_taken || !comments.waivers.empty();
    is_refused = is_refused || !comments.mistakes.empty();
  }
  return is_taken && !is_refused;
}

}  // namespace bulkhead::test
