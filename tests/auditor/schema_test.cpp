// The JSON report, held against docs/schema/bulkhead-report-1.json by python3-jsonschema.
#include <gtest/gtest.h>

#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "tests/support/process.h"
#include "tests/support/replies.h"
#include "tests/support/temporary_directory.h"

namespace bulkhead::test {
namespace {

namespace fs = std::filesystem;

// Exits with 0 when the instance is valid, with 1 and the reason when it is not, and with 2 when it cannot say.
constexpr const char* validate_program = R"(
import json, sys
try:
    import jsonschema
except ImportError as error:
    sys.exit((print(error, "- ./run install test installs it"), 2)[1])
schema, instance = (json.load(open(name, encoding="utf-8")) for name in sys.argv[1:])
validator = jsonschema.validators.validator_for(schema, default=None)
validator.check_schema(schema)
errors = sorted(validator(schema).iter_errors(instance), key=lambda error: list(map(str, error.absolute_path)))
for error in errors:
    print("/".join(map(str, error.absolute_path)) + ": " + error.message)
sys.exit(1 if errors else 0)
)";

fs::path schema() { return test_directory().parent_path() / "docs" / "schema" / "bulkhead-report-1.json"; }

// The python3 on PATH may be one beside the system's, which is the one that packages are installed for.
const std::string& python() {
  static const std::string found = run({"python3", "-c", "import jsonschema"}).status == 0 ? "python3" : "/usr/bin/python3";
  return found;
}

ProcessResult validate(const std::string& report) {
  const TemporaryDirectory scratch;
  write_file(scratch / "report.json", report);
  return run({python(), "-c", validate_program, schema().string(), scratch / "report.json"});
}

// What `bulkhead check --format json` says of a recorded reply.
std::string check(const std::string& reply, const fs::path& policy, const std::vector<std::string>& more = {}) {
  const TemporaryDirectory build;
  unpack_reply(reply, build.path());
  std::vector<std::string> command = {bulkhead_command(), "check",         "-B",       build.path().string(), "--policy",
                                      policy.string(),    "--format=json", "--strict"};
  command.insert(command.end(), more.begin(), more.end());
  const ProcessResult result = run(command);
  EXPECT_LT(result.status, 2) << result.err;
  return result.out;
}

std::string check_project(const std::string& project, const std::string& variant) {
  return check(project + "/" + variant, test_directory() / "projects" / project / "bulkhead.toml");
}

void expect_valid(const std::string& report) {
  const ProcessResult result = validate(report);
  EXPECT_EQ(result.status, 0) << result.out << result.err;
}

TEST(Schema, HoldsForEveryKindOfEdge) {
  expect_valid(check_project("kinds", "3.25-Unix-Makefiles"));
  expect_valid(check_project("kinds", "4.3-Ninja-Multi-Config"));
}

TEST(Schema, HoldsForManyConfigurations) { expect_valid(check_project("multi", "3.31-Ninja-Multi-Config")); }

TEST(Schema, HoldsWhereNothingIsFound) {
  expect_valid(check_project("clean", "4.3-Ninja"));
  expect_valid(check("clean-on/4.3-Ninja", test_directory() / "projects/clean/bulkhead.toml"));
}

TEST(Schema, HoldsForUnusedPolicy) {
  const TemporaryDirectory scratch;
  write_file(scratch / "bulkhead.toml",
             "[project]\nset_aside = ['target:nobody']\n[[module]]\nname = 'opt'\ntoggle = 'USE_OPT'\npaths = ['opt/**']\n");
  const std::string report = check("clean-on/3.25-Ninja", scratch / "bulkhead.toml");
  EXPECT_NE(report.find("unused-policy"), std::string::npos);
  expect_valid(report);
}

TEST(Schema, HoldsForLlvm) { expect_valid(check("llvm/19.1.7-full-3.25-Ninja", test_directory() / "replies/llvm/bulkhead.toml")); }

TEST(Schema, HoldsForTheSampleProject) {
  const TemporaryDirectory build;
  const fs::path source = test_directory() / "projects/sample";
  ASSERT_EQ(run({bulkhead_command(), "query", "-B", build.path().string()}).status, 0);
  const ProcessResult configured = run({cmake_command(), "-S", source.string(), "-B", build.path().string()});
  ASSERT_EQ(configured.status, 0) << configured.err;
  const ProcessResult checked = run({bulkhead_command(), "check", "-B", build.path().string(), "--format", "json"});
  EXPECT_EQ(checked.status, 1) << checked.err;
  expect_valid(checked.out);
}

// A schema that allows everything would pass the tests above.
TEST(Schema, RefusesWhatIsNoReport) {
  const auto report = nlohmann::json::parse(check_project("kinds", "3.25-Ninja"));
  const auto refused = [&report](const std::string& pointer, const nlohmann::json& value) {
    nlohmann::json changed = report;
    changed[nlohmann::json::json_pointer(pointer)] = value;
    const ProcessResult result = validate(changed.dump());
    EXPECT_EQ(result.status, 1) << pointer << result.err;
  };
  refused("/schema", "bulkhead-report-2");
  refused("/extra", 1);
  refused("/cmake/extra", 1);
  refused("/graph/edges", -1);
  refused("/modules/0/state", "perhaps");
  refused("/modules/0/note", "off, and yet it has a note");
  refused("/findings/0/extra", 1);
  refused("/findings/0/edge/kind", "rope");
  refused("/findings/0/edge/to", "no label");
  refused("/findings/0/evidence/0/line", 0);
  refused("/findings/0/fingerprint", "xyz");
  refused("/findings/0/status", "fresh");
  refused("/summary/errors", "many");
  nlohmann::json without = report;
  without.erase("summary");
  EXPECT_EQ(validate(without.dump()).status, 1);
}

// Counts that must agree, which no schema can say.
TEST(Schema, SummaryAddsUp) {
  for (const char* const variant : {"3.25-Ninja", "4.3-Ninja-Multi-Config"}) {
    const auto report = nlohmann::json::parse(check_project("kinds", variant));
    const auto& summary = report.at("summary");
    EXPECT_EQ(summary.at("new").get<std::size_t>() + summary.at("known").get<std::size_t>() +
                  summary.at("waived").get<std::size_t>(),
              report.at("findings").size());
    EXPECT_EQ(summary.at("errors").get<std::size_t>() + summary.at("warnings").get<std::size_t>(),
              summary.at("new").get<std::size_t>());
  }
}

}  // namespace
}  // namespace bulkhead::test
