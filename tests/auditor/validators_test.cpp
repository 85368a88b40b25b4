// What other people's programs say of our formats: schemas, and the parsers of those who read them.
#include "tests/support/validators.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "reports/picture.h"
#include "reports/writer.h"
#include "tests/support/case_reports.h"
#include "tests/support/hostile_report.h"
#include "tests/support/schema.h"

namespace bulkhead::test {
namespace {

// Some of the golden cases of each rule, and the hostile names.
const std::vector<Report>& reports() {
  static const std::vector<Report> some = [] {
    std::vector<Report> made;
    const auto cases = all_cases();
    for (std::size_t i = 0; i < cases.size(); i += 6) {
      if (auto audited = audit_case(cases[i])) made.push_back(std::move(audited->report));
    }
    made.push_back(make_hostile_report());
    return made;
  }();
  return some;
}

std::vector<std::string> write_all(const char* format) {
  std::vector<std::string> texts;
  for (const Report& report : reports()) texts.push_back(find_format(format)->write(report, {}).value());
  return texts;
}

void expect_valid(const std::vector<std::string>& objections) {
  ASSERT_EQ(objections.size(), reports().size());
  for (std::size_t i = 0; i < objections.size(); ++i) EXPECT_EQ(objections[i], "") << "report " << i;
}

TEST(Validators, AcceptSarif) {
  if (!has_npm_packages()) GTEST_SKIP() << no_npm_packages;
  expect_valid(validate_sarif(write_all("sarif")));
}

TEST(Validators, RefuseWhatIsNoSarif) {
  if (!has_npm_packages()) GTEST_SKIP() << no_npm_packages;
  const auto log = nlohmann::json::parse(write_all("sarif").back());
  auto unknown = log;
  unknown["runs"][0]["results"][0]["level"] = "fatal";
  auto nowhere = log;
  nowhere["runs"][0]["results"][0].erase("locations");  // which GitHub wants
  auto index = log;
  index["runs"][0]["results"][0]["ruleIndex"] = 99;
  const auto objections = validate_sarif({unknown.dump(), nowhere.dump(), index.dump(), log.dump()});
  EXPECT_NE(objections[0].find("level"), std::string::npos) << objections[0];
  EXPECT_NE(objections[1].find("GH10"), std::string::npos) << objections[1];
  EXPECT_NE(objections[2], "");
  EXPECT_EQ(objections[3], "");
}

TEST(Validators, AcceptJunit) {
  if (!has_xmllint()) GTEST_SKIP() << no_xmllint;
  expect_valid(validate_xml(write_all("junit"), "junit-10.xsd"));
}

TEST(Validators, AcceptGraphml) {
  if (!has_xmllint()) GTEST_SKIP() << no_xmllint;
  expect_valid(validate_xml(write_all("graphml")));
}

TEST(Validators, RefuseWhatIsNoJunit) {
  if (!has_xmllint()) GTEST_SKIP() << no_xmllint;
  const auto objections =
      validate_xml({"<testsuites><testcase name='a'/></testsuites>", "<testsuites>"}, "junit-10.xsd");
  EXPECT_NE(objections[0], "");
  EXPECT_NE(objections[1], "");
}

TEST(Validators, AcceptCodeQuality) {
  expect_valid(validate_code_quality(write_all("gitlab")));
  auto list = nlohmann::json::parse(write_all("gitlab").back());
  list[0]["location"]["path"] = "/absolute";
  list[1]["severity"] = "error";
  const std::string objections = validate_code_quality({list.dump()}).front();
  EXPECT_NE(objections.find("0/location/path"), std::string::npos) << objections;
  EXPECT_NE(objections.find("1/severity"), std::string::npos) << objections;
}

// Mermaid marks entities while it parses: "ﬂ°" begins one, with a second "°" when it is a number, and "¶ß" ends it.
std::string decode(std::string text) {
  const std::string begin = "\xef\xac\x82\xc2\xb0\xc2\xb0";
  const std::string end = "\xc2\xb6\xc3\x9f";
  for (std::size_t at = text.find(begin); at != std::string::npos; at = text.find(begin, at + 1)) {
    const std::size_t stop = text.find(end, at);
    const int code = std::stoi(text.substr(at + begin.size(), stop - at - begin.size()));
    text.replace(at, stop + end.size() - at, 1, static_cast<char>(code));
  }
  for (const std::string line_break : {"<br/>", "<br>"}) {
    for (std::size_t at = text.find(line_break); at != std::string::npos; at = text.find(line_break))
      text.replace(at, line_break.size(), "\n");
  }
  return text;
}

TEST(Validators, MermaidReadsThePicture) {
  if (!has_npm_packages()) GTEST_SKIP() << no_npm_packages;
  const auto charts = read_mermaid(write_all("mermaid"));
  ASSERT_EQ(charts.size(), reports().size());
  for (std::size_t i = 0; i < charts.size(); ++i) {
    const nlohmann::json& chart = charts[i];
    ASSERT_FALSE(chart.contains("error")) << "report " << i << ": " << chart.at("error");
    const Picture picture = build_picture(reports()[i]);
    ASSERT_EQ(chart.at("vertices").size(), picture.nodes.size()) << "report " << i;
    ASSERT_EQ(chart.at("edges").size(), picture.edges.size()) << "report " << i;
    ASSERT_EQ(chart.at("subgraphs").size(), picture.clusters.size()) << "report " << i;
    for (std::size_t cluster = 0; cluster < picture.clusters.size(); ++cluster) {
      const nlohmann::json& read = chart.at("subgraphs").at(cluster);
      EXPECT_EQ(decode(read.at("title")), picture.clusters[cluster].label) << "report " << i;
      const auto& nodes = picture.nodes;
      EXPECT_EQ(static_cast<std::ptrdiff_t>(read.at("nodes").size()),
                std::count_if(nodes.begin(), nodes.end(), [&](const auto& node) { return node.cluster == cluster; }));
    }
    for (const nlohmann::json& vertex : chart.at("vertices")) {
      const std::size_t number = std::stoul(vertex.at("id").get<std::string>().substr(1));
      EXPECT_EQ(decode(vertex.at("text")), picture.nodes.at(number).label) << "report " << i;
    }
    for (std::size_t edge = 0; edge < picture.edges.size(); ++edge) {
      const nlohmann::json& read = chart.at("edges").at(edge);
      EXPECT_EQ(read.at("start"), "n" + std::to_string(picture.edges[edge].from));
      EXPECT_EQ(read.at("end"), "n" + std::to_string(picture.edges[edge].to));
      EXPECT_EQ(decode(read.at("text")), picture.edges[edge].label) << "report " << i;
    }
  }
}

}  // namespace
}  // namespace bulkhead::test
