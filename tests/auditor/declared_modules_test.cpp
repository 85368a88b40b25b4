// Modules that CMake declared: what Bulkhead.cmake writes, and where it points.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <string>

#include "auditor/declaration.h"
#include "auditor/policy.h"
#include "tests/support/temporary_directory.h"

namespace bulkhead::test {
namespace {

/// A source tree with one call, and what the configure wrote of it.
class Declared : public testing::Test {
 protected:
  void call(const std::string& text) { write_file(file(), "# a comment\n" + text); }
  [[nodiscard]] std::string file() const { return root_ / "modules/CMakeLists.txt"; }
  [[nodiscard]] std::string root() const { return root_.path().string(); }

  /// The declaration of module opt with further keys, joined with a policy.
  [[nodiscard]] Result<Policy> join(const std::string& keys, const std::string& policy = {}) const {
    const std::string text = fmt::format(
        "script = '/b/Bulkhead.cmake'\n[[module]]\nname = 'opt'\ndeclared_in = '{}'\ndirectory = '{}/modules'\n{}",
        file(), root(), keys);
    auto declared = parse_declared_modules(text, "modules.toml", root());
    if (!declared) return tl::unexpected(declared.error());
    return parse_policy(policy, "bulkhead.toml", std::move(*declared));
  }
  /// "file:line:column message", the file relative to the source tree.
  [[nodiscard]] std::string mistake(const std::string& keys, const std::string& policy = {}) const {
    const auto joined = join(keys, policy);
    if (joined) return "none";
    const Location& where = joined.error().location;
    const bool inside = where.file.starts_with(root());
    return fmt::format("{}:{}:{} {}", inside ? where.file.substr(root().size() + 1) : where.file, where.line,
                       where.column, joined.error().message);
  }

 private:
  TemporaryDirectory root_;
};

TEST_F(Declared, PathsBecomeRelativeToTheTop) {
  const auto from_root = [this](const std::string& glob) {
    return Declaration(file(), "opt", root() + "/modules", root()).from_root(glob);
  };
  EXPECT_EQ(from_root("opt/**"), "modules/opt/**");
  EXPECT_EQ(from_root("./opt/**"), "modules/opt/**");
  EXPECT_EQ(from_root("../include/opt/**"), "include/opt/**");
  EXPECT_EQ(from_root("../../beside/**"), "../beside/**");
  EXPECT_EQ(from_root(root() + "/modules/opt/**"), "modules/opt/**");
  EXPECT_EQ(from_root(root().substr(0, root().rfind('/')) + "/beside/**"), "../beside/**");
  EXPECT_EQ(from_root("{a,b}/*.c"), "modules/{a,b}/*.c");
  const Declaration odd(file(), "opt", root() + "/a[b]*", root());
  EXPECT_EQ(odd.from_root("x/**"), R"(a\[b\]\*/x/**)") << "a directory's name is no pattern";
  const Declaration top(file(), "opt", root(), root());
  EXPECT_EQ(top.from_root("opt/**"), "opt/**");
}

TEST_F(Declared, EveryKeyIsRead) {
  call("bulkhead_module(opt)\n");
  const auto policy = join(
      "toggle = 'USE_OPT'\nunset = 'off'\nstage = 'S1'\npaths = ['opt/**']\ntargets = ['opt_*']\ndefines = "
      "['HAVE_OPT']\n"
      "entry = ['target:app', 'path:app/**']\ndepends = ['base']\nreplaces = ['target:old']\nowners = ['@a']\n"
      "values = ['USE_OPT=a=b']\n",
      "[[module]]\nname = 'base'\ntoggle = 'USE_BASE'\npaths = ['base/**']\n");
  ASSERT_TRUE(policy) << policy.error().message;
  ASSERT_EQ(policy->modules.size(), 2U);
  const Module& module = policy->modules.front();
  EXPECT_EQ(module.name, "opt");
  EXPECT_EQ(module.toggle.text(), "USE_OPT");
  EXPECT_EQ(module.unset, Unset::off);
  EXPECT_EQ(module.stage, "S1");
  EXPECT_EQ(module.paths.front().glob.text(), "modules/opt/**");
  EXPECT_EQ(module.targets.front().glob.text(), "opt_*");
  EXPECT_EQ(module.defines.front().glob.text(), "HAVE_OPT");
  EXPECT_EQ(module.entry[0].text, "target:app");
  EXPECT_EQ(module.entry[1].text, "path:modules/app/**");
  ASSERT_EQ(module.depends.size(), 1U);
  EXPECT_EQ(module.depends.front().name, "base");
  EXPECT_TRUE(module.is_declared);
  ASSERT_EQ(module.values.size(), 1U);
  EXPECT_EQ(module.values.front().name, "USE_OPT");
  EXPECT_EQ(module.values.front().value, "a=b");
  EXPECT_EQ(module.replaces.front().text, "target:old");
  EXPECT_EQ(module.owners, std::vector<std::string>{"@a"});
  EXPECT_EQ(module.where, (Location{file(), 2, 0}));
}

TEST_F(Declared, MistakesAreInTheCall) {
  call(
      "bulkhead_module(other TOGGLE X PATHS y)\nBulkhead_Module(opt\n  TOGGLE \"USE_OPT and X\"\n  PATHS opt/ "
      "opt/**)\n");
  EXPECT_EQ(mistake("toggle = 'USE_OPT and X'\npaths = ['opt/**']\n"),
            "modules/CMakeLists.txt:4:19 `and` is no keyword of if()");
  EXPECT_EQ(mistake("toggle = 'USE_OPT'\npaths = ['opt/']\n"),
            "modules/CMakeLists.txt:5:12 the pattern ends in `/`, and no path does");
  EXPECT_EQ(mistake("toggle = 'USE_OPT'\npaths = ['opt/**']\nentry = ['app']\n"),
            "modules/CMakeLists.txt:3:0 'app' is no selector")
      << "what a variable made is not in the text";
  EXPECT_EQ(mistake("toggle = 'USE_OPT'\npaths = ['opt/**']\ndepends = ['nobody']\n"),
            "modules/CMakeLists.txt:3:0 there is no module 'nobody'");
}

TEST_F(Declared, ACallByKeywordIsFoundAndACallInALoopIsNot) {
  call("bulkhead_module(NAME opt TOGGLE x PATHS opt/)\n");
  EXPECT_EQ(mistake("toggle = 'USE_OPT'\npaths = ['opt/']\n").substr(0, 27), "modules/CMakeLists.txt:2:44");
  call("foreach(m IN ITEMS opt base)\n  bulkhead_module(${m} TOGGLE x PATHS opt/)\nendforeach()\n");
  EXPECT_EQ(mistake("toggle = 'USE_OPT'\npaths = ['opt/']\n").substr(0, 26), "modules/CMakeLists.txt:0:0");
  call("bulkhead_module(opt)\nbulkhead_module(opt)\n");
  EXPECT_EQ(mistake("toggle = 'USE_OPT'\npaths = ['opt/']\n").substr(0, 26), "modules/CMakeLists.txt:0:0");
}

TEST_F(Declared, TheSameNameInThePolicyShowsBoth) {
  call("bulkhead_module(opt TOGGLE USE_OPT PATHS opt/**)\n");
  const auto joined = join("toggle = 'USE_OPT'\npaths = ['opt/**']\n",
                           "[[module]]\nname = 'opt'\ntoggle = 'USE_OPT'\npaths = ['opt/**']\n");
  ASSERT_FALSE(joined);
  EXPECT_EQ(joined.error().location, (Location{"bulkhead.toml", 2, 8}));
  EXPECT_EQ(joined.error().message, "there are two modules 'opt'");
  EXPECT_EQ(joined.error().hint, "the first is at " + file() + ":2");
}

TEST_F(Declared, AFileThatIsBrokenSaysSo) {
  EXPECT_EQ(parse_declared_modules("", "m.toml", root()).error().message, "there is no 'script'");
  EXPECT_EQ(parse_declared_modules("script = 1", "m.toml", root()).error().message, "script must be a string");
  EXPECT_EQ(parse_declared_modules("script = 'x'\n[[module]]\nname = 'a'\n", "m.toml", root()).error().message,
            "there is no 'declared_in'");
  const auto broken = parse_declared_modules("script = ", "m.toml", root());
  ASSERT_FALSE(broken);
  EXPECT_EQ(broken.error().location.file, "m.toml");
}

TEST(PolicyKeys, OfADeclarationAreNoneOfAFile) {
  const auto policy =
      parse_policy("[[module]]\nname = 'a'\ntoggle = 'A'\npaths = ['a/**']\ndirectory = '/x'\n", "bulkhead.toml");
  ASSERT_FALSE(policy);
  EXPECT_EQ(policy.error().message, "unknown key 'directory' in [[module]]");
}

TEST(PolicyKeys, DependsNamesModules) {
  const auto policy = parse_policy(
      "[[module]]\nname = 'a'\ntoggle = 'A'\npaths = ['a/**']\ndepends = ['bb']\n"
      "[[module]]\nname = 'b'\ntoggle = 'B'\npaths = ['b/**']\n",
      "bulkhead.toml");
  ASSERT_FALSE(policy);
  EXPECT_EQ(policy.error().message, "there is no module 'bb'");
  EXPECT_EQ(policy.error().location.line, 5U);
}

}  // namespace
}  // namespace bulkhead::test
