#include "graph/preprocessor.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <random>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "tests/graph/walks.h"
#include "tests/support/process.h"
#include "tests/support/replies.h"
#include "tests/support/temporary_directory.h"

namespace bulkhead::test {
namespace {

using Files = std::map<std::string, std::string>;

// `unsure` may be defined or not.
constexpr std::string_view unsure = "#define __GNUC__ 12\n#if __has_attribute(x)\n#define unsure\n#endif\n";

// An include a line, indented by depth: `line: name`, `?` before the name for unknown, and what guards it.
std::string draw(const Files& files, std::string_view predefined = unsure) {
  Files all = files;
  all["predefined"] = predefined;
  Walks walks(all);
  std::string drawn;
  const WalkResult result = walks.walk({"predefined"}, "main", [&](const IncludeSite& site) {
    const std::string name =
        site.header.form == IncludeForm::angle ? fmt::format("<{}>", site.header.name) : std::string(site.header.name);
    drawn += fmt::format("{}{}: {}{}{}", std::string(site.open.size() * 2 - 2, ' '), site.directive().line,
                         site.truth == Truth::yes ? "" : "? ", name, site.header.is_next ? " next" : "");
    if (site.problem == IncludeProblem::unknown_name) drawn += "unknown name";
    if (site.problem == IncludeProblem::too_deep) drawn += " too deep";
    for (auto condition = site.conditions.rbegin(); condition != site.conditions.rend(); ++condition) {
      if (condition->truth == Truth::yes) continue;
      const LexedSource& source = *site.from().source;
      const Directive& branch = source.directives()[condition->branch];
      drawn += fmt::format(" [{} at {}", directive_text(source, branch), branch.line);
      if (condition->branch != condition->opening) {
        drawn += fmt::format(" of {}", directive_text(source, source.directives()[condition->opening]));
      }
      drawn += "]";
    }
    drawn += "\n";
  });
  EXPECT_TRUE(result.is_complete);
  return drawn;
}

TEST(Preprocessor, EntersWhatIsIncluded) {
  EXPECT_EQ(draw({{"main", "#include \"a.h\"\n#include <b.h>\n#include \"nowhere.h\"\n"},
                  {"a.h", "#ifndef A_H\n#define A_H\n#include \"b.h\"\n#endif\n"},
                  {"b.h", "#pragma once\n#include_next <b.h>\n#include <a.h>\n"}}),
            "1: a.h\n"
            "  3: b.h\n"
            "    2: <b.h> next\n"
            "    3: <a.h>\n"
            "2: <b.h>\n"
            "3: nowhere.h\n");
}

TEST(Preprocessor, TakesTheBranchThatHolds) {
  EXPECT_EQ(draw({{"main",
                   "#define A 2\n"
                   "#if A == 1\n#include \"1\"\n#elif A == 2\n#include \"2\"\n#elif A == 2\n#include \"3\"\n#else\n"
                   "#include \"4\"\n#endif\n"
                   "#ifdef B\n#include \"5\"\n#elifndef B\n#include \"6\"\n#else\n#include \"7\"\n#endif\n"
                   "#ifndef B\n#if 0\n#if 1\n#include \"8\"\n#endif\n#else\n#include \"9\"\n#endif\n#endif\n"
                   "#undef A\n#ifdef A\n#include \"10\"\n#endif\n"}}),
            "5: 2\n14: 6\n24: 9\n");
}

TEST(Preprocessor, SaysWhatGuardsAnInclude) {
  EXPECT_EQ(draw({{"main",
                   "#if 1\n"
                   "#ifdef unsure\n"
                   "#include \"1\"\n"
                   "#if __has_feature_x || __has_builtin(y)\n"
                   "#include \"2\"\n"
                   "#elif 1\n"
                   "#include \"3\"\n"
                   "#else\n"
                   "#include \"not\"\n"
                   "#endif\n"
                   "#else\n"
                   "#include \"4\"\n"
                   "#endif\n"
                   "#endif\n"
                   "#include \"5\"\n"}}),
            "3: ? 1 [#ifdef unsure at 2]\n"
            "5: ? 2 [#if __has_feature_x || __has_builtin(y) at 4] [#ifdef unsure at 2]\n"
            "7: ? 3 [#elif 1 at 6 of #if __has_feature_x || __has_builtin(y)] [#ifdef unsure at 2]\n"
            "12: ? 4 [#else at 11 of #ifdef unsure]\n"
            "15: 5\n");
}

TEST(Preprocessor, JoinsWhatBranchesDefine) {
  // Both define it: it is defined, and nobody knows as what.
  EXPECT_EQ(draw({{"main",
                   "#ifdef unsure\n#define A 1\n#define B\n#define C 1\n#define D 1\n#undef E\n#else\n#define A 2\n"
                   "#define C 1\n#endif\n#define E\n"
                   "#ifdef A\n#include \"A\"\n#endif\n#if A == 1\n#include \"A1\"\n#endif\n"
                   "#ifdef B\n#include \"B\"\n#endif\n#if C\n#include \"C\"\n#endif\n"
                   "#if defined D && D\n#include \"D\"\n#endif\n#ifdef E\n#include \"E\"\n#endif\n"}}),
            "13: A\n16: ? A1 [#if A == 1 at 15]\n19: ? B [#ifdef B at 18]\n22: C\n"
            "25: ? D [#if defined D && D at 24]\n28: E\n");
}

TEST(Preprocessor, KnowsInABranchWhatItsConditionSays) {
  EXPECT_EQ(draw({{"main",
                   "#ifndef unsure\n#define unsure 1\n#endif\n#ifdef unsure\n#include \"1\"\n#endif\n"
                   "#if __has_builtin(x)\n#define A\n#endif\n"
                   "#ifdef A\n#ifndef A\n#include \"not\"\n#endif\n#else\n#ifdef A\n#include \"not\"\n#endif\n#endif\n"
                   "#if !defined(A)\n#define A\n#elif defined A\n#include \"2\"\n#endif\n#ifdef A\n#include \"3\"\n"
                   "#endif\n"}}),
            "5: 1\n22: ? 2 [#elif defined A at 21 of #if !defined(A)]\n25: 3\n");
}

TEST(Preprocessor, SeesInAnUnknownRegionWhatItDefines) {
  EXPECT_EQ(draw({{"main",
                   "#ifdef unsure\n#define A\n#ifdef A\n#include \"1\"\n#else\n#include \"not\"\n#endif\n#else\n"
                   "#ifdef A\n#include \"not\"\n#endif\n#endif\n"}}),
            "4: ? 1 [#ifdef unsure at 1]\n");
}

TEST(Preprocessor, EntersForCertainWhatWasEnteredPerhaps) {
  const Files guarded = {{"main",
                          "#ifdef unsure\n#include \"a.h\"\n#endif\n"
                          "#include \"a.h\"\n#include \"a.h\"\n#ifdef A\n#include \"c.h\"\n#endif\n"},
                         {"a.h", "#ifndef A\n#define A\n#include \"b.h\"\n#endif\n"}};
  EXPECT_EQ(draw(guarded), "2: ? a.h [#ifdef unsure at 1]\n  3: ? b.h\n4: a.h\n  3: b.h\n5: a.h\n7: c.h\n")
      << "the conditions of the file that includes are not those of the header";
  EXPECT_EQ(draw({{"main", "#ifdef unsure\n#include \"a.h\"\n#endif\n#include \"a.h\"\n#include \"a.h\"\n"},
                  {"a.h", "#include \"b.h\"\n#pragma once\n"}}),
            "2: ? a.h [#ifdef unsure at 1]\n  1: ? b.h\n4: a.h\n  1: b.h\n5: a.h\n");
  // In the other branch it has not been there.
  EXPECT_EQ(draw({{"main", "#ifdef unsure\n#include \"a.h\"\n#else\n#include \"a.h\"\n#endif\n#include \"a.h\"\n"},
                  {"a.h", "#ifndef A\n#define A\n#include \"b.h\"\n#endif\n"}}),
            "2: ? a.h [#ifdef unsure at 1]\n  3: ? b.h\n4: ? a.h [#else at 3 of #ifdef unsure]\n  3: ? b.h\n6: a.h\n");
}

TEST(Preprocessor, LeavesAGuardUnsureThatIsNotDefined) {
  EXPECT_EQ(draw({{"main", "#include \"a.h\"\n#ifdef unsure\n#include \"b.h\"\n#endif\n"},
                  {"a.h", "#ifndef unsure\n#include \"c.h\"\n#endif\n"}}),
            "1: a.h\n  2: c.h\n3: ? b.h [#ifdef unsure at 2]\n");
}

TEST(Preprocessor, ExpandsIncludes) {
  EXPECT_EQ(draw({{"main",
                   "#define QUOTE \"a.h\"\n#define ANGLE <sys/a.h>\n#define STR(x) #x\n#define XSTR(x) STR(x)\n"
                   "#define NAME a\n#define HEADER(x) XSTR(dir/x.h)\n#define SYSTEM(x) <sys/x.h>\n#define BLOCK {\n"
                   "#include QUOTE\n#include ANGLE\n#include HEADER(NAME)\n#include SYSTEM(NAME)\n"
                   "#include XSTR(NAME-1.2/c++.h)\n#include <NAME>\n#include NOTHING\n#include BLOCK\n"
                   "#include\n#include <a\n#include STR(NAME)\n#include < NAME .h>\n"
                   "#ifdef unsure\n#define NAME b\n#endif\n#include XSTR(NAME)\n"}}),
            "9: a.h\n10: <sys/a.h>\n11: dir/a.h\n12: <sys/a.h>\n13: a-1.2/c++.h\n14: <NAME>\n15: unknown name\n"
            "16: unknown name\n17: unknown name\n18: unknown name\n19: NAME\n20: < NAME .h>\n24: unknown name\n");
}

TEST(Preprocessor, PushesAndPopsMacros) {
  EXPECT_EQ(draw({{"main",
                   "#define A 1\n#pragma push_macro(\"A\")\n#undef A\n#ifndef A\n#include \"1\"\n#endif\n"
                   "#pragma pop_macro(\"A\")\n#if A == 1\n#include \"2\"\n#endif\n"
                   "#pragma pop_macro(\"A\")\n#pragma push_macro(\"B\")\n#define B\n#pragma pop_macro(\"B\")\n"
                   "#ifdef B\n#include \"not\"\n#endif\n"
                   "#pragma push_macro(\"A\")\n#ifdef unsure\n#pragma pop_macro(\"A\")\n#endif\n"
                   "#if A\n#include \"3\"\n#endif\n"}}),
            "5: 1\n9: 2\n23: ? 3 [#if A at 22]\n");
}

TEST(Preprocessor, EntersImportsOnce) {
  EXPECT_EQ(
      draw({{"main", "#import \"a.h\"\n#import \"a.h\"\nimport <a.h>;\nimport std;\nmodule x;\n#include \"a.h\"\n"},
            {"a.h", "#include \"b.h\"\n"}}),
      "1: a.h\n  1: b.h\n2: a.h\n3: <a.h>\n4: std\n6: a.h\n");
}

TEST(Preprocessor, StandsWhatIsNotClosed) {
  EXPECT_EQ(
      draw({{"main", "#include \"a.h\"\n#ifdef A\n#include \"b.h\"\n"}, {"a.h", "#ifdef unsure\n#define A\n#if 0\n"}}),
      "1: a.h\n3: ? b.h [#ifdef A at 2]\n");
}

TEST(Preprocessor, ReadsPreludes) {
  Walks walks({{"predefined", "#define __GNUC__ 12\n#define A 1\n"},
               {"line", "#undef A\n#define B 1\n#define F(x) x\n#include \"forced.h\"\n"},
               {"forced.h", "#if defined __has_include && __has_include(<main>)\n#define C\n#endif\n"},
               {"main", "#if !defined A && F(B) && defined C\n#include \"a.h\"\n#endif\n"},
               {"other", "#ifndef C\n#include \"b.h\"\n#endif\n"}});
  std::string seen;
  const auto report = [&](const IncludeSite& site) { seen += std::string(site.header.name) + " "; };
  walks.walk({"predefined", "line"}, "main", report);
  walks.walk({}, "other", report);
  walks.walk({"predefined", "line"}, "main", report);
  EXPECT_EQ(seen, "forced.h a.h b.h forced.h a.h ");
}

TEST(Preprocessor, EndsWhereGccDoes) {
  const std::string drawn = draw({{"main", "#include \"main\"\n"}});
  EXPECT_EQ(std::count(drawn.begin(), drawn.end(), '\n'), 200);
  EXPECT_TRUE(drawn.ends_with("1: main too deep\n"));
}

TEST(Preprocessor, BoundsTheWorkOfHostileSources) {
  // Without bounds, 2^40 entries each.
  Files twice = {{"main", "#include \"0\"\n"}};
  Files perhaps = {{"main", "#include \"0\"\n"}};
  Files guarded = {{"main", "#include \"0\"\n"}};
  for (int i = 0; i < 40; ++i) {
    const std::string next = std::to_string(i + 1);
    const std::string both_branches =
        fmt::format("#if __has_attribute(x)\n#include \"{0}\"\n#else\n#include \"{0}\"\n#endif\n", next);
    twice[std::to_string(i)] = fmt::format("#include \"{0}\"\n#include \"{0}\"\n", next);
    perhaps[std::to_string(i)] = both_branches + both_branches;
    guarded[std::to_string(i)] = fmt::format("#ifndef G{0}\n#define G{0}\n{1}{1}#endif\n", i, both_branches);
  }
  twice["40"] = perhaps["40"] = guarded["40"] = "";
  for (const Files& files : {perhaps, guarded}) {
    Walks walks(files);
    walks.add("unsure", unsure);
    const WalkResult result = walks.walk({"unsure"}, "main", [](const IncludeSite&) {});
    EXPECT_TRUE(result.is_complete);
    EXPECT_LT(result.directives, 100'000U);
    EXPECT_TRUE(result.has_bounded) << "and it says so";
  }
  Walks walks(twice);
  EXPECT_FALSE(walks.walk({}, "main", [](const IncludeSite&) {}).is_complete);
}

// Random projects of a few headers, whose macros U0, U1 and U2 may be defined or not, or have a value.
class RandomProject {
 public:
  explicit RandomProject(std::uint32_t seed) : random_(seed) {
    for (int i = 0; i < header_count; ++i) files_["h" + std::to_string(i) + ".h"] = header(i);
    files_["main.cpp"] = lines(9, 0);
  }
  [[nodiscard]] const Files& files() const { return files_; }

 private:
  static constexpr int header_count = 16;

  std::uint32_t pick(std::uint32_t count) { return static_cast<std::uint32_t>(random_() % count); }
  std::string name() { return (pick(2) == 0 ? "U" : "M") + std::to_string(pick(3)); }
  std::string header(int i) {
    const std::string text = lines(5, i + 1);
    switch (pick(4)) {
      case 0: return "#pragma once\n" + text;
      case 1: return text;
      default: return fmt::format("#ifndef H{0}\n#define H{0}\n{1}#endif\n", i, text);
    }
  }
  std::string condition() {
    switch (pick(6)) {
      case 0: return "#ifdef " + name();
      case 1: return "#ifndef " + name();
      case 2: return "#if defined " + name() + " && " + name() + " > 1";
      case 3: return "#if " + name() + " == " + name();
      case 4: return "#if !defined(" + name() + ")";
      default: return "#if " + name() + " || defined H" + std::to_string(pick(header_count));
    }
  }
  // Headers include only those with a higher number, so that there is an end.
  std::string lines(std::uint32_t count, int first) {
    std::string text;
    for (std::uint32_t i = 0; i < count; ++i) {
      const std::string inner = count > 1 ? lines(count / 2, first) : "";
      switch (pick(9)) {
        case 0: text += fmt::format("#define {} {}\n", "M" + std::to_string(pick(3)), pick(3)); break;
        case 1: text += "#undef " + name() + "\n"; break;
        case 2: text += condition() + "\n" + inner + "#endif\n"; break;
        case 3: text += condition() + "\n" + inner + "#else\n" + inner + "#endif\n"; break;
        case 4:
          text += condition() + "\n" + inner + "#elif " + name() + "\n" + inner + "#else\n" + inner + "#endif\n";
          break;
        default:
          if (first < header_count) {
            text += fmt::format("#include \"h{}.h\"\n", first + static_cast<int>(pick(header_count - first)));
          }
      }
    }
    return text;
  }

  std::mt19937 random_;
  Files files_;
};

// The files that g++ enters, with these definitions.
std::set<std::string> entered_by_compiler(const TemporaryDirectory& directory,
                                          const std::vector<std::string>& options) {
  std::vector<std::string> command = {"g++", "-M", "-w"};
  command.insert(command.end(), options.begin(), options.end());
  command.push_back("main.cpp");
  const ProcessResult compiled = run(command, {.directory = directory.path()});
  EXPECT_EQ(compiled.status, 0) << compiled.err;
  std::set<std::string> files;
  std::istringstream words(compiled.out);
  for (std::string word; words >> word;) {
    if (word.starts_with("h")) files.insert(word);
  }
  return files;
}

TEST(Preprocessor, AgreesWithTheCompiler) {
  if (run({"g++", "--version"}).status != 0) GTEST_SKIP() << "there is no g++";
  std::size_t unknown_count = 0;
  std::size_t certain_count = 0;
  for (std::uint32_t seed = 1; seed <= 40; ++seed) {
    const RandomProject project(seed);
    const TemporaryDirectory directory;
    for (const auto& [name, text] : project.files()) write_file(directory.path() / name, text);
    Walks walks(project.files());
    // Each of U0, U1 and U2 is undefined, 1 or 2.
    std::string unknown = "#define __GNUC__ 12\n";
    for (int i = 0; i < 3; ++i) {
      unknown +=
          fmt::format("#if __has_attribute(a)\n#define U{0} 1\n#elif __has_attribute(b)\n#define U{0} 2\n#endif\n", i);
    }
    walks.add("unknown", unknown);
    const auto entered = [&](const std::string& prelude) {
      std::map<std::string, Truth> files;
      const WalkResult result = walks.walk({prelude}, "main.cpp", [&](const IncludeSite& site) {
        Truth& truth = files.try_emplace(std::string(site.header.name), site.truth).first->second;
        truth = std::max(truth, site.truth);
      });
      EXPECT_TRUE(result.is_complete);
      return files;
    };
    const auto guesses = entered("unknown");
    for (const auto& [name, truth] : guesses) ++(truth == Truth::yes ? certain_count : unknown_count);
    for (int world = 0; world < 27; world += 2) {
      std::vector<std::string> options;
      std::string definitions = "#define __GNUC__ 12\n";
      for (int i = 0, rest = world; i < 3; ++i, rest /= 3) {
        if (rest % 3 == 0) continue;
        options.push_back(fmt::format("-DU{}={}", i, rest % 3));
        definitions += fmt::format("#define U{} {}\n", i, rest % 3);
      }
      const std::set<std::string> expected = entered_by_compiler(directory, options);
      const std::string place = fmt::format("seed {}, {}", seed, fmt::join(options, " "));
      // With everything known, exactly the same.
      const std::string prelude = "world" + std::to_string(world);
      walks.add(prelude, definitions);
      std::set<std::string> exact;
      for (const auto& [name, truth] : entered(prelude)) {
        exact.insert(name);
        EXPECT_EQ(truth, Truth::yes) << place << ": " << name;
      }
      EXPECT_EQ(exact, expected) << place;
      // With unknown macros, nothing is missing, and what is certain is there.
      for (const std::string& name : expected) EXPECT_TRUE(guesses.contains(name)) << place << ": " << name;
      for (const auto& [name, truth] : guesses) {
        EXPECT_TRUE(truth != Truth::yes || expected.contains(name)) << place << ": " << name << " is not certain";
      }
    }
  }
  EXPECT_GT(unknown_count, 50U);
  EXPECT_GT(certain_count, 50U);
}

}  // namespace
}  // namespace bulkhead::test
