// The files expected.txt of the fixture projects: which findings of off-edge a check of the project must make. The
// format is described at the top of tests/projects/kinds/expected.txt.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "reports/report.h"

namespace bulkhead::test {

/// What a row says about replies of some codemodel.
struct Expectation {
  enum class Verdict : std::uint8_t {
    finding,  ///< There is one.
    nothing,  ///< There is none.
    either,   ///< A finding of its own, or part of another one.
  };
  Verdict verdict = Verdict::nothing;
  std::string known{};  ///< "declared" or "derived", for a finding only; empty when either will do.
  std::string place{};  ///< Where it differs from the row's.
};

/// A row of expected.txt.
struct ExpectedRow {
  int line = 0;                 ///< In the file.
  std::string configuration{};  ///< Empty: every configuration.
  std::string kind;
  std::string from;
  std::string to;
  std::string place;
  Expectation before;                       ///< Codemodel < 2.9, with the sources at hand.
  Expectation before_unread;                ///< The same without them.
  Expectation since;                        ///< Codemodel >= 2.9, with the sources at hand.
  Expectation since_unread;                 ///< The same without them.
  std::vector<std::string> inherited_by{};  ///< Names, sorted.
  std::string first_cmake{};                ///< "3.27": older ones do not make this edge. Empty: all do.
  bool needs_commands = false;              ///< Only build.ninja shows it.
};

/// A finding of off-edge, whether it comes from a Report or from its JSON.
struct SeenEdge {
  std::string configuration;
  std::string kind;
  std::string from;
  std::string to;
  std::string place;  ///< "core/CMakeLists.txt:2", "CMakeLists.txt" without a line, "-" without a file.
  std::string known;
  std::vector<std::string> inherited_by;  ///< Names, in the order of the report.
};

/// How the reply came about.
struct Situation {
  std::string cmake_version;  ///< "3.25.1"
  std::string codemodel;      ///< "2.4"
  std::vector<std::string> configurations;
  bool has_sources = true;    ///< Whether the project's files are where the reply says.
  bool has_capture = false;   ///< Whether a capture was at hand, which tells as much as codemodel 2.9.
  bool has_commands = false;  ///< Whether build.ninja was at hand.
};

/// Reads an expected.txt. Throws when it is malformed.
[[nodiscard]] std::vector<ExpectedRow> read_expected(const std::filesystem::path& file);

/// The findings of off-edge in a report.
[[nodiscard]] std::vector<SeenEdge> off_edges(const Report& report);
/// The same from a report written as JSON.
[[nodiscard]] std::vector<SeenEdge> off_edges(std::string_view json);

/// How a report came about, by its own words.
[[nodiscard]] Situation situation_of(const Report& report, bool has_sources);
/// The same from a report written as JSON.
[[nodiscard]] Situation situation_of(std::string_view json, bool has_sources);

/// One line for each way in which `seen` is not what `rows` ask for; empty when it is. Nothing may be missing and
/// nothing may be there beside it.
[[nodiscard]] std::string differences(const std::vector<ExpectedRow>& rows, const std::vector<SeenEdge>& seen,
                                      const Situation& situation);

/// One line for each row that is true in this situation and that nobody hears of: no finding tells it or another edge
/// between the same two, no cause lists its depender as an inheritor, and no blind spot of its kind leaves a module
/// unproven. `json` is the report. Empty when every edge is found or excused.
[[nodiscard]] std::string missed_edges(const std::vector<ExpectedRow>& rows, std::string_view json,
                                       const Situation& situation);

}  // namespace bulkhead::test
