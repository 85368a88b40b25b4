// owners with a CODEOWNERS file on disk, which a case cannot have: it would be found at the top of this repository.
#include <gtest/gtest.h>

#include <filesystem>
#include <string>

#include "auditor/audit.h"
#include "tests/support/temporary_directory.h"
#include "tests/support/text_graph.h"

namespace bulkhead::test {
namespace {

constexpr const char* graph = "codemodel 2.10\ncache USE_GPU=ON\ndirectory gpu\ntarget gpu STATIC_LIBRARY gpu\n";

/// The message of the finding of `owners`; empty when there is none.
std::string said(const std::string& code_owners, const std::string& more = {}) {
  const TemporaryDirectory directory;
  std::filesystem::create_directories(directory.path() / ".git");
  write_file(directory.path() / "gpu" / "a.cpp", "");
  write_file(directory.path() / "gpu" / "deep" / "b.cpp", "");
  if (!code_owners.empty()) write_file(directory.path() / ".github" / "CODEOWNERS", code_owners);
  const std::string text =
      more + "\n[[module]]\nname = \"gpu\"\nstage = \"S0\"\ntoggle = \"USE_GPU\"\npaths = [\"gpu/**\"]\n";
  const auto policy = parse_policy(text, "bulkhead.toml");
  EXPECT_TRUE(policy);
  const TextAudit audited = parse_text_graph(graph, directory.path().string());
  const auto report = audit(audited.tree, *policy, audited.options);
  EXPECT_TRUE(report);
  for (const Finding& finding : report->findings) {
    if (finding.rule == "owners") return finding.message;
  }
  return {};
}

TEST(Owners, CountThoseOfCodeOwners) {
  EXPECT_EQ(said({}), "module gpu has no owner, and one is asked for");
  EXPECT_EQ(said("/gpu/ @a\n"), "");
  EXPECT_EQ(said("* @a\n/gpu/deep/\n"), "gpu/deep/b.cpp of module gpu has no owner, and one is asked for");
  EXPECT_EQ(said("/docs/ @a\n"), "gpu/a.cpp and 1 more file of module gpu has no owner, and one is asked for");
}

TEST(Owners, AreAsManyAsThePolicyAsksFor) {
  EXPECT_EQ(said("/gpu/ @a @b\n", "[project]\nmin_owners = 2"), "");
  EXPECT_EQ(said("/gpu/ @a\n", "[project]\nmin_owners = 2"),
            "gpu/a.cpp and 1 more file of module gpu has 1 owner (@a), and 2 are asked for");
}

}  // namespace
}  // namespace bulkhead::test
