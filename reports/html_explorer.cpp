// The fourth section of the HTML report: the graph itself, as data for the explorer.
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "reports/html_parts.h"
#include "reports/html_text.h"
#include "reports/label.h"

namespace bulkhead {
namespace {

using Json = nlohmann::ordered_json;

// Numbers of seven bits a byte, the lowest first; the highest bit says that more follow (LEB128).
class Numbers {
 public:
  void add(std::uint64_t number) {
    for (; number >= 0x80; number >>= 7U) bytes_ += static_cast<char>(number | 0x80U);
    bytes_ += static_cast<char>(number);
  }
  [[nodiscard]] std::string text() const { return to_base64(bytes_); }

 private:
  std::string bytes_;
};

// Each string with the length of what it shares with the one before, as a character from '0' on. Only ASCII is shared,
// so that bytes are characters.
class SharedNames {
 public:
  void add(std::string_view name) {
    const std::string text = displayable(name);
    std::size_t shared = 0;
    const std::size_t most = std::min({text.size(), last_.size(), std::size_t{60}});
    while (shared < most && text[shared] == last_[shared] && static_cast<unsigned char>(text[shared]) < 0x80) ++shared;
    names_.push_back(static_cast<char>('0' + shared) + text.substr(shared));
    last_ = text;
  }
  [[nodiscard]] const Json& json() const { return names_; }

 private:
  Json names_ = Json::array();
  std::string last_;
};

// Strings by number, in the order in which they come.
class StringTable {
 public:
  std::uint32_t number(const std::string& text) {
    const auto [found, is_new] = numbers_.try_emplace(text, static_cast<std::uint32_t>(numbers_.size()));
    if (is_new) names_.add(text);
    return found->second;
  }
  [[nodiscard]] const Json& json() const { return names_.json(); }

 private:
  std::map<std::string, std::uint32_t, std::less<>> numbers_;
  SharedNames names_;
};

std::uint64_t code_of(Owner owner) {
  if (owner.is_module()) return owner.module_index() + 2;
  return owner.is_core() ? 0 : 1;
}

std::uint64_t code_of(EdgeKind kind) {
  return static_cast<std::uint64_t>(std::find(edge_kinds.begin(), edge_kinds.end(), kind) - edge_kinds.begin());
}

Json write_modules(const PageGraph& graph) {
  Json json = Json::array();
  for (const ViewedModule& module : graph.modules) {
    json.push_back({{"name", displayable(module.name)}, {"toggle", displayable(module.toggle)}, {"on", module.on}});
  }
  return json;
}

// Depender, dependee, kind and the article of each finding about an edge of this graph.
Json write_findings(const PageGraph& graph, const Report& report) {
  std::unordered_map<std::string_view, std::size_t> ends;
  for (std::size_t i = 0; i < graph.ends.size(); ++i) ends.try_emplace(graph.ends[i].label, i);
  const std::vector<std::string> ids = finding_ids(report);
  Json json = Json::array();
  for (std::size_t i = 0; i < report.findings.size(); ++i) {
    const Finding& finding = report.findings[i];
    if (!finding.edge || finding.configuration != graph.configuration) continue;
    const auto from = ends.find(finding.edge->from.label);
    const auto to = ends.find(finding.edge->to.label);
    if (from == ends.end() || to == ends.end()) continue;
    json.push_back({from->second, to->second, code_of(finding.edge->kind), ids[i]});
  }
  return json;
}

}  // namespace

std::string write_page_graph(const PageGraph& graph, const Report& report) {
  SharedNames labels;
  SharedNames files;
  StringTable directories;
  StringTable types;
  Numbers ends;
  Numbers edges;
  const auto add_place = [](Numbers& numbers, const PagePlace& place) {
    numbers.add(place.line);
    if (place.line != 0) numbers.add(place.file);
  };
  for (const std::string& file : graph.files) files.add(file);
  for (const PageEnd& end : graph.ends) {
    labels.add(end.type.empty() ? std::string_view(end.label) : std::string_view(end.label).substr(7));  // "target:"
    ends.add(types.number(end.type));
    ends.add(code_of(end.owner));
    ends.add(directories.number(end.directory));
    add_place(ends, end.place);
  }
  auto edge = graph.edges.begin();
  for (std::uint32_t from = 0; from < graph.ends.size(); ++from) {
    const auto end = std::find_if(edge, graph.edges.end(), [from](const PageEdge& one) { return one.from != from; });
    edges.add(static_cast<std::uint64_t>(end - edge));
    for (std::uint32_t last = 0; edge != end; last = edge->to, ++edge) {
      edges.add(edge->to - last);
      edges.add(code_of(edge->kind) * 2 + (edge->known == Known::declared ? 0 : 1));
      add_place(edges, edge->place);
    }
  }
  Json kinds = Json::array();
  for (const EdgeKind kind : edge_kinds) kinds.push_back(to_string(kind));
  const Json json{{"configuration", displayable(graph.configuration)},
                  {"kinds", kinds},
                  {"modules", write_modules(graph)},
                  {"types", types.json()},
                  {"directories", directories.json()},
                  {"files", files.json()},
                  {"targets", graph.target_count},
                  {"labels", labels.json()},
                  {"inherited", graph.inherited},
                  {"findings", write_findings(graph, report)},
                  {"ends", ends.text()},
                  {"edges", edges.text()}};
  return escape_script(json.dump(-1, ' ', false, Json::error_handler_t::replace));
}

std::string write_explorer_section(const Report& report) {
  if (report.graphs.empty()) return "";
  std::string html =
      "<section id=\"explorer\" aria-labelledby=\"explorer-title\">\n<h2 id=\"explorer-title\">Explorer</h2>\n"
      "<div id=\"explorer-place\"><p>The explorer needs scripts, which this page may not run here. "
      "<code>bulkhead refs</code>, <code>bulkhead deps</code> and <code>bulkhead why</code> answer the same "
      "questions.</p></div>\n";
  for (std::size_t i = 0; i < report.graphs.size(); ++i) {
    const PageGraph& graph = report.graphs[i];
    std::size_t same = 0;
    while (same < i && !is_same_graph(report.graphs[same], graph)) ++same;
    if (graph.left_out || same < i) continue;
    html += fmt::format("<script type=\"application/json\" class=\"graph\" data-configuration=\"{}\">{}</script>\n",
                        escape_html(say_configuration(graph.configuration)), write_page_graph(graph, report));
  }
  return html + "</section>\n";
}

}  // namespace bulkhead
