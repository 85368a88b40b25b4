#include "tests/support/expected.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <sstream>
#include <stdexcept>
#include <tuple>

#include "graph/edge_kind.h"
#include "tests/support/temporary_directory.h"

namespace bulkhead::test {
namespace {

using Verdict = Expectation::Verdict;
using Key = std::tuple<std::string, std::string, std::string, std::string>;  // configuration, kind, from, to

std::vector<std::string> split(const std::string& text, char separator) {
  std::vector<std::string> parts;
  std::istringstream stream(text);
  for (std::string part; std::getline(stream, part, separator);) parts.push_back(part);
  return parts;
}

std::string bare(const std::string& label) {
  return label.substr(label.find(':') + 1);
}

// "3.25.1" → 3025, "2.10" → 2010
unsigned version_number(const std::string& version) {
  const std::vector<std::string> parts = split(version, '.');
  return static_cast<unsigned>(std::stoul(parts.at(0)) * 1000 + std::stoul(parts.at(1)));
}

Expectation parse_expectation(const std::string& text) {
  const std::size_t at = text.find('@');
  const std::string word = text.substr(0, at);
  Expectation expectation;
  if (at != std::string::npos) expectation.place = text.substr(at + 1);
  if (word == "?") {
    expectation.verdict = Verdict::either;
  } else if (word == "declared" || word == "derived") {
    expectation.verdict = Verdict::finding;
    expectation.known = word;
  } else if (word != "-") {
    throw std::runtime_error("'" + text + "' is none of declared, derived, - and ?");
  }
  return expectation;
}

// "A//B", or "A" for "A//A"
std::pair<Expectation, Expectation> parse_pair(const std::string& text) {
  const std::size_t at = text.find("//");
  if (at == std::string::npos) return {parse_expectation(text), parse_expectation(text)};
  return {parse_expectation(text.substr(0, at)), parse_expectation(text.substr(at + 2))};
}

ExpectedRow parse_row(std::vector<std::string> words) {
  ExpectedRow row;
  if (!parse_edge_kind(words.at(0))) {
    row.configuration = words.front();
    words.erase(words.begin());
  }
  if (words.size() < 6 || words.size() > 7 || !parse_edge_kind(words[0])) throw std::runtime_error("no row");
  row.kind = words[0];
  row.from = words[1];
  row.to = words[2];
  row.place = words[3];
  std::tie(row.before_unread, row.before) = parse_pair(words[4]);
  std::tie(row.since_unread, row.since) = parse_pair(words[5]);
  if (words.size() == 7) row.inherited_by = split(words[6], ',');
  std::sort(row.inherited_by.begin(), row.inherited_by.end());
  return row;
}

class Comparison {
 public:
  Comparison(const std::vector<ExpectedRow>& rows, const std::vector<SeenEdge>& seen, const Situation& situation)
      : rows_(rows), situation_(situation) {
    for (const SeenEdge& edge : seen) {
      const Key key{edge.configuration, edge.kind, edge.from, edge.to};
      if (!seen_.emplace(key, &edge).second) say(key, "reported twice");
    }
  }

  std::string run() {
    for (const std::string& configuration : situation_.configurations) {
      for (const ExpectedRow& row : rows_) {
        if (applies(row, configuration)) check(row, configuration);
      }
    }
    for (const auto& [key, edge] : seen_) {
      if (!matched_.contains(key)) say(key, "not expected, at " + edge->place);
    }
    return out_;
  }

 private:
  bool applies(const ExpectedRow& row, const std::string& configuration) const {
    if (!row.configuration.empty() && row.configuration != configuration) return false;
    return row.first_cmake.empty() || version_number(situation_.cmake_version) >= version_number(row.first_cmake);
  }

  Expectation expectation_of(const ExpectedRow& row) const {
    if (row.needs_commands && !situation_.has_commands) return {};
    const bool has_2_9 = version_number(situation_.codemodel) >= version_number("2.9");
    if (situation_.has_capture || has_2_9) {
      Expectation expectation = situation_.has_sources ? row.since : row.since_unread;
      // What commands use is in no capture, but in `dependencies`.
      const bool of_command = row.kind == "order" && expectation.verdict == Verdict::finding;
      if (!has_2_9 && of_command && row.before.verdict == Verdict::finding) expectation.known.clear();
      return expectation;
    }
    Expectation expectation = situation_.has_sources ? row.before : row.before_unread;
    // With one configuration CMake has nothing to merge.
    const bool by_configuration = !row.configuration.empty();
    if (by_configuration && situation_.configurations.size() == 1 && expectation.verdict == Verdict::either) {
      expectation.verdict = Verdict::nothing;
    }
    return expectation;
  }

  void check(const ExpectedRow& row, const std::string& configuration) {
    const Key key{configuration, row.kind, row.from, row.to};
    const Expectation expectation = expectation_of(row);
    const auto found = seen_.find(key);
    matched_[key] = true;
    if (found == seen_.end()) {
      if (expectation.verdict == Verdict::finding) say(key, fmt::format("missing (line {})", row.line));
      return;
    }
    const SeenEdge& edge = *found->second;
    if (expectation.verdict == Verdict::nothing) {
      say(key, fmt::format("no finding, by line {}, but reported at {}", row.line, edge.place));
      return;
    }
    check_place(key, row, expectation, edge);
    const bool any = expectation.known.empty();
    if (expectation.verdict == Verdict::finding && !any && edge.known != expectation.known) {
      say(key, fmt::format("known as {}, not {}", edge.known, expectation.known));
    }
    check_inherited(key, row, edge);
  }

  void check_place(const Key& key, const ExpectedRow& row, const Expectation& expectation, const SeenEdge& edge) {
    const std::string& place = expectation.place.empty() ? row.place : expectation.place;
    if (edge.place == place) return;
    // cmakeFiles names no lines: they are found in the sources.
    const bool file_is_enough = row.kind == "configure" && !situation_.has_sources;
    if (file_is_enough && edge.place == place.substr(0, place.rfind(':'))) return;
    say(key, fmt::format("at {}, not {}", edge.place, place));
  }

  void check_inherited(const Key& key, const ExpectedRow& row, const SeenEdge& edge) {
    std::vector<std::string> wanted = row.inherited_by;
    std::vector<std::string> listed = edge.inherited_by;
    if (!std::is_sorted(listed.begin(), listed.end())) say(key, "inherited_by is not sorted");
    // Where either is right for a target, it may have a finding of its own or stand here.
    std::erase_if(wanted, [&](const std::string& name) { return seen_.contains(with_depender(key, name)); });
    std::erase_if(listed, [&](const std::string& name) {
      return std::find(wanted.begin(), wanted.end(), name) == wanted.end() && may_be_part(key, name);
    });
    if (listed != wanted) {
      say(key, fmt::format("inherited by [{}], not by [{}]", fmt::join(listed, ","), fmt::join(wanted, ",")));
    }
  }

  static Key with_depender(const Key& key, const std::string& name) {
    return {std::get<0>(key), std::get<1>(key), "target:" + name, std::get<3>(key)};
  }

  // True when the target's edge onto the same end is of those for which either is right, and it is no finding.
  bool may_be_part(const Key& key, const std::string& name) const {
    const Key other = with_depender(key, name);
    if (seen_.contains(other)) return false;
    return std::any_of(rows_.begin(), rows_.end(), [&](const ExpectedRow& row) {
      return applies(row, std::get<0>(key)) && row.kind == std::get<1>(other) && row.from == std::get<2>(other) &&
             row.to == std::get<3>(other) && expectation_of(row).verdict == Verdict::either;
    });
  }

  void say(const Key& key, const std::string& what) {
    const auto& [configuration, kind, from, to] = key;
    out_ += fmt::format("{} {} -> {} [{}]: {}\n", configuration, from, to, kind, what);
  }

  const std::vector<ExpectedRow>& rows_;
  const Situation& situation_;
  std::map<Key, const SeenEdge*> seen_;
  std::map<Key, bool> matched_;
  std::string out_;
};

}  // namespace

std::vector<ExpectedRow> read_expected(const std::filesystem::path& file) {
  std::vector<ExpectedRow> rows;
  std::map<std::string, std::string> first_cmake;  // depender → version
  std::set<std::string> needs_commands;            // dependers
  std::istringstream text(read_file(file));
  int number = 0;
  for (std::string line; std::getline(text, line);) {
    ++number;
    std::istringstream stream(line.substr(0, line.find('#')));
    std::vector<std::string> words;
    for (std::string word; stream >> word;) words.push_back(word);
    if (words.empty()) continue;
    try {
      if (words.front() == "cmake" && words.size() == 3) {
        first_cmake[words[2]] = words[1];
        continue;
      }
      if (words.front() == "build.ninja" && words.size() == 2) {
        needs_commands.insert(words[1]);
        continue;
      }
      rows.push_back(parse_row(words));
      rows.back().line = number;
    } catch (const std::exception& error) {
      throw std::runtime_error(fmt::format("{}:{}: {}", file.string(), number, error.what()));
    }
  }
  if (number == 0) throw std::runtime_error("cannot read " + file.string());
  for (ExpectedRow& row : rows) {
    if (const auto found = first_cmake.find(row.from); found != first_cmake.end()) row.first_cmake = found->second;
    row.needs_commands = needs_commands.contains(row.from);
  }
  return rows;
}

std::vector<SeenEdge> off_edges(const Report& report) {
  std::vector<SeenEdge> seen;
  for (const Finding& finding : report.findings) {
    if (finding.rule != "off-edge") continue;
    const FindingEdge& edge = finding.edge.value();
    const Evidence first = finding.evidence.empty() ? Evidence{.file = {}} : finding.evidence.front();
    seen.push_back({.configuration = finding.configuration,
                    .kind = std::string(to_string(edge.kind)),
                    .from = edge.from.label,
                    .to = edge.to.label,
                    .place = first.file.empty() ? "-"
                             : first.line == 0  ? first.file
                                                : fmt::format("{}:{}", first.file, first.line),
                    .known = std::string(to_string(edge.known)),
                    .inherited_by = {}});
    for (const FindingEnd& end : finding.inherited_by) seen.back().inherited_by.push_back(bare(end.label));
  }
  return seen;
}

std::vector<SeenEdge> off_edges(std::string_view json) {
  std::vector<SeenEdge> seen;
  const auto report = nlohmann::json::parse(json);
  for (const auto& finding : report.at("findings")) {
    if (finding.at("rule") != "off-edge") continue;
    std::string place = "-";
    if (const auto& evidence = finding.at("evidence"); !evidence.empty()) {
      place = evidence[0].at("file");
      if (evidence[0].contains("line")) place += fmt::format(":{}", evidence[0].at("line").get<int>());
    }
    const auto& edge = finding.at("edge");
    seen.push_back(
        {finding.at("configuration"), edge.at("kind"), edge.at("from"), edge.at("to"), place, edge.at("known"), {}});
    for (const auto& label : finding.at("inherited_by")) seen.back().inherited_by.push_back(bare(label));
  }
  return seen;
}

Situation situation_of(const Report& report, bool has_sources) {
  Situation situation{.cmake_version = report.cmake_version,
                      .codemodel = report.codemodel,
                      .configurations = {},
                      .has_sources = has_sources};
  for (const ConfigurationReport& one : report.configurations) situation.configurations.push_back(one.name);
  return situation;
}

Situation situation_of(std::string_view json, bool has_sources) {
  const auto report = nlohmann::json::parse(json);
  const auto& cmake = report.at("cmake");
  return {.cmake_version = cmake.at("version"),
          .codemodel = cmake.at("codemodel"),
          .configurations = report.at("configurations"),
          .has_sources = has_sources};
}

std::string differences(const std::vector<ExpectedRow>& rows, const std::vector<SeenEdge>& seen,
                        const Situation& situation) {
  return Comparison(rows, seen, situation).run();
}

std::string missed_edges(const std::vector<ExpectedRow>& rows, std::string_view json, const Situation& situation) {
  const std::vector<SeenEdge> seen = off_edges(json);
  std::set<std::string> blind;
  const auto report = nlohmann::json::parse(json);
  for (const auto& module : report.at("modules")) {
    for (const auto& kind : module.at("blind_spots")) blind.insert(kind.get<std::string>());
  }
  std::string missed;
  for (const ExpectedRow& row : rows) {
    const bool exists =
        row.first_cmake.empty() || version_number(situation.cmake_version) >= version_number(row.first_cmake);
    const bool elsewhere =
        !row.configuration.empty() && std::find(situation.configurations.begin(), situation.configurations.end(),
                                                row.configuration) == situation.configurations.end();
    // What since 2.9 is part of another finding, or none, is no edge of its own.
    const bool is_own = row.since.verdict == Verdict::finding || row.needs_commands;
    if (!exists || elsewhere || !is_own || blind.contains(row.kind)) continue;
    const bool told = std::any_of(seen.begin(), seen.end(), [&row](const SeenEdge& edge) {
      if (!row.configuration.empty() && edge.configuration != row.configuration) return false;
      const bool inherits =
          std::find(edge.inherited_by.begin(), edge.inherited_by.end(), bare(row.from)) != edge.inherited_by.end();
      return edge.to == row.to && (edge.from == row.from || inherits);
    });
    if (!told) missed += fmt::format("{} -> {} [{}] (line {})\n", row.from, row.to, row.kind, row.line);
  }
  return missed;
}

}  // namespace bulkhead::test
