#include "reports/error_text.h"

#include <gtest/gtest.h>

#include "tests/support/temporary_directory.h"

namespace bulkhead {
namespace {

const Style plain(false);

TEST(ErrorText, SaysWhatWhereAndWhatToDo) {
  const test::TemporaryDirectory directory;
  const std::string policy = directory / "bulkhead.toml";
  test::write_file(policy, "[[module]]\nname = \"cuda\"\nstagee = \"S0\"\n");
  const Error error{{policy, 3, 1}, "unknown key 'stagee'", "did you mean 'stage'?"};
  EXPECT_EQ(write_error(error, plain),
            "error: unknown key 'stagee'\n"
            "  --> " +
                policy +
                ":3:1\n"
                "   |\n"
                " 3 | stagee = \"S0\"\n"
                "   | ^~~~~~\n"
                "  = help: did you mean 'stage'?\n");
}

TEST(ErrorText, LeavesOutWhatIsNotKnown) {
  EXPECT_EQ(write_error({{}, "no policy"}, plain), "error: no policy\n");
  EXPECT_EQ(write_error({{"build"}, "no reply", "run cmake"}, plain),
            "error: no reply\n  --> build\n  = help: run cmake\n");
  EXPECT_EQ(write_error({{"/no/such/file", 7}, "gone"}, plain), "error: gone\n  --> /no/such/file:7\n");
  EXPECT_EQ(write_error({{"/no/such/file", 0, 3}, "gone"}, plain), "error: gone\n  --> /no/such/file\n");
}

TEST(ErrorText, SparesTheReaderTheTextOfAReply) {
  const test::TemporaryDirectory directory;
  const std::string reply = directory / "index-2026.json";
  test::write_file(reply, "{}\n");
  EXPECT_EQ(write_error({{reply, 1, 2}, "broken"}, plain), "error: broken\n  --> " + reply + ":1:2\n");
}

TEST(ErrorText, StandsAPlaceAtTheEndOfALongLine) {
  const test::TemporaryDirectory directory;
  const std::string policy = directory / "bulkhead.toml";
  const std::string line = "paths = [\"" + std::string(120, 'p') + "\"";
  test::write_file(policy, line + "\n");
  const Error error{{policy, 1, static_cast<std::uint32_t>(line.size() + 1)}, "this array is never closed"};
  const std::string text = write_error(error, plain);
  EXPECT_NE(text.find(":1:" + std::to_string(line.size() + 1)), std::string::npos);
  EXPECT_NE(text.find("^\n"), std::string::npos);
}

TEST(ErrorText, IsColouredOnRequest) {
  EXPECT_EQ(write_error({{}, "no policy"}, Style(true)), "\x1b[1;31merror:\x1b[0m \x1b[1mno policy\x1b[0m\n");
}

}  // namespace
}  // namespace bulkhead
