// Sorts the things of a picture into boxes: modules, folders, single targets, as many as people can take in.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "reports/graph_subject.h"
#include "reports/graph_view.h"

namespace bulkhead {

/// What the boxes of a picture are.
enum class Grouping : std::uint8_t {
  automatic,  ///< By target when they are few, else by module and by folder.
  module,     ///< Each module is one box; the core goes by folder.
  folder,
  target,
};

/// How the things are to be sorted.
struct GroupingOptions {
  Grouping by = Grouping::automatic;
  std::size_t boxes = 40;                             ///< At most so many; at least 2.
  std::optional<std::size_t> depth{};                 ///< Folders so many levels below the top stay closed; at least 1.
  std::function<bool(std::string_view)> is_closed{};  ///< Folders that stay closed; may be empty.
};

/// What a box stands for.
enum class BoxKind : std::uint8_t {
  thing,   ///< A single target, file, directory, library or definition.
  folder,  ///< All that is at hand below a folder.
  rest,    ///< What is left of a folder that has boxes of its own parts.
  owner,   ///< A whole module, all of the core, or all that is set aside.
  owners,  ///< Several modules that found no room.
  alike,   ///< Targets, or folders, with the same neighbours.
};

/// One box.
struct GraphBox {
  BoxKind kind = BoxKind::thing;
  Owner owner = Owner::core();       ///< Of all that is in it; meaningless for `owners`.
  bool chosen = false;               ///< All that is in it was asked for by name.
  std::string folder{};              ///< Canonical path of `folder` and `rest`; empty for the top.
  std::size_t folders = 0;           ///< How many folders of `rest`, or owners of `owners`; 0 for what is right in it.
  std::vector<std::string> names{};  ///< Paths of the folders of `alike`; empty ones for targets.
  std::vector<std::uint32_t> things{};  ///< Positions in GraphSubject::things, ascending. Never empty.
};

/// The boxes, in the order of their first things. Each thing is in exactly one.
struct GraphBoxes {
  std::vector<GraphBox> boxes;
  std::vector<std::uint32_t> box_of;  ///< By thing.
  Grouping by = Grouping::target;     ///< What was done; not automatic.
};

/// Opens the largest folder again and again while there is room, so that each box says about as much as the others;
/// what was asked for by name comes first. Things without a folder, as libraries, stay together.
[[nodiscard]] GraphBoxes sort_into_boxes(const GraphView& view, const GraphSubject& subject,
                                         const GroupingOptions& options);

}  // namespace bulkhead
