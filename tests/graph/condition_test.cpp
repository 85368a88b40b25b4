#include "graph/condition.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <map>
#include <random>
#include <set>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "tests/graph/walks.h"
#include "tests/support/process.h"
#include "tests/support/replies.h"
#include "tests/support/temporary_directory.h"

namespace bulkhead::test {
namespace {

constexpr std::string_view cplusplus = "#define __GNUC__ 12\n#define __cplusplus 201703L\n";
constexpr std::string_view c = "#define __GNUC__ 12\n";

// `unsure` may be defined or not; `opaque` is, but nobody knows as what.
constexpr std::string_view unknown_macros =
    "#if __has_builtin(x)\n#define unsure 1\n#endif\n"
    "#if __has_builtin(x)\n#define opaque 1\n#else\n#define opaque 2\n#endif\n";

// What each condition comes out as: y, n, or ? for unknown.
std::string evaluate(const std::vector<std::string>& conditions, std::string_view definitions,
                     std::string_view predefined) {
  std::string main(definitions);
  for (std::size_t i = 0; i < conditions.size(); ++i) {
    main += fmt::format("#if {}\n#include \"{}\"\n#endif\n", conditions[i], i);
  }
  Walks walks({{"predefined", std::string(predefined)}, {"main", main}, {"there.h", ""}});
  std::string letters(conditions.size(), 'n');
  const WalkResult result = walks.walk({"predefined"}, "main", [&](const IncludeSite& site) {
    letters[std::stoul(std::string(site.header.name))] = site.truth == Truth::yes ? 'y' : '?';
  });
  EXPECT_TRUE(result.is_complete);
  return letters;
}

struct Expectation {
  char letter;
  const char* condition;
};

void expect(const std::vector<Expectation>& expectations, std::string_view definitions = "",
            std::string_view predefined = cplusplus) {
  std::vector<std::string> conditions;
  for (const Expectation& expectation : expectations) conditions.emplace_back(expectation.condition);
  const std::string letters = evaluate(conditions, std::string(unknown_macros).append(definitions), predefined);
  for (std::size_t i = 0; i < letters.size(); ++i) {
    EXPECT_EQ(letters[i], expectations[i].letter) << expectations[i].condition;
  }
}

TEST(Condition, ReadsNumbers) {
  expect({{'n', "0"},
          {'y', "1"},
          {'y', "-1"},
          {'y', "0x10 == 16"},
          {'y', "010 == 8"},
          {'y', "0b101 == 5"},
          {'y', "1'000'0 == 10000"},
          {'y', "0xAbCdEfUL == 11259375"},
          {'y', "42uLL == 42"},
          {'y', "1z"},
          {'n', "00"},
          {'y', "18446744073709551615u == -1"},
          {'?', "1.0"},
          {'?', "0x"},
          {'?', "08"},
          {'?', "1q"},
          {'?', "0b2"},
          {'?', "18446744073709551616"},
          {'?', "1lul"},
          {'?', "1uu"}});
}

TEST(Condition, ReadsCharacters) {
  expect({{'y', "'a' == 97"},
          {'y', "L'a' == 97"},
          {'y', "u8'0' == 48"},
          {'y', R"('\n' == 10)"},
          {'y', R"('\'' == 39)"},
          {'y', R"('\x41' == 65)"},
          {'y', R"('\101' == 65)"},
          {'n', R"('\0')"},
          {'y', R"('"' == 34)"},
          {'?', "'ab'"},
          {'?', "''"},
          {'?', "'\xc3\xa9'"},
          {'?', R"('\xff')"},
          {'?', R"('\u0041')"},
          {'?', "\"a\""},
          {'?', "'a"}});
}

TEST(Condition, KnowsPrecedence) {
  expect({{'y', "1 + 2 * 3 == 7"},
          {'y', "1 || 0 && 0"},
          {'n', "(1 || 0) && 0"},
          {'y', "1 << 2 + 1 == 8"},
          {'n', "6 & 3 == 2"},
          {'n', "2 - 1 - 1"},
          {'y', "8 / 2 / 2 == 2"},
          {'n', "1 ? 0 : 1 ? 1 : 1"},
          {'y', "0 ? 0 : 0 ? 0 : 5"},
          {'y', "!0 == 1"},
          {'y', "~0 == -1"},
          {'y', "- - 1 == 1"},
          {'y', "5 % 3 == 2"},
          {'y', "-5 / 2 == -2"},
          {'y', "1 < 2 == 1"},
          {'n', "3 > 2 > 1"}});
}

TEST(Condition, KnowsSigns) {
  expect({{'y', "-1 > 0u"},
          {'y', "-1 < 0"},
          {'y', "-1 >> 1 == -1"},
          {'y', "-1 >> 63u == -1"},
          {'y', "0u - 1 > 0"},
          {'y', "(1 ? -1 : 0u) > 0"},
          {'y', "-1 / 2u > 5"},
          {'y', "(2 > 1u) - 2 < 0"}});
}

TEST(Condition, IsUnknownWhereCompilersComplain) {
  for (const char* const condition : {"1 / 0",
                                      "1 % 0",
                                      "9223372036854775807 + 1",
                                      "-9223372036854775807 - 2",
                                      "9223372036854775807 * 2",
                                      "1 << 64",
                                      "1 << 63",
                                      "1 >> -1",
                                      "",
                                      "(",
                                      ")",
                                      "1 1",
                                      "1 +",
                                      "1 ? 2",
                                      "1 : 2",
                                      "f(1)",
                                      "defined",
                                      "defined 1",
                                      "defined(X",
                                      "1, 2",
                                      "X = 1",
                                      "-(-9223372036854775807-1)",
                                      "(-9223372036854775807-1) / -1",
                                      "__has_include",
                                      "__has_include(",
                                      "__has_include(x)",
                                      "#"}) {
    expect({{'?', condition}});
  }
}

TEST(Condition, LeavesUnknownWhatMatters) {
  expect({{'?', "unsure"},
          {'?', "!unsure"},
          {'n', "unsure && 0"},
          {'n', "0 && unsure"},
          {'?', "unsure && 1"},
          {'y', "unsure || 1"},
          {'y', "1 || unsure"},
          {'?', "unsure || 0"},
          {'y', "unsure ? 1 : 1"},
          {'n', "unsure ? 0 : 0"},
          {'?', "unsure ? 1 : 0"},
          {'y', "1 ? 1 : unsure"},
          {'n', "0 ? unsure : 0"},
          {'?', "unsure == unsure"},
          {'?', "(1 ? -1 : unsure) < 0"},
          {'y', "(0 && 1 / 0) + 1"},
          {'?', "defined unsure"},
          {'y', "defined unsure || 1"},
          {'y', "defined(opaque)"},
          {'n', "!defined opaque"},
          {'?', "opaque"},
          {'y', "opaque(1, (2)) || 1"},
          {'?', "unsure(1"}});
}

TEST(Condition, AsksForNames) {
  expect({{'y', "defined X"},
          {'y', "defined(X)"},
          {'n', "defined ( Y )"},
          {'y', "!defined Y"},
          {'n', "defined X && defined Y"},
          {'n', "Y"},
          {'?', "X"},
          {'n', "Z"}},
         "#define X\n#define Z 1\n#undef Z\n");
}

TEST(Condition, KnowsTheNamesOfOperators) {
  expect({{'y', "true"},
          {'n', "false"},
          {'y', "true and not false"},
          {'y', "1 bitand 1"},
          {'y', "1 bitor 0"},
          {'n', "1 xor 1"},
          {'y', "compl 0"},
          {'n', "1 not_eq 1"},
          {'y', "0 or 1"}});
  expect({{'n', "true"}, {'n', "and"}, {'?', "not 1"}}, "", c);
}

TEST(Condition, ReplacesMacros) {
  expect({{'y', "A"},
          {'y', "C == 3"},
          {'n', "SELF"},
          {'n', "LOOP1"},
          {'y', "EMPTY 1"},
          {'?', "EMPTY"},
          {'y', "LESS 2"},
          {'y', "DEF"},
          {'?', "STR"},
          {'?', "STATEMENT"},
          {'y', "PASTED == 12"}},
         "#define A B\n#define B 1\n#define C A + 2\n#define SELF SELF\n#define LOOP1 LOOP2\n#define LOOP2 LOOP1\n"
         "#define EMPTY\n#define LESS 1 <\n#define DEF defined(A)\n#define STR \"x\"\n#define STATEMENT { 1; }\n"
         "#define PASTED 1 ## 2\n");
}

TEST(Condition, ReplacesFunctionLikeMacros) {
  expect({{'y', "GE(4, 1)"},
          {'n', "GE(4, 2)"},
          {'y', "GE(3, 0)"},
          {'n', "GE"},
          {'y', "ID(ID(2)) == 2"},
          {'?', "ID ( (1, 2) )"},
          {'y', "ID\\\n (1)"},
          {'y', "NONE() == 7"},
          {'?', "NONE(1)"},
          {'?', "GE(1)"},
          {'?', "GE(1, 2, 3)"},
          {'y', "ID(GE)(4, 0)"},
          {'y', "SECOND(0, 1)"},
          {'?', "SECOND(0, 1, 2)"},
          {'y', "ID()+1"},
          {'?', "ID(unsure)"},
          {'?', "ID(1"},
          {'y', "F(2)(9) == 2 * 9"},
          {'y', "ID(SELF(1)) == 1"},
          {'y', "REST(1, 2) == 2"},
          {'y', "OPTIONAL(5) == 5"},
          {'y', "OPTIONAL(5, - 2) == 3"}},
         "#define MAJOR 4\n#define MINOR 1\n"
         "#define GE(a, b) (MAJOR > (a) || (MAJOR == (a) && MINOR >= (b)))\n"
         "#define ID(x) x\n#define NONE() 7\n#define SECOND(a, ...) __VA_ARGS__\n#define F(a) a * G\n"
         "#define G(a) a\n#define SELF(a) a\n#define REST(a, rest...) rest\n"
         "#define OPTIONAL(a, ...) a __VA_ARGS__\n");
}

TEST(Condition, PastesTokens) {
  expect(
      {{'y', "USE(A)"},
       {'n', "USE(B)"},
       {'n', "USE(C)"},
       {'y', "CAT(1, 2) == 12"},
       {'y', "CAT(, 3) == 3"},
       {'y', "CAT(3, ) == 3"},
       {'y', "1 CAT(&, &) 1"},
       {'y', "1 CAT(<, =) 1"},
       {'y', "CAT3(1, 2, 3) == 123"},
       {'y', "CAT(USE_, A)"},
       {'y', "XCAT(ONE, ONE) == 11"},
       {'?', "CAT(uns, ure)"},
       {'?', "CAT(+, 1)"},
       {'y', "CAT(def, ined)(USE_A)"},
       {'y', "SUM(1) == 1"},
       {'y', "SUM(1, + 2) == 3"}},
      "#define USE(x) USE_##x\n#define USE_A 1\n#define USE_B 0\n#define CAT(a, b) a ## b\n"
      "#define CAT3(a, b, c) a ## b ## c\n#define XCAT(a, b) CAT(a, b)\n#define ONE 1\n#define FIRST(a, ...) a\n"
      "#define REST(a, b, ...) b\n#define SUM(a, ...) LIST(a, ## __VA_ARGS__)\n#define LIST(a, ...) a __VA_ARGS__\n");
}

TEST(Condition, AsksForHeaders) {
  expect({{'y', "__has_include(\"there.h\")"},
          {'y', "__has_include(<there.h>)"},
          {'n', "__has_include(<nowhere.h>)"},
          {'y', "__has_include_next(<there.h>)"},
          {'y', "defined __has_include && __has_include(<there.h>)"},
          {'y', "__has_include(THERE)"},
          {'y', "__has_include(ANGLE)"},
          {'y', "HAS(<there.h>)"},
          {'y', "HAS_THERE"},
          {'?', "__has_include(unsure)"}},
         "#define THERE \"there.h\"\n#define ANGLE <there.h>\n#define HAS(x) __has_include(x)\n"
         "#define HAS_THERE __has_include(<there.h>)\n");
  expect({{'n', "defined __has_include"}, {'?', "__has_include(<there.h>)"}}, "", "#define __GNUC__ 4\n");
  expect({{'n', "__has_include(<there.h>)"}}, "#undef __has_include\n#define __has_include(x) 0\n");
}

TEST(Condition, AsksTheCompilerNothing) {
  expect({{'?', "__has_attribute(x)"},
          {'?', "__has_cpp_attribute(x::y)"},
          {'?', "__has_builtin(__builtin_x)"},
          {'y', "defined __has_builtin"},
          {'n', "defined __has_feature"},
          {'y', "defined __COUNTER__"},
          {'?', "__COUNTER__"},
          {'?', "__LINE__ == 3"},
          {'?', "__INCLUDE_LEVEL__"}});
  const std::string_view clang = "#define __clang__ 1\n#define __GNUC__ 4\n#define __cplusplus 201703L\n";
  expect({{'y', "defined __has_feature"},
          {'?', "__has_feature(x) || __has_extension(y)"},
          {'?', "__is_identifier(x)"},
          {'?', "__has_warning(\"-Wx\")"},
          {'y', "defined __has_cpp_attribute"},
          {'n', "defined __has_c_attribute"}},
         "", clang);
  expect({{'?', "defined __has_include"}, {'y', "defined __FILE__"}}, "", "");
}

TEST(Condition, EndsWhateverIsWritten) {
  std::string laughs = "#define L0 1\n#define F0(x) x\n";
  for (int i = 1; i < 60; ++i) {
    laughs += fmt::format("#define L{0} L{1} + L{1}\n#define F{0}(x) F{1}(F{1}(x))\n#define N{0} N{1}\n", i, i - 1);
  }
  expect({{'?', "L59"}, {'?', "F59(1)"}, {'y', "L4 == 16"}, {'y', "F4(1)"}, {'n', "N59"}}, laughs);
  for (const char* const part : {"(", "!", "1 ? ", "1 ? 1 : ", "1 +", "ID(", "F4(", "defined ", "-"}) {
    std::string condition;
    for (int i = 0; i < 100'000; ++i) condition += part;
    expect({{'?', condition.c_str()}}, "#define ID(x) x\n");
  }
}

// Random conditions, and what g++ takes them for.
class RandomConditions {
 public:
  explicit RandomConditions(std::uint32_t seed) : random_(seed) {}

  std::string condition(int depth) {
    if (depth == 0 || pick(6) == 0) return leaf();
    switch (pick(10)) {
      case 0: return "(" + condition(depth - 1) + ")";
      case 1: return one_of({"!", "-", "~", "+"}) + " " + condition(depth - 1);
      case 2: return condition(depth - 1) + " ? " + condition(depth - 1) + " : " + condition(depth - 1);
      case 3: return one_of({"ID", "NOT", "INC"}) + "(" + condition(depth - 1) + ")";
      case 4: return one_of({"AND", "CAT"}) + "(" + condition(depth - 1) + ", " + condition(depth - 1) + ")";
      default:
        return condition(depth - 1) + " " + one_of({"||", "&&", "|",  "^", "&", "==", "!=", "<", ">",   "<=",
                                                    ">=", "<<", ">>", "+", "-", "*",  "/",  "%", "and", "or"}) +
               " " + condition(depth - 1);
    }
  }

 private:
  std::uint32_t pick(std::uint32_t count) { return static_cast<std::uint32_t>(random_() % count); }
  std::string one_of(const std::vector<std::string>& words) { return words[random_() % words.size()]; }
  std::string leaf() {
    return one_of({"0",
                   "1",
                   "2",
                   "3u",
                   "7",
                   "'a'",
                   "0x1F",
                   "100L",
                   "A",
                   "B",
                   "C",
                   "D",
                   "E",
                   "defined A",
                   "defined(D)",
                   "true",
                   "9223372036854775807",
                   "18446744073709551615u",
                   "INDIRECT",
                   "SELF"});
  }

  std::mt19937 random_;
};

TEST(Condition, AgreesWithTheCompiler) {
  if (run({"g++", "--version"}).status != 0) GTEST_SKIP() << "there is no g++";
  constexpr std::size_t count = 4000;
  const std::string definitions =
      "#define A 1\n#define B 0\n#define C (A + 2)\n#define E\n#define ID(x) x\n#define NOT(x) !(x)\n"
      "#define INC(x) x + 1\n#define AND(a, b) a && b\n#define CAT(a, b) a ## b\n#define INDIRECT ID(C) - INC(B)\n"
      "#define SELF SELF + 1\n";
  RandomConditions random(20260101);
  std::vector<std::string> conditions;
  std::string text = definitions;
  std::size_t line = 11;
  std::map<std::size_t, std::size_t> by_line;
  for (std::size_t i = 0; i < count; ++i) {
    conditions.push_back(random.condition(1 + static_cast<int>(i % 4)));
    text += fmt::format("#if {}\nyes_{}\n#endif\n", conditions.back(), i);
    by_line[line + 1] = i;
    line += 3;
  }
  const TemporaryDirectory directory;
  write_file(directory.path() / "t.cpp", text);
  const ProcessResult compiled = run({"g++", "-std=c++17", "-pedantic", "-Wall", "-E", "-P", directory / "t.cpp"});
  std::string expected(count, 'n');
  std::istringstream out(compiled.out);
  for (std::string word; out >> word;) {
    if (word.starts_with("yes_")) expected[std::stoul(word.substr(4))] = 'y';
  }
  // Of what it complains about, any answer will do.
  std::set<std::size_t> complaints;
  std::istringstream err(compiled.err);
  for (std::string message; std::getline(err, message);) {
    const std::string mark = "t.cpp:";
    const std::size_t found = message.find(mark);
    if (found == std::string::npos) continue;
    const auto known = by_line.find(std::strtoul(message.c_str() + found + mark.size(), nullptr, 10));
    if (known != by_line.end()) complaints.insert(known->second);
  }
  const std::string letters = evaluate(conditions, definitions, cplusplus);
  std::size_t compared = 0;
  for (std::size_t i = 0; i < count; ++i) {
    if (complaints.contains(i)) continue;
    ++compared;
    // Compilers do not agree on shifts by more than there is, and not all say so.
    const bool shifts = conditions[i].find("<<") != std::string::npos || conditions[i].find(">>") != std::string::npos;
    EXPECT_EQ(letters[i], letters[i] == '?' && shifts ? '?' : expected[i]) << conditions[i];
  }
  EXPECT_GT(compared, count / 2);
}

}  // namespace
}  // namespace bulkhead::test
