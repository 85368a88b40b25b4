// What is generated of the HTML report's script and style is current, and carries its licences.
#include <gtest/gtest.h>

#include <filesystem>
#include <string>

#include "reports/html_assets.h"
#include "tests/support/process.h"
#include "tests/support/replies.h"
#include "tests/support/temporary_directory.h"

namespace bulkhead::test {
namespace {

namespace fs = std::filesystem;

fs::path sources() {
  return test_directory().parent_path() / "reports/html";
}

TEST(HtmlBundle, IsWhatTheSourcesGive) {
  if (run({"node", "--version"}).status != 0) GTEST_SKIP() << "skipped: there is no node (./run install test)";
  if (!fs::exists(sources() / "node_modules/esbuild")) {
    GTEST_SKIP() << "skipped: the packages of reports/html are not installed (./run install test)";
  }
  const TemporaryDirectory made;
  const ProcessResult result = run({"node", (sources() / "build.mjs").string(), made.path().string()});
  ASSERT_EQ(result.status, 0) << result.err;
  for (const char* name : {"report.js", "report.css", "report.js.hash", "report.css.hash"}) {
    EXPECT_EQ(read_file(made / name) == read_file(sources() / "generated" / name), true)
        << name << " is not current: npm ci && npm run build in reports/html";
  }
}

TEST(HtmlBundle, IsInTheProgramByteByByte) {
  EXPECT_EQ(report_script == read_file(sources() / "generated/report.js"), true);
  EXPECT_EQ(report_style == read_file(sources() / "generated/report.css"), true);
  EXPECT_EQ(report_script_hash, read_file(sources() / "generated/report.js.hash"));
  EXPECT_EQ(report_style_hash, read_file(sources() / "generated/report.css.hash"));
}

TEST(HtmlBundle, HasTheHashesOfItsText) {
  if (run({"python3", "--version"}).status != 0) GTEST_SKIP() << "skipped: there is no python3";
  const std::string program =
      "import base64, hashlib, sys\n"
      "for name in ('report.js', 'report.css'):\n"
      "    text = open(sys.argv[1] + '/' + name, 'rb').read()\n"
      "    print('sha256-' + base64.b64encode(hashlib.sha256(text).digest()).decode(), end=' ')\n";
  const ProcessResult result = run({"python3", "-c", program, (sources() / "generated").string()});
  EXPECT_EQ(result.out, std::string(report_script_hash) + " " + std::string(report_style_hash) + " ");
}

TEST(HtmlBundle, CarriesTheLicencesOfWhatItHolds) {
  for (const char* text : {"@dagrejs/dagre", "@dagrejs/graphlib", "Chris Pettitt", "Permission is hereby granted"}) {
    EXPECT_NE(report_script.find(text), std::string_view::npos) << text;
    EXPECT_NE(read_file(test_directory().parent_path() / "THIRD_PARTY.md").find(text), std::string::npos) << text;
  }
}

TEST(HtmlBundle, NamesNoRegistry) {
  EXPECT_EQ(read_file(sources() / "package-lock.json").find("\"resolved\""), std::string::npos);
}

// Names and messages come from the outside: they are put in as text.
TEST(HtmlBundle, MakesNoElementsOfText) {
  for (const fs::directory_entry& entry : fs::directory_iterator(sources())) {
    if (entry.path().extension() != ".js") continue;
    const std::string text = read_file(entry.path());
    for (const char* word :
         {"innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "new Function"}) {
      EXPECT_EQ(text.find(word), std::string::npos) << entry.path() << ": " << word;
    }
    if (run({"node", "--version"}).status == 0) {
      EXPECT_EQ(run({"node", "--check", entry.path().string()}).status, 0) << entry.path();
    }
  }
}

}  // namespace
}  // namespace bulkhead::test
