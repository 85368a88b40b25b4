#include "auditor/code_owners.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/support/temporary_directory.h"

namespace bulkhead {
namespace {

using Names = std::vector<std::string>;

Names github(const std::string& text, const std::string& path) {
  return CodeOwners(text, "CODEOWNERS", CodeOwnersSyntax::github).owners_of(path).names;
}
Names gitlab(const std::string& text, const std::string& path) {
  return CodeOwners(text, "CODEOWNERS", CodeOwnersSyntax::gitlab).owners_of(path).names;
}

TEST(CodeOwnersOfGitHub, TakesTheLastPatternThatMatches) {
  const std::string text = "# all\n*       @all\n*.cpp   @cpp a@b.c # inline\n/src/   @src\n/src/gen/\n";
  EXPECT_EQ(github(text, "README.md"), Names{"@all"});
  EXPECT_EQ(github(text, "lib/a.cpp"), (Names{"@cpp", "a@b.c"}));
  EXPECT_EQ(github(text, "src/deep/a.cpp"), Names{"@src"});
  EXPECT_EQ(github(text, "lib/src/a.h"), Names{"@all"});
  // A pattern without owners takes them away.
  EXPECT_EQ(github(text, "src/gen/a.cpp"), Names());
}

TEST(CodeOwnersOfGitHub, AnchorsPatternsAsGitIgnoreDoes) {
  EXPECT_EQ(github("docs/* @d\n", "docs/a.md"), Names{"@d"});
  EXPECT_EQ(github("docs/* @d\n", "docs/deep/a.md"), Names());
  EXPECT_EQ(github("docs/* @d\n", "lib/docs/a.md"), Names());
  EXPECT_EQ(github("apps/ @d\n", "lib/apps/deep/a"), Names{"@d"});
  EXPECT_EQ(github("/apps/ @d\n", "lib/apps/a"), Names());
  EXPECT_EQ(github("a/b @d\n", "a/b/c"), Names{"@d"});
  EXPECT_EQ(github("a/b @d\n", "x/a/b/c"), Names());
  EXPECT_EQ(github("**/logs @d\n", "x/logs/a"), Names{"@d"});
  EXPECT_EQ(github("/* @d\n", "a"), Names{"@d"});
  EXPECT_EQ(github("/* @d\n", "a/b"), Names());
  EXPECT_EQ(github("a\\ b/ @d\n", "a b/c"), Names{"@d"});
  EXPECT_EQ(github("{a,b} @d\n", "{a,b}"), Names{"@d"});
  EXPECT_EQ(github("{a,b} @d\n", "a"), Names());
}

TEST(CodeOwnersOfGitHub, LeavesOutLinesThatAreNoRules) {
  const CodeOwners owners("* @a\n!x @b\n[ab].c @b\nsrc/ nobody\n", "CODEOWNERS", CodeOwnersSyntax::github);
  EXPECT_EQ(owners.bad_lines(), (std::vector<std::uint32_t>{2, 3, 4}));
  EXPECT_EQ(owners.owners_of("src/a").names, Names{"@a"});
  EXPECT_EQ(owners.owners_of("src/a").line, 1U);
}

TEST(CodeOwnersOfGitLab, JoinsTheSections) {
  const std::string text =
      "* @all\n[Docs] @docs\n*.md\n/guide/ @guide\n^[Security][2] @@maintainer\n*.key\n[docs]\n/api/*.md @api\n";
  EXPECT_EQ(gitlab(text, "a.md"), (Names{"@all", "@docs"}));
  EXPECT_EQ(gitlab(text, "guide/a.md"), (Names{"@all", "@guide"}));
  EXPECT_EQ(gitlab(text, "x/a.key"), (Names{"@@maintainer", "@all"}));
  EXPECT_EQ(gitlab(text, "api/a.md"), (Names{"@all", "@api"}));
}

TEST(CodeOwnersOfGitLab, TakesPatternsAtAnyDepthUnlessTheyBeginAtTheTop) {
  EXPECT_EQ(gitlab("internal/a.md @d\n", "x/internal/a.md"), Names{"@d"});
  EXPECT_EQ(gitlab("/internal/a.md @d\n", "x/internal/a.md"), Names());
  EXPECT_EQ(gitlab("/docs/* @d\n", "docs/x/a.md"), Names());
}

TEST(CodeOwnersOfGitLab, LeavesOutWhatIsExcluded) {
  const std::string text = "* @all\n!pom.xml\n[Ruby]\n*.rb @ruby\n!/config/**/*.rb\n";
  EXPECT_EQ(gitlab(text, "lib/pom.xml"), Names());
  EXPECT_EQ(gitlab(text, "lib/a.rb"), (Names{"@all", "@ruby"}));
  EXPECT_EQ(gitlab(text, "config/x/a.rb"), Names{"@all"});
}

TEST(CodeOwnersFile, IsFoundAtTheTopOfTheRepository) {
  const test::TemporaryDirectory directory;
  const auto top = directory.path();
  std::filesystem::create_directories(top / ".git");
  std::filesystem::create_directories(top / "llvm");
  EXPECT_FALSE(find_code_owners((top / "llvm").string()));
  test::write_file(top / "docs" / "CODEOWNERS", "[S]\na/b @d\n");
  auto found = find_code_owners((top / "llvm").string());
  ASSERT_TRUE(found);
  EXPECT_EQ(found->top, top.string());
  EXPECT_EQ(found->owners.file(), "docs/CODEOWNERS");
  EXPECT_EQ(found->owners.owners_of("x/a/b").names, Names{"@d"});
  test::write_file(top / ".github" / "CODEOWNERS", "a/b @e\n");
  found = find_code_owners((top / "llvm").string());
  EXPECT_EQ(found->owners.owners_of("a/b").names, Names{"@e"});
  EXPECT_EQ(found->owners.owners_of("x/a/b").names, Names());
}

TEST(CodeOwnersFile, StandsAnything) {
  for (const std::string text : {"", "\n\n", "[", "[]", "^[", "[a", "[a][", "\\", "a\\", "!", "! @a", "\xff\xfe @a",
                                 "@a", "/ @a", "// @a", "** @a", "a//b @a", "../x @a", "[a] x\n* @b"}) {
    for (const CodeOwnersSyntax syntax : {CodeOwnersSyntax::github, CodeOwnersSyntax::gitlab}) {
      const CodeOwners owners(text, "CODEOWNERS", syntax);
      static_cast<void>(owners.owners_of("a/b"));
    }
  }
}

}  // namespace
}  // namespace bulkhead
