#include "auditor/page_graph.h"

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <tuple>
#include <unordered_map>
#include <utility>

#include "auditor/direct_edges.h"
#include "auditor/view_graph.h"

namespace bulkhead {
namespace {

std::string folder_of(std::string_view path) {
  const std::size_t slash = path.rfind('/');
  return slash == std::string_view::npos ? "." : std::string(path.substr(0, slash));
}

class PageGraphBuilder {
 public:
  PageGraphBuilder(const RuleInput& input, const Inheritance& inheritance)
      : input_(input), graph_(input.graph), inheritance_(inheritance) {}

  PageGraph build() {
    GraphView view = view_graph(graph_, input_.modules, input_.on);
    page_.configuration = graph_.info().configuration;
    page_.modules = std::move(view.modules);
    if (graph_.targets().size() > most_page_targets) {
      page_.left_out = true;
      return std::move(page_);
    }
    for (std::size_t i = 0; i < graph_.targets().size(); ++i) add_target(TargetId(i), view.targets[i]);
    page_.target_count = page_.ends.size();
    add_direct_edges();
    add_edges_into_modules(view);
    add_includes();
    sort_edges();
    return std::move(page_);
  }

 private:
  void add_target(TargetId id, Owner owner) {
    const Target& target = graph_[id];
    page_.ends.push_back({.label = to_label(graph_, Endpoint::target(id)),
                          .type = std::string(to_string(target.type)),
                          .directory = std::string(graph_.text(target.source_directory)),
                          .owner = owner,
                          .place = place_of(target.frame)});
  }

  void add_direct_edges() {
    const auto counts = [](const Edge&) { return true; };
    const std::vector<EdgeId> direct = find_direct_edges(graph_, inheritance_, counts);
    std::uint64_t between_targets = 0;
    for (const Edge& edge : graph_.edges()) between_targets += edge.from.is_target() && edge.to.is_target() ? 1 : 0;
    page_.inherited = between_targets - direct.size();
    for (const EdgeId id : direct) add_edge(graph_[id], graph_[id].from.index(), graph_[id].to.index());
  }

  // Files, libraries and definitions are of interest where they are a module's, and somebody else's business.
  void add_edges_into_modules(const GraphView& view) {
    for (const Edge& edge : graph_.edges()) {
      const std::size_t i = graph_.id_of(edge).value();
      const bool between_targets = edge.from.is_target() && edge.to.is_target();
      if (between_targets || !view.dependees[i].is_module() || view.dependees[i] == view.dependers[i]) continue;
      const std::uint32_t from = end_of(edge.from, view.dependers[i]);
      add_edge(edge, from, end_of(edge.to, view.dependees[i]));
    }
  }

  void add_includes() {
    for (const IncludeEdge& include : input_.includes.edges) {
      const std::uint32_t to = end_of("file:" + include.file, folder_of(include.file), Owner::module(include.part));
      const PagePlace place{file_number(include.place.file), include.place.line};
      for (const TargetId target : include.targets) {
        page_.edges.push_back(
            {.from = target.value(), .to = to, .kind = EdgeKind::include, .known = Known::derived, .place = place});
      }
    }
  }

  void add_edge(const Edge& edge, std::uint32_t from, std::uint32_t to) {
    page_.edges.push_back(
        {.from = from, .to = to, .kind = edge.kind, .known = edge.known, .place = place_of(edge.frame)});
  }

  std::uint32_t end_of(Endpoint end, Owner owner) {
    if (end.is_target()) return end.index();
    const bool is_file = end.kind() == EndpointKind::file;
    return end_of(to_label(graph_, end), is_file ? folder_of(graph_.text(end.string_id())) : "", owner);
  }

  // Of what is no target.
  std::uint32_t end_of(std::string label, std::string directory, Owner owner) {
    const auto [found, is_new] = others_.try_emplace(label, static_cast<std::uint32_t>(page_.ends.size()));
    if (is_new) {
      page_.ends.push_back(
          {.label = std::move(label), .type = {}, .directory = std::move(directory), .owner = owner, .place = {}});
    }
    return found->second;
  }

  std::uint32_t file_number(const std::string& file) {
    const auto [found, is_new] = files_.try_emplace(file, static_cast<std::uint32_t>(page_.files.size()));
    if (is_new) page_.files.push_back(file);
    return found->second;
  }

  PagePlace place_of(OptionalFrameId frame) {
    if (!frame) return {};
    const auto known = places_.find((*frame).value());
    if (known != places_.end()) return known->second;
    const std::optional<CallFrame> call = graph_.call_site(*frame);
    PagePlace place;
    if (call) place = {file_number(std::string(call->file)), call->line};
    places_.emplace((*frame).value(), place);
    return place;
  }

  // The same edge may come by several calls; each is kept.
  void sort_edges() {
    const auto key = [](const PageEdge& edge) {
      return std::tuple(edge.from, edge.to, edge.kind, edge.place.file, edge.place.line, edge.known);
    };
    std::sort(page_.edges.begin(), page_.edges.end(),
              [&key](const PageEdge& a, const PageEdge& b) { return key(a) < key(b); });
    page_.edges.erase(std::unique(page_.edges.begin(), page_.edges.end()), page_.edges.end());
  }

  const RuleInput& input_;
  const TargetGraph& graph_;
  const Inheritance& inheritance_;
  PageGraph page_;
  std::map<std::string, std::uint32_t, std::less<>> others_;
  std::map<std::string, std::uint32_t, std::less<>> files_;
  std::unordered_map<std::uint32_t, PagePlace> places_;  // by FrameId
};

}  // namespace

PageGraph make_page_graph(const RuleInput& input, const Inheritance& inheritance) {
  return PageGraphBuilder(input, inheritance).build();
}

}  // namespace bulkhead
