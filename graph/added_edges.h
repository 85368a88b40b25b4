// Edges of targets that other sources than the reply add to it.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "graph/generator_expression.h"
#include "graph/target_graph.h"

namespace bulkhead {

/// An edge that the capture or build.ninja knows of.
struct AddedEdge {
  TargetId from;
  Endpoint to;
  EdgeKind kind;
  bool in_interface = false;  ///< Those who link `from` inherit it.
  bool elsewhere = false;  ///< Of another configuration: no edge here, but an entry of `dependencies`, which is merged
                           ///< over the configurations, may follow from it.
  LinkScope scope = LinkScope::unknown;
};

/// The added edges, by depender.
class AddedEdges {
 public:
  void add(AddedEdge edge) { edges_.push_back(edge); }
  /// To be called once, behind the last add(). Repeated `command` edges are dropped: a file is read by many commands.
  void sort(std::size_t target_count);
  /// The edges of a target, in the order in which they were added. None before sort().
  [[nodiscard]] std::span<const AddedEdge> of(TargetId id) const;
  [[nodiscard]] std::size_t count() const { return edges_.size(); }

 private:
  std::vector<AddedEdge> edges_;
  std::vector<std::uint32_t> offsets_;  // one more than there are targets
};

}  // namespace bulkhead
