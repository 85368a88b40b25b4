#include "tests/support/schema.h"

#include <nlohmann/json.hpp>
#include <stdexcept>

#include "tests/support/process.h"
#include "tests/support/replies.h"
#include "tests/support/temporary_directory.h"

namespace bulkhead::test {
namespace {

// Arguments: the schema, and a list of reports. Prints a list of objections.
constexpr const char* program = R"(
import json, sys, jsonschema
schema, reports = (json.load(open(name, encoding="utf-8")) for name in sys.argv[1:])
kind = jsonschema.validators.validator_for(schema, default=None)
kind.check_schema(schema)
def objections(report):
    for error in kind(schema).iter_errors(report):
        yield "/".join(map(str, error.absolute_path)) + ": " + error.message[:200] + "\n"
print(json.dumps(["".join(sorted(objections(report))) for report in reports]))
)";

// The python3 on PATH may be one beside the system's, which is the one that packages are installed for.
const std::string& python() {
  static const std::string found =
      run({"python3", "-c", "import jsonschema"}).status == 0 ? "python3" : "/usr/bin/python3";
  return found;
}

}  // namespace

std::vector<std::string> validate_reports(const std::vector<std::string>& reports) {
  nlohmann::json list = nlohmann::json::array();
  for (const std::string& report : reports) list.push_back(nlohmann::json::parse(report));
  const TemporaryDirectory scratch;
  write_file(scratch / "reports.json", list.dump());
  const auto schema = test_directory().parent_path() / "docs" / "schema" / "bulkhead-report-1.json";
  const ProcessResult result = run({python(), "-c", program, schema.string(), scratch / "reports.json"});
  if (result.status != 0) {
    throw std::runtime_error("python3-jsonschema is needed, and cannot check (./run install test): " + result.err);
  }
  return nlohmann::json::parse(result.out).get<std::vector<std::string>>();
}

}  // namespace bulkhead::test
