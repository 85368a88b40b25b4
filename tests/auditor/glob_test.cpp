#include "auditor/glob.h"

#include <gtest/gtest.h>

#include <chrono>
#include <ostream>
#include <random>
#include <string>
#include <vector>

namespace bulkhead {
namespace {

const Location where{"bulkhead.toml", 7, 20};

Glob glob(std::string_view pattern) {
  auto parsed = Glob::parse(pattern, where);
  EXPECT_TRUE(parsed) << pattern << ": " << (parsed ? "" : parsed.error().message);
  return parsed ? *parsed : *Glob::parse("unparsable", where);
}

struct MatchCase {
  std::string_view pattern;
  std::vector<std::string_view> yes;
  std::vector<std::string_view> no;
};

void expect_matches(const std::vector<MatchCase>& cases) {
  for (const MatchCase& one : cases) {
    const Glob parsed = glob(one.pattern);
    for (const std::string_view path : one.yes) EXPECT_TRUE(parsed.matches(path)) << one.pattern << " and " << path;
    for (const std::string_view path : one.no) EXPECT_FALSE(parsed.matches(path)) << one.pattern << " and " << path;
  }
}

TEST(Glob, MatchesTheWholePath) {
  expect_matches({
      {"src/a.cpp", {"src/a.cpp"}, {"src/a.cppx", "xsrc/a.cpp", "src/a.cp", "src", ""}},
      {"src", {"src"}, {"src/a.cpp"}},
  });
}

TEST(Glob, StarAndQuestionMarkStayInTheirFolder) {
  expect_matches({
      {"src/*.cpp", {"src/a.cpp", "src/.cpp", "src/a.b.cpp"}, {"src/x/a.cpp", "src/a.hpp", "src/a.cpp/b"}},
      {"*", {"a", "a.cpp", ""}, {"a/b"}},
      {"*/*", {"a/b", "/"}, {"a", "a/b/c"}},
      {"a*b*c", {"abc", "axbxc", "abbbc", "abcbc"}, {"ab/c", "abcx", "a/bc"}},
      {"?", {"a", "."}, {"", "/", "ab"}},
      {"a?c", {"abc"}, {"a/c", "ac", "abbc"}},
      {"tvm_cuda*", {"tvm_cuda", "tvm_cuda_rt"}, {"tvm_cud", "xtvm_cuda"}},
  });
}

TEST(Glob, DoubleStarCrossesFolders) {
  expect_matches({
      {"**", {"a", "a/b/c", ""}, {}},
      {"**/a", {"a", "x/a", "x/y/a"}, {"xa", "x/xa", "a/x"}},
      {"a/**/b", {"a/b", "a/x/b", "a/x/y/b", "a/b/b"}, {"ab", "a/xb", "a/x/yb", "a/b/x", "x/a/b"}},
      {"include/**/cuda/*.h",
       {"include/cuda/a.h", "include/x/y/cuda/a.h"},
       {"include/cuda/x/a.h", "include/xcuda/a.h"}},
      {"a**b", {"ab", "a/b", "axx/yyb"}, {"a/bc", "xab"}},
      {"**.cpp", {"a.cpp", "x/y/a.cpp", ".cpp"}, {"a.hpp"}},
      {"a/**b", {"a/b", "a/xb", "a/x/yb"}, {"ab"}},
      {"**/**/a", {"a", "x/a", "x/y/a"}, {"xa"}},
      {"**/x*y/**/z", {"xy/z", "a/xay/b/z", "xy/xy/xy/z"}, {"xy/az", "x/y/z"}},
      {"a***b", {"a/b", "ab"}, {"a"}},
  });
}

TEST(Glob, WhatIsBelowAFolderIncludesTheFolder) {
  expect_matches({
      {"dir/**", {"dir", "dir/a", "dir/a/b", "dir/"}, {"dirx", "di", "x/dir", "dirx/a"}},
      {"a/*/**", {"a/b", "a/b/c", "a/bcd/e/f"}, {"a", "ab"}},
      {"**/cuda/**", {"cuda", "x/cuda", "cuda/x", "x/y/cuda/z/w"}, {"xcuda/a", "x/cudax/a"}},
      {"**/**", {"a", "a/b"}, {}},
      {"../llvm/**", {"../llvm", "../llvm/lib/a.cpp"}, {"llvm/a", "../llvmx"}},
      {"../../**", {"../..", "../../x"}, {"../x"}},
      {"**/a/**/b/**", {"a/b", "x/a/y/b/z", "a/a/b/b"}, {"a", "b/a", "ab"}},
  });
}

TEST(Glob, Classes) {
  expect_matches({
      {"[a-c]x", {"ax", "bx", "cx"}, {"dx", "x", "aax", "-x"}},
      {"[!a-c]x", {"dx", "-x", "\xC3\xA9x"}, {"ax", "cx", "/x", "x"}},
      {"[^a-c]x", {"dx", "^x"}, {"ax"}},
      {"[]a]", {"]", "a"}, {"b"}},
      {"[!]a]", {"b"}, {"]", "a"}},
      {"[a-]", {"a", "-"}, {"b"}},
      {"[-a]", {"a", "-"}, {"b"}},
      {"[a\\]b]", {"a", "]", "b"}, {"\\"}},
      {"[+-0]", {"+", "-", ".", "0"}, {"1", "/"}},
      {"[a-c-e]", {"a", "b", "c", "-", "e"}, {"d"}},
      {"v[0-9].[0-9]", {"v1.2"}, {"v10.2", "v1x2"}},
  });
}

TEST(Glob, Alternatives) {
  expect_matches({
      {"src/{cuda,rocm}/**", {"src/cuda/a", "src/rocm", "src/cuda"}, {"src/cud/a", "src/cuda,rocm", "src/vulkan/a"}},
      {"foo{,_test}", {"foo", "foo_test"}, {"foo_", "foo_tests"}},
      {"{a,b}{c,d}", {"ac", "ad", "bc", "bd"}, {"ab", "cd", "a", "acd"}},
      {"a{b,c{d,e}f,g}h", {"abh", "acdfh", "acefh", "agh"}, {"ach", "acfh", "ah"}},
      {"{a}", {"a"}, {"{a}"}},
      {"*.{cpp,h}", {"a.cpp", "a.h"}, {"a.c"}},
      {"{src,../x}/a", {"src/a", "../x/a"}, {"x/a"}},
      {"a,b", {"a,b"}, {"a", "b"}},
      {"{a/**,b}", {"a", "a/x", "b"}, {"b/x"}},
  });
}

TEST(Glob, Escapes) {
  expect_matches({
      {"a\\*b", {"a*b"}, {"axb"}},
      {"\\{a,b\\}", {"{a,b}"}, {"a", "b"}},
      {"\\[a]", {"[a]"}, {"a"}},
      {"\\\\", {"\\"}, {"\\\\"}},
      {"{a\\,b,c}", {"a,b", "c"}, {"a", "b"}},
      {"\\a", {"a"}, {"\\a"}},
  });
}

TEST(Glob, NamesOfTargets) {
  expect_matches({
      {"ns::*", {"ns::a", "ns::a::b"}, {"ns:a", "xns::a"}},
      {"*::cuda", {"ns::cuda"}, {"cuda"}},
      {"LLVM{Core,Support}", {"LLVMCore", "LLVMSupport"}, {"LLVM", "LLVMCoreX"}},
      {"check-*", {"check-all"}, {"check"}},
  });
}

TEST(Glob, TakesUtf8CharactersWhole) {
  expect_matches({
      {"?.h", {"\xC3\xA9.h", "\xE2\x82\xAC.h", "\xF0\x9F\x9A\x80.h"}, {"\xC3\xA9\xC3\xA9.h"}},
      {"\xC3\xA9/*", {"\xC3\xA9/x"}, {"\xC3/x"}},
      {"*\xC3\xA9", {"x\xC3\xA9", "\xC3\xA9\xC3\xA9"}, {"\xC3"}},
      {"?", {"\xC3", "\x80"}, {"\xC3\x41"}},  // malformed: one byte
  });
}

TEST(Glob, LiteralPrefixIsWhatEveryMatchBeginsWith) {
  EXPECT_EQ(glob("src/cuda/a.cu").literal_prefix(), "src/cuda/a.cu");
  EXPECT_EQ(glob("src/cuda/*.cu").literal_prefix(), "src/cuda/");
  EXPECT_EQ(glob("src/cuda/**").literal_prefix(), "src/cuda") << "the folder itself matches, too";
  EXPECT_EQ(glob("src/**/cuda").literal_prefix(), "src/");
  EXPECT_EQ(glob("**/cuda").literal_prefix(), "");
  EXPECT_EQ(glob("src/{cuda,cudnn}/x").literal_prefix(), "src/cud");
  EXPECT_EQ(glob("{a,b}").literal_prefix(), "");
  EXPECT_EQ(glob("tvm\\_[ab]").literal_prefix(), "tvm_");
}

TEST(Glob, KeepsItsText) {
  EXPECT_EQ(glob("src/{a,b}\\*/**").text(), "src/{a,b}\\*/**");
  const Glob copy = Glob(glob("some/rather/long/prefix/that/does/not/fit/**"));
  EXPECT_EQ(copy.literal_prefix(), "some/rather/long/prefix/that/does/not/fit");
}

struct ErrorCase {
  std::string pattern;
  std::uint32_t column;  // of the character at fault in the pattern, from 1
  std::string_view message;
};

TEST(Glob, ErrorsTellThePlace) {
  const std::vector<ErrorCase> cases = {
      {"", 1, "the pattern is empty"},
      {"/usr/**", 1, "the pattern is absolute"},
      {"{/usr,a}/b", 2, "the pattern is absolute"},
      {"{,a}", 1, "one alternative of the pattern is empty"},
      {"src/x\\", 6, "the pattern ends in a backslash"},
      {"src/[a-", 5, "this `[` is never closed"},
      {"src/[]", 5, "this `[` is never closed"},
      {"a[b\\", 2, "this `[` is never closed"},
      {"src/{a,{b}", 5, "this `{` is never closed"},
      {"src/a}", 6, "this `}` closes nothing"},
      {"[z-a]", 2, "the range `z-a` is backwards"},
      {"[a/b]", 3, "a class cannot hold `/`"},
      {"x[\xC3\xA9]", 3, "a class can only hold ASCII characters"},
      {"src/", 4, "the pattern ends in `/`, and no path does"},
      {"a//b", 3, "the pattern has an empty folder name"},
      {"./a", 1, "`.` matches no path"},
      {"a/./b", 3, "`.` matches no path"},
      {"a/../b", 3, "`..` can only come first"},
      {"**/..", 4, "`..` can only come first"},
      {std::string("a\0b", 3), 2, "a pattern cannot hold a NUL character"},
      {"{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{c,d}", 45, "the braces stand for more than 256 patterns"},
      {std::string(17, '{'), 17, "braces are nested too deeply"},
      {std::string(5000, 'a'), 1, "the pattern is longer than 4096 bytes"},
  };
  for (const ErrorCase& one : cases) {
    const auto parsed = Glob::parse(one.pattern, where);
    ASSERT_FALSE(parsed) << one.pattern;
    EXPECT_EQ(parsed.error().message, one.message) << one.pattern;
    EXPECT_EQ(parsed.error().location, (Location{"bulkhead.toml", 7, 19 + one.column})) << one.pattern;
  }
}

// The definition of a match, without regard to time: what the first wildcard can take in, and then the rest.
bool matches_slowly(std::string_view pattern, std::string_view path, bool starts_name = true) {
  if (pattern.empty()) return path.empty();
  if (pattern == "/**") return path.empty() || path.front() == '/';
  if (starts_name && pattern.starts_with("**/")) {
    if (matches_slowly(pattern.substr(3), path)) return true;
    for (std::size_t i = 0; i < path.size(); ++i) {
      if (path[i] == '/' && matches_slowly(pattern.substr(3), path.substr(i + 1))) return true;
    }
    return false;
  }
  if (pattern.front() == '*') {
    const bool crosses = pattern.starts_with("**");
    const std::string_view rest = pattern.substr(crosses ? 2 : 1);
    for (std::size_t i = 0; i <= path.size(); ++i) {
      if (matches_slowly(rest, path.substr(i), false)) return true;
      if (!crosses && i < path.size() && path[i] == '/') return false;
    }
    return false;
  }
  if (path.empty()) return false;
  const bool fits = pattern.front() == '?' ? path.front() != '/' : path.front() == pattern.front();
  return fits && matches_slowly(pattern.substr(1), path.substr(1), pattern.front() == '/');
}

TEST(Glob, AgreesWithTheDefinitionOnRandomPatterns) {
  std::mt19937 random(20240607);
  const auto pick = [&](std::size_t count) { return static_cast<std::size_t>(random() % count); };
  const std::vector<std::string> pieces = {"a", "b", "ab", "?", "*", "**", "*a", "b*", "a*b", "**b", "a**", "?*"};
  std::size_t checked = 0;
  std::size_t matched = 0;
  for (int round = 0; round < 4000; ++round) {
    std::string pattern = pieces[pick(pieces.size())];
    for (std::size_t i = pick(4); i > 0; --i) pattern += "/" + pieces[pick(pieces.size())];
    const Glob parsed = glob(pattern);
    for (int one = 0; one < 25; ++one) {
      std::string path;
      for (std::size_t i = 1 + pick(9); i > 0; --i) path.push_back("ab/a/b"[pick(6)]);
      const bool expected = matches_slowly(pattern, path);
      ASSERT_EQ(parsed.matches(path), expected) << pattern << " and " << path;
      EXPECT_TRUE(!expected || path.starts_with(parsed.literal_prefix())) << pattern << " and " << path;
      ++checked;
      matched += expected ? 1U : 0U;
    }
  }
  EXPECT_GT(matched, checked / 20) << "too few matches for the comparison to mean much";
}

double milliseconds_for(const std::vector<Glob>& globs, const std::vector<std::string>& paths, std::size_t& matched) {
  const auto start = std::chrono::steady_clock::now();
  for (const Glob& one : globs) {
    for (const std::string& path : paths) matched += one.matches(path) ? 1U : 0U;
  }
  return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count();
}

// Limits are hundreds of times what is needed, for the sake of sanitizers and busy machines; an exponential matcher
// would not end at all.
TEST(Glob, HostilePatternsTakeNoTime) {
  std::string path;
  for (int i = 0; i < 1000; ++i) path += "a/";
  std::vector<Glob> globs;
  for (const char* pattern : {"**/**/**/**/a/**/b", "**/a/**/a/**/a/**/a/**/b", "*a*a*a*a*a*a*a*b",
                              "**a**a**a**a**a**b", "**/*a*a*a*b", "a**/*/**/*/**/*b"}) {
    globs.push_back(glob(pattern));
  }
  std::size_t matched = 0;
  EXPECT_LT(milliseconds_for(globs, {path + "c", std::string(4000, 'a')}, matched), 5000);
  EXPECT_EQ(matched, 0);
}

TEST(Glob, ManyPathsAndGlobsTakeMilliseconds) {
  std::vector<std::string> paths;
  paths.reserve(30000);
  for (int i = 0; i < 30000; ++i) {
    paths.push_back("llvm/lib/Target/T" + std::to_string(i % 97) + "/sub/File" + std::to_string(i) + ".cpp");
  }
  std::vector<Glob> globs;
  globs.reserve(50);
  for (int i = 0; i < 50; ++i) globs.push_back(glob("llvm/lib/Target/T" + std::to_string(i) + "/**"));
  std::size_t matched = 0;
  const double time = milliseconds_for(globs, paths, matched);
  EXPECT_LT(time, 2000);
  RecordProperty("milliseconds", std::to_string(time));
  std::size_t expected = 0;
  for (int i = 0; i < 30000; ++i) expected += i % 97 < 50 ? 1U : 0U;
  EXPECT_EQ(matched, expected);
}

}  // namespace
}  // namespace bulkhead
