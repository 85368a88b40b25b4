#include "auditor/graph_subject.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <memory>
#include <unordered_map>
#include <utility>

#include "auditor/direct_edges.h"
#include "graph/cmake_sources.h"
#include "graph/inheritance.h"

namespace bulkhead {
namespace {

using Marks = std::vector<bool>;  // by thing

/// Things by position, in both directions of the edges that count.
class SubjectFinder {
 public:
  SubjectFinder(const Question& question, const GraphView& view, const SubjectQuery& query)
      : question_(question), graph_(question.graph()), view_(view), query_(query) {}

  Result<GraphSubject> find() {
    auto chosen = select(query_.selectors);
    auto focus = select(query_.focus);
    auto reached = select(query_.reaches);
    for (const auto* one : {&chosen, &focus, &reached}) {
      if (!*one) return tl::unexpected(one->error());
    }
    find_edges();
    add_things();
    // After this point each thing has a position.
    const Marks visible = hide(*chosen, *focus, *reached);
    Marks shown = visible;
    if (!query_.reaches.empty()) keep_reaching(shown, marks_of(*reached));
    if (!query_.selectors.empty()) keep_near(shown, marks_of(*chosen), query_.depth.value_or(1));
    if (!query_.focus.empty()) {
      keep_near(shown, marks_of(*focus), query_.selectors.empty() ? query_.depth.value_or(1) : 1);
    }
    Marks named = marks_of(*chosen);
    const Marks focused = marks_of(*focus);
    for (std::size_t i = 0; i < named.size(); ++i) named[i] = named[i] || focused[i];
    return collect(visible, shown, named);
  }

 private:
  Result<std::vector<Selector>> parse(const std::vector<std::string>& words) {
    std::vector<Selector> selectors;
    for (const std::string& word : words) {
      auto selector = question_.parse_end(word);
      if (!selector) return tl::unexpected(selector.error());
      selectors.push_back(std::move(*selector));
    }
    return selectors;
  }

  Result<EndSet> select(const std::vector<std::string>& words) {
    auto selectors = parse(words);
    if (!selectors) return tl::unexpected(selectors.error());
    selectors_.push_back(std::make_unique<std::vector<Selector>>(std::move(*selectors)));
    return question_.select(*selectors_.back());
  }

  [[nodiscard]] bool counts_kind(const Edge& edge) const {
    const bool between_targets = edge.from.is_target() && edge.to.is_target();
    if (!query_.kinds.empty()) return counts(query_.kinds, edge.kind);
    if (between_targets) return true;
    // A module that is off may have no targets; that something leans on it is to be seen even so.
    const EdgeId id = graph_.id_of(edge);
    return edge.from.is_target() && view_.dependees[id.value()].is_module() &&
           view_.dependees[id.value()] != view_.dependers[id.value()];
  }

  void find_edges() {
    CMakeSources sources(graph_.info().source_root, graph_.info().build_root);
    const Inheritance inheritance(graph_, sources);
    std::size_t between_targets = 0;
    edges_ = find_direct_edges(graph_, inheritance, [&](const Edge& edge) {
      const bool counted = counts_kind(edge);
      between_targets += counted ? 1 : 0;
      return counted;
    });
    inherited_ = between_targets - edges_.size();
    for (const Edge& edge : graph_.edges()) {
      const bool other = !(edge.from.is_target() && edge.to.is_target());
      if (other && counts_kind(edge)) edges_.push_back(graph_.id_of(edge));
    }
    std::sort(edges_.begin(), edges_.end());
  }

  void add_thing(Endpoint end) {
    if (positions_.try_emplace(end.bits(), things_.size()).second) things_.push_back(end);
  }

  // Targets, then what else stands at the edges that count.
  void add_things() {
    for (std::size_t i = 0; i < graph_.targets().size(); ++i) add_thing(Endpoint::target(TargetId(i)));
    for (const EdgeId id : edges_) {
      add_thing(graph_[id].from);
      add_thing(graph_[id].to);
    }
    out_.assign(things_.size(), {});
    in_.assign(things_.size(), {});
    for (const EdgeId id : edges_) {
      const std::size_t from = positions_.at(graph_[id].from.bits());
      const std::size_t to = positions_.at(graph_[id].to.bits());
      out_[from].push_back(to);
      in_[to].push_back(from);
    }
  }

  [[nodiscard]] Marks marks_of(const EndSet& set) const {
    Marks marks(things_.size(), false);
    for (std::size_t i = 0; i < things_.size(); ++i) marks[i] = set.contains(things_[i]);
    return marks;
  }

  [[nodiscard]] bool is_utility(std::size_t thing) const {
    return things_[thing].is_target() && graph_[things_[thing].target_id()].type == TargetType::utility;
  }

  /// Which things may be shown. What was asked for always is.
  Marks hide(const EndSet& chosen, const EndSet& focus, const EndSet& reached) {
    Marks shown(things_.size(), true);
    if (query_.all) return shown;
    const auto is_named = [&](std::size_t thing) {
      return chosen.contains(things_[thing]) || focus.contains(things_[thing]) || reached.contains(things_[thing]);
    };
    Marks needed(things_.size(), false);
    std::vector<std::size_t> queue;
    for (std::size_t i = 0; i < things_.size(); ++i) {
      const bool aside = things_[i].is_target() && view_.targets[things_[i].index()] == Owner::set_aside();
      if (aside && !is_named(i)) {
        shown[i] = false;
        ++hidden_set_aside_;
      } else if (is_named(i) || (things_[i].is_target() ? !is_utility(i) : !out_[i].empty())) {
        needed[i] = true;
        queue.push_back(i);
      }
    }
    for (std::size_t next = 0; next < queue.size(); ++next) {
      for (const std::size_t to : out_[queue[next]]) {
        if (!shown[to] || needed[to]) continue;
        needed[to] = true;
        queue.push_back(to);
      }
    }
    for (std::size_t i = 0; i < things_.size(); ++i) {
      if (!shown[i] || needed[i]) continue;
      shown[i] = false;
      hidden_utilities_ += is_utility(i) ? 1 : 0;
    }
    return shown;
  }

  void keep_reaching(Marks& shown, const Marks& goals) const {
    Marks reaching(things_.size(), false);
    std::vector<std::size_t> queue;
    const auto visit = [&](std::size_t thing) {
      if (!shown[thing] || reaching[thing]) return;
      reaching[thing] = true;
      queue.push_back(thing);
    };
    for (std::size_t i = 0; i < things_.size(); ++i) {
      if (goals[i]) visit(i);
    }
    for (std::size_t next = 0; next < queue.size(); ++next) {
      for (const std::size_t from : in_[queue[next]]) visit(from);
    }
    shown = std::move(reaching);
  }

  /// Keeps what is at most `depth` edges from the marked things, whatever their direction; remembers the distances.
  void keep_near(Marks& shown, const Marks& centre, std::size_t depth) {
    constexpr std::size_t far = std::numeric_limits<std::size_t>::max();
    std::vector<std::size_t> distance(things_.size(), far);
    std::vector<std::size_t> queue;
    const auto visit = [&](std::size_t thing, std::size_t steps) {
      if (!shown[thing] || distance[thing] != far) return;
      distance[thing] = steps;
      queue.push_back(thing);
    };
    for (std::size_t i = 0; i < things_.size(); ++i) {
      if (centre[i]) visit(i, 0);
    }
    for (std::size_t next = 0; next < queue.size(); ++next) {
      const std::size_t thing = queue[next];
      if (distance[thing] == depth) continue;
      for (const std::size_t to : out_[thing]) visit(to, distance[thing] + 1);
      for (const std::size_t from : in_[thing]) visit(from, distance[thing] + 1);
    }
    for (std::size_t i = 0; i < things_.size(); ++i) shown[i] = distance[i] != far;
    // Between things on the rim an edge says nothing about what was asked for.
    rim_.resize(things_.size(), false);
    for (std::size_t i = 0; i < things_.size(); ++i) {
      if (distance[i] == depth && depth > 0) rim_[i] = true;
    }
  }

  GraphSubject collect(const Marks& visible, const Marks& shown, const Marks& named) const {
    GraphSubject subject;
    subject.title = say_title();
    Marks drawn(things_.size(), false);
    for (const EdgeId id : edges_) {
      const std::size_t from = positions_.at(graph_[id].from.bits());
      const std::size_t to = positions_.at(graph_[id].to.bits());
      if (!visible[from] || !visible[to]) ++subject.hidden_edges;
      if (!shown[from] || !shown[to]) continue;
      if (!rim_.empty() && rim_[from] && rim_[to]) {
        ++subject.outer_edges;
        continue;
      }
      subject.edges.push_back(id);
      drawn[from] = true;
      drawn[to] = true;
    }
    for (std::size_t i = 0; i < things_.size(); ++i) {
      // A file stands in the picture for the sake of its edges.
      if (!shown[i] || !(drawn[i] || named[i] || things_[i].is_target())) continue;
      subject.things.push_back(things_[i]);
      subject.chosen.push_back(named[i]);
    }
    if (!query_.selectors.empty() || !query_.focus.empty() || !query_.reaches.empty()) {
      subject.hidden_edges = 0;  // what is out of sight anyway
      return subject;
    }
    subject.inherited_edges = inherited_;
    subject.hidden_utilities = hidden_utilities_;
    subject.hidden_set_aside = hidden_set_aside_;
    return subject;
  }

  [[nodiscard]] std::string say_title() const {
    std::string title = query_.selectors.empty() ? "all targets" : fmt::format("{}", fmt::join(query_.selectors, " "));
    const std::size_t depth = query_.depth.value_or(1);
    if (!query_.selectors.empty() && depth > 0) {
      title += fmt::format(", and what is {} edge{} away", depth, depth == 1 ? "" : "s");
    }
    if (!query_.focus.empty()) title += fmt::format(", next to {}", fmt::join(query_.focus, " "));
    if (!query_.reaches.empty()) title += fmt::format(", that reach {}", fmt::join(query_.reaches, " "));
    if (!query_.kinds.empty()) {
      std::vector<std::string_view> names;
      for (const EdgeKind kind : query_.kinds) names.push_back(to_string(kind));
      title += fmt::format(", by {}", fmt::join(names, ", "));
    }
    return title;
  }

  const Question& question_;
  const TargetGraph& graph_;
  const GraphView& view_;
  const SubjectQuery& query_;
  std::vector<std::unique_ptr<std::vector<Selector>>> selectors_;  // that sets borrow from
  std::vector<EdgeId> edges_;
  std::vector<Endpoint> things_;
  std::unordered_map<std::uint32_t, std::size_t> positions_;  // by Endpoint::bits()
  std::vector<std::vector<std::size_t>> out_;
  std::vector<std::vector<std::size_t>> in_;
  Marks rim_;  // empty without a depth
  std::size_t inherited_ = 0;
  std::size_t hidden_utilities_ = 0;
  std::size_t hidden_set_aside_ = 0;
};

}  // namespace

Result<GraphSubject> choose_subject(const Question& question, const GraphView& view, const SubjectQuery& query) {
  return SubjectFinder(question, view, query).find();
}

}  // namespace bulkhead
