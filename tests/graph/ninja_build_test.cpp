#include "graph/ninja_build.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <string>
#include <vector>

#include "tests/support/process.h"
#include "tests/support/replies.h"
#include "tests/support/temporary_directory.h"

namespace bulkhead::test {
namespace {

namespace fs = std::filesystem;

std::string join(const NinjaBuild& build, IndexRange range) {
  std::string text;
  for (std::uint32_t i = range.begin; i < range.end; ++i) {
    text += fmt::format(" {}", build.strings[build.paths[i]]);
  }
  return text;
}

// A statement a line: `outputs : rule : inputs`, and its commands below it.
std::string draw(const NinjaBuild& build, const NinjaStatement& statement) {
  std::string text = fmt::format("{} : {} :{}\n", join(build, statement.outputs).substr(1),
                                 build.strings[statement.rule], join(build, statement.inputs));
  std::string commands(build.strings[statement.command]);
  if (commands.empty()) return text;
  for (std::size_t at = 0; (at = commands.find('\n', at)) != std::string::npos; at += 5)
    commands.replace(at, 1, "\n  $ ");
  return text + "  $ " + commands + "\n";
}

std::string draw(const NinjaBuild& build) {
  std::string text;
  for (const NinjaStatement& statement : build.statements) text += draw(build, statement);
  return text;
}

// A build tree of which nothing exists but files of ninja.
class NinjaBuildTest : public testing::Test {
 protected:
  void write(const std::string& name, std::string_view text) const { write_file(tree_.path() / name, text); }

  /// What is drawn of build.ninja, or of a configuration; of an error "file:line:column: message".
  [[nodiscard]] std::string read(const std::optional<std::string>& configuration = std::nullopt) const {
    const auto build = read_ninja_build(tree_.path(), configuration);
    if (!build) {
      const Location& place = build.error().location;
      return fmt::format("{}:{}:{}: {}", fs::path(place.file).lexically_relative(tree_.path()).string(), place.line,
                         place.column, build.error().message);
    }
    return *build ? draw(**build) : "none";
  }
  [[nodiscard]] std::string read_text(std::string_view text) const {
    write("build.ninja", text);
    return read();
  }

  TemporaryDirectory tree_;
};

TEST_F(NinjaBuildTest, ReadsWhatCMakeWrites) {
  write("CMakeFiles/rules.ninja",
        "rule CUSTOM_COMMAND\n"
        "  command = $COMMAND\n"
        "  description = $DESC\n"
        "\n"
        "rule CXX_COMPILER__core_Release\n"
        "  depfile = $DEP_FILE\n"
        "  deps = gcc\n"
        "  command = ${LAUNCHER}${CODE_CHECK}/usr/bin/c++ $DEFINES $INCLUDES $FLAGS -c $in\n");
  EXPECT_EQ(read_text("# CMAKE generated file: DO NOT EDIT!\n"
                      "\n"
                      "ninja_required_version = 1.5\n"
                      "CONFIGURATION = Release\n"
                      "include CMakeFiles/rules.ninja\n"
                      "cmake_ninja_workdir = /b/\n"
                      "pool heavy\n"
                      "  depth = 2\n"
                      "\n"
                      "build cmake_object_order_depends_target_core: phony || by_path.cpp\n"
                      "\n"
                      "build core.dir/core.cpp.o: CXX_COMPILER__core_Release /s/core.cpp | /s/od.h || order\n"
                      "  DEP_FILE = core.dir/core.cpp.o.d\n"
                      "  FLAGS = -O3 -DNDEBUG\n"
                      "\n"
                      "\n"
                      "build libcore.a by.txt | ${cmake_ninja_workdir}by.txt: CXX_STATIC_LIBRARY_LINKER__core_Release "
                      "core.dir/core.cpp.o || opt/tool\n"
                      "  POST_BUILD = cd /b && /b/opt/tool libcore.a\n"
                      "  PRE_LINK = :\n"
                      "\n"
                      "build core: phony libcore.a\n"
                      "build by_path.cpp | ${cmake_ninja_workdir}by_path.cpp: CUSTOM_COMMAND /s/in$ put.txt || t\n"
                      "  COMMAND = cd /b && /b/opt/tool by_path.cpp\n"
                      "  DESC = Generating by_path.cpp\n"
                      "  restat = 1\n"
                      "\n"
                      "build CMakeFiles/util | ${cmake_ninja_workdir}CMakeFiles/util: phony /s/opt/x by_path.cpp || t\n"
                      "build /s/CMakeLists.txt CMakeCache.txt: phony\n"
                      "build clean: CLEAN\n"
                      "default all\n"),
            "core.dir/core.cpp.o : CXX_COMPILER__core_Release : /s/core.cpp /s/od.h\n"
            "libcore.a by.txt /b/by.txt : CXX_STATIC_LIBRARY_LINKER__core_Release : core.dir/core.cpp.o\n"
            "  $ cd /b && /b/opt/tool libcore.a\n"
            "by_path.cpp /b/by_path.cpp : CUSTOM_COMMAND : /s/in put.txt\n"
            "  $ cd /b && /b/opt/tool by_path.cpp\n"
            "CMakeFiles/util /b/CMakeFiles/util : phony : /s/opt/x by_path.cpp\n"
            "clean : CLEAN :\n");
}

TEST_F(NinjaBuildTest, KeepsCommandsInTheOrderTheyRun) {
  EXPECT_EQ(read_text("build a: LINK b\n"
                      "  POST_BUILD = last\n"
                      "  COMMAND = first\n"
                      "  PRE_LINK = second\n"
                      "  TARGET_FILE = a\n"),
            "a : LINK : b\n  $ first\n  $ second\n  $ last\n");
}

TEST_F(NinjaBuildTest, ReadsTheScriptsOfLongCommands) {
  write("CMakeFiles/t-3b.sh", "set -e\n\ncd /b\ncat /s/a b.c\n");
  const std::string_view text =
      "build t: CUSTOM_COMMAND\n"
      "  COMMAND = /bin/sh CMakeFiles/t-3b.sh d7a4\n";
  EXPECT_EQ(read_text(text), "t : CUSTOM_COMMAND :\n  $ set -e &&  && cd /b && cat /s/a b.c\n");
  EXPECT_EQ(find_command_paths("set -e &&  && cd /b && cat /s/a b.c"), (std::vector<std::string>{"/s/a", "/b/b.c"}));
  fs::remove(tree_.path() / "CMakeFiles/t-3b.sh");
  EXPECT_EQ(read_text(text), "build.ninja:2:21: CMakeFiles/t-3b.sh: cannot open this file: No such file or directory");
  EXPECT_EQ(read_text("build t: CUSTOM_COMMAND\n  COMMAND = /bin/sh own/x.sh\n"),
            "t : CUSTOM_COMMAND :\n  $ /bin/sh own/x.sh\n");
}

TEST_F(NinjaBuildTest, ResolvesEscapesAndVariables) {
  EXPECT_EQ(read_text("a = x\n"
                      "b = $a/${a}$$ ${nothing}.\n"
                      "a = y\n"
                      "build o$:1 $$2 $a.c: R p$ q $b | ${a.b}i $\n"
                      "    n|@v || never\n"
                      "  COMMAND = $a $$HOME a$:b $\n"
                      "      joined$\n"
                      "  up $name\n"),
            "o:1 $2 y.c : R : p q x/x$ . i n\n"
            "  $ y $HOME a:b joinedup \n");
  EXPECT_EQ(read_text("build a$\n    b: R $\n  c$\nd\n"), "ab : R : cd\n") << "a joined line may go on within a path";
}

TEST_F(NinjaBuildTest, LetsPathsAndNotValuesSeeTheBlock) {
  EXPECT_EQ(read_text("v = file\n"
                      "build ${v}/o: R $w\n"
                      "  v = block\n"
                      "  w = ${v}\n"
                      "  COMMAND = $v\n"),
            "block/o : R : file\n  $ file\n");
}

TEST_F(NinjaBuildTest, ReadsTheLineBreaksOfWindows) {
  EXPECT_EQ(
      read_text("# c\r\n\r\nv = x\r\nbuild a: R $\r\n  b $v || o\r\n  # c\r\n  COMMAND = run $\r\n    it\r\n\r\n"),
      "a : R : b x\n  $ run it\n");
}

TEST_F(NinjaBuildTest, EndsABlockWhereNinjaDoes) {
  EXPECT_EQ(read_text("build a: R\n"
                      "  # a comment $\n"
                      "# another\n"
                      "build b: R\n"
                      "  X = 1\n"
                      "  # between\n"
                      "  COMMAND = c\n"
                      "   \n"
                      "  # after\n"
                      "build c: R\n"),
            "a : R :\nb : R :\n  $ c\nc : R :\n");
  EXPECT_EQ(read_text("build a: R\n\n  COMMAND = c\n"), "build.ninja:3:3: expected a statement, not an indented line");
}

TEST_F(NinjaBuildTest, TellsPhonyStatementsOfCustomCommandsFromOthers) {
  EXPECT_EQ(read_text("build alias: phony lib.a\n"
                      "build all: phony alias | x\n"
                      "build noc | /b/noc: phony in\n"
                      "build /abs/noc: phony in || t\n"
                      "build /s/CMakeLists.txt: phony\n"
                      "build e | /b/e: phony || t\n"),
            "noc /b/noc : phony : in\n/abs/noc : phony : in\n");
}

TEST_F(NinjaBuildTest, IncludesWithItsVariablesAndSubninjasWithout) {
  write("sub/a.ninja", "v = a\nbuild $v$w: R\n");
  write("sub/b.ninja", "v = b\nbuild $v$w: R\n");
  EXPECT_EQ(
      read_text("v = 0\nw = w\ndir = sub\ninclude $dir/a.ninja\nbuild 1$v: R\nsubninja ${dir}/b.ninja\nbuild 2$v: R\n"),
      "aw : R :\n1a : R :\nbw : R :\n2a : R :\n");
}

TEST_F(NinjaBuildTest, ReadsTheFilesOfAConfiguration) {
  write("build.ninja", "include CMakeFiles/impl-Debug.ninja\n");
  for (const char* const configuration : {"Debug", "Release", "Fast_Debug"}) {
    write(fmt::format("build-{}.ninja", configuration),
          fmt::format("include CMakeFiles/impl-{}.ninja\n", configuration));
    // Cross-config mode: the other configurations' statements are there, too.
    write(fmt::format("CMakeFiles/impl-{}.ninja", configuration),
          fmt::format("CONFIGURATION = {0}\ninclude CMakeFiles/common.ninja\n"
                      "build Debug/a.o: CXX_COMPILER__a_unscanned_Debug a.cpp\n"
                      "build Fast_Debug/a.o: CXX_COMPILER__a_unscanned_Fast_Debug a.cpp\n"
                      "build Release/a.o: CXX_COMPILER__a_unscanned_Release a.cpp\n"
                      "build g | ${{dir}}g: CUSTOM_COMMAND\n  COMMAND = $CONFIGURATION/t g\n",
                      configuration));
  }
  write("CMakeFiles/common.ninja", "dir = /b/\nbuild x$:Debug: phony a\n");
  for (const char* const configuration : {"Debug", "Release", "Fast_Debug"}) {
    EXPECT_EQ(read(configuration), fmt::format("{0}/a.o : CXX_COMPILER__a_unscanned_{0} : a.cpp\n"
                                               "g /b/g : CUSTOM_COMMAND :\n  $ {0}/t g\n",
                                               configuration));
  }
  EXPECT_EQ(read("Other"), "none");
}

TEST_F(NinjaBuildTest, IsNoneWhereThereIsNone) {
  EXPECT_EQ(read(), "none");
  EXPECT_EQ(read("Debug"), "none");
  const auto build = read_ninja_build(tree_.path() / "nowhere", std::nullopt);
  ASSERT_TRUE(build.has_value());
  EXPECT_FALSE(build->has_value());
}

TEST_F(NinjaBuildTest, SaysWhereItIsDamaged) {
  EXPECT_EQ(read_text("build a: R b\nbuild c: R"), "build.ninja:2:11: this file ends in the middle of a line");
  EXPECT_EQ(read_text("build a: R b $\n"), "build.ninja:2:1: this file ends in the middle of a line");
  EXPECT_EQ(read_text("build a: R\n  # cut"), "build.ninja:2:8: this file ends in the middle of a line");
  EXPECT_EQ(read_text("build a\n"), "build.ninja:1:8: expected `:` and a rule in this build statement");
  EXPECT_EQ(read_text("build : R\n"), "build.ninja:1:6: expected the path of an output");
  EXPECT_EQ(read_text("build a:\n"), "build.ninja:1:9: expected the name of a rule");
  EXPECT_EQ(read_text("build a: R b : c\n"), "build.ninja:1:14: expected the path of an input");
  EXPECT_EQ(read_text("build a: R b | c | d\n"), "build.ninja:1:18: expected the path of an input");
  EXPECT_EQ(read_text("\nbuild a: R b$!c\n"), "build.ninja:2:13: this `$` escapes nothing");
  EXPECT_EQ(read_text("v = ${x\n"), "build.ninja:1:5: this `$` escapes nothing");
  EXPECT_EQ(read_text("build a: R\n  b\n"), "build.ninja:2:3: expected `name = value`");
  EXPECT_EQ(read_text("build a: R\n\tb = c\n"), "build.ninja:2:1: expected `name = value`");
  EXPECT_EQ(read_text(std::string_view("v = a\0b\n", 8)), "build.ninja:1:6: a NUL byte, which no text has");
}

TEST_F(NinjaBuildTest, SaysWhatItCannotInclude) {
  EXPECT_EQ(read_text("# c\ninclude CMakeFiles/rules.ninja\n"),
            "build.ninja:2:9: CMakeFiles/rules.ninja: cannot open this file: No such file or directory");
  fs::create_directories(tree_.path() / "CMakeFiles/rules.ninja");
  EXPECT_EQ(read(), "build.ninja:2:9: CMakeFiles/rules.ninja: cannot read this file: Is a directory");
  EXPECT_EQ(read_text("include $nothing\n"), "build.ninja:1:9: expected the path of a file");
  write("a.ninja", "\nbuild\n");
  EXPECT_EQ(read_text("include a.ninja\n"), "a.ninja:2:6: expected `:` and a rule in this build statement");
}

TEST_F(NinjaBuildTest, EndsWhereFilesIncludeThemselves) {
  EXPECT_EQ(read_text("include ./build.ninja\n"), "build.ninja:1:9: ./build.ninja includes itself");
  write("a.ninja", "subninja b.ninja\n");
  write("b.ninja", "include a.ninja\n");
  EXPECT_EQ(read_text("include a.ninja\n"), "b.ninja:1:9: a.ninja includes itself");
  // Twice each: a million readings of the last one.
  for (int i = 0; i < 20; ++i) {
    write(fmt::format("{}.ninja", i), fmt::format("include {0}.ninja\ninclude {0}.ninja\n", i + 1));
  }
  write("20.ninja", "");
  EXPECT_NE(read_text("include 0.ninja\n").find("more than 64 files are included"), std::string::npos);
}

TEST_F(NinjaBuildTest, StandsSizesThatNobodyWrites) {
  EXPECT_EQ(read_text("build a: R " + std::string(1U << 24, 'x') + "\n  COMMAND = c\n").size(), (1U << 24) + 15);
  std::string many = "build a: R";
  for (int i = 0; i < 1'000'000; ++i) many += " $\n $$";
  EXPECT_EQ(read_text(many + "\n").size(), 2'000'008U);
  std::string laughs = "v = 0123456789\n";
  for (int i = 0; i < 100; ++i) laughs += "v = $v$v\n";
  EXPECT_EQ(read_text(laughs), "build.ninja:14:1: the value of a variable is longer than 64 KiB");
  std::string block = "build a: R\n";
  for (int i = 0; i < 2000; ++i) block += "  a = b\n";
  EXPECT_EQ(read_text(block), "build.ninja:1002:3: more than 1000 variables in a block");
}

std::string paths(std::string_view command) {
  return fmt::format("{}", fmt::join(find_command_paths(command), " "));
}

TEST(CommandPaths, FollowsTheDirectory) {
  EXPECT_EQ(paths("cd /b/order && /b/opt/tool by_path.cpp"), "/b/opt/tool /b/order/by_path.cpp");
  EXPECT_EQ(paths("opt/tool a/b c.d"), "opt/tool a/b c.d");
  EXPECT_EQ(paths("cd /b && x a.b && cd c && x a.b ; cd .. && x a.b"), "/b/a.b /b/c/a.b /b/c/../a.b");
  EXPECT_EQ(paths("cd /b && (cd c && x a.b) && x d.e"), "/b/c/a.b /b/d.e");
  EXPECT_EQ(paths("cd /b && x a.b\nx a.b"), "/b/a.b a.b") << "each line is a command of its own";
  EXPECT_EQ(paths("cd / && x a.b"), "/a.b");
  EXPECT_EQ(paths("cd c && x a.b"), "c/a.b");
  EXPECT_EQ(paths("cd /b && cmake -E chdir c x a.b && x a.b"), "/b/c/a.b /b/a.b");
}

TEST(CommandPaths, TakesQuotesOff) {
  EXPECT_EQ(paths(R"(x "/a/b" '/c/d' /e\/f "/g\h\"i" '/j\k')"), R"(/a/b /c/d /e/f /g\h"i /j\k)");
  EXPECT_EQ(find_command_paths(R"(x /a\ b/c)"), (std::vector<std::string>{"/a b/c", "/a", "b/c"}))
      << "it might be a script";
  EXPECT_EQ(paths("x '/a"), "/a");
  EXPECT_EQ(paths("x /a\\"), "/a\\");
}

TEST(CommandPaths, LooksIntoWords) {
  EXPECT_EQ(paths("x --in=/a/b -I/a/c -I../d -Ie/f @r.rsp @/a/r.rsp -DX=/a/g KEY=h/i"),
            "/a/b /a/c ../d e/f /f r.rsp /a/r.rsp /a/g h/i");
  EXPECT_EQ(paths("x -isystem/a/b --sysroot /c -o out.o -DX=Y=d/e"), "system/a/b /a/b /c out.o d/e");
  EXPECT_EQ(paths("A=/a/b:/c/d x -DL=/e\\;f.g -Wl,-rpath,/h"), "/a/b:/c/d /a/b /c/d /e;f.g /e f.g /h");
  EXPECT_EQ(paths("cmake -E env A=/a/b tool/x c.d"), "/a/b tool/x c.d");
  EXPECT_EQ(paths("sh -c \"cd /a && cat b.c >&2\" && x d.e"), "cd /a && cat b.c >&2 /a/b.c d.e");
}

TEST(CommandPaths, LeavesOutWhatNamesNoFile) {
  EXPECT_EQ(paths(""), "");
  EXPECT_EQ(paths(":"), "");
  EXPECT_EQ(paths("cd /b && python3.11 -E copy --all -O2 2>&1 || :"), "");
  EXPECT_EQ(paths("echo /a/b c.d > e.f && cmake -E echo g.h && cmake -E cat i.j"), "e.f i.j");
  EXPECT_EQ(paths("x a.b # c.d\nx e.f"), "a.b e.f");
}

TEST(CommandPaths, SplitsAtOperators) {
  EXPECT_EQ(paths("/a/x</b/i>/b/o>>o|/c/y&&/d/z||/e/w;/f/v&/g/u"), "/a/x /b/i /b/o o /c/y /d/z /e/w /f/v /g/u");
  EXPECT_EQ(paths("x `cat /a/b` $(cat /c/d)"), "/a/b /c/d");
}

TEST(CommandPaths, HasEachOnce) {
  EXPECT_EQ(paths("/a/x b.c b.c && /a/x ./b.c"), "/a/x b.c ./b.c");
}

// The fixture project, configured now.
class LiveNinjaBuild : public testing::TestWithParam<const char*> {};

TEST_P(LiveNinjaBuild, SaysWhatCustomCommandsReadAndRun) {
  if (run({"ninja", "--version"}).status != 0) GTEST_SKIP() << "there is no ninja";
  const bool is_multi = std::string(GetParam()) == "Ninja Multi-Config";
  const TemporaryDirectory directory;
  const std::string source = directory / "source";
  const std::string tree = directory / "build";
  fs::copy(test_directory() / "projects/kinds", source, fs::copy_options::recursive);
  const ProcessResult configured =
      run({cmake_command(), "-G", GetParam(), "-S", source, "-B", tree,
           is_multi ? "-DCMAKE_CONFIGURATION_TYPES=Debug;Release" : "-DCMAKE_BUILD_TYPE=Release"});
  ASSERT_EQ(configured.status, 0) << configured.out << configured.err;

  const auto read = read_ninja_build(tree, is_multi ? std::optional<std::string>("Release") : std::nullopt);
  ASSERT_TRUE(read.has_value()) << read.error().location.file << ":" << read.error().location.line << ": "
                                << read.error().message;
  ASSERT_TRUE(read->has_value());
  const NinjaBuild& build = **read;
  const auto statement_of = [&build](const std::string& output) -> std::string {
    for (const NinjaStatement& statement : build.statements) {
      if (build.strings[build.paths[statement.outputs.begin]] == output) return draw(build, statement);
    }
    return "none";
  };
  const std::string folder = is_multi ? "Release/" : "";
  const std::string tool = tree + "/opt/" + folder + "opt_tool";
  const std::string shared = source + "/opt/shared.cpp";
  const std::string order = tree + "/order";
  EXPECT_EQ(statement_of("order/by_path.cpp"),
            fmt::format("order/by_path.cpp {0}/by_path.cpp : CUSTOM_COMMAND :\n  $ cd {0} && {1} by_path.cpp\n", order,
                        tool));
  EXPECT_EQ(statement_of("order/by_file.cpp"),
            fmt::format("order/by_file.cpp {0}/by_file.cpp : CUSTOM_COMMAND : {1}\n  $ cd {0} && {2} -E copy {1} "
                        "by_file.cpp\n",
                        order, shared, cmake_command()));
  // opt_gen has no command of its own: what it depends on makes the file.
  const std::string gen = is_multi ? "opt/CMakeFiles/opt_gen-Release" : "opt/CMakeFiles/opt_gen";
  EXPECT_EQ(statement_of(gen), fmt::format("{0} {1}/{0} : phony : opt/generated.cpp\n", gen, tree));
  EXPECT_EQ(statement_of("opt/generated.cpp"),
            fmt::format("opt/generated.cpp {0}/opt/generated.cpp : CUSTOM_COMMAND :\n  $ cd {0}/opt && {1} "
                        "generated.cpp\n",
                        tree, tool));
  const std::string post_build = statement_of("order/" + folder + "liborder_post_build.a");
  EXPECT_TRUE(post_build.ends_with(fmt::format("\n  $ cd {} && {}\n", order, tool))) << post_build;
  EXPECT_EQ(find_command_paths(fmt::format("cd {} && {} by_path.cpp", order, tool)),
            (std::vector<std::string>{tool, order + "/by_path.cpp"}));
  for (const NinjaStatement& statement : build.statements) {
    for (std::uint32_t i = statement.outputs.begin; i < statement.inputs.end; ++i) {
      EXPECT_EQ(build.strings[build.paths[i]].find('$'), std::string_view::npos) << build.strings[build.paths[i]];
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Generators, LiveNinjaBuild, testing::Values("Ninja", "Ninja Multi-Config"),
                         [](const auto& test) { return std::string(test.param).size() == 5 ? "One" : "Multi"; });

}  // namespace
}  // namespace bulkhead::test
