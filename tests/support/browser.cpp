#include "tests/support/browser.h"

#include <cstdlib>
#include <filesystem>
#include <vector>

#include "tests/support/process.h"
#include "tests/support/replies.h"
#include "tests/support/temporary_directory.h"

namespace bulkhead::test {

std::string find_browser() {
  const auto path_of = [](const std::string& name) {
    std::string path = run({"sh", "-c", "command -v \"$0\"", name}).out;
    while (path.ends_with('\n')) path.pop_back();
    return path;
  };
  if (const char* const named = std::getenv("BULKHEAD_TEST_BROWSER"); named != nullptr) return path_of(named);
  for (const char* name : {"chromium", "chromium-browser", "google-chrome"}) {
    if (std::string path = path_of(name); !path.empty()) return path;
  }
  return {};
}

std::string why_no_browser() {
  const std::filesystem::path packages = test_directory() / "npm/node_modules";
  if (run({"node", "--version"}).status != 0) return "skipped: there is no node (./run install test)";
  if (!std::filesystem::exists(packages / "playwright-core") || !std::filesystem::exists(packages / "axe-core")) {
    return "skipped: the packages of tests/npm are not installed (./run install test)";
  }
  return find_browser().empty() ? "skipped: there is no Chromium (./run install test)" : "";
}

std::string check_page(std::string_view check, std::string_view html, std::string_view json) {
  const TemporaryDirectory scratch;
  write_file(scratch / "report.html", html);
  write_file(scratch / "report.json", json);
  const ProcessResult result = run({"node", (test_directory() / "npm/html.mjs").string(), find_browser(),
                                    std::string(check), scratch / "report.html", scratch / "report.json"});
  return result.status == 0 ? result.out : "it did not run: " + result.err;
}

}  // namespace bulkhead::test
