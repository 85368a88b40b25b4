#include "reports/matrix.h"

#include <algorithm>
#include <map>
#include <set>
#include <string_view>
#include <tuple>
#include <utility>

#include "graph/digraph.h"
#include "reports/matrix_order.h"

namespace bulkhead {
namespace {

// "src" of "src/a/b" for a depth of 1; leading ".." count as a part of the first name.
std::string_view cut_folder(std::string_view path, std::size_t depth) {
  std::size_t at = 0;
  while (path.substr(at).starts_with("../")) at += 3;
  if (path.starts_with('/')) at = 1;
  for (; depth > 0; --depth) {
    const std::size_t slash = path.find('/', at);
    if (slash == std::string_view::npos) return path;
    at = slash + 1;
  }
  return path.substr(0, at - 1);
}

// The folders of the core: each directory belongs to one of them.
class Folders {
 public:
  Folders(const PageGraph& graph, std::size_t most) {
    for (const PageEnd& end : graph.ends) {
      if (end.owner.is_core()) ++weights_[end.directory];
    }
    for (const auto& [directory, weight] : weights_) add(directory, weight, 1);
    split(most);
  }

  [[nodiscard]] const std::string& of(const std::string& directory) const { return folders_.at(directory); }

 private:
  struct Folder {
    std::size_t depth = 1;
    std::uint32_t weight = 0;
    std::vector<std::string> directories;
  };

  void add(const std::string& directory, std::uint32_t weight, std::size_t depth) {
    const std::string name(cut_folder(directory, depth));
    Folder& folder = open_[name];
    folder.depth = depth;
    folder.weight += weight;
    folder.directories.push_back(directory);
    folders_[directory] = name;
  }

  // The heaviest first; of equal ones the first by name.
  void split(std::size_t most) {
    std::set<std::string> whole;  // cannot be split, or would become too many
    for (;;) {
      auto heaviest = open_.end();
      for (auto folder = open_.begin(); folder != open_.end(); ++folder) {
        if (whole.contains(folder->first)) continue;
        if (heaviest == open_.end() || folder->second.weight > heaviest->second.weight) heaviest = folder;
      }
      if (heaviest == open_.end()) return;
      const std::string name = heaviest->first;
      const Folder folder = heaviest->second;
      std::set<std::string_view> parts;
      for (const std::string& directory : folder.directories) parts.insert(cut_folder(directory, folder.depth + 1));
      const bool deeper = std::any_of(folder.directories.begin(), folder.directories.end(),
                                      [&name](const std::string& directory) { return directory != name; });
      if (!deeper || folder.weight < 2 || open_.size() - 1 + parts.size() > most) {
        whole.insert(name);
        continue;
      }
      open_.erase(heaviest);
      for (const std::string& directory : folder.directories) add(directory, weights_[directory], folder.depth + 1);
      if (parts.contains(name)) whole.insert(name);  // what lies in the folder itself
    }
  }

  std::map<std::string, std::uint32_t> weights_;  // by directory
  std::map<std::string, Folder> open_;            // by name
  std::map<std::string, std::string> folders_;    // of a directory
};

class MatrixBuilder {
 public:
  MatrixBuilder(const PageGraph& graph, const MatrixLimits& limits)
      : graph_(graph), folders_(graph, limits.rows > graph.modules.size() ? limits.rows - graph.modules.size() : 1) {}

  Matrix build() {
    for (const PageEnd& end : graph_.ends) {
      const std::uint32_t row = row_of(end);
      row_of_end_.push_back(row);
      if (row_of_end_.size() <= graph_.target_count) ++rows_[row].targets;
    }
    count_edges();
    order_rows_and_cells();
    return std::move(matrix_);
  }

 private:
  using Key = std::tuple<MatrixRowKind, std::string>;

  std::uint32_t row_of(const PageEnd& end) {
    MatrixRow row{.label = "set aside", .kind = MatrixRowKind::set_aside};
    if (end.owner.is_module()) {
      const ViewedModule& module = graph_.modules[end.owner.module_index()];
      row = {.label = module.name, .kind = MatrixRowKind::module, .off = !module.on};
    } else if (end.owner.is_core()) {
      row = {.label = folders_.of(end.directory), .kind = MatrixRowKind::folder};
    }
    const auto [found, is_new] = keys_.try_emplace(Key(row.kind, row.label), static_cast<std::uint32_t>(rows_.size()));
    if (is_new) rows_.push_back(std::move(row));
    return found->second;
  }

  void count_edges() {
    for (const PageEdge& edge : graph_.edges) {
      const auto ends = std::pair(row_of_end_[edge.from], row_of_end_[edge.to]);
      if (ends.first == ends.second) continue;
      MatrixCell& cell = cells_[ends];
      ++cell.edges;
      const auto kind = std::find(edge_kinds.begin(), edge_kinds.end(), edge.kind);
      ++cell.by_kind[static_cast<std::size_t>(kind - edge_kinds.begin())];
    }
  }

  void order_rows_and_cells() {
    // By kind and name, whatever the order of the ends is.
    std::vector<std::uint32_t> vertex(rows_.size());
    std::vector<std::uint32_t> row_of_vertex;
    for (const auto& [key, row] : keys_) {
      vertex[row] = static_cast<std::uint32_t>(row_of_vertex.size());
      row_of_vertex.push_back(row);
    }
    std::vector<Arc> arcs;
    std::vector<std::uint32_t> weights;
    for (const auto& [ends, cell] : cells_) {
      arcs.push_back({vertex[ends.first], vertex[ends.second]});
      weights.push_back(cell.edges);
    }
    const MatrixOrder order = order_rows(Digraph(rows_.size(), std::move(arcs)), weights);
    matrix_.cycles = order.cycles;
    std::vector<std::uint32_t> position(rows_.size());
    for (const std::uint32_t one : order.rows) {
      position[row_of_vertex[one]] = static_cast<std::uint32_t>(matrix_.rows.size());
      matrix_.rows.push_back(std::move(rows_[row_of_vertex[one]]));
      matrix_.rows.back().cycle = order.cycle[one];
    }
    for (auto& [ends, cell] : cells_) {
      cell.row = position[ends.first];
      cell.column = position[ends.second];
      matrix_.cells.push_back(cell);
    }
    std::sort(matrix_.cells.begin(), matrix_.cells.end(), [](const MatrixCell& a, const MatrixCell& b) {
      return std::tie(a.row, a.column) < std::tie(b.row, b.column);
    });
  }

  const PageGraph& graph_;
  Folders folders_;
  std::map<Key, std::uint32_t> keys_;
  std::vector<MatrixRow> rows_;  // in the order of the ends
  std::vector<std::uint32_t> row_of_end_;
  std::map<std::pair<std::uint32_t, std::uint32_t>, MatrixCell> cells_;
  Matrix matrix_;
};

}  // namespace

Matrix build_matrix(const PageGraph& graph, const MatrixLimits& limits) {
  return MatrixBuilder(graph, limits).build();
}

}  // namespace bulkhead
