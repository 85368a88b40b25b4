#include "reports/picture.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <numeric>
#include <set>
#include <unordered_map>
#include <utility>

#include "reports/label.h"
#include "reports/picture_text.h"

namespace bulkhead {
namespace {

class Builder {
 public:
  Builder(const Report& report, const PictureLimits& limits) : report_(report), limits_(limits) {}

  Picture build() {
    remember_ends();
    draw_findings();
    // After this point every offending edge is there, so that a hop or an inheritor never repeats one.
    for (const FindingGroup& group : with_path_) draw_path(group, Stroke::hop);
    draw_inheritors();
    say_what_is_off();
    if (picture_.nodes.empty() && not_drawn_ == 0) draw_modules();
    picture_.caption = say_caption(report_, say_what_is_missing());
    return std::move(picture_);
  }

 private:
  // A path has labels only; what else is known about them stands at the ends of edges.
  void remember_ends() {
    for (const Finding& finding : report_.findings) {
      if (finding.edge) {
        ends_.try_emplace(finding.edge->from.label, &finding.edge->from);
        ends_.try_emplace(finding.edge->to.label, &finding.edge->to);
      }
      for (const FindingEnd& end : finding.inherited_by) ends_.try_emplace(end.label, &end);
      inherited_ = inherited_ || !finding.inherited_by.empty();
    }
  }

  FindingEnd end_of(const std::string& label) const {
    const auto found = ends_.find(label);
    return found == ends_.end() ? FindingEnd{.label = label, .type = ""} : *found->second;
  }

  std::optional<std::size_t> cluster_of(const std::string& module) {
    if (module.empty()) return std::nullopt;
    const auto [place, fresh] = clusters_.try_emplace(module, picture_.clusters.size());
    if (fresh) picture_.clusters.push_back(describe_module(report_, module));
    return place->second;
  }

  bool has(std::string_view label) const { return nodes_.contains(label); }

  std::size_t node_of(const FindingEnd& end) {
    const auto [place, fresh] = nodes_.try_emplace(end.label, picture_.nodes.size());
    if (fresh) {
      const std::string type = end.type.empty() ? "" : "\n" + displayable(end.type);
      picture_.nodes.push_back({.label = say_node(end.label),
                                .tooltip = displayable(end.label) + type,
                                .shape = shape_of(end.label, end.type),
                                .cluster = cluster_of(end.module)});
    }
    return place->second;
  }

  std::size_t add_remark(std::string_view text, std::optional<std::size_t> cluster) {
    picture_.nodes.push_back(
        {.label = say_prose(text), .tooltip = displayable(text), .shape = Shape::remark, .cluster = cluster});
    return picture_.nodes.size() - 1;
  }

  // ---- findings ----------------------------------------------------------------------------------------------------

  void draw_findings() {
    // Inheritors get what is left, and a quarter that is set aside for them.
    room_ = inherited_ ? limits_.nodes - limits_.nodes / 4 : limits_.nodes;
    bool full = false;
    for (const FindingGroup& group : group_findings(report_)) {
      full = full || picture_.edges.size() >= limits_.edges || !draw_finding(group);
      if (full) not_drawn_ += group.size();
    }
  }

  /// True when nodes of these labels can be added.
  bool fits(const std::vector<std::string>& labels) const {
    std::set<std::string_view> added;
    for (const std::string& label : labels) {
      if (!has(label)) added.insert(label);
    }
    return picture_.nodes.size() + added.size() <= room_;
  }

  /// False when there is no room for it.
  bool draw_finding(const FindingGroup& group) {
    const Finding& first = *group.front();
    if (first.edge) {
      if (!fits({first.edge->from.label, first.edge->to.label})) return false;
      draw_edge(group);
      if (first.path.size() > 2 && fits(first.path)) {
        for (const std::string& label : first.path) node_of(end_of(label));
        with_path_.push_back(group);
      }
    } else if (first.rule == "off-target" && !first.path.empty()) {
      return draw_off_targets(group);
    } else if (first.path.size() > 1) {
      if (!fits(first.path)) return false;
      draw_path(group, stroke_of(group));
    } else {
      if (picture_.nodes.size() >= room_) return false;
      const std::size_t remark = add_remark(fmt::format("{}: {}", first.rule, first.message), cluster_of(first.module));
      picture_.nodes[remark].mark = stroke_of(group);
      picture_.nodes[remark].tooltip = say_messages(group);
      picture_.nodes[remark].place = find_place(group);
    }
    return true;
  }

  void draw_edge(const FindingGroup& group) {
    const Finding& first = *group.front();
    const std::size_t from = node_of(first.edge->from);
    FindingEnd dependee = first.edge->to;
    // No target owns a definition or a bare library: it belongs to the module that the finding is about.
    if (dependee.module.empty() && first.edge->from.module != first.module && dependee.type.empty()) {
      dependee.module = first.module;
    }
    const std::size_t to = node_of(dependee);
    Shape& shape = picture_.nodes[to].shape;
    if (first.edge->kind == EdgeKind::include_dir && shape == Shape::file) shape = Shape::directory;
    picture_.edges.push_back({.from = from,
                              .to = to,
                              .stroke = stroke_of(group),
                              .label = say_edge(report_, group),
                              .tooltip = say_messages(group),
                              .place = find_place(group)});
    drawn_.emplace(from, to);
    for (const Finding* finding : group) {
      for (const FindingEnd& end : finding->inherited_by) inheritors_[from].try_emplace(end.label, &end);
    }
  }

  bool draw_off_targets(const FindingGroup& group) {
    std::set<std::string> labels;
    for (const Finding* finding : group) labels.insert(finding->path.begin(), finding->path.end());
    // A remark that stands for a single target would take as much room as the target.
    const std::size_t shown = labels.size() <= limits_.off_targets + 1 ? labels.size() : limits_.off_targets;
    const std::string module = group.front()->module;
    std::size_t drawn = 0;
    for (const std::string& label : labels) {
      if (drawn == shown || !fits({label})) break;
      FindingEnd end = end_of(label);
      end.module = module;
      PictureNode& node = picture_.nodes[node_of(end)];
      node.mark = std::min(node.mark.value_or(Stroke::accepted), stroke_of(group));
      node.tooltip += '\n' + say_messages(group);
      ++drawn;
    }
    if (drawn == 0) return false;
    const std::size_t rest = labels.size() - drawn;
    const std::string others = counted(rest, "more target");
    if (rest > 0) add_remark(fmt::format("\u2026 and {} of the module", others), cluster_of(module));
    return true;
  }

  // ---- what surrounds them -----------------------------------------------------------------------------------------

  void draw_path(const FindingGroup& group, Stroke stroke) {
    const Finding& finding = *group.front();
    for (std::size_t i = 0; i + 1 < finding.path.size(); ++i) {
      const std::size_t from = node_of(end_of(finding.path[i]));
      const std::size_t to = node_of(end_of(finding.path[i + 1]));
      if (!drawn_.emplace(from, to).second) continue;
      const bool known = i < finding.evidence.size();
      picture_.edges.push_back({.from = from,
                                .to = to,
                                .stroke = stroke,
                                .label = known ? say_place(finding.evidence[i]) : "",
                                .tooltip = say_messages(group),
                                .place = known ? find_place(finding.evidence[i]) : PicturePlace{}});
    }
  }

  void draw_inheritors() {
    for (const auto& [depender, inheritors] : inheritors_) {
      const bool all = inheritors.size() <= limits_.inheritors + 1;
      const std::size_t shown = all ? inheritors.size() : limits_.inheritors;
      std::size_t drawn = 0;
      for (const auto& [label, end] : inheritors) {
        // One place is kept for the remark about the others.
        const bool last = drawn + 1 == inheritors.size();
        const bool room = has(label) || picture_.nodes.size() + (last ? 0 : 1) < limits_.nodes;
        if (drawn == shown || !room) break;
        const std::size_t inheritor = node_of(*end);
        draw_inheritance(inheritor, depender, fmt::format("{} inherits it", displayable(label)));
        ++drawn;
      }
      const std::size_t rest = inheritors.size() - drawn;
      if (rest > 0 && picture_.nodes.size() < limits_.nodes) {
        const std::string count = counted(rest, drawn > 0 ? "more target" : "target");
        const std::string text =
            fmt::format("\u2026 and {} that only {} it", count, rest == 1 ? "inherits" : "inherit");
        draw_inheritance(add_remark(text, std::nullopt), depender, text);
      } else {
        inheritors_not_drawn_ += rest;
      }
    }
  }

  void draw_inheritance(std::size_t from, std::size_t to, std::string tooltip) {
    if (from == to || !drawn_.emplace(from, to).second) return;
    picture_.edges.push_back(
        {.from = from, .to = to, .stroke = Stroke::inherits, .label = "", .tooltip = std::move(tooltip)});
  }

  /// A line in the frame of a module whose targets are in the build although it is off; counts all, drawn or not.
  void say_what_is_off() {
    std::map<std::size_t, std::set<std::string_view>> targets;
    for (const Finding& finding : report_.findings) {
      const auto cluster = clusters_.find(finding.module);
      if (finding.rule != "off-target" || finding.path.empty() || cluster == clusters_.end()) continue;
      targets[cluster->second].insert(finding.path.begin(), finding.path.end());
    }
    for (const auto& [cluster, labels] : targets) {
      picture_.clusters[cluster].label +=
          fmt::format("\n{} in the build although off", counted(labels.size(), "target"));
    }
  }

  std::string say_what_is_missing() const {
    std::string missing;
    if (not_drawn_ > 0) missing = counted(not_drawn_, "more finding");
    if (inheritors_not_drawn_ > 0) {
      missing += fmt::format("{}{}", missing.empty() ? "" : ", ", counted(inheritors_not_drawn_, "inheriting target"));
    }
    return missing;
  }

  void draw_modules() {
    std::vector<std::string_view> names;
    std::set<std::string_view> known;
    for (const ModuleReport& module : report_.modules) {
      if (known.insert(module.name).second) names.push_back(module.name);
    }
    picture_.clusters.push_back({.label = "no finding to draw", .tooltip = "", .on = true});
    const std::size_t shown = std::min(names.size(), limits_.nodes);
    for (std::size_t i = 0; i < shown; ++i) {
      PictureCluster module = describe_module(report_, names[i]);
      picture_.nodes.push_back({.label = std::move(module.label),
                                .tooltip = std::move(module.tooltip),
                                .shape = Shape::module,
                                .cluster = 0});
    }
    if (shown < names.size()) add_remark(fmt::format("\u2026 and {}", counted(names.size() - shown, "more module")), 0);
    if (names.empty()) add_remark("no module", 0);
  }

  const Report& report_;
  const PictureLimits& limits_;
  Picture picture_;
  std::unordered_map<std::string_view, const FindingEnd*> ends_;  // by label
  std::map<std::string, std::size_t, std::less<>> clusters_;      // by name of module
  std::map<std::string, std::size_t, std::less<>> nodes_;         // by label; remarks have none
  std::set<std::pair<std::size_t, std::size_t>> drawn_;           // ends of the edges so far
  std::vector<FindingGroup> with_path_;
  std::map<std::size_t, std::map<std::string_view, const FindingEnd*>> inheritors_;  // of a depender, by label
  std::size_t room_ = 0;                                                             // nodes that findings may take
  std::size_t not_drawn_ = 0;
  std::size_t inheritors_not_drawn_ = 0;
  bool inherited_ = false;
};

}  // namespace

Picture build_picture(const Report& report, const PictureLimits& limits) {
  return Builder(report, limits).build();
}

std::vector<std::size_t> parts_of(const Picture& picture) {
  // Each node points to an earlier one of its part, the first to itself.
  std::vector<std::size_t> earlier(picture.nodes.size());
  std::iota(earlier.begin(), earlier.end(), std::size_t{0});
  const auto first_of = [&earlier](std::size_t node) {
    while (earlier[node] != node) node = earlier[node];
    return node;
  };
  const auto join = [&](std::size_t a, std::size_t b) {
    const auto [first, second] = std::minmax({first_of(a), first_of(b)});
    earlier[second] = first;
  };
  for (const PictureEdge& edge : picture.edges) join(edge.from, edge.to);
  std::map<std::size_t, std::size_t> first_in_cluster;
  for (std::size_t i = 0; i < picture.nodes.size(); ++i) {
    if (picture.nodes[i].cluster) join(first_in_cluster.try_emplace(*picture.nodes[i].cluster, i).first->second, i);
  }
  std::vector<std::size_t> parts(picture.nodes.size());
  std::size_t count = 0;
  for (std::size_t i = 0; i < parts.size(); ++i) parts[i] = first_of(i) == i ? count++ : parts[first_of(i)];
  return parts;
}

Legend legend_of(const Picture& picture) {
  std::set<Shape> shapes;
  std::set<Stroke> strokes;
  Legend legend;
  for (const PictureNode& node : picture.nodes) {
    if (node.shape == Shape::remark || node.shape == Shape::module) continue;  // their words explain them
    shapes.insert(node.shape);
    const bool of_diff = node.mark == Stroke::added || node.mark == Stroke::removed;
    if (of_diff) strokes.insert(*node.mark);
    if (node.mark && !of_diff) legend.mark = std::min(legend.mark.value_or(*node.mark), *node.mark);
  }
  for (const PictureEdge& edge : picture.edges) strokes.insert(edge.stroke);
  legend.shapes.assign(shapes.begin(), shapes.end());
  legend.strokes.assign(strokes.begin(), strokes.end());
  return legend;
}

}  // namespace bulkhead
