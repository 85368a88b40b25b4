#include "reports/link_template.h"

#include <gtest/gtest.h>

#include <string>

namespace bulkhead {
namespace {

std::string link(const std::string& text, const std::string& file, std::uint32_t line = 12) {
  const auto parsed = LinkTemplate::parse(text);
  if (!parsed) return "error: " + parsed.error().message;
  return parsed->expand({file, line}).value_or("none");
}

TEST(LinkTemplate, HasAPlaceForFileAndLine) {
  EXPECT_EQ(link("https://e.org/blob/main/{file}#L{line}", "a/b.cpp"), "https://e.org/blob/main/a/b.cpp#L12");
  EXPECT_EQ(link("http://e.org/{file}", "a.cpp"), "http://e.org/a.cpp");
  EXPECT_EQ(link("https://e.org/f?path={file}&line={line}", "a.cpp"), "https://e.org/f?path=a.cpp&line=12");
  EXPECT_EQ(link("vscode://file/home/me/{file}:{line}", "a.cpp"), "vscode://file/home/me/a.cpp:12");
}

TEST(LinkTemplate, LeavesOutALineThatIsNotKnown) {
  EXPECT_EQ(link("https://e.org/{file}#L{line}", "a.cpp", 0), "https://e.org/a.cpp");
  EXPECT_EQ(link("https://e.org/{file}?plain=1#L{line}", "a.cpp", 0), "https://e.org/a.cpp?plain=1");
  EXPECT_EQ(link("vscode://file/{file}:{line}", "a.cpp", 0), "vscode://file/a.cpp");
}

TEST(LinkTemplate, EncodesWhateverAFileIsCalled) {
  EXPECT_EQ(link("https://e.org/{file}", "a b/\"<&>'#?%\n\xFF{line}.c"),
            "https://e.org/a%20b/%22%3C%26%3E%27%23%3F%25%0A%FF%7Bline%7D.c");
}

TEST(LinkTemplate, LeadsOnlyIntoTheSourceTree) {
  EXPECT_EQ(link("https://e.org/{file}", ""), "none");
  EXPECT_EQ(link("https://e.org/{file}", "/usr/share/cmake/x.cmake"), "none");
  EXPECT_EQ(link("https://e.org/{file}", "<build>/gen/a.cpp"), "none");
  EXPECT_EQ(link("https://e.org/x/main/llvm/{file}#L{line}", "../clang/a.cpp"), "https://e.org/x/main/clang/a.cpp#L12");
  EXPECT_EQ(link("https://e.org/{file}", "../clang/a.cpp"), "none") << "no folder to leave";
  EXPECT_EQ(link("https://e.org/f?path={file}", "../clang/a.cpp"), "none");
}

TEST(LinkTemplate, RefusesWhatIsNoLink) {
  EXPECT_EQ(link("https://e.org/", "a"), "error: the link 'https://e.org/' has no place for a {file}");
  for (const std::string bad : {"javascript:alert(1)//{file}", "JavaScript://e.org/%0Aalert(1)//{file}",
                                "data:text/html,{file}", "{file}", "../{file}", "https:{file}", "ftp://e.org/{file}"}) {
    EXPECT_NE(link(bad, "a").find("is none of https://"), std::string::npos) << bad;
  }
  for (const std::string bad : {"https://e.org/{file}\"onclick=\"x", "https://e.org/{file}{file}",
                                "https://e.org/{file}#{line}{line}", "https://e.org/{file} ", "https://e.org/<b>{file}",
                                "https://e.org/{file}#{branch}", "https://e.org/\n{file}"}) {
    EXPECT_NE(link(bad, "a").find("no URL has"), std::string::npos) << bad;
  }
}

TEST(LinkTemplate, LinksBoxesAndArrows) {
  Picture picture;
  picture.nodes = {{.label = "a", .tooltip = "", .place = {"a/CMakeLists.txt", 3}}, {.label = "b", .tooltip = ""}};
  picture.edges = {{.from = 0, .to = 1, .place = {"a/CMakeLists.txt", 4}}};
  link_picture(picture, *LinkTemplate::parse("https://e.org/{file}#{line}"));
  EXPECT_EQ(picture.nodes[0].url, "https://e.org/a/CMakeLists.txt#3");
  EXPECT_EQ(picture.nodes[1].url, "");
  EXPECT_EQ(picture.edges[0].url, "https://e.org/a/CMakeLists.txt#4");
}

}  // namespace
}  // namespace bulkhead
