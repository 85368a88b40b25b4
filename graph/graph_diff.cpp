#include "graph/graph_diff.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <tuple>
#include <unordered_map>
#include <utility>

#include "graph/inheritance.h"
#include "graph/source_paths.h"

namespace bulkhead {
namespace {

constexpr std::string_view target_prefix = "target:";
constexpr std::string_view file_prefix = "file:";

/// What two graphs may differ in only because they were made in different ways.
class Comparability {
 public:
  Comparability(const SavedGraph& before, const SavedGraph& after) {
    compare_generators(before, after);
    compare_link_lists(before, after);
    compare_captures(before, after);
    compare_commands(before, after);
    compare_versions(before, after);
  }

  [[nodiscard]] const std::vector<std::string>& remarks() const { return remarks_; }
  [[nodiscard]] bool is_uncertain(const SavedTarget& target) const {
    return (utilities_ && target.type == TargetType::utility) || (abstract_ && (target.abstract || target.imported));
  }
  [[nodiscard]] bool is_uncertain(EdgeKind kind) const { return kinds_.count(kind) != 0; }
  /// True when a file of CMake's own, or one that a version of it makes, tells nothing about the project.
  [[nodiscard]] bool is_of_version(EdgeKind kind, std::string_view path) const {
    return versions_ && kind == EdgeKind::configure && (is_outside(path) || is_in_build(path));
  }

 private:
  void compare_generators(const SavedGraph& before, const SavedGraph& after) {
    if (before.generator == after.generator) return;
    remarks_.push_back(
        fmt::format("OLD was configured for {}, and NEW for {}: order and command edges, and UTILITY targets, may "
                    "differ for that alone",
                    before.generator, after.generator));
    kinds_.insert({EdgeKind::order, EdgeKind::command});
    utilities_ = true;
  }

  void compare_link_lists(const SavedGraph& before, const SavedGraph& after) {
    if (before.has_direct_edges() == after.has_direct_edges()) return;
    remarks_.push_back(
        fmt::format("only {} tells direct edges from inherited ones: link, compile, object and order edges may differ "
                    "for that alone",
                    after.has_direct_edges() ? "NEW" : "OLD"));
    kinds_.insert({EdgeKind::link, EdgeKind::compile, EdgeKind::object, EdgeKind::order, EdgeKind::file_link});
  }

  void compare_captures(const SavedGraph& before, const SavedGraph& after) {
    if (before.captured != after.captured) {
      remarks_.push_back(
          fmt::format("only {} has a capture: link, compile, object and file-link edges, and INTERFACE and IMPORTED "
                      "targets, may differ for that alone",
                      after.captured ? "NEW" : "OLD"));
      kinds_.insert({EdgeKind::link, EdgeKind::compile, EdgeKind::object, EdgeKind::file_link});
      abstract_ = true;
      return;
    }
    const auto codemodel = [](const SavedGraph& graph) {
      return fmt::format("{}.{}", graph.codemodel_major, graph.codemodel_minor);
    };
    if (codemodel(before) == codemodel(after)) return;
    remarks_.push_back(
        fmt::format("OLD has codemodel {}, and NEW {}: INTERFACE and IMPORTED targets may differ for that alone",
                    codemodel(before), codemodel(after)));
    abstract_ = true;
  }

  void compare_commands(const SavedGraph& before, const SavedGraph& after) {
    if (before.commands == after.commands) return;
    remarks_.push_back(
        fmt::format("only {} has a build.ninja that fits: order and command edges may differ for that alone",
                    after.commands ? "NEW" : "OLD"));
    kinds_.insert({EdgeKind::order, EdgeKind::command});
  }

  void compare_versions(const SavedGraph& before, const SavedGraph& after) {
    if (before.cmake_version == after.cmake_version) return;
    remarks_.push_back(fmt::format(
        "OLD was configured by CMake {}, and NEW by {}: what CMake reads of its own may differ for that alone",
        before.cmake_version, after.cmake_version));
    versions_ = true;
  }

  std::vector<std::string> remarks_;
  std::set<EdgeKind> kinds_;
  bool utilities_ = false;
  bool abstract_ = false;
  bool versions_ = false;
};

/// The targets of one side by name.
using TargetIndex = std::unordered_map<std::string_view, const SavedTarget*>;

TargetIndex index_of(const SavedGraph& graph, const SavedConfiguration& configuration) {
  TargetIndex index;
  for (const SavedTarget& target : configuration.targets) index.try_emplace(graph.text(target.name), &target);
  return index;
}

/// One of the two graphs, in the configuration that is compared.
struct Side {
  const SavedGraph& graph;
  const SavedConfiguration& configuration;
  TargetIndex targets;

  [[nodiscard]] std::string text(StringId id) const { return std::string(graph.text(id)); }
  [[nodiscard]] std::string_view name(const SavedTarget& target) const { return graph.text(target.name); }
};

/// Compares one configuration of each graph.
class Comparison {
 public:
  Comparison(const Side& before, const Side& after, const Comparability& fit, GraphDiff& diff)
      : before_(before), after_(after), fit_(fit), diff_(diff) {}

  void compare_targets() {
    auto old_one = before_.configuration.targets.begin();
    auto new_one = after_.configuration.targets.begin();
    const auto old_end = before_.configuration.targets.end();
    const auto new_end = after_.configuration.targets.end();
    while (old_one != old_end || new_one != new_end) {
      const std::string_view name = new_one == new_end   ? before_.name(*old_one)
                                    : old_one == old_end ? after_.name(*new_one)
                                                         : std::min(before_.name(*old_one), after_.name(*new_one));
      std::vector<const SavedTarget*> olds;
      std::vector<const SavedTarget*> news;
      for (; old_one != old_end && before_.name(*old_one) == name; ++old_one) olds.push_back(&*old_one);
      for (; new_one != new_end && after_.name(*new_one) == name; ++new_one) news.push_back(&*new_one);
      compare_namesakes(olds, news);
    }
  }

  void compare_edges() {
    const auto& olds = before_.configuration.edges;
    const auto& news = after_.configuration.edges;
    auto old_one = olds.begin();
    auto new_one = news.begin();
    while (old_one != olds.end() || new_one != news.end()) {
      const int order = old_one == olds.end() ? 1 : new_one == news.end() ? -1 : compare(*old_one, *new_one);
      if (order < 0) {
        tell(before_, *old_one++, Change::removed, nullptr);
      } else if (order > 0) {
        tell(after_, *new_one++, Change::added, nullptr);
      } else {
        if (old_one->inherited && !new_one->inherited) tell(after_, *new_one, Change::added, &*old_one);
        if (!old_one->inherited && new_one->inherited) tell(before_, *old_one, Change::removed, &*new_one);
        ++old_one;
        ++new_one;
      }
    }
  }

 private:
  [[nodiscard]] int compare(const SavedEdge& a, const SavedEdge& b) const {
    if (const int from = before_.graph.text(a.from).compare(after_.graph.text(b.from)); from != 0) return from;
    if (a.kind != b.kind) return a.kind < b.kind ? -1 : 1;
    return before_.graph.text(a.to).compare(after_.graph.text(b.to));
  }

  void compare_namesakes(const std::vector<const SavedTarget*>& olds, const std::vector<const SavedTarget*>& news) {
    if (olds.size() == 1 && news.size() == 1) {
      const SavedTarget& old_one = *olds.front();
      const SavedTarget& new_one = *news.front();
      TargetChange change = describe(after_, new_one, Change::changed);
      change.old_type = to_string(old_one.type);
      change.old_directory = before_.text(old_one.directory);
      change.uncertain = change.uncertain || fit_.is_uncertain(old_one);
      if (change.type != change.old_type || change.directory != change.old_directory)
        diff_.targets.push_back(std::move(change));
      return;
    }
    const auto has_same = [](const Side& side, const std::vector<const SavedTarget*>& others, const Side& own,
                             const SavedTarget& target) {
      return std::any_of(others.begin(), others.end(), [&](const SavedTarget* other) {
        return other->type == target.type && side.graph.text(other->directory) == own.graph.text(target.directory);
      });
    };
    for (const SavedTarget* const target : olds) {
      if (!has_same(after_, news, before_, *target))
        diff_.targets.push_back(describe(before_, *target, Change::removed));
    }
    for (const SavedTarget* const target : news) {
      if (!has_same(before_, olds, after_, *target)) diff_.targets.push_back(describe(after_, *target, Change::added));
    }
  }

  [[nodiscard]] TargetChange describe(const Side& side, const SavedTarget& target, Change change) const {
    return {.change = change,
            .name = side.text(target.name),
            .type = std::string(to_string(target.type)),
            .directory = side.text(target.directory),
            .file = side.text(target.file),
            .line = target.line,
            .configurations = {side.configuration.name},
            .uncertain = fit_.is_uncertain(target)};
  }

  // `other` is the same edge on the other side, where it is there as an inherited one.
  void tell(const Side& side, const SavedEdge& edge, Change change, const SavedEdge* other) {
    if (edge.inherited) {
      ++(change == Change::added ? diff_.inherited_added : diff_.inherited_removed);
      return;
    }
    EdgeChange told{.change = change,
                    .kind = edge.kind,
                    .from = side.text(edge.from),
                    .to = side.text(edge.to),
                    .directory = directory_of(edge, side),
                    .known = edge.known,
                    .file = side.text(edge.file),
                    .line = edge.line,
                    .configurations = {side.configuration.name},
                    .uncertain = other != nullptr || fit_.is_uncertain(edge.kind)};
    const std::string_view to = told.to;
    if (to.starts_with(file_prefix) && fit_.is_of_version(edge.kind, to.substr(file_prefix.size())))
      told.uncertain = true;
    for (const std::string& end : {told.from, told.to}) {
      const SavedTarget* const target = find_target(end, side);
      if (target != nullptr && fit_.is_uncertain(*target)) told.uncertain = true;
    }
    diff_.edges.push_back(std::move(told));
  }

  [[nodiscard]] static const SavedTarget* find_target(std::string_view label, const Side& side) {
    if (!label.starts_with(target_prefix)) return nullptr;
    const auto found = side.targets.find(label.substr(target_prefix.size()));
    return found == side.targets.end() ? nullptr : found->second;
  }

  [[nodiscard]] static std::string directory_of(const SavedEdge& edge, const Side& side) {
    const std::string_view label = side.graph.text(edge.from);
    if (label.starts_with(target_prefix)) {
      const SavedTarget* const target = find_target(label, side);
      return target == nullptr ? "." : side.text(target->directory);
    }
    const std::string_view path = label.substr(label.find(':') + 1);
    const std::size_t slash = path.rfind('/');
    return slash == std::string_view::npos ? "." : std::string(path.substr(0, slash));
  }

  const Side& before_;
  const Side& after_;
  const Comparability& fit_;
  GraphDiff& diff_;
};

/// The positions of two configurations that are compared.
using Pair = std::pair<const SavedConfiguration*, const SavedConfiguration*>;

std::vector<Pair> pair_up(const SavedGraph& before, const SavedGraph& after) {
  if (before.configurations.size() == 1 && after.configurations.size() == 1)
    return {{&before.configurations.front(), &after.configurations.front()}};
  std::vector<Pair> pairs;
  for (const SavedConfiguration& old_one : before.configurations) {
    for (const SavedConfiguration& new_one : after.configurations) {
      if (old_one.name == new_one.name) pairs.emplace_back(&old_one, &new_one);
    }
  }
  return pairs;
}

std::string shown(const std::string& configuration) {
  return configuration.empty() ? "no build type" : configuration;
}

// What is said of configurations that are not alike.
void remark_configurations(const SavedGraph& before, const SavedGraph& after, const std::vector<Pair>& pairs,
                           std::vector<std::string>& remarks) {
  for (const auto& [old_one, new_one] : pairs) {
    if (old_one->name == new_one->name) continue;
    remarks.push_back(
        fmt::format("OLD is configured for {}, and NEW for {}: definitions, and what depends on the "
                    "configuration, may differ for that alone",
                    shown(old_one->name), shown(new_one->name)));
  }
  const auto tell = [&remarks](const SavedGraph& graph, const char* side, auto&& is_paired) {
    for (const SavedConfiguration& one : graph.configurations) {
      if (!is_paired(&one))
        remarks.push_back(
            fmt::format("only {} has the configuration {}, which is not compared", side, shown(one.name)));
    }
  };
  tell(before, "OLD", [&pairs](const SavedConfiguration* one) {
    return std::any_of(pairs.begin(), pairs.end(), [one](const Pair& pair) { return pair.first == one; });
  });
  tell(after, "NEW", [&pairs](const SavedConfiguration* one) {
    return std::any_of(pairs.begin(), pairs.end(), [one](const Pair& pair) { return pair.second == one; });
  });
}

// Joins what is the same in several configurations, and sorts. `key` tells what belongs together.
template <class Item, class Key>
void join_configurations(std::vector<Item>& items, std::size_t configuration_count, Key&& key) {
  std::stable_sort(items.begin(), items.end(), [&key](const Item& a, const Item& b) { return key(a) < key(b); });
  std::vector<Item> joined;
  for (Item& item : items) {
    if (joined.empty() || key(joined.back()) != key(item)) {
      joined.push_back(std::move(item));
      continue;
    }
    auto& names = joined.back().configurations;
    if (names.back() != item.configurations.front()) names.push_back(std::move(item.configurations.front()));
    joined.back().uncertain = joined.back().uncertain || item.uncertain;
  }
  for (Item& item : joined) {
    if (item.configurations.size() == configuration_count) item.configurations.clear();
  }
  items = std::move(joined);
}

}  // namespace

std::string_view to_string(Change change) {
  switch (change) {
    case Change::added: return "added";
    case Change::removed: return "removed";
    case Change::changed: return "changed";
  }
  return "";
}

Result<GraphDiff> diff_graphs(const SavedGraph& before, const SavedGraph& after) {
  const std::vector<Pair> pairs = pair_up(before, after);
  if (pairs.empty()) {
    const auto names = [](const SavedGraph& graph) {
      std::string text;
      for (const SavedConfiguration& one : graph.configurations) text += (text.empty() ? "" : ", ") + shown(one.name);
      return text;
    };
    return fail({}, fmt::format("no configuration is in both: OLD has {}, and NEW {}", names(before), names(after)),
                "name one of them with --configuration, or configure both for the same");
  }
  const Comparability fit(before, after);
  GraphDiff diff{.remarks = fit.remarks()};
  remark_configurations(before, after, pairs, diff.remarks);
  for (const auto& [old_one, new_one] : pairs) {
    diff.configurations.push_back(old_one->name == new_one->name
                                      ? new_one->name
                                      : fmt::format("{}, {}", shown(old_one->name), shown(new_one->name)));
    const Side old_side{before, *old_one, index_of(before, *old_one)};
    const Side new_side{after, *new_one, index_of(after, *new_one)};
    Comparison comparison(old_side, new_side, fit, diff);
    comparison.compare_targets();
    comparison.compare_edges();
  }
  join_configurations(diff.targets, pairs.size(), [](const TargetChange& one) {
    return std::tuple(std::string_view(one.name), one.change != Change::removed, one.change,
                      std::string_view(one.directory), std::string_view(one.type), std::string_view(one.old_directory),
                      std::string_view(one.old_type));
  });
  join_configurations(diff.edges, pairs.size(), [](const EdgeChange& one) {
    return std::tuple(std::string_view(one.from), one.kind, std::string_view(one.to), one.change != Change::removed);
  });
  return diff;
}

}  // namespace bulkhead
