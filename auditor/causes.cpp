#include "auditor/causes.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <tuple>
#include <unordered_map>
#include <utility>

#include "graph/declaring_call.h"
#include "graph/inheritance.h"
#include "graph/paths.h"

namespace bulkhead {
namespace {

// True when a call of that command sets entries of that kind itself. What any other call brings in,
// target_link_libraries() above all, is a usage requirement of something that is linked.
bool sets_itself(EdgeKind kind, std::string_view command) {
  if (kind == EdgeKind::file_link || command.empty()) return true;
  if (command == "set_property" || command == "set_target_properties") return true;
  if (kind == EdgeKind::source) return command != "target_link_libraries";
  return command.ends_with("include_directories") || command.ends_with("definitions") ||
         command.ends_with("compile_options");
}

class CauseFinder {
 public:
  CauseFinder(const RuleInput& input, const Inheritance& inheritance, const CauseQuery& query)
      : input_(input), graph_(input.graph), inheritance_(inheritance), query_(query) {}

  std::vector<Cause> find() {
    collect();
    find_who_reaches_module();
    find_target_causes();
    find_traced_causes();
    for (const EdgeId id : from_files_) causes_.push_back({.edge = id, .frame = {}, .inherited_by = {}});
    std::erase_if(causes_, [this](const Cause& cause) { return !reaches_asked(cause); });
    for (Cause& cause : causes_) {
      std::sort(cause.inherited_by.begin(), cause.inherited_by.end(),
                [this](TargetId a, TargetId b) { return std::pair(graph_.name(a), a) < std::pair(graph_.name(b), b); });
      const auto repeated = std::unique(cause.inherited_by.begin(), cause.inherited_by.end());
      cause.inherited_by.erase(repeated, cause.inherited_by.end());
    }
    return std::move(causes_);
  }

 private:
  // The edges by how their cause is found.
  void collect() {
    for (const EdgeId id : query_.edges) {
      const Edge& edge = graph_[id];
      if (!edge.from.is_target()) {
        if (!query_.is_expected || !query_.is_expected(edge)) from_files_.push_back(id);
      } else if (edge.to.is_target() && edge.kind != EdgeKind::file_link) {
        onto_targets_[edge.from.target_id()].push_back(id);
      } else {
        traced_.push_back(id);
      }
    }
  }

  // Which targets have a way to the module over edges that are inherited.
  void find_who_reaches_module() {
    reaches_module_.assign(graph_.targets().size(), false);
    std::vector<TargetId> queue;
    for (std::size_t i = 0; i < graph_.targets().size(); ++i) {
      if (query_.is_inside(Endpoint::target(TargetId(i)))) queue.emplace_back(i);
    }
    for (std::size_t next = 0; next < queue.size(); ++next) {
      for (const EdgeId id : graph_.edges_to(queue[next])) {
        const Edge& edge = graph_[id];
        if (!edge.from.is_target() || !is_inheritable(edge.kind) || reaches_module_[edge.from.index()]) continue;
        reaches_module_[edge.from.index()] = true;
        queue.push_back(edge.from.target_id());
      }
    }
  }

  void find_target_causes() {
    // After this loop every edge onto a target of the module is in causes_ or inherited.
    std::map<TargetId, std::vector<EdgeId>> inherited;
    for (const auto& [depender, edges] : onto_targets_) {
      for (const EdgeId id : edges) {
        if (inheritance_.is_inherited(graph_[id])) {
          inherited[depender].push_back(id);
        } else {
          causes_.push_back({.edge = id, .frame = {}, .inherited_by = {}});
        }
      }
    }
    std::sort(causes_.begin(), causes_.end(), [](const Cause& a, const Cause& b) { return a.edge < b.edge; });
    if (graph_.has_direct_edges()) add_inheritors_of_direct_edges();
    for (std::size_t i = 0; i < causes_.size(); ++i)
      causes_by_dependee_[graph_[causes_[i].edge].to.index()].push_back(i);
    // Without a cause to stand under, an edge is one itself: nothing is lost, whatever the reply says.
    std::vector<EdgeId> lost;
    for (const auto& [depender, edges] : inherited) {
      const std::vector<EdgeId> left = settle(onto_targets_[depender], edges);
      lost.insert(lost.end(), left.begin(), left.end());
    }
    for (const EdgeId id : lost) causes_.push_back({.edge = id, .frame = {}, .inherited_by = {}});
    if (graph_.has_direct_edges()) return;
    for (Cause& cause : causes_) add_rest_of_cycle(cause);
  }

  // Finds the causes of a target's inherited edges, `edges` among `all` that it has onto the module. Returns those that
  // have none.
  std::vector<EdgeId> settle(const std::vector<EdgeId>& all, std::vector<EdgeId> edges) {
    std::erase_if(edges, [this](EdgeId id) { return add_inheritor(id); });
    // The rest may come along with another target of the module that the depender has; that edge must be settled
    // itself.
    for (bool changed = true; changed && !edges.empty();) {
      const std::size_t before = edges.size();
      std::erase_if(edges, [&](EdgeId id) {
        return std::any_of(all.begin(), all.end(), [&](EdgeId other) {
          return other != id && std::find(edges.begin(), edges.end(), other) == edges.end() &&
                 inheritance_.brings(graph_[other].to.target_id(), graph_[id].to);
        });
      });
      changed = edges.size() != before;
    }
    return edges;
  }

  // Books an inherited edge under the causes onto the same target that it can come from. False when there is none.
  bool add_inheritor(EdgeId id) {
    const Edge& edge = graph_[id];
    const auto same_end = causes_by_dependee_.find(edge.to.index());
    if (same_end == causes_by_dependee_.end()) return false;
    bool found = false;
    for (const std::size_t i : same_end->second) {
      const TargetId maker = graph_[causes_[i].edge].from.target_id();
      const bool inherits = maker == edge.from.target_id() || depends_on(edge.from.target_id(), maker) ||
                            depends_through_cycle(edge.from.target_id(), maker);
      if (inherits && maker != edge.from.target_id()) add_to(causes_[i], edge.from.target_id());
      found = found || inherits;
    }
    return found;
  }

  // `dependencies` lists a part of a cycle of static libraries only; who depends on the others has a way to them.
  bool depends_through_cycle(TargetId depender, TargetId dependee) {
    auto [found, is_new] = dependers_through_cycle_.try_emplace(dependee.value());
    if (is_new) {
      const auto edges = graph_.edges_to(dependee);
      const bool in_cycle =
          std::any_of(edges.begin(), edges.end(), [this](EdgeId id) { return is_in_chain(graph_[id]); });
      const auto use = [](const Edge& hop) { return is_inheritable(hop.kind); };
      if (in_cycle) found->second = find_dependers(graph_, dependee, use);
    }
    return std::binary_search(found->second.begin(), found->second.end(), depender);
  }

  static bool is_in_chain(const Edge& edge) {
    return is_inheritable(edge.kind) && !edge.frame && edge.known == Known::derived;
  }

  // A cycle of static libraries is listed as a chain without calls, of which the last one alone has the cycle's edges.
  void add_rest_of_cycle(Cause& cause) {
    const Edge& edge = graph_[cause.edge];
    if (!edge.from.is_target() || !is_inheritable(edge.kind)) return;
    for (const TargetId depender : find_dependers(graph_, edge.from.target_id(), is_in_chain)) {
      if (!query_.is_inside(Endpoint::target(depender))) add_to(cause, depender);
    }
  }

  // With direct edges at hand, those inherit that have a way to the depender, and for which CMake builds the dependee
  // first. An abstract target is never built; there the way alone has to do.
  void add_inheritors_of_direct_edges() {
    std::set<std::pair<Endpoint, Endpoint>> direct;
    for (const Cause& cause : causes_) direct.emplace(graph_[cause.edge].from, graph_[cause.edge].to);
    for (Cause& cause : causes_) {
      const Edge& edge = graph_[cause.edge];
      if (!is_inheritable(edge.kind)) continue;
      const bool is_built = !graph_[edge.to.target_id()].abstract;
      const auto use = [](const Edge& hop) { return is_inheritable(hop.kind); };
      for (const TargetId depender : find_dependers(graph_, edge.from.target_id(), use)) {
        if (direct.contains({Endpoint::target(depender), edge.to}) || query_.is_inside(Endpoint::target(depender)))
          continue;
        // In a cycle of static libraries `dependencies` lists less than is linked.
        const bool inherits =
            !is_built || depends_on(depender, edge.to.target_id()) || reaches(edge.from.target_id(), depender);
        if (inherits) add_to(cause, depender);
      }
    }
  }

  // True when `from` has a way to `to` over edges that are inherited.
  bool reaches(TargetId from, TargetId to) {
    auto [found, is_new] = reached_.try_emplace(from.value());
    std::vector<bool>& reached = found->second;
    if (is_new) {
      reached.assign(graph_.targets().size(), false);
      std::vector<TargetId> queue = {from};
      for (std::size_t next = 0; next < queue.size(); ++next) {
        for (const Edge& edge : graph_.edges_from(queue[next])) {
          if (!edge.to.is_target() || !is_inheritable(edge.kind) || reached[edge.to.index()]) continue;
          reached[edge.to.index()] = true;
          queue.push_back(edge.to.target_id());
        }
      }
    }
    return reached[to.value()];
  }

  bool depends_on(TargetId depender, TargetId dependee) {
    auto [found, is_new] = closures_.try_emplace(depender.value());
    std::vector<TargetId>& closure = found->second;
    if (is_new) {
      for (const Dependency& dependency : graph_.dependencies(depender)) closure.push_back(dependency.target);
      std::sort(closure.begin(), closure.end());
    }
    return std::binary_search(closure.begin(), closure.end(), dependee);
  }

  void add_to(Cause& cause, TargetId depender) const {
    if (query_.is_asked(Endpoint::target(depender))) cause.inherited_by.push_back(depender);
  }

  using Place = std::vector<std::pair<std::string, std::uint32_t>>;  // file and line of each call, outermost first

  // The calls behind an edge: by the reply, else by the text of the CMake files.
  [[nodiscard]] Place place_of(const Edge& edge) const {
    Place place;
    if (edge.frame) {
      for (const CallFrame& frame : graph_.call_stack(*edge.frame)) place.emplace_back(frame.file, frame.line);
    }
    if (!place.empty()) return place;
    if (const auto call = find_declaring_call(input_.sources, graph_, edge)) {
      place.emplace_back(call->file, call->call->line);
    }
    return place;
  }

  // One cause for each call that brought an entry in, whatever number of targets got it.
  void find_traced_causes() {
    std::map<std::tuple<EdgeKind, Endpoint, Place>, std::vector<EdgeId>> calls;
    for (const EdgeId id : traced_) {
      const Edge& edge = graph_[id];
      calls[{edge.kind, edge.to, place_of(edge)}].push_back(id);
    }
    drop_directories_of_files(calls);
    fold_unplaced(calls);
    fold_requirements(calls);
    for (auto& [call, edges] : calls) {
      std::erase_if(edges, [this](EdgeId id) { return follows_from_link(id); });
      if (!edges.empty()) add_one_cause(edges);
    }
  }

  // A command that runs in a directory of the module and uses a file there: the file says it all.
  template <class Calls>
  void drop_directories_of_files(Calls& calls) {
    for (auto& [call, edges] : calls) {
      if (std::get<EdgeKind>(call) != EdgeKind::command || std::get<Endpoint>(call).is_target()) continue;
      const Place& place = std::get<Place>(call);
      const std::string folder = std::string(graph_.text(std::get<Endpoint>(call).string_id())) + "/";
      std::erase_if(edges, [&](EdgeId id) {
        return std::any_of(calls.begin(), calls.end(), [&](const auto& other) {
          const auto& [kind, file, other_place] = other.first;
          if (kind != EdgeKind::command || file.is_target() || other_place != place) return false;
          return graph_.text(file.string_id()).starts_with(folder) &&
                 std::any_of(other.second.begin(), other.second.end(),
                             [&](EdgeId one) { return graph_[one].from == graph_[id].from; });
        });
      });
    }
  }

  // What a target demands of those who link it: an entry that a link brought in, where the depender reaches a target
  // with the same entry by a call that sets it. One cause, however many calls link that target.
  template <class Calls>
  void fold_requirements(Calls& calls) {
    std::vector<std::pair<std::vector<EdgeId>*, EdgeId>> moved;
    for (auto& [call, edges] : calls) {
      if (std::get<EdgeKind>(call) == EdgeKind::file_link) continue;
      std::erase_if(edges, [&](EdgeId id) {
        const Edge& edge = graph_[id];
        if (!edge.from.is_target() || is_set_by_itself(edge)) return false;
        for (auto& [other, others] : calls) {
          if (std::get<EdgeKind>(other) != edge.kind || std::get<Endpoint>(other) != edge.to) continue;
          const auto source = std::find_if(others.begin(), others.end(), [&](EdgeId candidate) {
            const Edge& setter = graph_[candidate];
            return setter.from != edge.from && is_set_by_itself(setter) &&
                   reaches(edge.from.target_id(), setter.from.target_id());
          });
          if (source == others.end()) continue;
          moved.emplace_back(&others, id);
          return true;
        }
        return false;
      });
    }
    for (const auto& [edges, id] : moved) edges->push_back(id);
  }

  // True for an entry that a call about the target itself sets; one without a call is declared by it.
  [[nodiscard]] bool is_set_by_itself(const Edge& edge) const {
    if (!edge.frame) return true;
    const std::vector<CallFrame> stack = graph_.call_stack(*edge.frame);
    return stack.empty() || sets_itself(edge.kind, stack.back().command);
  }

  // A declared edge without a call, and those that inherit it with the call: one cause.
  template <class Calls>
  void fold_unplaced(Calls& calls) {
    for (auto& [call, edges] : calls) {
      if (!std::get<Place>(call).empty()) continue;
      std::erase_if(edges, [&](EdgeId id) {
        const Edge& edge = graph_[id];
        const auto inherits = [&](EdgeId other) {
          return reaches(graph_[other].from.target_id(), edge.from.target_id());
        };
        for (auto& [other, others] : calls) {
          const bool same_end = std::get<EdgeKind>(other) == edge.kind && std::get<Endpoint>(other) == edge.to;
          if (!same_end || std::get<Place>(other).empty() || std::none_of(others.begin(), others.end(), inherits))
            continue;
          others.push_back(id);
          return true;
        }
        return false;
      });
    }
  }

  // True for a usage requirement that a link brings along, where that link is an edge of its own. Without such an edge
  // it is the only trace of a library that the reply does not show, and stands for it.
  bool follows_from_link(EdgeId id) const {
    const Edge& edge = graph_[id];
    if (edge.kind == EdgeKind::file_link) return is_file_of_imported(edge);
    if (!edge.frame || !reaches_module_[edge.from.index()]) return false;
    const std::vector<CallFrame> stack = graph_.call_stack(*edge.frame);
    return !stack.empty() && (!sets_itself(edge.kind, stack.back().command) || called_by_module(stack));
  }

  // True for the library of an IMPORTED target of the module that the same call links: one edge is enough.
  bool is_file_of_imported(const Edge& edge) const {
    if (edge.known != Known::derived || !graph_.is_captured()) return false;
    const auto siblings = graph_.edges_from(edge.from.target_id());
    return std::any_of(siblings.begin(), siblings.end(), [&](const Edge& sibling) {
      return sibling.kind == EdgeKind::link && sibling.to.is_target() && graph_[sibling.to.target_id()].imported &&
             query_.is_inside(sibling.to) && place_of(sibling) == place_of(edge);
    });
  }

  // True when the call stands in the module's own CMake files.
  bool called_by_module(const std::vector<CallFrame>& stack) const {
    const auto file = graph_.strings().find(stack.back().file);
    return file && query_.is_inside(Endpoint::file(*file));
  }

  void add_one_cause(const std::vector<EdgeId>& edges) {
    const EdgeId chosen = depender_of_call(edges);
    const Edge& cause_edge = graph_[chosen];
    Cause cause{.edge = chosen, .frame = cause_edge.frame, .inherited_by = {}};
    std::vector<EdgeId> others;
    for (const EdgeId id : edges) {
      const Edge& edge = graph_[id];
      if (id == chosen || edge.from == cause_edge.from) continue;
      // A call such as include_directories() speaks of many targets at once. A library is linked by each for itself.
      if (edge.kind == EdgeKind::file_link && !reaches(edge.from.target_id(), cause_edge.from.target_id())) {
        others.push_back(id);
        continue;
      }
      add_to(cause, edge.from.target_id());
      if (!cause.frame) cause.frame = edge.frame;
    }
    causes_.push_back(std::move(cause));
    if (!others.empty()) add_one_cause(others);
  }

  // The edge whose depender the call speaks of: the target that its first argument names, else one that no other in the
  // group is built before, those that count first, by name.
  EdgeId depender_of_call(const std::vector<EdgeId>& edges) {
    const Edge& first = graph_[edges.front()];
    if (first.frame) {
      for (const CallFrame& frame : graph_.call_stack(*first.frame)) {
        const CMakeCall* const call = input_.sources.call_at(frame.file, frame.line);
        if (call == nullptr || call->arguments.empty()) continue;
        for (const EdgeId id : edges) {
          if (graph_.name(graph_[id].from.target_id()) == call->arguments.front().text) return id;
        }
      }
    }
    const auto rank = [this, &edges](EdgeId id) {
      const TargetId depender = graph_[id].from.target_id();
      const auto built_before = std::count_if(edges.begin(), edges.end(), [&](EdgeId other) {
        return other != id && depends_on(depender, graph_[other].from.target_id());
      });
      const bool is_asked = query_.is_asked(Endpoint::target(depender));
      return std::tuple(!is_set_by_itself(graph_[id]), query_.asked_first && !is_asked, built_before != 0, !is_asked,
                        graph_.name(depender));
    };
    return *std::min_element(edges.begin(), edges.end(), [&rank](EdgeId a, EdgeId b) { return rank(a) < rank(b); });
  }

  bool reaches_asked(const Cause& cause) const {
    return query_.is_asked(graph_[cause.edge].from) || !cause.inherited_by.empty();
  }

  const RuleInput& input_;
  const TargetGraph& graph_;
  const Inheritance& inheritance_;
  const CauseQuery& query_;
  std::map<TargetId, std::vector<EdgeId>> onto_targets_;  // depender → its edges onto targets of the module
  std::vector<bool> reaches_module_;                      // by target
  std::vector<EdgeId> traced_;
  std::vector<EdgeId> from_files_;
  std::vector<Cause> causes_;
  std::unordered_map<std::uint32_t, std::vector<std::size_t>> causes_by_dependee_;
  std::unordered_map<std::uint32_t, std::vector<TargetId>> closures_;  // `dependencies`, sorted
  std::unordered_map<std::uint32_t, std::vector<TargetId>> dependers_through_cycle_;
  std::unordered_map<std::uint32_t, std::vector<bool>> reached_;
};

// The reply does not say who brought a CMake file in, but for files in which a target was made. Below a directory of
// the module that was entered, the module's own files are the ones to expect, unless the reader's text names the file.
bool follows_from_directory(const RuleInput& input, std::size_t module, const Edge& edge) {
  if (edge.kind != EdgeKind::configure || edge.frame) return false;
  const std::string_view reader = input.graph.text(edge.from.string_id());
  const std::string_view file = input.graph.text(edge.to.string_id());
  const auto& directories = input.graph.directories();
  const bool below_module = std::any_of(directories.begin(), directories.end(), [&](const Directory& one) {
    const std::string_view folder = input.graph.text(one.source);
    const bool inside = file.starts_with(folder) && file.substr(folder.size()).starts_with('/');
    if (!inside || file.substr(folder.size()) == "/CMakeLists.txt") return false;
    return input.modules.directory_owner(one) == Owner::module(module);
  });
  if (!below_module) return false;
  return find_reading_calls(input.sources, reader, file, input.policy.modules[module].toggle.text()).empty();
}

}  // namespace

std::vector<Cause> find_causes(const RuleInput& input, const Inheritance& inheritance, const CauseQuery& query) {
  return CauseFinder(input, inheritance, query).find();
}

CauseQuery query_of_core(const RuleInput& input, std::size_t module) {
  return {.edges = input.modules.edges_onto(module),
          .is_inside = [&input, module](Endpoint end) { return input.modules.owner(end) == Owner::module(module); },
          .is_asked = [&input](Endpoint end) { return input.modules.owner(end).is_core(); },
          .is_expected = [&input, module](const Edge& edge) { return follows_from_directory(input, module, edge); }};
}

}  // namespace bulkhead
