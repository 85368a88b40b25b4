#include "auditor/toggle.h"

#include <gtest/gtest.h>

#include <map>
#include <string>
#include <vector>

#include "graph/constant.h"

namespace bulkhead {
namespace {

const Location where{"bulkhead.toml", 12, 11};

using Variables = std::map<std::string, std::string, std::less<>>;

LookUpVariable look_up_in(const Variables& variables) {
  return [&variables](std::string_view name) -> std::optional<std::string_view> {
    const auto found = variables.find(name);
    if (found == variables.end()) return std::nullopt;
    return found->second;
  };
}

Result<bool> evaluate(std::string_view text, const Variables& variables) {
  const auto toggle = Toggle::parse(text, where);
  if (!toggle) return tl::unexpected<Error>(toggle.error());
  return toggle->evaluate(look_up_in(variables));
}

// For conditions that must be right; a wrong one fails the test.
bool is_on(std::string_view text, const Variables& variables) {
  const auto value = evaluate(text, variables);
  EXPECT_TRUE(value) << text << ": " << (value ? "" : value.error().message);
  return value.value_or(false);
}

TEST(Toggle, ConstantsAreThoseOfCMake) {
  for (const char* value : {"1", "ON", "on", "Yes", "TRUE", "y", "2", "-1", "0.5", "0x10", "1e3", "inf"}) {
    EXPECT_TRUE(is_true_constant(value)) << value;
    EXPECT_FALSE(is_false_constant(value)) << value;
  }
  for (const char* value : {"0", "OFF", "off", "No", "FALSE", "n", "IGNORE", "ignore", "NOTFOUND", "X-NOTFOUND", ""}) {
    EXPECT_FALSE(is_true_constant(value)) << value;
    EXPECT_TRUE(is_false_constant(value)) << value;
  }
  for (const char* value :
       {"AUTO", "/usr/bin/llvm-config", "notfound", "x-notfound", "XNOTFOUND", "0.0", "00", "ONE", " ", "1 "}) {
    EXPECT_FALSE(is_true_constant(value)) << value;
    EXPECT_FALSE(is_false_constant(value)) << value;
  }
}

TEST(Toggle, AVariableIsOnUnlessItsValueIsAFalseConstant) {
  for (const char* value : {"ON", "AUTO", "/usr/bin/llvm-config", "0.0"})
    EXPECT_TRUE(is_on("USE_X", {{"USE_X", value}}));
  for (const char* value : {"OFF", "0", "", "USE_X-NOTFOUND"}) EXPECT_FALSE(is_on("USE_X", {{"USE_X", value}}));
  EXPECT_FALSE(is_on("USE_X", {}));
  EXPECT_TRUE(is_on("NOT USE_X", {}));
  EXPECT_FALSE(is_on("\"USE_X\"", {{"USE_X", "ON"}})) << "a quoted word is no variable";
}

TEST(Toggle, ExamplesOfTheManual) {
  const Variables variables = {{"USE_LLVM", "/usr/bin/llvm-config"},
                               {"A", "OFF"},
                               {"B", "OFF"},
                               {"PLUGIN_X", "STATIC"},
                               {"USE_X", "AUTO"},
                               {"VER", "1.10"},
                               {"LLVM_ENABLE_PROJECTS", "clang;mlir"}};
  EXPECT_TRUE(is_on("USE_LLVM AND NOT (A OR B)", variables));
  EXPECT_TRUE(is_on("mlir IN_LIST LLVM_ENABLE_PROJECTS", variables));
  EXPECT_FALSE(is_on("lld IN_LIST LLVM_ENABLE_PROJECTS", variables));
  EXPECT_TRUE(is_on("PLUGIN_X STREQUAL STATIC", variables));
  EXPECT_TRUE(is_on("USE_X MATCHES \"^(ON|AUTO)$\"", variables));
  EXPECT_TRUE(is_on("VER VERSION_GREATER_EQUAL 1.2", variables));
  EXPECT_FALSE(is_on("VER GREATER_EQUAL 1.2", variables));
  EXPECT_TRUE(is_on("DEFINED A AND NOT DEFINED C", variables));
  EXPECT_TRUE(is_on("DEFINED CACHE{A}", variables));
  EXPECT_TRUE(is_on("${USE_X} STREQUAL \"AUTO\"", variables));
  EXPECT_TRUE(is_on("USE_${B}X OR USE_X", variables));
}

TEST(Toggle, AndAndOrGoFromLeftToRight) {
  EXPECT_FALSE(is_on("1 OR 1 AND 0", {}));
  EXPECT_TRUE(is_on("1 OR (1 AND 0)", {}));
  EXPECT_TRUE(is_on("1 OR 1 OR 1 AND 0", {})) << "CMake goes through pairs: (1 OR 1) OR (1 AND 0)";
  EXPECT_TRUE(is_on("NOT 0 AND 1", {}));
  EXPECT_FALSE(is_on("NOT 1 STREQUAL 1", {}));
  EXPECT_TRUE(is_on("(A) STREQUAL (B)", {{"A", "ON"}, {"B", "AUTO"}})) << "a group is 0 or 1, not the word in it";
}

TEST(Toggle, ReferencesAreExpandedFirst) {
  const Variables variables = {
      {"NAME", "USE_X"}, {"USE_X", "ON"}, {"OP", "STREQUAL"}, {"LIST", "1;AND;0"}, {"N", "NAME"}};
  EXPECT_TRUE(is_on("${NAME}", variables));
  EXPECT_TRUE(is_on("${${N}}", variables));
  EXPECT_TRUE(is_on("\"a${NAME}b\" STREQUAL aUSE_Xb", variables));
  EXPECT_FALSE(is_on("${LIST}", variables)) << "a list becomes several arguments";
  EXPECT_FALSE(is_on("${UNSET}", variables));
  EXPECT_FALSE(is_on("NOT ${UNSET}", variables)) << "CMake then sees the variable NOT";
  EXPECT_TRUE(is_on("NOT \"${UNSET}\"", variables));
}

TEST(Toggle, ErrorsOfEvaluationTellTheArgument) {
  const Variables variables = {{"RE", "a(b"}, {"WORDS", "a;b"}, {"TEST_KIND", "TARGET"}};
  const auto regex = evaluate("USE_X AND a MATCHES ${RE}", variables);
  ASSERT_FALSE(regex);
  EXPECT_EQ(regex.error().message, "the regular expression `a(b` is wrong: a `(` is never closed");
  EXPECT_EQ(regex.error().location, (Location{"bulkhead.toml", 12, 31}));

  const auto words = evaluate("1 AND (${WORDS})", variables);
  ASSERT_FALSE(words);
  EXPECT_EQ(words.error().message, "`b` is not expected after `a`");
  EXPECT_EQ(words.error().location.column, 18);

  const auto unset = evaluate("${UNSET} STREQUAL x", variables);
  ASSERT_FALSE(unset);
  EXPECT_EQ(unset.error().message, "`x` is not expected after `STREQUAL`");

  const auto foreign = evaluate("NOT ${TEST_KIND} AND x", variables);
  ASSERT_FALSE(foreign);
  EXPECT_EQ(foreign.error().message, "a toggle only knows variables, so it cannot ask for `TARGET`");
}

TEST(Toggle, VariablesAreWhatMustBeSet) {
  const std::vector<std::pair<std::string_view, std::vector<std::string>>> cases = {
      {"USE_CUDA", {"USE_CUDA"}},
      {"B AND NOT (A OR B) AND C", {"B", "A", "C"}},
      {"mlir IN_LIST LLVM_ENABLE_PROJECTS", {"LLVM_ENABLE_PROJECTS"}},
      {"mlir IN_LIST \"LLVM_ENABLE_PROJECTS\"", {"LLVM_ENABLE_PROJECTS"}},
      {"PLUGIN_X STREQUAL STATIC", {"PLUGIN_X"}},
      {"\"PLUGIN_X\" STREQUAL STATIC", {}},
      {"3.5 VERSION_LESS VER OR 1 EQUAL N OR ON STREQUAL X", {}},
      {"X MATCHES \"^a\" AND Z VERSION_LESS 2", {"X", "Z"}},
      {"DEFINED X AND NOT DEFINED CACHE{Y}", {}},
      {"DEFINED X AND X", {"X"}},
      {"ON OR 1 OR 0.0 OR X-NOTFOUND OR \"Z\"", {}},
      {"${A} AND \"x${B}\" STREQUAL \"$CACHE{C}\" AND ${D_${E}}", {"A", "B", "C", "E"}},
      {"(X) STREQUAL (Z)", {"X", "Z"}},
      {"[[${A}]] STREQUAL [=[B]=]", {}},
  };
  for (const auto& [text, expected] : cases) {
    const auto toggle = Toggle::parse(text, where);
    ASSERT_TRUE(toggle) << text << ": " << toggle.error().message;
    EXPECT_EQ(toggle->variables(), expected) << text;
  }
}

TEST(Toggle, KeepsItsText) {
  const auto toggle = Toggle::parse("  NOT (A)\t", where);
  ASSERT_TRUE(toggle);
  EXPECT_EQ(toggle->text(), "  NOT (A)\t");
}

struct ErrorCase {
  std::string text;
  std::uint32_t column;  // of the argument at fault in the text, from 1
  std::string_view message;
  std::string_view hint;
};

TEST(Toggle, SyntaxErrorsTellThePlaceAndTheRepair) {
  const std::string_view only_variables =
      "let CMake put the answer in a cache variable, or quote the word to mean the text";
  const std::vector<ErrorCase> cases = {
      {"", 1, "the toggle is empty", "write a condition, such as `USE_CUDA` or `NOT MINIMAL`"},
      {"A STRQUAL B", 3, "`STRQUAL` is no keyword of if()", "did you mean `STREQUAL`?"},
      {"A and B", 3, "`and` is no keyword of if()", "did you mean `AND`?"},
      {"A AND DEFIND B", 7, "`DEFIND` is no keyword of if()", "did you mean `DEFINED`?"},
      {"nOT A", 1, "`nOT` is no keyword of if()", "did you mean `NOT`?"},
      {"A && B", 3, "`&&` is no keyword of if()", "write `AND`"},
      {"A || B", 3, "`||` is no keyword of if()", "write `OR`"},
      {"A == ON", 3, "`==` is no keyword of if()", "write `STREQUAL`, or `EQUAL` for numbers"},
      {"!A", 1, "`!A` is no condition of if()", "write `NOT A`"},
      {"USE_A USE_B", 7, "`USE_B` is not expected after `USE_A`", "join conditions with AND or OR"},
      {"A (B)", 3, "`(` is not expected after `A`", "join conditions with AND or OR"},
      {"A NOT B", 3, "`NOT` is not expected after `A`", "join conditions with AND or OR"},
      {"DEFINED A B", 11, "`B` is not expected after `A`", "join conditions with AND or OR"},
      {"AND A", 1, "`AND` needs a condition on its left", ""},
      {"(OR A)", 2, "`OR` needs a condition on its left", ""},
      {"STREQUAL A", 1, "`STREQUAL` needs a value on its left", ""},
      {"A AND", 3, "`AND` needs a condition on its right", ""},
      {"A AND OR B", 7, "`AND` needs a condition on its right, not `OR`", "to mean the text, quote it: `\"OR\"`"},
      {"(A OR)", 6, "`OR` needs a condition on its right, not `)`", ""},
      {"NOT", 1, "`NOT` needs a condition on its right", ""},
      {"NOT NOT A", 5, "`NOT` cannot follow `NOT`", "CMake refuses it: write `NOT (NOT X)`, or neither"},
      {"A STREQUAL", 3, "`STREQUAL` needs a value on its right", ""},
      {"A STREQUAL NOT", 12, "`STREQUAL` needs a value on its right, not `NOT`",
       "to mean the text, quote it: `\"NOT\"`"},
      {"A MATCHES (B)", 11, "`MATCHES` needs a value on its right, not `(`", ""},
      {"DEFINED", 1, "`DEFINED` needs the name of a variable on its right", ""},
      {"DEFINED (A)", 9, "`DEFINED` needs the name of a variable on its right, not `(`", ""},
      {"(A AND (B)", 1, "this `(` is never closed", ""},
      {"A AND (", 7, "this `(` is never closed", ""},
      {"A)", 2, "this `)` closes nothing", ""},
      {") A", 1, "this `)` closes nothing", ""},
      {"A AND ()", 8, "nothing is between the parentheses", ""},
      {"A OR TARGET foo", 6, "a toggle only knows variables, so it cannot ask for `TARGET`", only_variables},
      {"EXISTS /usr", 1, "a toggle only knows variables, so it cannot ask for `EXISTS`", only_variables},
      {"A IS_NEWER_THAN B", 3, "a toggle only knows variables, so it cannot ask for `IS_NEWER_THAN`", only_variables},
      {"DEFINED ENV{HOME}", 9, "a toggle only knows variables, not the environment",
       "let CMake put it in a cache variable"},
      {"\"$ENV{HOME}\"", 2, "a toggle only knows variables, not the environment",
       "let CMake put it in a cache variable"},
      {"A OR CACHE{B}", 6, "CMake understands `CACHE{B}` only after DEFINED", "write the name of the variable alone"},
      {"a IN_LIST \"a;b\"", 11, "`IN_LIST` needs the name of a list variable on its right, not a list",
       "compare with STREQUAL, or with MATCHES \"^(a|b)$\""},
      {"A MATCHES \"x(\"", 11, "the regular expression `x(` is wrong: a `(` is never closed",
       "see \"Regex Specification\" in cmake-commands(7), string()"},
      {"A;B", 2, "a list cannot be an argument of if()", "quote it to mean the text"},
      {"A # B", 3, "a toggle has no comments", "write `\\#` or quote the word to mean the character"},
      {"A STREQUAL x\"y\"", 13, "a quote inside an unquoted word", "quote the whole word"},
      {"A STREQUAL \"x\"y", 15, "a space is missing after the quoted text", ""},
      {"A STREQUAL \"xy", 12, "this quoted text is never closed", ""},
      {"A STREQUAL [=[xy]]", 12, "this bracket argument is never closed", "close it with `]=]`"},
      {"$<CONFIG:Debug>", 1, "a toggle has no generator expressions", "if() is evaluated before there are any"},
      {"A STREQUAL a\\d", 13, "CMake has no escape `\\d`", "`\\\\` is a backslash"},
      {"A\\", 2, "the toggle ends in a backslash", ""},
      {"NOT ${A", 5, "this reference is never closed", "write `${NAME}`"},
      {"${A_${B}", 1, "this reference is never closed", "write `${NAME}`"},
      {"${}", 1, "this reference names no variable", "write `${NAME}`"},
      {"${A:B}", 4, "`:` cannot be part of a variable's name in a reference", "letters, digits and `/_.+-` can"},
      {std::string("A\0B", 3), 2, "a toggle cannot hold a NUL character", ""},
  };
  for (const ErrorCase& one : cases) {
    const auto toggle = Toggle::parse(one.text, where);
    ASSERT_FALSE(toggle) << one.text;
    EXPECT_EQ(toggle.error().message, one.message) << one.text;
    EXPECT_EQ(toggle.error().hint, one.hint) << one.text;
    EXPECT_EQ(toggle.error().location, (Location{"bulkhead.toml", 12, 10 + one.column})) << one.text;
  }
}

TEST(Toggle, ErrorsOnLaterLinesTellTheLine) {
  const auto toggle = Toggle::parse("A AND\n  B C", where);
  ASSERT_FALSE(toggle);
  EXPECT_EQ(toggle.error().location, (Location{"bulkhead.toml", 13, 5}));
  const auto unknown = Toggle::parse("A B", Location{"x", 0, 0});
  ASSERT_FALSE(unknown);
  EXPECT_EQ(unknown.error().location, (Location{"x", 0, 0})) << "a place that is not known stays unknown";
}

std::string repeat(std::string_view text, int count) {
  std::string all;
  for (int i = 0; i < count; ++i) all += text;
  return all;
}

TEST(Toggle, HostileInputIsHarmless) {
  EXPECT_FALSE(Toggle::parse(std::string(1'000'000, '('), where)) << "longer than allowed";
  EXPECT_FALSE(Toggle::parse(repeat("(", 60000), where));
  EXPECT_FALSE(Toggle::parse(repeat(")", 60000), where));
  EXPECT_FALSE(Toggle::parse(repeat("${", 30000), where));
  EXPECT_FALSE(Toggle::parse(repeat("NOT ", 15000) + "A", where));
  EXPECT_FALSE(Toggle::parse("A MATCHES \"" + repeat("(", 60000) + "\"", where));

  EXPECT_TRUE(is_on(repeat("(", 30000) + "1" + repeat(")", 30000), {}));
  EXPECT_TRUE(is_on(repeat("1 AND ", 10000) + "1", {}));
  EXPECT_FALSE(is_on(repeat("NOT (", 10001) + "1" + repeat(")", 10001), {}));
  EXPECT_TRUE(is_on("A" + repeat(" STREQUAL 1", 5000), {{"A", "1"}}));
  EXPECT_TRUE(is_on(repeat("${", 15000) + "A" + repeat("}", 15000) + " OR 1", {{"A", "A"}}));
  // Exponential for an engine that backtracks, and fatal for one that recurses on the text.
  EXPECT_FALSE(is_on("A MATCHES \"^(a|a)+(a|a)+(a|a)+$\"", {{"A", std::string(200'000, 'a') + "b"}}));
}

}  // namespace
}  // namespace bulkhead
