// Toggle against the real if(): the same conditions with the same variables, evaluated by both.
#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <optional>
#include <random>
#include <sstream>
#include <string>
#include <vector>

#include "auditor/cmake_regex.h"
#include "auditor/toggle.h"
#include "tests/auditor/toggle_conditions.h"

#ifndef BULKHEAD_CMAKE_COMMAND
#define BULKHEAD_CMAKE_COMMAND "cmake"
#endif

namespace bulkhead {
namespace {

const Location where{"toggle", 1, 1};

// A scratch directory that goes away with the test.
class CMake {
 public:
  CMake() {
    const auto* test = testing::UnitTest::GetInstance()->current_test_info();
    directory_ = std::filesystem::temp_directory_path() /
                 ("bulkhead-" + std::string(test->name()) + "-" + std::to_string(getpid()));
    std::filesystem::create_directories(directory_);
  }
  CMake(const CMake&) = delete;
  CMake& operator=(const CMake&) = delete;
  ~CMake() {
    std::error_code ignored;
    std::filesystem::remove_all(directory_, ignored);
  }

  // Runs a script that may set `result`, and returns that; nothing when CMake fails.
  std::optional<std::string> run(const std::string& script) {
    const std::string output = (directory_ / "result").string();
    std::filesystem::remove(output);
    std::ofstream(directory_ / "script.cmake") << "cmake_policy(VERSION 3.21)\nset(result \"\")\n"
                                               << script << "\nfile(WRITE \"" << output << "\" \"${result}\")\n";
    const std::string command = "\"" BULKHEAD_CMAKE_COMMAND "\" -P \"" + (directory_ / "script.cmake").string() +
                                "\" >\"" + (directory_ / "log").string() + "\" 2>&1";
    if (std::system(command.c_str()) != 0) return std::nullopt;
    return read(output);
  }
  // What CMake said in the last run.
  [[nodiscard]] std::string log() const { return read(directory_ / "log"); }

 private:
  static std::string read(const std::filesystem::path& path) {
    std::ostringstream text;
    text << std::ifstream(path).rdbuf();
    return text.str();
  }

  std::filesystem::path directory_;
};

std::string bracketed(const std::string& text) {
  return "[==[" + text + "]==]";
}

std::string set_commands(const Variables& variables) {
  std::string commands;
  for (const auto& [name, value] : variables) commands += "  set(" + name + " " + bracketed(value) + ")\n";
  return commands;
}

std::string if_command(const std::string& condition) {
  return "  if(" + condition + ")\n    string(APPEND result 1)\n  else()\n    string(APPEND result 0)\n  endif()\n";
}

LookUpVariable look_up_in(const Variables& variables) {
  return [&variables](std::string_view name) -> std::optional<std::string_view> {
    const auto found = variables.find(name);
    if (found == variables.end()) return std::nullopt;
    return found->second;
  };
}

// Checks that both agree on every condition in every environment. What Toggle fails to evaluate, CMake must fail on,
// too; that takes a run of its own, so `max_failures` says how many there may be.
void expect_agreement(const std::vector<std::string>& texts, std::size_t max_failures) {
  CMake cmake;
  std::string script;
  std::string expected;
  std::vector<std::string> asked;
  std::vector<std::pair<std::size_t, std::string>> failures;
  for (std::size_t e = 0; e < environments().size(); ++e) {
    const Variables& variables = environments()[e];
    script += "function(environment_" + std::to_string(e) + ")\n" + set_commands(variables);
    for (const std::string& condition : texts) {
      const auto toggle = Toggle::parse(condition, where);
      ASSERT_TRUE(toggle) << condition << ": " << toggle.error().message;
      const auto value = toggle->evaluate(look_up_in(variables));
      if (!value) {
        failures.emplace_back(e, condition);
        continue;
      }
      script += if_command(condition);
      expected.push_back(*value ? '1' : '0');
      asked.push_back(condition + "   [environment " + std::to_string(e) + "]");
    }
    script += "  set(result \"${result}\" PARENT_SCOPE)\nendfunction()\nenvironment_" + std::to_string(e) + "()\n";
  }

  const auto result = cmake.run(script);
  ASSERT_TRUE(result) << "CMake refuses what Toggle accepts:\n" << cmake.log().substr(0, 2000);
  ASSERT_EQ(result->size(), expected.size());
  for (std::size_t i = 0; i < expected.size(); ++i) {
    EXPECT_EQ((*result)[i], expected[i]) << asked[i] << ": CMake says " << (*result)[i];
  }

  EXPECT_LE(failures.size(), max_failures);
  for (const auto& [environment, condition] : failures) {
    EXPECT_FALSE(cmake.run(set_commands(environments()[environment]) + if_command(condition)))
        << condition << "   [environment " << environment << "]: CMake can evaluate it, Toggle cannot";
  }
}

TEST(ToggleAgainstCMake, AgreesOnTheTable) {
  EXPECT_GE(conditions().size(), 150U);
  expect_agreement(conditions(), 60);
}

// Random conditions that parse() accepts by construction.
class Generator {
 public:
  explicit Generator(std::uint32_t seed) : random_(seed) {}

  std::size_t pick(std::size_t count) { return random_() % count; }
  const std::string& pick(const std::vector<std::string>& choices) { return choices[pick(choices.size())]; }

  std::string condition(int depth) {
    std::string text = term(depth);
    for (std::size_t more = pick(5); more > 0; --more) text += (pick(2) == 0 ? " AND " : " OR ") + term(depth);
    return text;
  }

  std::string regex(int depth) {
    static const std::vector<std::string> atoms = {"a",    "b",     "ab",     ".",     "^",    "$",   "[ab]",
                                                   "[^a]", "[a-c]", "[]a]",   "[b-]",  "\\.",  "\\a", "{",
                                                   "-",    "]",     "[^]-b]", "[b-b]", "[.-]", "x"};
    static const std::vector<std::string> repetitions = {"", "", "", "*", "+", "?"};
    std::string text;
    for (std::size_t more = pick(4); more > 0; --more) {
      text += depth > 0 && pick(4) == 0 ? "(" + regex(depth - 1) + ")" : pick(atoms);
      text += pick(repetitions);
    }
    if (depth > 0 && pick(4) == 0) text += "|" + regex(depth - 1);
    return text;
  }

 private:
  std::string term(int depth) {
    const std::string negation = pick(4) == 0 ? "NOT " : "";
    switch (pick(depth > 0 ? 7 : 4)) {
      case 0: return negation + value();
      case 1: return negation + "DEFINED " + pick({"A", "B", "UNSET", "NAME", "\"E\"", "12", "NAME2", "a"});
      case 2:
      case 3: return negation + relation();
      case 4:
        return negation + "(" + condition(depth - 1) + ") " + pick({"STREQUAL", "EQUAL", "LESS", "STRGREATER"}) + " (" +
               condition(depth - 1) + ")";
      default: return negation + "(" + condition(depth - 1) + ")";
    }
  }

  std::string relation() {
    static const std::vector<std::string> comparisons = {
        "LESS",    "LESS_EQUAL",    "GREATER",    "GREATER_EQUAL",    "EQUAL",
        "STRLESS", "STRLESS_EQUAL", "STRGREATER", "STRGREATER_EQUAL", "STREQUAL"};
    static const std::vector<std::string> version_comparisons = {"VERSION_LESS", "VERSION_LESS_EQUAL", "VERSION_EQUAL",
                                                                 "VERSION_GREATER", "VERSION_GREATER_EQUAL"};
    switch (pick(8)) {
      case 0: return value() + " IN_LIST " + pick({"LIST", "A", "C", "UNSET", "\"LIST\"", "E"});
      case 1:
        return value() + " MATCHES " + pick({"A", "\"^[A-Z]+$\"", "\"\"", "[[^.$]]", "\"[0-9]\"", "\"(a|b)+c?$\""});
      case 2: return value() + " " + pick(comparisons) + " " + value() + " " + pick(comparisons) + " " + value();
      case 3:
      case 4: return version() + " " + pick(version_comparisons) + " " + version();
      default: return value() + " " + pick(comparisons) + " " + value();
    }
  }

  std::string value() { return pick(4) == 0 ? pick({"SIGNED", "-3", "\" 1\"", "+1.5"}) : version(); }

  // Anything without a sign or white space before its digits: what those mean in a version is up to CMake's version.
  std::string version() {
    static const std::vector<std::string> values = {
        "A",         "B",       "C",          "D",       "E",        "LIST",        "NUM",
        "VER",       "STR",     "NAME",       "UNSET",   "a",        "b",           "ON",
        "OFF",       "1",       "0",          "12",      "1.2",      "0x1F",        "1.10",
        "mlir",      "STATIC",  "X-NOTFOUND", "[[B]]",   "\"${A}\"", "\"${NAME}\"", "\"${${NAME}}\"",
        "\"x${E}\"", "\"AND\"", "1..3",       "nan",     "2x",       "\"c;d\"",     "\"A\"",
        "\"1\"",     "\"\"",    "\"STATIC\"", "\"a b\"", "1.10.2"};
    return pick(values);
  }

  std::mt19937 random_;
};

TEST(ToggleAgainstCMake, AgreesOnRandomConditions) {
  Generator generator(20240608);
  std::vector<std::string> texts;
  texts.reserve(1000);
  for (int i = 0; i < 1000; ++i) texts.push_back(generator.condition(2));
  expect_agreement(texts, 0);
}

TEST(ToggleAgainstCMake, AgreesOnRandomRegularExpressions) {
  const std::vector<std::string> texts = {"",    "a",   "b", "ab",    "ba", "aab",    "abc",
                                          "x.a", "a]b", "-", "bab-a", "{a", "cab\nb", "xx"};
  Generator generator(20240609);
  CMake cmake;
  std::string script;
  std::string expected;
  std::vector<std::string> asked;
  std::size_t refused = 0;
  for (int i = 0; i < 1500; ++i) {
    const std::string pattern = generator.regex(2);
    const auto regex = CMakeRegex::compile(pattern, where);
    if (!regex) {
      if (++refused > 25) continue;  // each is a run of CMake
      EXPECT_FALSE(cmake.run(if_command("x MATCHES " + bracketed(pattern)))) << "CMake accepts " << pattern;
      continue;
    }
    const std::string matches_pattern = " MATCHES " + bracketed(pattern);
    for (const std::string& text : texts) {
      script += if_command(bracketed(text).append(matches_pattern));
      expected.push_back(regex->matches(text) ? '1' : '0');
      asked.push_back(bracketed(text).append(matches_pattern));
    }
  }
  EXPECT_GT(refused, 25U);
  EXPECT_GT(expected.size(), 10000U);
  const auto result = cmake.run(script);
  ASSERT_TRUE(result) << "CMake refuses what we accept:\n" << cmake.log().substr(0, 2000);
  ASSERT_EQ(result->size(), expected.size());
  for (std::size_t i = 0; i < expected.size(); ++i) EXPECT_EQ((*result)[i], expected[i]) << asked[i];
}

// What is an error to CMake must not be a condition to us.
TEST(ToggleAgainstCMake, RefusesWhatCMakeRefuses) {
  CMake cmake;
  ASSERT_EQ(cmake.run(if_command("1")), "1") << cmake.log();
  for (const char* condition : {"A B",
                                "A AND",
                                "OR A",
                                "A MATCHES",
                                "A STREQUAL",
                                "NOT NOT A",
                                "NOT NOT NOT 1",
                                "A (B)",
                                "(1)(0)",
                                "1 OR",
                                "1 IN_LIST",
                                "DEFINED A B",
                                "DEFINED AND 1",
                                "NOT AND 1",
                                "a MATCHES \"(\"",
                                "a MATCHES \"*a\"",
                                "a MATCHES \"[b\"",
                                "\"1\"AND\"1\"",
                                "1AND(1)",
                                "1(AND 1)",
                                "\"\\a\"",
                                "\\a",
                                "${A",
                                "${a b}",
                                "\"${\\x}\"",
                                "(A",
                                "A)",
                                "A and B",
                                "A STRQUAL B",
                                "\"a",
                                "[[a",
                                "A\\"}) {
    EXPECT_FALSE(cmake.run(if_command(condition))) << condition << " is right for CMake: drop it from this test";
    EXPECT_FALSE(Toggle::parse(condition, where)) << condition;
  }
}

}  // namespace
}  // namespace bulkhead
