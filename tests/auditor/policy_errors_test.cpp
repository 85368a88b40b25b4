// What is said of a policy that is wrong: the place, an excerpt with a caret, and a hint.
#include <gtest/gtest.h>

#include <ostream>
#include <string>
#include <vector>

#include "tests/support/command_line.h"
#include "tests/support/replies.h"
#include "tests/support/temporary_directory.h"

namespace bulkhead::test {
namespace {

/// A policy and what `check` says of it.
struct Mistake {
  std::string name;
  std::string policy;
  std::string says;
};

std::ostream& operator<<(std::ostream& out, const Mistake& mistake) {
  return out << mistake.name;
}

// A whole module, to which a line is added.
const std::string module = "[[module]]\nname = 'opt'\ntoggle = 'USE_OPT'\npaths = ['opt/**']\n";

const std::vector<Mistake>& mistakes() {
  static const std::vector<Mistake> all = {
      {"UnknownKeyOfAModule", module + "pahts = ['x']\n", R"(error: unknown key 'pahts' in [[module]]
  --> bulkhead.toml:5:1
   |
 5 | pahts = ['x']
   | ^~~~~
  = help: did you mean 'paths'?
)"},
      {"WaiverWithoutARule", module + "[[waiver]]\nmodule = 'opt'\nreason = 'x'\n",
       R"(error: this waiver names no rule
  --> bulkhead.toml:5:1
   |
 5 | [[waiver]]
   | ^
  = help: add rule = "…": no waiver is for all rules
)"},
      {"WaiverOfAnUnknownRule", module + "[[waiver]]\nrule = 'off-edgy'\nmodule = 'opt'\nreason = 'x'\n",
       R"(error: there is no rule 'off-edgy'
  --> bulkhead.toml:6:9
   |
 6 | rule = 'off-edgy'
   |         ^~~
  = help: did you mean 'off-edge'?
)"},
      {"WaiverOfAllThatARuleFinds", module + "[[waiver]]\nrule = 'off-edge'\nreason = 'x'\n",
       R"(error: this waiver is for whatever off-edge finds
  --> bulkhead.toml:5:1
   |
 5 | [[waiver]]
   | ^
  = help: say for which findings: add module, from, to or message
)"},
      {"WaiverWithoutAReason", module + "[[waiver]]\nrule = 'off-edge'\nmodule = 'opt'\n",
       R"(error: this waiver has no reason
  --> bulkhead.toml:5:1
   |
 5 | [[waiver]]
   | ^
  = help: add reason = "…"
)"},
      {"WaiverThatEndsOnNoDay",
       module + "[[waiver]]\nrule = 'off-edge'\nmodule = 'opt'\nreason = 'x'\nexpires = '2027-2-1'\n",
       R"(error: 'expires' must be a day
  --> bulkhead.toml:9:11
   |
 9 | expires = '2027-2-1'
   |           ^
  = help: write expires = 2027-03-31
)"},
      {"WaiverThatEndsAtATime",
       module + "[[waiver]]\nrule = 'off-edge'\nmodule = 'opt'\nreason = 'x'\nexpires = 2027-03-31T10:00:00\n",
       R"(error: 'expires' must be a day
  --> bulkhead.toml:9:11
   |
 9 | expires = 2027-03-31T10:00:00
   |           ^~~~
  = help: write expires = 2027-03-31
)"},
      {"WaiverForAnUnknownModule", module + "[[waiver]]\nrule = 'off-edge'\nmodule = 'opd'\nreason = 'x'\n",
       R"(error: there is no module 'opd'
  --> bulkhead.toml:7:11
   |
 7 | module = 'opd'
   |           ^~~
  = help: did you mean 'opt'?
)"},
      {"WaiverToAnUnknownModule", module + "[[waiver]]\nrule = 'off-edge'\nto = 'module:opd'\nreason = 'x'\n",
       R"(error: there is no module 'opd'
  --> bulkhead.toml:7:7
   |
 7 | to = 'module:opd'
   |       ^~~~~~
  = help: did you mean 'opt'?
)"},
      {"WaiverThatHasToEnd",
       "[project]\nwaivers_expire = true\n" + module + "[[waiver]]\nrule = 'off-edge'\nmodule = 'opt'\nreason = 'x'\n",
       R"(error: this waiver never expires, and [project] has waivers_expire
  --> bulkhead.toml:7:1
   |
 7 | [[waiver]]
   | ^
  = help: add expires = 2027-03-31: its last day
)"},
      {"UnknownTable", "[projekt]\n", R"(error: unknown key 'projekt' at the top level
  --> bulkhead.toml:1:2
   |
 1 | [projekt]
   |  ^~~~~~~
  = help: did you mean 'project'?
)"},
      {"UnknownKeyOfTheProject", "[project]\nset_asside = []\n", R"(error: unknown key 'set_asside' in [project]
  --> bulkhead.toml:2:1
   |
 2 | set_asside = []
   | ^~~~~~~~~~
  = help: did you mean 'set_aside'?
)"},
      {"UnknownKeyThatIsLikeNone", module + "colour = 'red'\n", R"(error: unknown key 'colour' in [[module]]
  --> bulkhead.toml:5:1
   |
 5 | colour = 'red'
   | ^~~~~~
  = help: known here: name, stage, toggle, unset, paths, targets, entry, depends, replaces, owners, defines, disrupts
)"},
      {"NumberForAString", module + "stage = 3\n", R"(error: 'stage' must be a string
  --> bulkhead.toml:5:9
   |
 5 | stage = 3
   |         ^
)"},
      {"StringForAList", module + "targets = 'opt'\n", R"(error: 'targets' must be a list of strings
  --> bulkhead.toml:5:11
   |
 5 | targets = 'opt'
   |           ^
  = help: write targets = ["…"]
)"},
      {"EmptyString", module + "targets = ['']\n", R"(error: an entry of 'targets' is empty
  --> bulkhead.toml:5:12
   |
 5 | targets = ['']
   |            ^
)"},
      {"OneBracketForAModule", "[module]\nname = 'x'\n", R"(error: 'module' is no list of tables
  --> bulkhead.toml:1:1
   |
 1 | [module]
   | ^
  = help: write [[module]], with two brackets
)"},
      {"ProjectThatIsNoTable", "project = 3\n", R"(error: 'project' is no table
  --> bulkhead.toml:1:11
   |
 1 | project = 3
   |           ^
  = help: write [project]
)"},
      {"UnknownStage", module + "stage = 'S9'\n", R"(error: 'S9' is no value of 'stage'
  --> bulkhead.toml:5:9
   |
 5 | stage = 'S9'
   |         ^
  = help: known here: S0, S1, S2
)"},
      {"ToggleWithAWrongWord", "[[module]]\nname = 'opt'\ntoggle = 'USE_OPT AN USE_X'\npaths = ['a']\n",
       R"(error: `AN` is no keyword of if()
  --> bulkhead.toml:3:19
   |
 3 | toggle = 'USE_OPT AN USE_X'
   |                   ^~
  = help: did you mean `AND`?
)"},
      {"ToggleThatIsNotClosed", "[[module]]\nname = 'opt'\ntoggle = '(USE_OPT'\npaths = ['a']\n",
       R"(error: this `(` is never closed
  --> bulkhead.toml:3:11
   |
 3 | toggle = '(USE_OPT'
   |           ^
)"},
      {"GlobThatIsNotClosed", module + "targets = ['a', '[a']\n", R"(error: this `[` is never closed
  --> bulkhead.toml:5:18
   |
 5 | targets = ['a', '[a']
   |                  ^
  = help: write `\[` for the character itself
)"},
      {"WrongSelector", "[project]\nset_aside = ['pth:x']\n", R"(error: 'pth:x' is no selector
  --> bulkhead.toml:2:15
   |
 2 | set_aside = ['pth:x']
   |               ^~~
  = help: did you mean 'path:…'?
)"},
      {"WrongGlobInASelector", "[project]\nset_aside = ['path:a/{b']\n", R"(error: this `{` is never closed
  --> bulkhead.toml:2:22
   |
 2 | set_aside = ['path:a/{b']
   |                      ^
  = help: write `\{` for the character itself
)"},
      {"WrongTypeInASelector", module + "entry = ['type:LIBRARY']\n", R"(error: 'LIBRARY' is no type of target
  --> bulkhead.toml:5:16
   |
 5 | entry = ['type:LIBRARY']
   |                ^~~~~~~
  = help: write it as the codemodel does: EXECUTABLE, STATIC_LIBRARY, SHARED_LIBRARY, UTILITY, …
)"},
      {"UnknownModuleInASelector", module + "entry = ['module:opy']\n", R"(error: there is no module 'opy'
  --> bulkhead.toml:5:11
   |
 5 | entry = ['module:opy']
   |           ^~~~~~
  = help: did you mean 'opt'?
)"},
      {"ModuleSetAside", "[project]\nset_aside = ['module:opt']\n" + module, R"(error: 'module:opt' cannot be set aside
  --> bulkhead.toml:2:15
   |
 2 | set_aside = ['module:opt']
   |               ^~~~~~
  = help: what a module owns is no core anyway; name targets, paths or types
)"},
      {"TwoModulesOfOneName", module + module, R"(error: there are two modules 'opt'
  --> bulkhead.toml:6:8
   |
 6 | name = 'opt'
   |        ^
  = help: the first is at bulkhead.toml:1
)"},
      {"ModuleWithoutName", "[[module]]\ntoggle = 'A'\npaths = ['a']\n", R"(error: this module has no name
  --> bulkhead.toml:1:1
   |
 1 | [[module]]
   | ^
  = help: add name = "…"
)"},
      {"ModuleWithoutToggle", "[[module]]\nname = 'opt'\npaths = ['a']\n", R"(error: module 'opt' has no toggle
  --> bulkhead.toml:1:1
   |
 1 | [[module]]
   | ^
  = help: add toggle = "USE_X": the condition under which it is on
)"},
      {"ModuleThatOwnsNothing", "[[module]]\nname = 'opt'\ntoggle = 'USE_OPT'\n", R"(error: module 'opt' owns nothing
  --> bulkhead.toml:1:1
   |
 1 | [[module]]
   | ^
  = help: add paths = ["…/**"], targets = ["…"] or both
)"},
      {"RuleWithoutAnEnd", "[[forbidden]]\nfrom = 'core'\n", R"(error: this rule has no 'to'
  --> bulkhead.toml:1:1
   |
 1 | [[forbidden]]
   | ^
  = help: add to = "target:…", "path:…", "module:…" or a list of them
)"},
      {"UnknownKeyOfARule", "[[forbidden]]\nfrom = 'core'\nto = 'target:x'\ntransitiv = true\n",
       R"(error: unknown key 'transitiv' in [[forbidden]]
  --> bulkhead.toml:4:1
   |
 4 | transitiv = true
   | ^~~~~~~~~
  = help: did you mean 'transitive'?
)"},
      {"UnknownRule", "[[forbiden]]\nfrom = 'core'\n", R"(error: unknown key 'forbiden' at the top level
  --> bulkhead.toml:1:3
   |
 1 | [[forbiden]]
   |   ^~~~~~~~
  = help: did you mean 'forbidden'?
)"},
      {"UnknownKindOfEdge", "[[acyclic]]\nkinds = ['link', 'ordr']\n", R"(error: 'ordr' is no kind of edge
  --> bulkhead.toml:2:18
   |
 2 | kinds = ['link', 'ordr']
   |                  ^
  = help: did you mean 'order'?
)"},
      {"KindThatTheRuleCannotSee", "[[acyclic]]\nkinds = ['link', 'include']\n",
       R"(error: 'include' edges lead to no target, so this rule cannot see them
  --> bulkhead.toml:2:9
   |
 2 | kinds = ['link', 'include']
   |         ^
  = help: leave 'include' out
)"},
      {"IncludesOfATarget", "[[forbidden]]\nfrom = 'core'\nto = 'target:opt'\nkinds = ['include']\n",
       R"(error: 'include' edges lead to files, and no 'path:' or 'module:' names any, so this rule cannot see them
  --> bulkhead.toml:4:9
   |
 4 | kinds = ['include']
   |         ^
  = help: leave 'include' out
)"},
      {"NoKinds", "[[acyclic]]\nkinds = []\n", R"(error: 'kinds' is empty, so that the rule would look at nothing
  --> bulkhead.toml:2:9
   |
 2 | kinds = []
   |         ^
  = help: leave it out to look at all kinds of edge
)"},
      {"ViaWithoutTransitive", "[[forbidden]]\nfrom = 'core'\nto = 'target:x'\nvia = 'target:y'\n",
       R"(error: 'via' speaks of ways through others, which this rule does not look at
  --> bulkhead.toml:4:7
   |
 4 | via = 'target:y'
   |       ^
  = help: add transitive = true
)"},
      {"NumberForASelector", "[[forbidden]]\nfrom = 3\nto = 'target:x'\n",
       R"(error: 'from' must be a selector, or a list of them
  --> bulkhead.toml:2:8
   |
 2 | from = 3
   |        ^
  = help: write from = "target:…" or from = ["…"]
)"},
      {"EndThatSelectsNothing", "[[forbidden]]\nfrom = []\nto = 'target:x'\n", R"(error: 'from' selects nothing
  --> bulkhead.toml:2:8
   |
 2 | from = []
   |        ^
)"},
      {"StringForAFlag", "[[layers]]\nlayers = ['core', 'target:x']\nclosed = 'yes'\n",
       R"(error: 'closed' must be true or false
  --> bulkhead.toml:3:10
   |
 3 | closed = 'yes'
   |          ^
  = help: without quotes
)"},
      {"OneLayer", "[[layers]]\nlayers = ['core']\n", R"(error: 'layers' has fewer than two entries
  --> bulkhead.toml:2:10
   |
 2 | layers = ['core']
   |          ^
  = help: there are two layers or more, the highest first
)"},
      {"EmptyLayer", "[[layers]]\nlayers = ['core', []]\n", R"(error: an entry of 'layers' is empty
  --> bulkhead.toml:2:19
   |
 2 | layers = ['core', []]
   |                   ^
)"},
      {"GroupsAndEach", "[[independent]]\ngroups = ['core', 'target:x']\neach = 'target:y'\n",
       R"(error: 'groups' and 'each' exclude each other
  --> bulkhead.toml:3:8
   |
 3 | each = 'target:y'
   |        ^
  = help: write groups = ["path:a/**", "path:b/**"], or each = "target:plugin_*" for every target of it
)"},
      {"DepthOfTargets", "[[acyclic]]\ndepth = 2\n", R"(error: only folders have a depth
  --> bulkhead.toml:2:9
   |
 2 | depth = 2
   |         ^
  = help: add over = "folders"
)"},
      {"DepthOfNothing", "[[acyclic]]\nover = 'folders'\ndepth = 0\n",
       R"(error: 'depth' must be a whole number, 1 or more
  --> bulkhead.toml:3:9
   |
 3 | depth = 0
   |         ^
)"},
      {"CirclesOfNoModules", "[[acyclic]]\nover = 'modules'\n", R"(error: the policy has no [[module]]
  --> bulkhead.toml:2:8
   |
 2 | over = 'modules'
   |        ^
  = help: write over = "targets" or "folders"
)"},
      {"WrongSeverity", "[[acyclic]]\nseverity = 'warn'\n", R"(error: 'warn' is no value of 'severity'
  --> bulkhead.toml:2:12
   |
 2 | severity = 'warn'
   |            ^
  = help: known here: error, warning
)"},
      {"UnknownModuleInARule", module + "[[forbidden]]\nfrom = 'core'\nto = 'module:otp'\n",
       R"(error: there is no module 'otp'
  --> bulkhead.toml:7:7
   |
 7 | to = 'module:otp'
   |       ^~~~~~
  = help: did you mean 'opt'?
)"},
      {"TwoRulesOfOneName", "[[acyclic]]\nname = 'x'\n[[forbidden]]\nname = 'x'\nfrom = 'core'\nto = 'target:opt'\n",
       R"(error: there are two rules 'x'
  --> bulkhead.toml:4:8
   |
 4 | name = 'x'
   |        ^
  = help: the other is at bulkhead.toml:1
)"},
      {"OneBracketForARule", "[forbidden]\nfrom = 'core'\n", R"(error: 'forbidden' is no list of tables
  --> bulkhead.toml:1:1
   |
 1 | [forbidden]
   | ^
  = help: write [[forbidden]], with two brackets
)"},
      {"DirectoryInARule", "[[forbidden]]\nfrom = 'core'\nto = 'path:core'\n",
       R"(error: 'path:core' is a directory; by itself it matches none of its files
  --> bulkhead.toml:3:7
   |
 3 | to = 'path:core'
   |       ^~~~
  = help: write 'path:core/**'
)"},
      {"NoToml", "name = = 3\n", R"(error: Error while parsing value: could not determine value type
  --> bulkhead.toml:1:8
   |
 1 | name = = 3
   |        ^
)"},
      {"ToggleThatIsNotInTheCache", "[[module]]\nname = 'opt'\ntoggle = 'USE_OTP'\npaths = ['opt/**']\n",
       R"(error: module 'opt': its toggle 'USE_OTP' asks for USE_OTP, which is not in the cache
  --> bulkhead.toml:1:1
   |
 1 | [[module]]
   | ^
  = help: did you mean USE_OPT? Otherwise say what that means: unset = "off" or "on"
)"},
      {"ToggleThatIsLikeNothingInTheCache", "[[module]]\nname = 'opt'\ntoggle = 'WHATEVER'\npaths = ['opt/**']\n",
       R"(error: module 'opt': its toggle 'WHATEVER' asks for WHATEVER, which is not in the cache
  --> bulkhead.toml:1:1
   |
 1 | [[module]]
   | ^
  = help: say what that means: unset = "off" or "on"; if it is a normal variable, 'bulkhead configure' sees its value
)"},
  };
  return all;
}

// What `check` says of a reply of the project clean with a policy of that text, called bulkhead.toml.
ProcessResult check_with(const std::string& policy, const std::vector<std::string>& more = {}) {
  const TemporaryDirectory directory;
  unpack_reply("clean/3.25-Ninja", directory.path() / "build");
  write_file(directory / "bulkhead.toml", policy);
  std::vector<std::string> arguments = {"check", "-B", "build", "--policy", "bulkhead.toml"};
  arguments.insert(arguments.end(), more.begin(), more.end());
  return bulkhead(arguments, {.directory = directory.path().string()});
}

class PolicyError : public testing::TestWithParam<Mistake> {};

TEST_P(PolicyError, SaysWhatAndWhereAndHow) {
  const ProcessResult result = check_with(GetParam().policy);
  EXPECT_EQ(result.status, 2);
  EXPECT_EQ(result.out, "");
  EXPECT_EQ(result.err, GetParam().says);
}

INSTANTIATE_TEST_SUITE_P(Mistakes, PolicyError, testing::ValuesIn(mistakes()),
                         [](const auto& test) { return test.param.name; });

TEST(PolicyFile, MayMeanOffByUnset) {
  const std::string policy = "[[module]]\nname = 'opt'\ntoggle = 'WHATEVER'\npaths = ['opt/**']\n";
  const ProcessResult off = check_with(policy + "unset = 'off'\n");
  EXPECT_EQ(off.status, 0) << off.err;
  EXPECT_TRUE(off.out.starts_with("opt  off  unproven")) << off.out;
  const ProcessResult on = check_with(policy + "unset = 'on'\n");
  EXPECT_NE(on.out.find("opt  on   not checked while it is on\n"), std::string::npos) << on.out;
}

TEST(PolicyFile, ThatHoldsNoModuleDoesNotPass) {
  const ProcessResult result = check_with("# nothing yet\n");
  EXPECT_EQ(result.status, 1);
  EXPECT_NE(result.out.find("error[unused-policy]: the policy has no module and no rule, so nothing was checked"),
            std::string::npos)
      << result.out;
}

TEST(PolicyFile, IsMissed) {
  const TemporaryDirectory build;
  unpack_reply("clean/3.25-Ninja", build.path());
  const ProcessResult named = bulkhead({"check", "-B", build.path().string(), "--policy", "nowhere.toml"});
  EXPECT_EQ(named.status, 2);
  EXPECT_EQ(named.err, "error: cannot open this file: No such file or directory\n  --> nowhere.toml\n");
  const ProcessResult directory = bulkhead({"check", "-B", build.path().string(), "--policy", build.path().string()});
  EXPECT_EQ(directory.status, 2);
  // The source tree is not there, and so there is nothing above it either.
  move_sources(build.path(), "/src/clean", build / "no-sources");
  const ProcessResult found = bulkhead({"check", "-B", build.path().string()});
  EXPECT_EQ(found.status, 2);
  EXPECT_NE(found.err.find("there is no bulkhead.toml in " + build / "no-sources"), std::string::npos) << found.err;
  EXPECT_NE(found.err.find("--policy"), std::string::npos);
}

TEST(PolicyFile, IsFoundInTheSourceTreeOrAbove) {
  const TemporaryDirectory directory;
  unpack_reply("clean/3.25-Ninja", directory.path() / "build");
  move_sources(directory.path() / "build", "/src/clean", directory.path() / "repository/source");
  write_file(directory / "repository/source/CMakeLists.txt", "");
  write_file(directory / "repository/bulkhead.toml",
             "[[module]]\nname = 'upper'\ntoggle = 'USE_OPT'\ntargets = ['opt']\n");
  const ProcessResult above = bulkhead({"check", "-B", directory / "build"});
  EXPECT_NE(above.out.find("upper  off"), std::string::npos) << above.out << above.err;
  write_file(directory / "repository/source/bulkhead.toml",
             "[[module]]\nname = 'lower'\ntoggle = 'USE_OPT'\ntargets = ['opt']\n");
  const ProcessResult inside = bulkhead({"check", "-B", directory / "build"});
  EXPECT_NE(inside.out.find("lower  off"), std::string::npos) << inside.out << inside.err;
}

}  // namespace
}  // namespace bulkhead::test
