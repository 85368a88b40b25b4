#include "auditor/progress.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace bulkhead {
namespace {

using std::chrono::milliseconds;

struct Lines {
  std::vector<std::string> all;
  Progress::Show show() {
    return [this](const std::string& line) { all.push_back(line); };
  }
};

TEST(ProgressLine, ComesOnlyWhenTheWorkLasts) {
  Lines lines;
  {
    Progress progress("reading", "sources", lines.show());
    progress.report(1, 10, Progress::Clock::now());
  }
  EXPECT_EQ(lines.all, std::vector<std::string>());
}

TEST(ProgressLine, ChangesTenTimesASecondAndGoesAtTheEnd) {
  Lines lines;
  {
    Progress progress("reading", "sources", lines.show());
    const auto later = Progress::Clock::now() + milliseconds(600);
    progress.report(1, 10, later);
    progress.report(2, 10, later + milliseconds(50));
    progress.report(3, 10, later + milliseconds(110));
  }
  EXPECT_EQ(lines.all, (std::vector<std::string>{"reading  1 of 10 sources", "reading  3 of 10 sources", ""}));
}

TEST(ProgressLine, IsNotWrittenToWhatIsNoTerminal) {
  Progress progress("reading", "sources", {});
  progress.report(1, 10, Progress::Clock::now() + milliseconds(600));
}

}  // namespace
}  // namespace bulkhead
