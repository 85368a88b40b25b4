// Answers for people.

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "reports/answer.h"
#include "reports/excerpt.h"

namespace bulkhead {
namespace {

bool is_target(const FindingEnd& end) {
  return end.label.starts_with("target:");
}

std::string write_arrow(const AnswerEdge& edge, const Style& style) {
  const bool between_targets = is_target(edge.from) && is_target(edge.to);
  std::string text = fmt::format("{} -> {}  [{}{}", style(Colour::bold, shown_name(edge.from)),
                                 style(Colour::bold, shown_name(edge.to)), to_string(edge.kind),
                                 between_targets ? fmt::format(", {}", to_string(edge.known)) : "");
  return text + "]";
}

std::string write_place(const Evidence& evidence) {
  if (evidence.file.empty()) return "no line is known for it";
  return evidence.line == 0 ? evidence.file : fmt::format("{}:{}", evidence.file, evidence.line);
}

std::string write_hop(const AnswerEdge& edge, const SourcePaths& paths, TextFiles& files, const Style& style) {
  std::string text = write_arrow(edge, style) + "\n";
  const Evidence& evidence = edge.evidence;
  if (evidence.file.empty()) return text + "  no line is known for it\n";
  text += fmt::format("  {} {}:{}\n", style(Colour::blue, "-->"), evidence.file, evidence.line);
  return text + write_excerpt(files,
                              {.path = paths.absolute(evidence.file), .line = evidence.line, .mark = evidence.mark},
                              style);
}

std::string write_maybe(const ConditionalLink& link) {
  return fmt::format("{} names {} in {}, {}\n", link.from, link.name, link.expression,
                     link.is_false ? "which comes to nothing here" : "whose condition cannot be told here");
}

std::string write_unseen(const std::vector<EdgeKind>& kinds) {
  std::string text = "not visible here:";
  for (const EdgeKind kind : kinds) text += fmt::format(" {}", to_string(kind));
  return text + "\n";
}

// All ways below each other, a hop a line.
std::string write_list(const PathReport& report, const PathAnswer& answer, const Style& style) {
  std::string text;
  for (std::size_t i = 0; i < answer.paths.size(); ++i) {
    std::string head = fmt::format("{}. ", i + 1);
    for (const AnswerEdge& edge : answer.paths[i]) {
      text += fmt::format("{}{}  {}", head, write_arrow(edge, style), write_place(edge.evidence));
      for (std::size_t k = 0; k < edge.also.size(); ++k) {
        text += fmt::format("{}{}", k == 0 ? "; also " : ", ", to_string(edge.also[k]));
      }
      text += '\n';
      head.assign(head.size(), ' ');
    }
  }
  const std::size_t count = answer.paths.size();
  if (answer.more) {
    text += fmt::format("the {} from {} to {}; there are more: --limit N shows N\n",
                        count == 1 ? "shortest way" : fmt::format("{} shortest ways", count), report.from, report.to);
  } else {
    text += fmt::format("{} {} from {} to {}\n", count, count == 1 ? "way" : "ways", report.from, report.to);
  }
  return text;
}

std::string write_none(const PathReport& report, const PathAnswer& answer, const Style& style) {
  std::string text = fmt::format("no way from {} to {} in {} edges\n", report.from, report.to, answer.scope.edges);
  if (!answer.scope.unseen.empty()) text += write_unseen(answer.scope.unseen);
  for (const AnswerEdge& edge : answer.doubtful) {
    text += fmt::format("unproven: {}  {}: CMake lists it, it seems because of what is avoided\n",
                        write_arrow(edge, style), write_place(edge.evidence));
  }
  return text;
}

std::string type_of(const FindingEnd& end, EdgeKind kind) {
  if (!end.type.empty()) return end.type;
  const std::string what = end.label.substr(0, end.label.find(':'));
  return what == "file" && kind == EdgeKind::include_dir ? "directory" : what;
}

}  // namespace

std::string shown_name(const FindingEnd& end) {
  const std::size_t colon = end.label.find(':');
  const std::string name = end.label.substr(colon + 1);
  return end.label.starts_with("library:") ? "-l" + name : name;
}

std::string write_paths_text(const PathReport& report, const SourcePaths& paths, const Style& style) {
  TextFiles files;
  std::string text;
  for (const PathAnswer& answer : report.configurations) {
    if (report.configurations.size() > 1) text += fmt::format("{}:\n", answer.scope.configuration);
    if (answer.paths.empty()) {
      text += write_none(report, answer, style);
    } else if (report.limit) {
      text += write_list(report, answer, style);
    } else {
      for (const AnswerEdge& edge : answer.paths.front()) text += write_hop(edge, paths, files, style);
    }
    for (const ConditionalLink& link : answer.scope.maybe) text += write_maybe(link);
  }
  return text;
}

std::string write_neighbours_text(const NeighbourReport& report, const Style& style) {
  const bool is_refs = report.command == "refs";
  std::string text;
  for (const NeighbourAnswer& answer : report.configurations) {
    if (report.configurations.size() > 1) text += fmt::format("{}:\n", answer.scope.configuration);
    if (answer.found.empty()) {
      text += is_refs ? fmt::format("nothing depends on {} in {} edges\n", report.of, answer.scope.edges)
                      : fmt::format("{} depends on nothing in {} edges\n", report.of, answer.scope.edges);
      if (!answer.scope.unseen.empty()) text += write_unseen(answer.scope.unseen);
      continue;
    }
    std::array<std::size_t, 4> widths = {};
    std::vector<std::array<std::string, 4>> rows;
    for (const Neighbour& one : answer.found) {
      rows.push_back({shown_name(one.end), type_of(one.end, one.edge.kind), std::string(to_string(one.edge.kind)),
                      write_place(one.edge.evidence)});
      for (std::size_t i = 0; i < widths.size(); ++i) widths[i] = std::max(widths[i], rows.back()[i].size());
    }
    for (std::size_t i = 0; i < rows.size(); ++i) {
      const auto& [name, type, kind, place] = rows[i];
      text += fmt::format("{}{}  {:<{}}  {:<{}}  ", style(Colour::bold, name),
                          std::string(widths[0] - name.size(), ' '), type, widths[1], kind, widths[2]);
      if (!report.shows_other_end) {
        text += place + "\n";
        continue;
      }
      const AnswerEdge& edge = answer.found[i].edge;
      text += fmt::format("{:<{}}  {} {}\n", place, widths[3], is_refs ? "->" : "<-",
                          shown_name(is_refs ? edge.to : edge.from));
    }
  }
  return text;
}

std::string write_neighbour_notes(const NeighbourReport& report, const Style& style) {
  std::string text;
  for (const NeighbourAnswer& answer : report.configurations) {
    std::string note = style(Colour::blue, "note:");
    if (report.configurations.size() > 1) note += fmt::format(" {}:", answer.scope.configuration);
    if (answer.inherited == 1) {
      text += fmt::format("{} 1 edge is left out that seems to be inherited; --transitive follows all\n", note);
    } else if (answer.inherited > 1) {
      text += fmt::format("{} {} edges are left out that seem to be inherited; --transitive follows all\n", note,
                          answer.inherited);
    }
    if (!answer.found.empty() && !answer.scope.unseen.empty()) {
      text += fmt::format("{} {}", note, write_unseen(answer.scope.unseen));
    }
    for (const ConditionalLink& link : answer.scope.maybe) text += fmt::format("{} {}", note, write_maybe(link));
  }
  return text;
}

}  // namespace bulkhead
