// The batches of all workers, under one numbering.
#pragma once

#include <string_view>
#include <vector>

#include "graph/added_edges.h"
#include "graph/codemodel.h"
#include "graph/target_batch.h"
#include "graph/target_graph.h"

namespace bulkhead {

/// The name of the target that makes an object file, by CMake's layout: DIR/CMakeFiles/NAME.dir/…. Empty for others.
[[nodiscard]] std::string_view object_owner(std::string_view path);

/// Where a batch's ids went in the joined arrays.
struct Remap {
  std::vector<StringId> strings{};
  std::uint32_t first_frame = 0;

  [[nodiscard]] StringId operator()(StringId id) const { return strings[id.value()]; }
  [[nodiscard]] OptionalFrameId frame(FrameIndex index) const {
    if (index == no_frame) return std::nullopt;
    return FrameId(first_frame + index);
  }
};

/// A target in the batch that decoded it.
struct PlacedTarget {
  const TargetBatch& batch;
  const Remap& remap;
  const DecodedTarget& decoded;
};

/// What is needed to make the edges of any target; not changed any more while edges are made, by several threads.
struct JoinedBatches {
  /// Where a target is: which batch, and which of its targets.
  struct Place {
    std::uint32_t batch = 0;
    std::uint32_t position = 0;
  };

  bool direct_edges = false;  ///< Codemodel >= 2.9.
  bool captured = false;      ///< Before that: a capture has the declared edges.
  std::vector<TargetBatch> batches{};
  std::vector<Remap> remaps{};
  std::vector<Place> places{};  ///< By TargetId.
  /// The first target of that name, or that makes that artifact, by StringId of either.
  std::vector<OptionalTargetId> names{};
  std::vector<OptionalTargetId> artifact_owners{};

  AddedEdges added{};  ///< From the capture and build.ninja.

  /// False for a target that only the capture knows.
  [[nodiscard]] bool is_in_reply(TargetId id) const { return id.value() < places.size(); }
  /// Precondition: is_in_reply().
  [[nodiscard]] PlacedTarget at(TargetId id) const {
    const Place place = places[id.value()];
    return {batches[place.batch], remaps[place.batch], batches[place.batch].targets[place.position]};
  }
};

}  // namespace bulkhead
