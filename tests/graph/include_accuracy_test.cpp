// The include scan against the compilers themselves: tests/projects/includes, configured now, by
// tests/accuracy/compare.
#include <gtest/gtest.h>

#include <filesystem>
#include <ostream>
#include <string>
#include <vector>

#include "tests/support/process.h"
#include "tests/support/replies.h"
#include "tests/support/temporary_directory.h"

namespace bulkhead::test {
namespace {

namespace fs = std::filesystem;

struct Setting {
  std::string name;
  std::string c_compiler;
  std::string compiler;
  std::string generator;
};

// What CTest shows beside the name of the test.
void PrintTo(const Setting& setting, std::ostream* out) {
  *out << setting.compiler << ", " << setting.generator;
}

std::string program_directory() {
  return fs::path(bulkhead_command()).parent_path().string();
}

ProcessResult compare(const std::string& build, const std::string& programs = program_directory()) {
  return run({"python3", test_directory() / "accuracy" / "compare", "--verbose", "--bin", programs, build});
}

/// A copy of the project, configured.
class IncludeTree {
 public:
  explicit IncludeTree(const Setting& setting) {
    fs::copy(test_directory() / "projects" / "includes", directory_ / "source", fs::copy_options::recursive);
    configured_ =
        run({bulkhead_command(), "configure", "-q", "--no-check", "--cmake", cmake_command(), "-G", setting.generator,
             "-S", directory_ / "source", "-B", build(), "-DCMAKE_C_COMPILER=" + setting.c_compiler,
             "-DCMAKE_CXX_COMPILER=" + setting.compiler, "-DCMAKE_EXPORT_COMPILE_COMMANDS=ON"});
  }

  [[nodiscard]] const ProcessResult& configured() const { return configured_; }
  [[nodiscard]] std::string build() const { return directory_ / "build"; }
  void make(const std::string& target) const {
    const ProcessResult made = run({cmake_command(), "--build", build(), "--target", target});
    ASSERT_EQ(made.status, 0) << made.out << made.err;
  }
  /// A directory with a list_includes that prints what the real one prints, changed by a command of sed.
  [[nodiscard]] std::string changed_programs(const std::string& sed) const {
    const fs::path program = directory_.path() / "changed" / "list_includes";
    write_file(program, "#!/bin/sh\n'" + program_directory() + "/list_includes' \"$@\" | sed '" + sed + "'\n");
    fs::permissions(program, fs::perms::owner_all);
    return program.parent_path().string();
  }

 private:
  TemporaryDirectory directory_;
  ProcessResult configured_;
};

class IncludeAccuracy : public testing::TestWithParam<Setting> {};

TEST_P(IncludeAccuracy, IsThatOfTheCompiler) {
  if (run({"sh", "-c", "command -v " + GetParam().compiler}).status != 0) {
    GTEST_SKIP() << GetParam().compiler << " is not installed";
  }
  const IncludeTree tree(GetParam());
  ASSERT_EQ(tree.configured().status, 0) << tree.configured().out << tree.configured().err;
  tree.make("generated");
  const std::string exact =
      "  missed 0 (0.000 %)  uncovered 0 (0.000 %)  false 0 (0.000 %)  unsure 0 (0.000 %)\n"
      "  -M failed for 0, the scan has not looked at 0, could not follow 0 includes\n";
  const ProcessResult before = compare(tree.build());
  EXPECT_EQ(before.status, 0) << before.err;
  EXPECT_TRUE(before.out.starts_with("build: 22 objects, ")) << before.out;
  EXPECT_TRUE(before.out.ends_with(exact)) << before.out;
  // The compiler reads the precompiled header now, and the scan the headers that it was made of.
  tree.make("precompiled");
  const ProcessResult after = compare(tree.build());
  EXPECT_TRUE(after.out.ends_with(exact)) << after.out << after.err;
}

INSTANTIATE_TEST_SUITE_P(Compilers, IncludeAccuracy,
                         testing::Values(Setting{"Gcc", "gcc", "g++", "Ninja"},
                                         Setting{"GccMakefiles", "gcc", "g++", "Unix Makefiles"},
                                         Setting{"Clang", "clang", "clang++", "Ninja"}),
                         [](const auto& test) { return test.param.name; });

// The comparison would say so.
TEST(IncludeComparison, SeesWhatIsWrong) {
  const IncludeTree tree({"Gcc", "gcc", "g++", "Ninja"});
  ASSERT_EQ(tree.configured().status, 0) << tree.configured().out << tree.configured().err;
  tree.make("generated");
  const ProcessResult missed = compare(tree.build(), tree.changed_programs("/unity\\/b.h$/d"));
  EXPECT_EQ(missed.status, 1) << missed.err;
  EXPECT_NE(missed.out.find("  missed 1 (0."), std::string::npos) << missed.out;
  EXPECT_NE(missed.out.find("\n  uncovered 1 x "), std::string::npos) << missed.out;
  const std::string with_place = "/unity\\/b.h$/s/.*/unknown a.h:1/";
  const ProcessResult covered = compare(tree.build(), tree.changed_programs(with_place));
  EXPECT_EQ(covered.status, 0) << covered.err;
  EXPECT_NE(covered.out.find("  missed 1 (0."), std::string::npos) << covered.out;
  EXPECT_NE(covered.out.find("  uncovered 0 (0."), std::string::npos) << covered.out;
  const ProcessResult more =
      compare(tree.build(), tree.changed_programs("s/^\\(certain .*\\/unity\\/\\)b.h$/&\\n\\1c.h/"));
  EXPECT_EQ(more.status, 0) << more.err;
  EXPECT_NE(more.out.find("  false 1 (0."), std::string::npos) << more.out;
  const ProcessResult unlisted = compare(tree.build(), tree.changed_programs("/^source user /,/^source /d"));
  EXPECT_EQ(unlisted.status, 1) << unlisted.err;
  EXPECT_NE(unlisted.out.find("the scan has not looked at "), std::string::npos) << unlisted.out;
}

}  // namespace
}  // namespace bulkhead::test
