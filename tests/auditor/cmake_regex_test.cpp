#include "auditor/cmake_regex.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace bulkhead {
namespace {

const Location where{"bulkhead.toml", 3, 9};

struct RegexCase {
  std::string_view pattern;
  std::vector<std::string_view> yes;
  std::vector<std::string_view> no;
};

TEST(CMakeRegex, MatchesAnywhereUnlessAnchored) {
  const std::vector<RegexCase> cases = {
      {"b", {"b", "abc"}, {"", "a"}},
      {"^b", {"bc"}, {"ab", "a\nb"}},
      {"b$", {"ab"}, {"ba", "b\n"}},
      {"^(ON|AUTO)$", {"ON", "AUTO"}, {"ONE", "xAUTO", "on"}},
      {"", {"", "a"}, {}},
      {"^$", {""}, {"a"}},
      {"a.c", {"abc", "a\nc"}, {"ac"}},
      {"^ab*c$", {"ac", "abbc"}, {"abb"}},
      {"^ab+c$", {"abc", "abbc"}, {"ac"}},
      {"^ab?c$", {"ac", "abc"}, {"abbc"}},
      {"^(ab)+$", {"ab", "abab"}, {"aba", ""}},
      {"a||b", {"", "x"}, {}},
      {"x^a|b$y", {}, {"xa", "by", "b"}},
  };
  for (const RegexCase& one : cases) {
    const auto regex = CMakeRegex::compile(one.pattern, where);
    ASSERT_TRUE(regex) << one.pattern << ": " << regex.error().message;
    for (const std::string_view text : one.yes) EXPECT_TRUE(regex->matches(text)) << one.pattern << " and " << text;
    for (const std::string_view text : one.no) EXPECT_FALSE(regex->matches(text)) << one.pattern << " and " << text;
  }
}

TEST(CMakeRegex, SetsAndEscapesAreThoseOfCMake) {
  const std::vector<RegexCase> cases = {
      {"^[a-c]$", {"a", "b", "c"}, {"d", "-"}},
      {"^[^a-c]$", {"d", "^"}, {"a", "c"}},
      {"^[b-b]$", {"b"}, {"a", "c"}},
      {"^[]a]$", {"]", "a"}, {"b"}},
      {"^[^]a]$", {"b"}, {"]", "a"}},
      {"^[a-]$", {"a", "-"}, {"b"}},
      {"^[\\]$", {"\\"}, {"]"}},
      {"^[a-c-e]$", {"a", "d", "e"}, {"-"}},
      {"^\\d$", {"d"}, {"1"}},
      {"^a{2}$", {"a{2}"}, {"aa"}},
      {"^\\.\\$\\($", {".$("}, {"a$("}},
      {"^..$", {"\xC3\xA9"}, {"a"}},
      {"^[\x80-\xFF]+$", {"\xC3\xA9"}, {"a"}},
  };
  for (const RegexCase& one : cases) {
    const auto regex = CMakeRegex::compile(one.pattern, where);
    ASSERT_TRUE(regex) << one.pattern << ": " << regex.error().message;
    for (const std::string_view text : one.yes) EXPECT_TRUE(regex->matches(text)) << one.pattern << " and " << text;
    for (const std::string_view text : one.no) EXPECT_FALSE(regex->matches(text)) << one.pattern << " and " << text;
  }
}

TEST(CMakeRegex, RefusesWhatCMakeRefuses) {
  const std::vector<std::pair<std::string_view, std::string_view>> cases = {
      {"a(b", "a `(` is never closed"},
      {"a)b", "a `)` closes nothing"},
      {"*a", "`*` follows nothing"},
      {"a|+b", "`+` follows nothing"},
      {"(?:a)", "`?` follows nothing"},
      {"a**", "`*`, `+` and `?` cannot follow each other"},
      {"(a*)*", "what `*` or `+` repeats could be empty"},
      {"(a|b?)+", "what `*` or `+` repeats could be empty"},
      {"^*", "what `*` or `+` repeats could be empty"},
      {"[a", "a `[` is never closed"},
      {"[]", "a `[` is never closed"},
      {"[c-a]", "a range in `[]` is backwards"},
      {"a\\", "it ends in a backslash"},
  };
  for (const auto& [pattern, reason] : cases) {
    const auto regex = CMakeRegex::compile(pattern, where);
    ASSERT_FALSE(regex) << pattern;
    EXPECT_EQ(regex.error().message,
              "the regular expression `" + std::string(pattern) + "` is wrong: " + std::string(reason));
    EXPECT_EQ(regex.error().location, where);
  }
}

TEST(CMakeRegex, DoesNotMindManyGroups) {
  const auto regex = CMakeRegex::compile("^(a)(b)(c)(d)(e)(f)(g)(h)(i)(j)(k)$", where);
  ASSERT_TRUE(regex);
  EXPECT_TRUE(regex->matches("abcdefghijk"));
  EXPECT_FALSE(regex->matches("abcdefghij"));
}

}  // namespace
}  // namespace bulkhead
