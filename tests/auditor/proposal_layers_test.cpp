// Layers that are proposed: as a rule where they are sure, with the reason where they are not.
#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "auditor/audit.h"
#include "auditor/policy.h"
#include "auditor/proposal/proposal.h"
#include "auditor/proposal/proposal_text.h"
#include "tests/auditor/proposed_project.h"

namespace bulkhead::test {
namespace {

using Project = ProposedProject;

// What the policy says of layers, whether or not it is active, from the heading on.
std::string layers_text(const Proposal& proposal) {
  const std::string text = write_proposal(proposal);
  const std::size_t heading = text.find("# ---- Layers of the core's folders: each may use those below it. ----\n\n");
  return heading == std::string::npos ? std::string() : text.substr(text.find("\n\n", heading) + 2);
}

// How many findings about layers a check with the proposed policy has.
std::size_t count_layer_findings(const Project& project) {
  const BuildTree tree = project.read();
  const auto policy = parse_policy(write_proposal(propose_policy(tree).value()), "bulkhead.toml");
  const Report report = audit(tree, policy.value(), {}).value();
  return static_cast<std::size_t>(
      std::count_if(report.findings.begin(), report.findings.end(), [](const Finding& finding) {
        return finding.rule == "layers" || finding.name == layers_name ||
               finding.message.find("'folders'") != std::string::npos;
      }));
}

void write_layers_of_three(Project& project) {
  project.write_cmake("CMakeLists.txt", "project(p)\n");
  project.add_library("base", "base");
  project.add_library("left", "left", {}, {"base"});
  project.add_library("right", "right", {}, {"base"});
  project.add_library("app", "app", {}, {"left", "right"});
}

TEST(ProposedLayers, MakesARuleOfClearLayers) {
  Project project;
  write_layers_of_three(project);
  const Proposal proposal = project.propose();
  EXPECT_TRUE(proposal.layers.is_active());
  EXPECT_TRUE(has_active(proposal)) << "although there is no module";
  EXPECT_EQ(layers_text(proposal),
            "# Sure: every target of the core is in one of these folders, and none links upwards here.\n"
            "# Without the line 'kinds' includes count, too.\n"
            "[[layers]]\n"
            "name   = \"folders\"\n"
            "layers = [\n"
            "  \"path:app/**\",\n"
            "  [\"path:left/**\", \"path:right/**\"],\n"
            "  \"path:base/**\",\n"
            "]\n"
            "kinds  = [\"link\", \"compile\", \"object\"]\n");
  EXPECT_EQ(count_layer_findings(project), 0U);

  // The rule is one: with the proposed policy, a link upwards is found.
  const auto policy = parse_policy(write_proposal(proposal), "bulkhead.toml");
  project.add_library("base/low", "low", {}, {"app"});
  const Report report = audit(project.read(), policy.value(), {}).value();
  EXPECT_EQ(std::count_if(report.findings.begin(), report.findings.end(),
                          [](const Finding& finding) { return finding.rule == "layers"; }),
            1);
}

TEST(ProposedLayers, PutsFoldersOfACircleIntoOneLayer) {
  Project project;
  project.write_cmake("CMakeLists.txt", "project(p)\n");
  project.add_library("base", "base");
  project.add_library("left", "left", {}, {"base", "right"});
  project.add_library("right", "right", {}, {"left"});
  project.add_library("app", "app", {}, {"left"});
  const std::string text = layers_text(project.propose());
  EXPECT_TRUE(text.starts_with("# left, right depend on each other, so that one layer has to hold them\n# Sure: "))
      << text;
  EXPECT_NE(text.find("\n  [\"path:left/**\", \"path:right/**\"],\n"), std::string::npos) << text;
  EXPECT_EQ(count_layer_findings(project), 0U);
}

// Whatever speaks against layers, they are commented out with the reason, and check says nothing of them.
void expect_doubt(const Project& project, const std::string& doubt) {
  const Proposal proposal = project.propose();
  EXPECT_FALSE(proposal.layers.is_active()) << doubt;
  const std::string text = layers_text(proposal);
  EXPECT_NE(text.find("# ? " + doubt), std::string::npos) << text;
  EXPECT_NE(text.find("\n#[[layers]]\n#name   = \"folders\"\n#layers = [\n"), std::string::npos) << text;
  EXPECT_EQ(count_layer_findings(project), 0U) << doubt;
}

TEST(ProposedLayers, DoubtsLayersThatAreNotClear) {
  {
    Project project;
    project.write_cmake("CMakeLists.txt", "project(p)\n");
    project.add_library("base", "base");
    project.add_library("left", "left", {}, {"base"});
    project.add_library("right", "right", {}, {"base"});
    expect_doubt(project, "there are only two layers, and one of them is a single folder\n");
    project.add_library("other", "other");
    expect_doubt(project, "nothing tells where other belongs: no link leads from or to the others\n");
  }
  {
    Project project;
    write_layers_of_three(project);
    project.add_top_library("all", {});
    expect_doubt(project, "all is in none of these folders\n");
    project.add_top_library("more", {});
    expect_doubt(project, "2 targets are in none of these folders, such as ");
  }
  {
    Project project;
    write_layers_of_three(project);
    project.write_cmake("CMakeLists.txt",
                        "project(p)\noption(USE_A \"\" ON)\noption(USE_B \"\" ON)\noption(USE_X \"\" OFF)\n"
                        "if(USE_A OR USE_B)\n  add_subdirectory(left)\nendif()\n"
                        "if(USE_X)\n  add_subdirectory(x)\nendif()\n");
    project.write("x/CMakeLists.txt");
    project.write_cmake("left/CMakeLists.txt", "\n");
    project.set("USE_A", "ON");
    project.set("USE_B", "ON");
    project.set("USE_X", "OFF");
    expect_doubt(project, "left may be an optional part: see module a-b\n");
  }
  {
    Project project;  // src itself has a target, and all folders below are in it as well
    write_layers_of_three(project);
    project.add_library("src", "src", {}, {"app"});
    project.add_library("src/one", "one", {}, {"src"});
    expect_doubt(project, "check would say: one is in two layers of rule 'folders': path:src/one/** and path:src/**");
  }
}

// Before codemodel 2.9 a reply does not show all links.
TEST(ProposedLayers, DoubtsLayersThatCannotBeProven) {
  Project project;
  project.write_cmake("CMakeLists.txt", "project(p)\n");
  for (const char* const name : {"a", "b", "c"}) project.add_library(name, name);
  EXPECT_EQ(layers_text(project.propose()), "") << "folders that nothing joins have no layers";
  project.need("a", "b");
  project.need("b", "c");
  expect_doubt(project, "check would say: link edges are unproven for rule 'folders': ");
}

}  // namespace
}  // namespace bulkhead::test
