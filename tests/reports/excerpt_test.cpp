#include "reports/excerpt.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "tests/support/temporary_directory.h"

namespace bulkhead {
namespace {

const Style plain(false);

// The excerpt from a file that holds `text`.
std::string excerpt(std::string_view text, std::uint32_t line, std::string_view mark = {}, std::uint32_t column = 0) {
  const test::TemporaryDirectory directory;
  const std::string path = directory / "CMakeLists.txt";
  test::write_file(path, text);
  TextFiles files;
  return write_excerpt(files, {.path = path, .line = line, .column = column, .mark = mark}, plain);
}

TEST(Excerpt, PointsAtTheMark) {
  EXPECT_EQ(excerpt("project(x)\ntarget_link_libraries(core PRIVATE cuda_rt)\n", 2, "cuda_rt"),
            "   |\n"
            " 2 | target_link_libraries(core PRIVATE cuda_rt)\n"
            "   |                                    ^~~~~~~\n");
}

TEST(Excerpt, PointsAtAWholeWord) {
  EXPECT_EQ(excerpt("link(opt_extra opt)\n", 1, "opt"),
            "   |\n"
            " 1 | link(opt_extra opt)\n"
            "   |                ^~~\n");
  EXPECT_EQ(excerpt("link(opt_extra)\n", 1, "opt"),
            "   |\n"
            " 1 | link(opt_extra)\n")
      << "no caret rather than a wrong one";
}

TEST(Excerpt, PointsAtAColumn) {
  EXPECT_EQ(excerpt("toggle = \"USE_X AND\"\n", 1, {}, 11),
            "   |\n"
            " 1 | toggle = \"USE_X AND\"\n"
            "   |           ^~~~~\n");
  EXPECT_EQ(excerpt("a = [\n", 1, {}, 6),
            "   |\n"
            " 1 | a = [\n"
            "   |      ^\n")
      << "the end of the line";
  EXPECT_EQ(excerpt("a\n", 1, {}, 4000),
            "   |\n"
            " 1 | a\n"
            "   |  ^\n")
      << "beyond the end of the line";
}

TEST(Excerpt, FindsTheMarkOnALaterLineOfTheCall) {
  EXPECT_EQ(excerpt("\n\n\n\n\n\n\n\ntarget_link_libraries(core\n  PRIVATE\n    cuda_rt\n)\n", 9, "cuda_rt"),
            "    |\n"
            "  9 | target_link_libraries(core\n"
            "    | ...\n"
            " 11 |     cuda_rt\n"
            "    |     ^~~~~~~\n");
  EXPECT_EQ(excerpt("link(core)\nother(cuda_rt)\n", 1, "cuda_rt"),
            "   |\n"
            " 1 | link(core)\n")
      << "the next call is not this one";
}

TEST(Excerpt, ShowsTabsAndControlCharactersAsBlanks) {
  EXPECT_EQ(excerpt("\tlink(a\x1b[31m\topt)\n", 1, "opt"),
            "   |\n"
            " 1 |  link(a [31m opt)\n"
            "   |              ^~~\n");
}

TEST(Excerpt, TakesLinesOfWindowsForLines) {
  EXPECT_EQ(excerpt("project(x)\r\nlink(opt)\r\n", 2, "opt"),
            "   |\n"
            " 2 | link(opt)\n"
            "   |      ^~~\n");
  EXPECT_EQ(excerpt("link(opt)", 1, "opt"), excerpt("link(opt)\n", 1, "opt")) << "no newline at the end";
}

TEST(Excerpt, IsEmptyWhereThereIsNothingToShow) {
  TextFiles files;
  EXPECT_EQ(write_excerpt(files, {.path = "/no/such/file", .line = 1}, plain), "");
  EXPECT_EQ(excerpt("a\n", 0), "");
  EXPECT_EQ(excerpt("a\n", 2), "");
  EXPECT_EQ(excerpt("", 1), "");
  EXPECT_EQ(excerpt("a\nb\n", 2), "   |\n 2 | b\n");
}

// The lines of an excerpt without their margins: the source line and the caret line.
std::pair<std::string, std::string> source_and_caret(const std::string& text) {
  const std::size_t source = text.find("| ", text.find('\n')) + 2;
  const std::size_t source_end = text.find('\n', source);
  const std::size_t caret = text.find("| ", source_end);
  if (caret == std::string::npos) return {text.substr(source, source_end - source), ""};
  return {text.substr(source, source_end - source), text.substr(caret + 2, text.find('\n', caret) - caret - 2)};
}

TEST(Excerpt, CutsALongLineAroundTheMark) {
  for (const std::size_t before : {0U, 10U, 60U, 99U, 500U}) {
    for (const std::size_t after : {0U, 10U, 60U, 500U}) {
      const std::string line = "f(" + std::string(before, 'a') + " opt " + std::string(after, 'z') + ")";
      const auto [source, caret] = source_and_caret(excerpt(line + "\n", 1, "opt"));
      EXPECT_LE(source.size(), 106U) << before << " " << after;
      const std::size_t at = caret.find('^');
      ASSERT_NE(at, std::string::npos) << before << " " << after;
      EXPECT_EQ(source.substr(at, 3), "opt") << before << " " << after;
      EXPECT_EQ(caret.substr(at), "^~~");
      EXPECT_EQ(source.starts_with("..."), !line.starts_with(source.substr(0, 20)));
      EXPECT_EQ(source.ends_with("..."), !line.ends_with(source.substr(source.size() - 4)));
    }
  }
}

TEST(Excerpt, CutsALongLineWhateverTheColumn) {
  const std::string line = "paths = [" + std::string(140, 'p') + "]";
  for (std::uint32_t column = 1; column <= line.size() + 3; ++column) {
    const auto [source, caret] = source_and_caret(excerpt(line + "\n", 1, {}, column));
    EXPECT_LE(source.size(), 106U);
    EXPECT_LE(caret.find('^'), source.size()) << "column " << column;
    EXPECT_EQ(std::count(caret.begin(), caret.end(), '^'), 1);
  }
}

TEST(Excerpt, IsColouredOnRequest) {
  const test::TemporaryDirectory directory;
  test::write_file(directory / "a.cmake", "link(opt)\n");
  TextFiles files;
  const std::string text = write_excerpt(files, {.path = directory / "a.cmake", .line = 1, .mark = "opt"}, Style(true));
  EXPECT_NE(text.find("\x1b[1;32m^~~\x1b[0m"), std::string::npos);
}

TEST(TextFiles, AreReadOnce) {
  const test::TemporaryDirectory directory;
  test::write_file(directory / "a", "one\ntwo\n");
  TextFiles files;
  EXPECT_EQ(files.lines(directory / "a"), (std::vector<std::string>{"one", "two"}));
  test::write_file(directory / "a", "three\n");
  EXPECT_EQ(files.lines(directory / "a").size(), 2U);
  EXPECT_TRUE(files.lines(directory / "b").empty());
}

TEST(TextFiles, OfDevicesAreEmpty) {
  TextFiles files;
  EXPECT_TRUE(files.lines("/dev/zero").empty()) << "a device that never ends must not be read";
}

}  // namespace
}  // namespace bulkhead
