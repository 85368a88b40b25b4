#include "tests/support/schema.h"

#include <filesystem>
#include <nlohmann/json.hpp>
#include <stdexcept>

#include "tests/support/process.h"
#include "tests/support/replies.h"
#include "tests/support/temporary_directory.h"

namespace bulkhead::test {
namespace {

// Arguments: the schema, a list of texts, and the language that they are in. Prints a list of objections.
constexpr const char* program = R"(
import json, sys, tomllib, jsonschema
schema, texts = (json.load(open(name, encoding="utf-8")) for name in sys.argv[1:3])
# A schema of TOML has its days as strings.
load = {"json": json.loads, "toml": lambda text: json.loads(json.dumps(tomllib.loads(text), default=str))}[sys.argv[3]]
kind = jsonschema.validators.validator_for(schema, default=None)
kind.check_schema(schema)
def objections(text):
    try:
        document = load(text)
    except ValueError as error:
        yield f"no {sys.argv[3]}: {error}\n"
        return
    for error in kind(schema).iter_errors(document):
        yield "/".join(map(str, error.absolute_path)) + ": " + error.message[:200] + "\n"
print(json.dumps(["".join(sorted(objections(text))) for text in texts]))
)";

// The python3 on PATH may be one beside the system's, which is the one that packages are installed for.
const std::string& python() {
  static const std::string found =
      run({"python3", "-c", "import jsonschema"}).status == 0 ? "python3" : "/usr/bin/python3";
  return found;
}

std::vector<std::string> validate_by(const std::filesystem::path& schema, const std::vector<std::string>& texts,
                                     const char* language) {
  const TemporaryDirectory scratch;
  write_file(scratch / "texts.json", nlohmann::json(texts).dump());
  const ProcessResult result = run({python(), "-c", program, schema.string(), scratch / "texts.json", language});
  if (result.status != 0) {
    throw std::runtime_error("python3-jsonschema is needed, and cannot check (./run install test): " + result.err);
  }
  return nlohmann::json::parse(result.out).get<std::vector<std::string>>();
}

std::vector<std::string> validate(const char* schema_name, const std::vector<std::string>& texts,
                                  const char* language) {
  return validate_by(test_directory().parent_path() / "docs" / "schema" / schema_name, texts, language);
}

}  // namespace

std::vector<std::string> validate_code_quality(const std::vector<std::string>& reports) {
  return validate_by(test_directory() / "schemas" / "gitlab-code-quality.json", reports, "json");
}

std::vector<std::string> validate_reports(const std::vector<std::string>& reports) {
  return validate("bulkhead-report-1.json", reports, "json");
}

std::vector<std::string> validate_graphs(const std::vector<std::string>& graphs) {
  return validate("bulkhead-graph-1.json", graphs, "json");
}

std::vector<std::string> validate_diffs(const std::vector<std::string>& diffs) {
  return validate("bulkhead-diff-1.json", diffs, "json");
}

std::vector<std::string> validate_scorecards(const std::vector<std::string>& scorecards) {
  return validate("bulkhead-scorecard-1.json", scorecards, "json");
}

std::vector<std::string> validate_paths(const std::vector<std::string>& answers) {
  return validate("bulkhead-paths-1.json", answers, "json");
}

std::vector<std::string> validate_neighbours(const std::vector<std::string>& answers) {
  return validate("bulkhead-neighbours-1.json", answers, "json");
}

std::vector<std::string> validate_policies(const std::vector<std::string>& policies) {
  return validate("bulkhead-policy-1.json", policies, "toml");
}

}  // namespace bulkhead::test
