// The dependency matrix of a graph: modules and the folders of the core, and how many edges lead from one to another.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "reports/page_graph.h"

namespace bulkhead {

/// What a row, and the column of the same number, stands for.
enum class MatrixRowKind : std::uint8_t {
  folder,     ///< Of the core.
  module,     ///< Of the policy.
  set_aside,  ///< All that the policy sets aside.
};

struct MatrixRow {
  std::string label;  ///< A module's name, or a folder as SourcePaths writes it.
  MatrixRowKind kind = MatrixRowKind::folder;
  bool off = false;                    ///< A module that is off.
  std::uint32_t targets = 0;           ///< How many it holds.
  std::optional<std::size_t> cycle{};  ///< Rows with the same number depend on each other.

  bool operator==(const MatrixRow&) const = default;
};

struct MatrixCell {
  std::uint32_t row = 0;     ///< The depender.
  std::uint32_t column = 0;  ///< The dependee.
  std::uint32_t edges = 0;
  std::array<std::uint32_t, edge_kinds.size()> by_kind{};  ///< In the order of edge_kinds.

  bool operator==(const MatrixCell&) const = default;
};

struct Matrix {
  std::vector<MatrixRow> rows;    ///< Dependers before dependees, where no cycle forbids it.
  std::vector<MatrixCell> cells;  ///< Those with edges, none within a row; by row, then by column.
  std::size_t cycles = 0;

  bool operator==(const Matrix&) const = default;
};

/// How fine a matrix is.
struct MatrixLimits {
  std::size_t rows = 160;  ///< Modules are never folded; folders are split while there is room.
};

/// The rows are the modules that own something or are depended on, the folders of the core, the one with most targets
/// split into those below it again and again, and what is set aside as a whole.
[[nodiscard]] Matrix build_matrix(const PageGraph& graph, const MatrixLimits& limits = {});

}  // namespace bulkhead
