#include "reports/graph_boxes.h"

#include <algorithm>
#include <queue>
#include <tuple>
#include <unordered_map>
#include <utility>

#include "reports/folder_tree.h"

namespace bulkhead {
namespace {

/// What a box may be cut from: a folder, what is right in it, or some of its folders.
struct Piece {
  enum class Part : std::uint8_t { all, things_only, folders } part = Part::all;
  std::size_t folder = 0;
  std::vector<std::size_t> folders{};  ///< Of Part::folders.
  std::size_t total = 0;
};

class BoxCutter {
 public:
  /// `degrees` counts the edges of each thing.
  BoxCutter(const FolderTree& tree, const std::vector<std::size_t>& degrees, const GroupingOptions& options,
            Grouping by)
      : tree_(tree), degrees_(degrees), options_(options), by_(by) {}

  std::vector<GraphBox> cut() {
    const auto smaller = [this](const Piece& a, const Piece& b) { return rank_of(a) > rank_of(b); };
    std::priority_queue<Piece, std::vector<Piece>, decltype(smaller)> waiting(smaller);
    for (const std::size_t root : tree_.roots()) {
      waiting.push({.folder = root, .total = tree_[root].total});
      all_ += tree_[root].total;
    }
    count_ = tree_.roots().size();
    while (!waiting.empty()) {
      const Piece piece = waiting.top();
      waiting.pop();
      for (Piece& one : open(piece)) waiting.push(std::move(one));
    }
    return std::move(boxes_);
  }

 private:
  // What was asked for by name first, then what holds the most.
  [[nodiscard]] std::tuple<bool, std::size_t, const std::string&, int, std::size_t> rank_of(const Piece& piece) const {
    const TreeFolder& folder = tree_[piece.folder];
    return {!folder.chosen, all_ - piece.total, folder.path, static_cast<int>(piece.part), piece.folder};
  }

  [[nodiscard]] bool stays_closed(const Piece& piece) const {
    const TreeFolder& folder = tree_[piece.folder];
    if (piece.part == Piece::Part::folders) return true;
    if (folder.level == 0) return by_ == Grouping::module && !folder.owner.is_core();
    return folder.level >= options_.depth.value_or(folder.level + 1) ||
           (options_.is_closed && options_.is_closed(folder.path));
  }

  // Down a chain of folders that hold nothing but the next.
  [[nodiscard]] std::size_t descend(std::size_t folder) const {
    while (tree_[folder].things.empty() && tree_[folder].folders.size() == 1 &&
           !stays_closed({.folder = folder, .total = tree_[folder].total})) {
      folder = tree_[folder].folders.front();
    }
    return folder;
  }

  /// The parts of a piece that goes on being cut; a box comes of one that does not.
  std::vector<Piece> open(const Piece& piece) {
    const TreeFolder& folder = tree_[piece.folder];
    const bool things_too = by_ == Grouping::target;
    const bool single_things = things_too && (piece.part == Piece::Part::things_only || folder.folders.empty());
    const std::size_t room = room_for(folder);
    if (piece.total == 1 || stays_closed(piece) || (piece.part == Piece::Part::things_only && !things_too) ||
        (folder.folders.empty() && !things_too)) {
      close(piece);
      return {};
    }
    if (single_things) {
      open_things(piece, room);
      return {};
    }
    return open_folder(piece, room);
  }

  /// Each thing that is right in the folder gets a box, or those with the most edges where not all find room.
  void open_things(const Piece& piece, std::size_t room) {
    const TreeFolder& folder = tree_[piece.folder];
    std::vector<std::uint32_t> things = folder.things;
    if (things.size() - 1 > room) {
      const std::size_t shown = room / 2;
      if (!is_large(piece) || shown < fewest_parts) {
        close(piece);
        return;
      }
      std::stable_sort(things.begin(), things.end(),
                       [this](std::uint32_t a, std::uint32_t b) { return degrees_[a] > degrees_[b]; });
      GraphBox others{.kind = BoxKind::rest, .owner = folder.owner, .chosen = folder.chosen, .folder = folder.path};
      others.things.assign(things.begin() + static_cast<std::ptrdiff_t>(shown), things.end());
      std::sort(others.things.begin(), others.things.end());
      boxes_.push_back(std::move(others));
      things.resize(shown);
      ++count_;
    }
    count_ += things.size() - 1;
    for (const std::uint32_t thing : things) add_thing(folder, thing);
  }

  /// A box that holds a large part of what there is says too little: it is better to show some of what is in it.
  [[nodiscard]] bool is_large(const Piece& piece) const { return piece.total * 4 >= all_; }

  /// How many boxes more there may be; a third of them is for what surrounds the things that were asked for.
  [[nodiscard]] std::size_t room_for(const TreeFolder& folder) const {
    const bool has_surroundings = folder.chosen && !tree_[tree_.roots().back()].chosen;
    const std::size_t limit = has_surroundings ? options_.boxes - options_.boxes / 3 : options_.boxes;
    return limit > count_ ? limit - count_ : 0;
  }

  std::vector<Piece> open_folder(const Piece& piece, std::size_t room) {
    const TreeFolder& folder = tree_[piece.folder];
    std::vector<Piece> parts;
    for (const std::size_t below : folder.folders) {
      const std::size_t first = descend(below);
      parts.push_back({.folder = first, .total = tree_[first].total});
    }
    std::stable_sort(parts.begin(), parts.end(), [](const Piece& a, const Piece& b) { return a.total > b.total; });
    const std::size_t rest = folder.things.empty() ? 0 : 1;
    if (parts.size() + rest - 1 > room) {
      const std::size_t shown = room / 2;
      if (!is_large(piece) || shown < fewest_parts) {
        close(piece);
        return {};
      }
      Piece others{.part = Piece::Part::folders, .folder = piece.folder};
      for (std::size_t i = shown; i < parts.size(); ++i) {
        others.folders.push_back(parts[i].folder);
        others.total += parts[i].total;
      }
      parts.resize(shown);
      parts.push_back(std::move(others));
    }
    if (rest == 1) {
      parts.push_back({.part = Piece::Part::things_only, .folder = piece.folder, .total = folder.things.size()});
    }
    count_ += parts.size() - 1;
    return parts;
  }

  void add_thing(const TreeFolder& folder, std::uint32_t thing) {
    boxes_.push_back({.kind = BoxKind::thing, .owner = folder.owner, .chosen = folder.chosen, .things = {thing}});
  }

  void close(const Piece& piece) {
    const TreeFolder& folder = tree_[piece.folder];
    GraphBox box{.owner = folder.owner, .chosen = folder.chosen, .folder = folder.path};
    if (piece.part == Piece::Part::things_only) {
      box.kind = BoxKind::rest;
      box.things = folder.things;
    } else if (piece.part == Piece::Part::folders) {
      box.kind = BoxKind::rest;
      box.folders = piece.folders.size();
      for (const std::size_t below : piece.folders) {
        const auto things = tree_.things_below(below);
        box.things.insert(box.things.end(), things.begin(), things.end());
      }
      std::sort(box.things.begin(), box.things.end());
    } else {
      box.kind = folder.level == 0 ? BoxKind::owner : BoxKind::folder;
      box.things = tree_.things_below(piece.folder);
    }
    if (box.things.size() == 1 && by_ == Grouping::target) box.kind = BoxKind::thing;
    boxes_.push_back(std::move(box));
  }

  static constexpr std::size_t fewest_parts = 3;  // with fewer it is not worth it

  const FolderTree& tree_;
  const std::vector<std::size_t>& degrees_;
  const GroupingOptions& options_;
  Grouping by_;
  std::size_t all_ = 0;
  std::size_t count_ = 0;  // boxes, if nothing more were opened
  std::vector<GraphBox> boxes_;
};

std::vector<std::size_t> count_edges(const GraphView& view, const GraphSubject& subject) {
  std::unordered_map<std::uint32_t, std::size_t> by_end;
  for (const EdgeId id : subject.edges) {
    ++by_end[(*view.graph)[id].from.bits()];
    ++by_end[(*view.graph)[id].to.bits()];
  }
  std::vector<std::size_t> degrees(subject.things.size(), 0);
  for (std::size_t i = 0; i < degrees.size(); ++i) {
    const auto found = by_end.find(subject.things[i].bits());
    degrees[i] = found == by_end.end() ? 0 : found->second;
  }
  return degrees;
}

Grouping choose(const GraphView& view, const GraphSubject& subject, const GroupingOptions& options) {
  if (options.by != Grouping::automatic) return options.by;
  const bool any_chosen = std::find(subject.chosen.begin(), subject.chosen.end(), true) != subject.chosen.end();
  if (any_chosen || subject.things.size() <= options.boxes) return Grouping::target;
  return view.modules.empty() ? Grouping::folder : Grouping::module;
}

/// Of too many owners the smallest share a box.
void join_small_owners(std::vector<GraphBox>& boxes, std::size_t limit) {
  if (boxes.size() <= limit) return;
  std::stable_sort(boxes.begin(), boxes.end(), [](const GraphBox& a, const GraphBox& b) {
    return std::tuple(!a.chosen, b.things.size()) < std::tuple(!b.chosen, a.things.size());
  });
  GraphBox joined{.kind = BoxKind::owners};
  for (std::size_t i = limit - 1; i < boxes.size(); ++i) {
    joined.things.insert(joined.things.end(), boxes[i].things.begin(), boxes[i].things.end());
    ++joined.folders;
  }
  std::sort(joined.things.begin(), joined.things.end());
  boxes.resize(limit - 1);
  boxes.push_back(std::move(joined));
}

}  // namespace

GraphBoxes sort_into_boxes(const GraphView& view, const GraphSubject& subject, const GroupingOptions& options) {
  const FolderTree tree(view, subject);
  GraphBoxes sorted{.boxes = {}, .box_of = {}, .by = choose(view, subject, options)};
  sorted.boxes = BoxCutter(tree, count_edges(view, subject), options, sorted.by).cut();
  join_small_owners(sorted.boxes, options.boxes);
  std::stable_sort(sorted.boxes.begin(), sorted.boxes.end(),
                   [](const GraphBox& a, const GraphBox& b) { return a.things.front() < b.things.front(); });
  sorted.box_of.resize(subject.things.size());
  for (std::size_t i = 0; i < sorted.boxes.size(); ++i) {
    for (const std::uint32_t thing : sorted.boxes[i].things) sorted.box_of[thing] = static_cast<std::uint32_t>(i);
  }
  return sorted;
}

}  // namespace bulkhead
