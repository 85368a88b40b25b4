#include "tests/support/validators.h"

#include <filesystem>
#include <stdexcept>

#include "tests/support/process.h"
#include "tests/support/replies.h"
#include "tests/support/temporary_directory.h"

namespace bulkhead::test {
namespace {

namespace fs = std::filesystem;

// Hands the texts as files to a script of tests/npm, and returns what it prints.
nlohmann::json run_script(const std::string& script, const std::string& extension,
                          const std::vector<std::string>& texts) {
  const TemporaryDirectory scratch;
  std::vector<std::string> command = {"node", (test_directory() / "npm" / script).string()};
  for (std::size_t i = 0; i < texts.size(); ++i) {
    command.push_back((scratch.path() / (std::to_string(i) + extension)).string());
    write_file(command.back(), texts[i]);
  }
  const ProcessResult result = run(command);
  if (result.status != 0) throw std::runtime_error(script + ": " + result.err);
  return nlohmann::json::parse(result.out);
}

}  // namespace

bool has_npm_packages() {
  return fs::exists(test_directory() / "npm/node_modules/.installed-lock.json") &&
         fs::exists(test_directory() / "npm/node_modules/@microsoft/sarif-multitool-linux") &&
         run({"node", "--version"}).status == 0;
}

std::vector<std::string> validate_sarif(const std::vector<std::string>& logs) {
  return run_script("sarif.mjs", ".sarif", logs).get<std::vector<std::string>>();
}

nlohmann::json read_mermaid(const std::vector<std::string>& charts) {
  return run_script("mermaid.mjs", ".mmd", charts);
}

bool has_xmllint() {
  return run({"xmllint", "--version"}).status == 0;
}

std::vector<std::string> validate_xml(const std::vector<std::string>& documents, const std::string& schema) {
  const TemporaryDirectory scratch;
  std::vector<std::string> objections;
  for (const std::string& document : documents) {
    write_file(scratch / "document.xml", document);
    std::vector<std::string> command = {"xmllint", "--noout", "--nonet"};
    if (!schema.empty()) command.insert(command.end(), {"--schema", (test_directory() / "schemas" / schema).string()});
    command.push_back(scratch / "document.xml");
    const ProcessResult result = run(command);
    objections.push_back(result.status == 0 ? "" : result.err);
  }
  return objections;
}

}  // namespace bulkhead::test
