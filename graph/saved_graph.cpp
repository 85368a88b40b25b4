#include "graph/saved_graph.h"

#include <simdjson.h>

#include <algorithm>
#include <array>
#include <optional>
#include <tuple>
#include <unordered_map>
#include <utility>

#include "graph/call_index.h"
#include "graph/cmake_sources.h"
#include "graph/declaring_call.h"
#include "graph/inheritance.h"

namespace bulkhead {
namespace {

// The text with U+FFFD for every byte beyond ASCII, when it is no UTF-8.
std::string valid_text(std::string_view text) {
  if (simdjson::validate_utf8(text.data(), text.size())) return std::string(text);
  std::string valid;
  for (const char c : text) {
    if (static_cast<unsigned char>(c) < 0x80) {
      valid += c;
    } else {
      valid += "\xef\xbf\xbd";
    }
  }
  return valid;
}

// A path ends here: what follows is no part of the name of its last directory.
bool ends_name(std::string_view rest) {
  constexpr std::string_view ends = "/\"'\\;:, )>";
  return rest.empty() || ends.find(rest.front()) != std::string_view::npos;
}

void replace_root(std::string& text, const std::string& root, std::string_view mark) {
  if (root.size() < 2) return;  // the root of the file system is in every path
  for (std::size_t at = text.find(root); at != std::string::npos; at = text.find(root, at)) {
    if (ends_name(std::string_view(text).substr(at + root.size()))) {
      text.replace(at, root.size(), mark);
      at += mark.size();
    } else {
      at += root.size();
    }
  }
}

struct Place {
  std::string file;
  std::uint32_t line = 0;
};

/// Saves the graph of one configuration.
class Saver {
 public:
  Saver(const TargetGraph& graph, StringPool& strings)
      : graph_(graph),
        strings_(strings),
        sources_(graph.info().source_root, graph.info().build_root),
        index_(sources_, graph),
        inheritance_(graph, sources_),
        has_sources_(!sources_.calls("CMakeLists.txt").empty()),
        nothing_(strings.intern("")) {}

  SavedConfiguration save() {
    SavedConfiguration saved{.name = valid_text(graph_.info().configuration), .targets = {}, .edges = {}};
    saved.targets.reserve(graph_.targets().size());
    for (const Target& target : graph_.targets()) {
      const Place place = target.frame ? place_of(*target.frame) : Place{};
      saved.targets.push_back({.name = strings_.intern(valid_text(graph_.text(target.name))),
                               .directory = strings_.intern(valid_text(graph_.text(target.source_directory))),
                               .file = strings_.intern(place.file),
                               .line = place.line,
                               .type = target.type,
                               .imported = target.imported,
                               .abstract = target.abstract});
    }
    saved.edges.reserve(graph_.edges().size());
    for (const Edge& edge : graph_.edges()) saved.edges.push_back(save_edge(edge));
    return saved;
  }

 private:
  SavedEdge save_edge(const Edge& edge) {
    const bool inherited = edge.from.is_target() && edge.to.is_target() && inheritance_.is_inherited(edge);
    SavedEdge saved{.from = label_of(edge.from),
                    .to = label_of(edge.to),
                    .file = nothing_,
                    .line = 0,
                    .kind = edge.kind,
                    .known = edge.known,
                    .inherited = inherited};
    if (const auto [file, line] = find_place(edge, inherited); !file.empty()) {
      saved.file = strings_.intern(file);
      saved.line = line;
    }
    return saved;
  }

  // The call that made the edge. When the reply names a call that speaks of something else, and no other one is found,
  // the file alone.
  Place find_place(const Edge& edge, bool inherited) {
    Place named = edge.frame ? place_of(*edge.frame) : Place{};
    // What is inherited has no line of its own; and most edges of old codemodels are.
    if (inherited || !has_sources_ || !edge.from.is_target()) return named;
    const bool wrong = is_wrong_call(sources_, graph_, edge);
    if (named.line != 0 && !wrong) return named;
    if (const auto found = find_declaring_call(index_, graph_, edge)) return {found->file, found->call->line};
    return {named.file, 0};
  }

  const Place& place_of(FrameId frame) {
    const auto [found, is_new] = places_.try_emplace(frame.value());
    if (is_new) {
      if (const auto site = graph_.call_site(frame)) {
        found->second = {valid_text(site->file), site->line};
      }
    }
    return found->second;
  }

  StringId label_of(Endpoint end) {
    const auto [found, is_new] = labels_.try_emplace(end.bits(), nothing_);
    if (is_new) {
      std::string label = valid_text(to_label(graph_, end));
      if (end.kind() == EndpointKind::definition) {
        // The longer one first: a build tree often lies in the source tree.
        std::array<std::pair<const std::string*, std::string_view>, 2> roots = {
            {{&graph_.info().build_root, build_mark}, {&graph_.info().source_root, "<source>"}}};
        if (roots[0].first->size() < roots[1].first->size()) std::swap(roots[0], roots[1]);
        for (const auto& [root, mark] : roots) replace_root(label, *root, mark);
      }
      found->second = strings_.intern(label);
    }
    return found->second;
  }

  const TargetGraph& graph_;
  StringPool& strings_;
  CMakeSources sources_;
  CallIndex index_;
  Inheritance inheritance_;
  bool has_sources_;
  StringId nothing_;
  std::unordered_map<std::uint32_t, Place> places_;
  std::unordered_map<std::uint32_t, StringId> labels_;
};

// The position of each string in the order of their texts.
std::vector<std::uint32_t> rank_of(const StringPool& strings) {
  std::vector<StringId> order;
  for (std::size_t i = 0; i < strings.size(); ++i) order.emplace_back(i);
  std::sort(order.begin(), order.end(), [&](StringId a, StringId b) { return strings[a] < strings[b]; });
  std::vector<std::uint32_t> ranks(order.size());
  for (std::size_t i = 0; i < order.size(); ++i) ranks[order[i].value()] = static_cast<std::uint32_t>(i);
  return ranks;
}

}  // namespace

void sort_saved_graph(SavedGraph& graph) {
  const auto ranks = rank_of(graph.strings);
  const auto rank = [&ranks](StringId id) { return ranks[id.value()]; };
  const auto ends = [&rank](const SavedEdge& edge) { return std::tuple(rank(edge.from), edge.kind, rank(edge.to)); };
  for (SavedConfiguration& configuration : graph.configurations) {
    const auto target_key = [&rank](const SavedTarget& target) {
      return std::tuple(rank(target.name), rank(target.directory), target.type, rank(target.file), target.line,
                        target.imported, target.abstract);
    };
    auto& targets = configuration.targets;
    std::sort(targets.begin(), targets.end(),
              [&](const SavedTarget& a, const SavedTarget& b) { return target_key(a) < target_key(b); });
    auto& edges = configuration.edges;
    std::sort(edges.begin(), edges.end(), [&](const SavedEdge& a, const SavedEdge& b) {
      const auto key = [&](const SavedEdge& edge) {
        return std::tuple(ends(edge), edge.inherited, edge.known, edge.line == 0, rank(edge.file), edge.line);
      };
      return key(a) < key(b);
    });
    edges.erase(std::unique(edges.begin(), edges.end(),
                            [&](const SavedEdge& a, const SavedEdge& b) { return ends(a) == ends(b); }),
                edges.end());
  }
}

SavedGraph save_graph(const BuildTree& tree) {
  const BuildInfo& info = tree.graphs.front().info();
  SavedGraph saved{.cmake_version = valid_text(info.cmake_version),
                   .generator = valid_text(info.generator),
                   .codemodel_major = info.codemodel_major,
                   .codemodel_minor = info.codemodel_minor,
                   .captured = true,
                   .commands = tree.inputs.commands == CommandState::used,
                   .strings = {},
                   .configurations = {}};
  for (const TargetGraph& graph : tree.graphs) {
    saved.captured = saved.captured && graph.is_captured();
    saved.configurations.push_back(Saver(graph, saved.strings).save());
  }
  sort_saved_graph(saved);
  return saved;
}

}  // namespace bulkhead
