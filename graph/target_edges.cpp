#include "graph/target_edges.h"

#include <algorithm>
#include <optional>
#include <span>
#include <string_view>

namespace bulkhead {
namespace {

bool is_object_file(std::string_view path) {
  return path.ends_with(".o") || path.ends_with(".obj");
}

// What an entry of `dependencies` is, before codemodel 2.9 says so: by the call that made it, else by the types.
EdgeKind derived_kind(std::string_view command, TargetType depender, TargetType dependee) {
  if (command == "add_dependencies" || command == "add_custom_command" || command == "add_custom_target") {
    return EdgeKind::order;
  }
  if (depender == TargetType::utility || dependee == TargetType::utility) return EdgeKind::order;
  if (dependee == TargetType::object_library) return EdgeKind::object;
  if (command.empty() && dependee == TargetType::executable) return EdgeKind::order;
  // Without a call: the inside of a cycle of static libraries, which CMake breaks into a chain.
  return EdgeKind::link;
}

// True for an order edge that the target has for sake of its own commands: the capture does not list these. Any other
// may have come through an INTERFACE or IMPORTED target.
bool is_own_order(EdgeKind kind, std::string_view command) {
  return kind == EdgeKind::order &&
         (command.empty() || command == "add_custom_command" || command == "add_custom_target");
}

EdgeKind kind_of(ReferenceList list, TargetType dependee) {
  switch (list) {
    case ReferenceList::link_libraries:
    case ReferenceList::interface_link_libraries:
      return dependee == TargetType::object_library ? EdgeKind::object : EdgeKind::link;
    case ReferenceList::compile_dependencies:
    case ReferenceList::interface_compile_dependencies: return EdgeKind::compile;
    case ReferenceList::object_dependencies: return EdgeKind::object;
    case ReferenceList::order_dependencies:
    case ReferenceList::dependencies: break;
  }
  return EdgeKind::order;
}

LinkScope scope_of(ReferenceList list) {
  if (list == ReferenceList::link_libraries) return LinkScope::private_link;
  return list == ReferenceList::interface_link_libraries ? LinkScope::interface_link : LinkScope::unknown;
}

// What stands in both lists is PUBLIC, but the PRIVATE links of a static library stand in both as well.
LinkScope join(LinkScope a, LinkScope b, TargetType depender) {
  if (a == b || b == LinkScope::unknown) return a;
  if (a == LinkScope::unknown) return b;
  const bool is_told = depender != TargetType::static_library && depender != TargetType::object_library;
  return is_told ? LinkScope::public_link : LinkScope::unknown;
}

class EdgeMaker {
 public:
  EdgeMaker(const JoinedBatches& joined, const TargetGraphParts& parts)
      : joined_(joined),
        parts_(parts),
        depended_(parts.targets.size(), 0),
        seen_(parts.targets.size(), 0),
        first_edge_to_(parts.targets.size(), 0),
        linked_(parts.targets.size(), 0),
        reached_(joined.captured ? parts.targets.size() : 0, 0),
        explained_(joined.captured ? parts.targets.size() : 0, 0) {}

  TargetEdges make(const TargetRange& range) {
    made_.edges.reserve(range.edge_room);
    made_.dependencies.reserve(range.dependency_room);
    for (std::size_t i = range.begin; i < range.end; ++i) add_edges_of(TargetId(i));
    return std::move(made_);
  }

 private:
  void add_edges_of(TargetId id) {
    mark_ = id.value() + 1;
    first_edge_ = made_.edges.size();
    library_edges_.clear();
    if (!joined_.is_in_reply(id)) {
      made_.dependency_counts.push_back(0);
      add_added_edges(id);
      return;
    }
    const auto [batch, remap, decoded] = joined_.at(id);
    add_target_edges(id, batch, remap, decoded);
    if (joined_.captured) settle_dependencies(id);
    for (std::uint32_t at = decoded.sources.begin; at < decoded.sources.end; ++at) {
      const TracedText& source = batch.sources[at];
      const StringId path = remap(source.text);
      if (is_object_file(parts_.strings[path]) && add_object_edge(id, path, remap.frame(source.frame))) {
        continue;
      }
      add(id, Endpoint::file(path), remap.frame(source.frame), EdgeKind::source);
    }
    for (std::uint32_t at = decoded.includes.begin; at < decoded.includes.end; ++at) {
      const TracedText& include = batch.includes[at];
      add(id, Endpoint::file(remap(include.text)), remap.frame(include.frame), EdgeKind::include_dir);
    }
    for (std::uint32_t at = decoded.definitions.begin; at < decoded.definitions.end; ++at) {
      const TracedText& definition = batch.definitions[at];
      add(id, Endpoint::definition(remap(definition.text)), remap.frame(definition.frame), EdgeKind::define);
    }
    for (std::uint32_t at = decoded.fragments.begin; at < decoded.fragments.end; ++at) {
      const LinkedLibrary& library = batch.libraries[at];
      add_library_edge(id, end_of(library, remap), remap.frame(library.frame), Known::derived);
    }
    add_added_edges(id);
  }

  // Before codemodel 2.9, with a capture: the declared edges are the target's own, and an entry of `dependencies` that
  // follows from them is inherited. What neither explains is kept, so that nothing is lost.
  void settle_dependencies(TargetId id) {
    for (const AddedEdge& added : joined_.added.of(id)) {
      if (!added.to.is_target() || !is_settled_here(added)) continue;
      const auto pending =
          std::find_if(pending_.begin(), pending_.end(), [&added](const Edge& edge) { return edge.to == added.to; });
      const OptionalFrameId frame = pending != pending_.end() ? pending->frame : OptionalFrameId();
      add_direct_edge(id, added.to.target_id(), frame, added.kind, added.scope);
    }
    find_explained(id);
    for (const Edge& edge : pending_) {
      const TargetId dependee = edge.to.target_id();
      if (has_edge_to(dependee) || explained_[dependee.value()] == mark_) continue;
      // Nobody declared a link: a command DEPENDS on it.
      add_target_edge(id, dependee, edge.frame, edge.frame ? edge.kind : EdgeKind::order, Known::derived);
    }
    pending_.clear();
  }

  static bool is_settled_here(const AddedEdge& added) {
    return !added.elsewhere && (added.kind == EdgeKind::link || added.kind == EdgeKind::object ||
                                added.kind == EdgeKind::compile || added.kind == EdgeKind::order);
  }

  [[nodiscard]] bool has_edge_to(TargetId dependee) const { return seen_[dependee.value()] == mark_; }

  // Marks what the target depends on by way of others: everything that the link interfaces of its dependees lead to.
  // Order edges end there, but those of a target that is not built itself pass to its dependers.
  void find_explained(TargetId id) {
    queue_.clear();
    const auto enter = [this](const AddedEdge& added) {
      if (!added.to.is_target() || !(added.elsewhere || is_settled_here(added))) return;
      const TargetId dependee = added.to.target_id();
      if (reached_[dependee.value()] == mark_) return;
      reached_[dependee.value()] = mark_;
      if (added.kind != EdgeKind::order) queue_.push_back(dependee);
    };
    for (const AddedEdge& added : joined_.added.of(id)) {
      if (added.elsewhere && added.to.is_target()) explained_[added.to.index()] = mark_;
      enter(added);
    }
    for (std::size_t next = 0; next < queue_.size(); ++next) {
      const bool abstract = parts_.targets[queue_[next].value()].abstract;
      for (const AddedEdge& added : joined_.added.of(queue_[next])) {
        if (!added.to.is_target() || !(added.in_interface || abstract)) continue;
        explained_[added.to.index()] = mark_;
        enter(added);
      }
    }
  }

  // What is left of the added edges: no target is the dependee, or no line of the reply could be found for it.
  void add_added_edges(TargetId id) {
    for (const AddedEdge& added : joined_.added.of(id)) {
      if (added.elsewhere) continue;
      const bool in_reply = joined_.is_in_reply(id);
      if (added.kind == EdgeKind::file_link) {
        add_library_edge(id, added.to, {}, Known::declared);
      } else if (added.kind == EdgeKind::command) {
        add_command_edge(id, added.to);
      } else if (added.to.is_target()) {
        if (!in_reply) add_direct_edge(id, added.to.target_id(), {}, added.kind, added.scope);
      } else if (!has_own(id, added)) {
        made_.edges.push_back({Endpoint::target(id), added.to, {}, added.kind, Known::declared, false});
      }
    }
  }

  // True when the reply has the same entry for the target: what is PUBLIC stands in both, there with its line.
  [[nodiscard]] bool has_own(TargetId id, const AddedEdge& added) const {
    return std::any_of(made_.edges.rbegin(), made_.edges.rend() - static_cast<std::ptrdiff_t>(first_edge_),
                       [&](const Edge& edge) {
                         return edge.from == Endpoint::target(id) && edge.kind == added.kind && edge.to == added.to;
                       });
  }

  // A command that uses a target by its name is an order edge already, with its line; the link command uses what is
  // linked, and what that brings along.
  void add_command_edge(TargetId id, Endpoint to) {
    if (to.is_target() && (to.target_id() == id || has_edge_to(to.target_id()) || depended_[to.index()] == mark_ ||
                           linked_[to.index()] == mark_)) {
      return;
    }
    const bool linked = std::any_of(library_edges_.begin(), library_edges_.end(),
                                    [&](std::size_t position) { return made_.edges[position].to == to; });
    if (linked) return;
    made_.edges.push_back({Endpoint::target(id), to, {}, EdgeKind::command, Known::declared, false});
  }

  void add_target_edges(TargetId id, const TargetBatch& batch, const Remap& remap, const DecodedTarget& decoded) {
    const std::size_t first_dependency = made_.dependencies.size();
    for (std::uint32_t at = decoded.references.begin; at < decoded.references.end; ++at) {
      const TargetReference& reference = batch.references[at];
      const OptionalFrameId frame = remap.frame(reference.frame);
      if (reference.is_fragment) {
        add_library_edge(id, end_of(batch.libraries[reference.target], remap), frame, Known::declared);
        continue;
      }
      const TargetId dependee(reference.target);
      const TargetType dependee_type = parts_.targets[dependee.value()].type;
      if (reference.list == ReferenceList::dependencies) {
        made_.dependencies.push_back({dependee, frame});
        depended_[dependee.value()] = mark_;
        if (joined_.direct_edges) continue;
        const std::string_view command =
            frame ? parts_.strings[parts_.frames[(*frame).value()].command] : std::string_view{};
        const EdgeKind kind = derived_kind(command, decoded.type, dependee_type);
        if (joined_.captured && !is_own_order(kind, command)) {
          pending_.push_back({Endpoint::target(id), Endpoint::target(dependee), frame, kind, Known::derived, false});
        } else {
          add_target_edge(id, dependee, frame, kind, Known::derived);
        }
      } else {
        add_direct_edge(id, dependee, frame, kind_of(reference.list, dependee_type), scope_of(reference.list));
      }
    }
    made_.dependency_counts.push_back(static_cast<std::uint32_t>(made_.dependencies.size() - first_dependency));
  }

  void add_target_edge(TargetId id, TargetId dependee, OptionalFrameId frame, EdgeKind kind, Known known) {
    if (seen_[dependee.value()] != mark_) {
      seen_[dependee.value()] = mark_;
      first_edge_to_[dependee.value()] = static_cast<std::uint32_t>(made_.edges.size());
    }
    made_.edges.push_back({Endpoint::target(id), Endpoint::target(dependee), frame, kind, known, false});
  }

  // The edges from the target at hand to `dependee`, and perhaps others behind them.
  std::span<Edge> edges_since_first_to(TargetId dependee) {
    if (seen_[dependee.value()] != mark_) return {};
    return std::span(made_.edges).subspan(first_edge_to_[dependee.value()]);
  }

  // A target that is linked also stands in compileDependencies, and a PUBLIC one in the interface lists: one edge each.
  void add_direct_edge(TargetId id, TargetId dependee, OptionalFrameId frame, EdgeKind kind, LinkScope scope) {
    const bool links = kind == EdgeKind::link || kind == EdgeKind::object;
    for (Edge& edge : edges_since_first_to(dependee)) {
      if (edge.to != Endpoint::target(dependee)) continue;
      if (edge.kind == kind && edge.frame == frame) {
        edge.scope = join(edge.scope, scope, parts_.targets[id.value()].type);
        return;
      }
      if (kind == EdgeKind::order && !frame && edge.kind == EdgeKind::object)
        return;  // $<TARGET_OBJECTS:> stands in both
      if (kind == EdgeKind::compile && (edge.kind == EdgeKind::link || edge.kind == EdgeKind::object)) return;
      if (links && edge.kind == EdgeKind::compile) {
        edge.kind = kind;
        edge.scope = scope;
        return;
      }
    }
    add_target_edge(id, dependee, frame, kind, Known::declared);
    made_.edges.back().scope = scope;
  }

  // An object file among the sources is an edge onto the OBJECT library that makes it. False when no target does.
  bool add_object_edge(TargetId id, StringId path, OptionalFrameId frame) {
    const std::optional<StringId> name = parts_.strings.find(object_owner(parts_.strings[path]));
    const OptionalTargetId owner = name ? joined_.names[name->value()] : std::nullopt;
    if (!owner) return false;
    for (Edge& edge : edges_since_first_to(*owner)) {
      if (edge.to != Endpoint::target(*owner)) continue;
      if (edge.kind == EdgeKind::order && !edge.frame) edge.kind = EdgeKind::object;
      if (!edge.frame) edge.frame = frame;
      return true;
    }
    add_target_edge(id, *owner, frame, EdgeKind::object, Known::derived);
    return true;
  }

  // The link line names the call that brought a library in, where `dependencies` names the depender's own.
  void trace(TargetId dependee, OptionalFrameId frame) {
    if (!frame) return;
    for (Edge& edge : edges_since_first_to(dependee)) {
      if (edge.to != Endpoint::target(dependee) || edge.kind != EdgeKind::link || edge.traced) continue;
      if (edge.known == Known::declared) {  // by the depender; the line that `dependencies` names is of its own calls
        if (!edge.frame) edge.frame = frame;
        return;
      }
      edge.frame = frame;
      edge.traced = true;
      return;
    }
  }

  // What a library of the link line is: the artifact of a target, a file, or a bare name.
  [[nodiscard]] Endpoint end_of(const LinkedLibrary& library, const Remap& remap) const {
    const StringId text = remap(library.text);
    if (!library.is_path) return Endpoint::library(text);
    const OptionalTargetId owner = joined_.artifact_owners[text.value()];
    return owner ? Endpoint::target(*owner) : Endpoint::file(text);
  }

  // A library of the link line, or one of linkLibraries that is no target.
  void add_library_edge(TargetId id, Endpoint to, OptionalFrameId frame, Known known) {
    if (to.is_target() && known == Known::derived) {
      linked_[to.index()] = mark_;
      if (to.target_id() == id || joined_.direct_edges) return;  // linkLibraries says it all
      const bool inherited = joined_.captured && explained_[to.index()] == mark_;
      if (depended_[to.index()] == mark_ || has_edge_to(to.target_id()) || inherited) {
        trace(to.target_id(), frame);
        return;
      }
    }
    for (const std::size_t position : library_edges_) {
      Edge& edge = made_.edges[position];
      if (edge.to != to) continue;
      if (!edge.frame) edge.frame = frame;
      if (known == Known::declared) edge.known = known;
      return;
    }
    library_edges_.push_back(made_.edges.size());
    made_.edges.push_back({Endpoint::target(id), to, frame, EdgeKind::file_link, known, false});
  }

  void add(TargetId from, Endpoint to, OptionalFrameId frame, EdgeKind kind) {
    made_.edges.push_back({Endpoint::target(from), to, frame, kind, Known::derived, false});
  }

  const JoinedBatches& joined_;
  const TargetGraphParts& parts_;
  TargetEdges made_;

  // About the target at hand; an entry counts when it equals mark_.
  std::uint32_t mark_ = 0;
  std::size_t first_edge_ = 0;                // its first edge in made_
  std::vector<std::uint32_t> depended_;       // stands in `dependencies`
  std::vector<std::uint32_t> seen_;           // has an edge
  std::vector<std::uint32_t> first_edge_to_;  // its position, where seen_
  std::vector<std::uint32_t> linked_;         // stands on the link line
  std::vector<std::size_t> library_edges_;    // positions of file-link edges
  std::vector<std::uint32_t> reached_;        // on the way of find_explained()
  std::vector<std::uint32_t> explained_;      // an entry of `dependencies` follows from declared edges
  std::vector<TargetId> queue_;
  std::vector<Edge> pending_;  // entries of `dependencies` that may be inherited
};

}  // namespace

std::string_view object_owner(std::string_view path) {
  constexpr std::string_view folder = "CMakeFiles/";
  constexpr std::string_view suffix = ".dir/";
  const std::size_t begin = path.find(folder);
  if (begin == std::string_view::npos) return {};
  const std::string_view rest = path.substr(begin + folder.size());
  const std::size_t end = rest.find(suffix);
  return end == std::string_view::npos ? std::string_view{} : rest.substr(0, end);
}

TargetRange measure(const JoinedBatches& joined, std::size_t begin, std::size_t end) {
  TargetRange range{.begin = begin, .end = end};
  for (std::size_t i = begin; i < end; ++i) {
    range.edge_room += joined.added.of(TargetId(i)).size();
    if (!joined.is_in_reply(TargetId(i))) continue;
    const DecodedTarget& decoded = joined.at(TargetId(i)).decoded;
    range.dependency_room += decoded.references.size();
    range.edge_room += decoded.references.size() + decoded.sources.size() + decoded.includes.size() +
                       decoded.definitions.size() + decoded.fragments.size();
  }
  return range;
}

TargetEdges make_target_edges(const JoinedBatches& joined, const TargetGraphParts& parts, const TargetRange& range) {
  return EdgeMaker(joined, parts).make(range);
}

}  // namespace bulkhead
