#include "auditor/causes.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <tuple>
#include <unordered_map>
#include <utility>

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
  CauseFinder(const RuleInput& input, std::size_t module)
      : input_(input), graph_(input.graph), inheritance_(input.graph, input.sources), owner_(Owner::module(module)) {}

  std::vector<Cause> find() {
    collect();
    find_who_reaches_module();
    find_target_causes();
    find_traced_causes();
    for (const EdgeId id : from_files_) causes_.push_back({id, {}});
    std::erase_if(causes_, [this](const Cause& cause) { return !reaches_core(cause); });
    for (Cause& cause : causes_) {
      std::sort(cause.inherited_by.begin(), cause.inherited_by.end(),
                [this](TargetId a, TargetId b) { return graph_.name(a) < graph_.name(b); });
    }
    return std::move(causes_);
  }

 private:
  // The edges from outside the module onto it, by how their cause is found.
  void collect() {
    for (const EdgeId id : input_.modules.edges_onto(owner_.module_index())) {
      const Edge& edge = graph_[id];
      if (!edge.from.is_target()) {
        if (!follows_from_directory(edge)) from_files_.push_back(id);
      } else if (edge.to.is_target() && edge.kind != EdgeKind::file_link) {
        onto_targets_[edge.from.target_id()].push_back(id);
      } else {
        traced_.push_back(id);
      }
    }
  }

  // The reply does not say who brought a CMake file in, but for files in which a target was made. Below a directory of
  // the module that was entered, the module's own files are the ones to expect, unless the reader's text names the
  // file.
  bool follows_from_directory(const Edge& edge) const {
    if (edge.kind != EdgeKind::configure || edge.frame) return false;
    const std::string_view reader = graph_.text(edge.from.string_id());
    const std::string_view file = graph_.text(edge.to.string_id());
    const bool below_module =
        std::any_of(graph_.directories().begin(), graph_.directories().end(), [&](const Directory& one) {
          const std::string_view folder = graph_.text(one.source);
          const bool inside = file.starts_with(folder) && file.substr(folder.size()).starts_with('/');
          if (!inside || file.substr(folder.size()) == "/CMakeLists.txt") return false;
          return input_.modules.directory_owner(one) == owner_;
        });
    return below_module && find_reading_call(input_.sources, reader, file) == nullptr;
  }

  // Which targets have a way to the module over edges that are inherited.
  void find_who_reaches_module() {
    reaches_module_.assign(graph_.targets().size(), false);
    std::vector<TargetId> queue = input_.modules.targets_of(owner_.module_index());
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
    std::vector<EdgeId> inherited;
    for (const auto& [depender, edges] : onto_targets_) {
      for (const EdgeId id : edges) {
        if (inheritance_.is_inherited(graph_[id])) {
          inherited.push_back(id);
        } else {
          causes_.push_back({id, {}});
        }
      }
    }
    std::sort(causes_.begin(), causes_.end(), [](const Cause& a, const Cause& b) { return a.edge < b.edge; });
    if (graph_.has_direct_edges()) {
      add_inheritors_of_direct_edges();
    } else {
      // Without a cause to stand under, an edge is one itself: nothing is lost, whatever the reply says.
      const std::size_t known_causes = causes_.size();
      for (const EdgeId id : inherited) {
        if (!add_inheritor(id, known_causes)) causes_.push_back({id, {}});
      }
      for (Cause& cause : causes_) add_rest_of_cycle(cause);
    }
  }

  // Books an inherited edge under the first `count` causes where it can come from there. False when there is none.
  bool add_inheritor(EdgeId id, std::size_t count) {
    const Edge& edge = graph_[id];
    const TargetId depender = edge.from.target_id();
    bool found = false;
    for (std::size_t i = 0; i < count; ++i) {
      Cause& cause = causes_[i];
      const Edge& cause_edge = graph_[cause.edge];
      const bool same_end = cause_edge.to == edge.to || inheritance_.brings(cause_edge.to.target_id(), edge.to);
      if (!same_end) continue;
      if (cause_edge.from == edge.from) {
        found = true;  // through another target of the module that it names itself
      } else if (depends_on(depender, cause_edge.from.target_id()) ||
                 reaches(edge.from, cause_edge.from.target_id())) {  // a cycle, of which `dependencies` lists a part
        found = true;
        add_to(cause, depender);
      }
    }
    return found;
  }

  // A cycle of static libraries is listed as a chain without calls, of which the last one alone has the cycle's edges.
  void add_rest_of_cycle(Cause& cause) {
    const Edge& edge = graph_[cause.edge];
    if (!edge.from.is_target() || !is_inheritable(edge.kind)) return;
    const auto in_chain = [](const Edge& hop) {
      return is_inheritable(hop.kind) && !hop.frame && hop.known == Known::derived;
    };
    for (const TargetId depender : find_dependers(graph_, edge.from.target_id(), in_chain)) {
      if (input_.modules.owner(depender) != owner_) add_to(cause, depender);
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
        if (direct.contains({Endpoint::target(depender), edge.to}) || input_.modules.owner(depender) == owner_)
          continue;
        // In a cycle of static libraries `dependencies` lists less than is linked.
        const bool inherits = !is_built || depends_on(depender, edge.to.target_id()) || reaches(edge.from, depender);
        if (inherits) add_to(cause, depender);
      }
    }
  }

  bool reaches(Endpoint from, TargetId to) const {
    return !find_path(
                graph_, {from.target_id()}, [to](Endpoint endpoint) { return endpoint == Endpoint::target(to); },
                [](const Edge& edge) { return is_inheritable(edge.kind); })
                .empty();
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
    if (!input_.modules.owner(depender).is_core()) return;
    if (std::find(cause.inherited_by.begin(), cause.inherited_by.end(), depender) == cause.inherited_by.end()) {
      cause.inherited_by.push_back(depender);
    }
  }

  // One cause for each call that brought an entry in, whatever number of targets got it.
  void find_traced_causes() {
    using Call = std::tuple<EdgeKind, Endpoint, std::vector<std::pair<std::string_view, std::uint32_t>>>;
    std::map<Call, std::vector<EdgeId>> calls;
    for (const EdgeId id : traced_) {
      const Edge& edge = graph_[id];
      Call call{edge.kind, edge.to, {}};
      if (edge.frame) {
        for (const CallFrame& frame : graph_.call_stack(*edge.frame))
          std::get<2>(call).emplace_back(frame.file, frame.line);
      }
      calls[std::move(call)].push_back(id);
    }
    for (auto& [call, edges] : calls) {
      std::erase_if(edges, [this](EdgeId id) { return follows_from_link(id); });
      if (!edges.empty()) add_one_cause(edges);
    }
  }

  // True for a usage requirement that a link brings along, where that link is an edge of its own. Without such an edge
  // it is the only trace of a library that the reply does not show, and stands for it.
  bool follows_from_link(EdgeId id) const {
    const Edge& edge = graph_[id];
    if (!edge.frame || !reaches_module_[edge.from.index()]) return false;
    const std::vector<CallFrame> stack = graph_.call_stack(*edge.frame);
    return !stack.empty() && (!sets_itself(edge.kind, stack.back().command) || called_by_module(stack));
  }

  // True when the call stands in the module's own CMake files.
  bool called_by_module(const std::vector<CallFrame>& stack) const {
    const auto file = graph_.strings().find(stack.back().file);
    return file && input_.modules.owner(Endpoint::file(*file)) == owner_;
  }

  void add_one_cause(const std::vector<EdgeId>& edges) {
    const EdgeId chosen = depender_of_call(edges);
    Cause cause{chosen, {}};
    for (const EdgeId id : edges) {
      if (id != chosen) add_to(cause, graph_[id].from.target_id());
    }
    causes_.push_back(std::move(cause));
  }

  // The edge whose depender the call speaks of: the target that its first argument names, else one that no other in the
  // group is built before, the core's first, by name.
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
      return std::tuple(built_before != 0, !input_.modules.owner(depender).is_core(), graph_.name(depender));
    };
    return *std::min_element(edges.begin(), edges.end(), [&rank](EdgeId a, EdgeId b) { return rank(a) < rank(b); });
  }

  bool reaches_core(const Cause& cause) const {
    return input_.modules.owner(graph_[cause.edge].from).is_core() || !cause.inherited_by.empty();
  }

  const RuleInput& input_;
  const TargetGraph& graph_;
  Inheritance inheritance_;
  Owner owner_;
  std::map<TargetId, std::vector<EdgeId>> onto_targets_;  // depender → its edges onto targets of the module
  std::vector<bool> reaches_module_;                      // by target
  std::vector<EdgeId> traced_;
  std::vector<EdgeId> from_files_;
  std::vector<Cause> causes_;
  std::unordered_map<std::uint32_t, std::vector<TargetId>> closures_;  // `dependencies`, sorted
};

}  // namespace

std::vector<Cause> find_causes(const RuleInput& input, std::size_t module) {
  return CauseFinder(input, module).find();
}

}  // namespace bulkhead
