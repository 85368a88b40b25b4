// Clean projects that are made to break their promise, at random: every added edge is found, or is of a kind that a
// blind spot names.
//
// BULKHEAD_MUTANTS is how many, BULKHEAD_MUTANT_SEED says which.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <optional>
#include <sstream>
#include <string>
#include <thread>
#include <vector>

#include "tests/property/chance.h"
#include "tests/property/mutations.h"
#include "tests/property/recorded_project.h"
#include "tests/property/tally.h"
#include "tests/support/audits.h"
#include "tests/support/command_line.h"
#include "tests/support/live_cmakes.h"
#include "tests/support/replies.h"
#include "tests/support/temporary_directory.h"

namespace bulkhead::test {
namespace {

namespace fs = std::filesystem;

std::uint32_t number_from(const char* variable, std::uint32_t otherwise) {
  const char* const text = std::getenv(variable);
  return text == nullptr ? otherwise : static_cast<std::uint32_t>(std::strtoul(text, nullptr, 10));
}
std::uint32_t seed() {
  return number_from("BULKHEAD_MUTANT_SEED", 1);
}

std::vector<std::string> words_of(std::string_view text) {
  std::istringstream stream{std::string(text)};
  std::vector<std::string> words;
  for (std::string word; stream >> word;) words.push_back(word);
  return words;
}

/// How a tree is configured and audited.
struct Way {
  std::string generator;
  bool capture = true;
};

/// The lines of a file that are the mutation.
struct Place {
  std::string file;
  std::size_t first = 0;
  std::size_t last = 0;
};

/// A copy of the project, and a build tree for each way.
class MutantProject {
 public:
  explicit MutantProject(std::string cmake) : cmake_(std::move(cmake)) {
    fs::copy(test_directory() / "projects/mutant", source(), fs::copy_options::recursive);
  }
  [[nodiscard]] std::string source() const { return directory_ / "source"; }

  /// The JSON report; what was said instead is in `trouble`.
  [[nodiscard]] std::optional<nlohmann::json> audit(const Way& way, std::string& trouble) const {
    const std::string build = directory_ / fmt::format("{}{}", way.generator.front(), way.capture ? "-capture" : "");
    ProcessResult result;
    if (way.capture) {
      result = bulkhead({"configure", "-q", "--cmake", cmake_, "--format", "json", "--", "-S", source(), "-B", build,
                         "-G", way.generator, "-DCMAKE_BUILD_TYPE=Release"});
    } else {
      (void)bulkhead({"query", "-q", "-B", build});
      const ProcessResult configured =
          run({cmake_, "-G", way.generator, "-S", source(), "-B", build, "-DCMAKE_BUILD_TYPE=Release"});
      if (configured.status != 0) {
        trouble = "does not configure: " + configured.err;
        return std::nullopt;
      }
      result = bulkhead({"check", "-B", build, "--format", "json"});
    }
    if (result.status != 0 && result.status != 1) {
      trouble = fmt::format("exit status {}: {}", result.status, result.err);
      return std::nullopt;
    }
    return nlohmann::json::parse(result.out);
  }

  /// Appends to a file of the project. What was there before is in `original`.
  [[nodiscard]] Place append(const Mutant& mutant, std::string& original) const {
    const fs::path file = fs::path(source()) / mutant.file;
    original = read_file(file);
    Place place{mutant.file, count(original, "\n") + 1, 0};
    place.last = place.first + count(mutant.text, "\n");
    write_file(file, original + mutant.text + "\n");
    return place;
  }
  void restore(const Mutant& mutant, const std::string& original) const {
    write_file(fs::path(source()) / mutant.file, original);
  }

 private:
  TemporaryDirectory directory_;
  std::string cmake_;
};

std::vector<nlohmann::json> off_edge_findings(const nlohmann::json& report) {
  std::vector<nlohmann::json> found;
  for (const nlohmann::json& finding : report.at("findings")) {
    if (finding.at("rule") == "off-edge") found.push_back(finding);
  }
  return found;
}

bool is_at(const nlohmann::json& finding, const Place& place) {
  const nlohmann::json& evidence = finding.at("evidence");
  return std::any_of(evidence.begin(), evidence.end(), [&place](const nlohmann::json& call) {
    const std::size_t line = call.value("line", 0U);
    return call.value("file", "") == place.file && place.first <= line && line <= place.last;
  });
}

/// Whether the module's blind spots name a kind in which the edge may show.
bool is_covered(const nlohmann::json& report, std::string_view kinds, std::string_view name) {
  for (const nlohmann::json& module : report.at("modules")) {
    if (module.at("verdict") != "unproven" || module.at("name") != name) continue;
    const nlohmann::json& spots = module.at("blind_spots");
    for (const std::string& kind : words_of(kinds)) {
      if (std::find(spots.begin(), spots.end(), kind) != spots.end()) return true;
    }
  }
  return false;
}

Outcome judge(const nlohmann::json& report, const Mutant& mutant, const Place& place) {
  const std::vector<nlohmann::json> findings = off_edge_findings(report);
  const auto at = [&place](const nlohmann::json& finding) { return is_at(finding, place); };
  if (std::any_of(findings.begin(), findings.end(), at)) return Outcome::at_the_line;
  if (!findings.empty()) return Outcome::found;
  const bool to_nope = mutant.text.find("nope") != std::string::npos || mutant.text.find("NOPE") != std::string::npos;
  return is_covered(report, mutant.mutation->kinds, to_nope ? "nope" : "opt") ? Outcome::blind_spot : Outcome::missed;
}

/// Whether a finding about the depender names a line that did not do it, without a word of doubt. A finding may have no
/// line, and what only those get who link the depender is found there.
bool names_wrong_line(const nlohmann::json& report, const Mutant& mutant) {
  const std::vector<nlohmann::json> findings = off_edge_findings(report);
  return std::any_of(findings.begin(), findings.end(), [&mutant](const nlohmann::json& finding) {
    const nlohmann::json& evidence = finding.at("evidence");
    const bool has_line = std::any_of(evidence.begin(), evidence.end(),
                                      [](const nlohmann::json& call) { return call.value("line", 0) != 0; });
    return has_line && finding.at("edge").at("from") == "target:" + mutant.depender &&
           finding.at("message").get<std::string>().find("the line is uncertain") == std::string::npos;
  });
}

std::string describe_report(const nlohmann::json& report) {
  std::string text;
  for (const nlohmann::json& module : report.at("modules")) {
    text += fmt::format("  {}: {}, blind spots {}\n", module.at("name").get<std::string>(),
                        module.at("verdict").get<std::string>(), module.at("blind_spots").dump());
  }
  for (const nlohmann::json& finding : off_edge_findings(report)) {
    text += fmt::format("  {}\n    at {}\n", finding.at("message").get<std::string>(), finding.at("evidence").dump());
  }
  return text;
}

/// What came of one mutant.
struct Trial {
  Outcome outcome = Outcome::missed;
  std::string trouble;  ///< Empty when all is well.
};

Trial try_mutant(const MutantProject& project, const Mutant& mutant, const Way& way) {
  std::string original;
  const Place place = project.append(mutant, original);
  Trial trial;
  const auto report = project.audit(way, trial.trouble);
  project.restore(mutant, original);
  if (report) {
    trial.outcome = judge(*report, mutant, place);
    const bool must_be_there = way.capture && way.generator == "Ninja" && trial.outcome == Outcome::found;
    if (trial.outcome == Outcome::missed) trial.trouble = "missed\n" + describe_report(*report);
    if (must_be_there && names_wrong_line(*report, mutant)) trial.trouble = "another line\n" + describe_report(*report);
  }
  if (!trial.trouble.empty()) {
    trial.trouble = fmt::format("{}:{} in tests/projects/mutant, {}, {} capture, kind {}\n{}\n{}", mutant.file,
                                place.first, way.generator, way.capture ? "with" : "without", mutant.mutation->kinds,
                                mutant.text, trial.trouble);
  }
  return trial;
}

// Most with Ninja and the capture, for that is what sees most.
Way choose_way(Chance& chance) {
  const std::size_t die = chance.below(10);
  return {die < 8 ? "Ninja" : "Unix Makefiles", die < 6 || die == 8};
}

unsigned version_of(const std::string& cmake) {
  unsigned major = 0;
  unsigned minor = 0;
  const ProcessResult result = run({cmake, "--version"});
  if (std::sscanf(result.out.c_str(), "cmake version %u.%u", &major, &minor) != 2) {
    throw std::runtime_error(cmake + " is no cmake");
  }
  return major * 1000 + minor;
}

void try_live_mutants(const std::string& cmake) {
  const std::uint32_t how_many = number_from("BULKHEAD_MUTANTS", 120);
  Chance chance(seed());
  const std::vector<Mutant> mutants = breed_mutants(chance, how_many, version_of(cmake));
  std::vector<Way> ways;
  for (std::size_t i = 0; i < mutants.size(); ++i) ways.push_back(choose_way(chance));

  std::vector<Trial> trials(mutants.size());
  const auto work = [&](std::size_t first, std::size_t stride) {
    const MutantProject project(cmake);
    for (std::size_t i = first; i < mutants.size(); i += stride) {
      try {
        trials[i] = try_mutant(project, mutants[i], ways[i]);
      } catch (const std::exception& error) {
        trials[i].trouble = fmt::format("{}: {}", mutants[i].text, error.what());
      }
    }
  };
  {
    const std::size_t workers = std::clamp<std::size_t>(std::thread::hardware_concurrency(), 1, 4);
    std::vector<std::jthread> threads;
    for (std::size_t i = 0; i < workers; ++i) threads.emplace_back(work, i, workers);
  }

  Tally tally;
  for (std::size_t i = 0; i < mutants.size(); ++i) {
    tally.add(words_of(mutants[i].mutation->kinds).front(), trials[i].outcome);
    EXPECT_EQ(trials[i].trouble, "") << "mutant " << i << " of BULKHEAD_MUTANT_SEED=" << seed();
  }
  fmt::print("{} live mutants, seed {}, {}\n{}", mutants.size(), seed(), cmake, tally.table());
  EXPECT_EQ(tally.count(Outcome::missed), 0U);
}

// A finding of off-edge about the mutant, of a report made in process.
Outcome judge(const Report& report, const RecordedMutant& mutant) {
  Outcome outcome = Outcome::missed;
  for (const Finding& finding : report.findings) {
    if (finding.rule != "off-edge") continue;
    const bool is_of_depender = mutant.from.empty() || finding.edge->from.label == mutant.from;
    if (outcome == Outcome::missed && is_of_depender) outcome = Outcome::found;
    for (const Evidence& call : finding.evidence) {
      if (!mutant.file.empty() && call.file == mutant.file && call.line == mutant.line) return Outcome::at_the_line;
    }
  }
  if (outcome == Outcome::found) return outcome;
  for (const ModuleReport& module : report.modules) {
    if (module.verdict != Verdict::unproven) continue;
    for (const EdgeKind kind : module.blind_spots) {
      if (to_string(kind) == mutant.kind) return Outcome::blind_spot;
    }
  }
  return outcome;
}

std::size_t count_off_edges(const Report& report) {
  return static_cast<std::size_t>(std::count_if(report.findings.begin(), report.findings.end(),
                                                [](const Finding& finding) { return finding.rule == "off-edge"; }));
}

void try_recorded_mutants(RecordedProject& project, const std::string& name, const std::vector<std::string>& aside) {
  const fs::path policy = test_directory() / "replies" / name / "bulkhead.toml";
  std::vector<std::string> dependers = project.dependers();
  std::erase_if(dependers, [&](const std::string& target) {
    return std::any_of(aside.begin(), aside.end(), [&](const std::string& one) { return target.starts_with(one); });
  });
  ASSERT_GT(dependers.size(), 20U);
  const Report clean = audit_build(project.build(), policy);
  for (const Finding& finding : clean.findings) EXPECT_NE(finding.rule, "off-edge") << finding.message;
  for (const ModuleReport& module : clean.modules) EXPECT_FALSE(module.on) << module.name;

  Chance chance(seed());
  Tally tally;
  const std::uint32_t how_many = number_from("BULKHEAD_MUTANTS", 200);
  for (std::uint32_t i = 0; i < how_many; ++i) {
    const RecordedMutant mutant = project.mutate(chance, dependers, i);
    const Report report = audit_build(project.build(), policy);
    project.restore();
    const Outcome outcome = judge(report, mutant);
    tally.add(mutant.kind, outcome);
    std::string said;
    for (const Finding& finding : report.findings) {
      if (finding.rule == "off-edge") said += "  " + finding.message + "\n";
    }
    EXPECT_TRUE(outcome != Outcome::missed)
        << fmt::format("mutant {} of BULKHEAD_MUTANT_SEED={}: {} {} -> {} at {}:{}\n{}", i, seed(), mutant.kind,
                       mutant.from, mutant.to, mutant.file, mutant.line, said);
  }
  EXPECT_EQ(count_off_edges(audit_build(project.build(), policy)), 0U) << "something was not restored";
  fmt::print("{} mutants of {}, seed {}\n{}", how_many, name, seed(), tally.table());
}

TEST(Mutation, EveryEdgeOfOpenCVIsFoundOrABlindSpot) {
  RecordedProject project("opencv/3.25-Ninja",
                          {.targets = {"opencv_ml"},
                           .libraries = {"-lquirc", "/src/opencv/3rdparty/quirc/libquirc.a", "-lopencv_ml"},
                           .sources = {"modules/ml/src/svm.cpp", "3rdparty/quirc/src/quirc.c"},
                           .directories = {"modules/ml/extra", "3rdparty/quirc/include"},
                           .definitions = {"HAVE_OPENCV_ML", "HAVE_QUIRC=1"}});
  // This configure built and installed it; here it is built only, as by a project that does not heed its toggle there.
  project.set_cache("BUILD_opencv_ml", "OFF");
  project.forget_installs({"opencv_ml", "opencv_test_ml"}, {"modules/ml/"});
  try_recorded_mutants(project, "opencv",
                       {"opencv_modules", "opencv_tests", "opencv_python3", "opencv_test_ml", "gen_opencv_"});
}

TEST(Mutation, EveryEdgeOfAbseilIsFoundOrABlindSpot) {
  RecordedProject project("abseil/4.3-Ninja", {.targets = {"scoped_set_env", "random_internal_distribution_test_util",
                                                           "random_mocking_bit_gen", "counting_allocator"},
                                               .libraries = {"-lgtest", "gtest", "/src/abseil/testing/libtesting.a"},
                                               .sources = {"absl/base/call_once_test.cc", "testing/main.cc"},
                                               .directories = {"testing", "testing/include"},
                                               .definitions = {"ABSL_TEST_COMMON=1"}});
  project.forget_installs({"scoped_set_env", "random_internal_distribution_test_util", "counting_allocator"}, {});
  try_recorded_mutants(project, "abseil", {});
}

TEST(Mutation, TheCleanProjectHasNoOffEdge) {
  for (const std::string& cmake : live_cmakes()) {
    const MutantProject project(cmake);
    for (const Way& way : {Way{"Ninja", true}, Way{"Ninja", false}, Way{"Unix Makefiles", true}}) {
      SCOPED_TRACE(fmt::format("{} {} {}", cmake, way.generator, way.capture));
      std::string trouble;
      const auto report = project.audit(way, trouble);
      ASSERT_TRUE(report.has_value()) << trouble;
      EXPECT_EQ(off_edge_findings(*report).size(), 0U) << describe_report(*report);
      for (const nlohmann::json& module : report->at("modules")) EXPECT_EQ(module.at("state"), "off");
    }
  }
}

TEST(Mutation, EveryEdgeOfALiveProjectIsFoundOrABlindSpot) {
  for (const std::string& cmake : live_cmakes()) {
    SCOPED_TRACE(cmake);
    try_live_mutants(cmake);
  }
}

}  // namespace
}  // namespace bulkhead::test
