#include "reports/picture.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <tuple>
#include <unordered_map>
#include <utility>

#include "graph/target_type.h"
#include "reports/label.h"

namespace bulkhead {
namespace {

class Builder {
 public:
  Builder(const Report& report, const PictureLimits& limits) : report_(report), limits_(limits) {}

  Picture build() {
    remember_ends();
    draw_findings(group_findings(report_));
    draw_hops();
    draw_inheritors();
    if (picture_.nodes.empty()) draw_modules();
    say_what_is_off();
    picture_.caption = caption();
    return std::move(picture_);
  }

 private:
  // A path has labels only; what else is known about them stands at the ends of other edges.
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
      picture_.nodes.push_back({.label = node_label(end.label),
                                .tooltip = displayable(end.label) + type,
                                .shape = shape_of(end.label, end.type),
                                .cluster = cluster_of(end.module)});
    }
    return place->second;
  }

  std::size_t add_remark(std::string_view text, std::optional<std::size_t> cluster, std::string_view tooltip = {}) {
    picture_.nodes.push_back({.label = wrap(text, remark_width, 2 * label_lines),
                              .tooltip = std::string(tooltip.empty() ? text : tooltip),
                              .shape = Shape::remark,
                              .cluster = cluster});
    return picture_.nodes.size() - 1;
  }

  // ---- findings ----------------------------------------------------------------------------------------------------

  void draw_findings(const std::vector<Group>& groups) {
    // Inheritors get what is left, and a share that is set aside for them.
    const std::size_t room = std::max<std::size_t>(inherited_ ? limits_.nodes * 3 / 4 : limits_.nodes, 2);
    bool full = false;
    for (const Group& group : groups) {
      full = full || picture_.edges.size() >= limits_.edges || !draw_finding(group, room);
      if (full) not_drawn_ += group.size();
    }
  }

  /// False when there is no room for it.
  bool draw_finding(const Group& group, std::size_t room) {
    const Finding& first = *group.front();
    const auto fits = [&](const std::vector<std::string>& labels) {
      const std::set<std::string_view> distinct(labels.begin(), labels.end());
      const auto added =
          std::count_if(distinct.begin(), distinct.end(), [&](std::string_view label) { return !has(label); });
      return picture_.nodes.size() + static_cast<std::size_t>(added) <= room;
    };
    if (first.edge) {
      if (!fits({first.edge->from.label, first.edge->to.label})) return false;
      draw_edge(group);
      if (fits(first.path)) hops_.push_back(&first);
    } else if (first.rule == "off-target" && !first.path.empty()) {
      draw_off_targets(group);
      return true;  // however little room there is, something of it is drawn
    } else if (first.path.size() > 1) {
      if (!fits(first.path)) return false;
      for (std::size_t i = 0; i + 1 < first.path.size(); ++i) draw_hop(first, i, stroke_of(first));
    } else {
      if (picture_.nodes.size() >= room) return false;
      const std::size_t remark = add_remark(fmt::format("{}: {}", first.rule, displayable(first.message)),
                                            cluster_of(first.module), tooltip_of(group));
      picture_.nodes[remark].mark = stroke_of(group);
    }
    return true;
  }

  void draw_edge(const Group& group) {
    const FindingEdge& edge = *group.front()->edge;
    const std::size_t from = node_of(edge.from);
    FindingEnd to = edge.to;
    // No target owns a definition or a bare library: it belongs to the module that the finding is about.
    if (to.module.empty() && edge.from.module != group.front()->module && !is_target(to.label)) {
      to.module = group.front()->module;
    }
    const std::size_t node = node_of(to);
    if (edge.kind == EdgeKind::include_dir && picture_.nodes[node].shape == Shape::file) {
      picture_.nodes[node].shape = Shape::directory;
    }
    picture_.edges.push_back({.from = from,
                              .to = node,
                              .stroke = stroke_of(group),
                              .label = edge_label(group),
                              .tooltip = tooltip_of(group)});
    drawn_.emplace(from, node);
    for (const Finding* finding : group) {
      auto& inheritors = inheritors_[from];
      for (const FindingEnd& end : finding->inherited_by) inheritors.try_emplace(end.label, &end);
    }
  }

  void draw_off_targets(const Group& group) {
    const Finding& first = *group.front();
    std::set<std::string> labels;
    for (const Finding* finding : group) labels.insert(finding->path.begin(), finding->path.end());
    const std::optional<std::size_t> cluster = cluster_of(first.module);
    std::size_t drawn = 0;
    for (const std::string& label : labels) {
      const bool last = drawn + 1 == labels.size();
      if (!has(label) && drawn > 0 &&
          ((drawn >= limits_.off_targets && !last) || picture_.nodes.size() >= limits_.nodes)) {
        break;
      }
      FindingEnd end = end_of(label);
      end.module = first.module;
      PictureNode& node = picture_.nodes[node_of(end)];
      node.mark = stroke_of(group);
      node.tooltip += '\n' + tooltip_of(group);
      ++drawn;
    }
    if (drawn < labels.size())
      add_remark(fmt::format("\u2026 and {} of the module", counted(labels.size() - drawn, "more target")), cluster);
  }

  // ---- what surrounds them -----------------------------------------------------------------------------------------

  void draw_hop(const Finding& finding, std::size_t i, Stroke stroke) {
    const std::size_t from = node_of(end_of(finding.path[i]));
    const std::size_t to = node_of(end_of(finding.path[i + 1]));
    if (!drawn_.emplace(from, to).second) return;
    std::string place;
    if (i < finding.evidence.size() && !finding.evidence[i].file.empty()) place = place_of(finding.evidence[i]);
    picture_.edges.push_back({.from = from,
                              .to = to,
                              .stroke = stroke,
                              .label = wrap(place, label_width, label_lines),
                              .tooltip = tooltip_of({&finding})});
  }

  // After all findings' own edges, so that a hop that is itself an offending edge is not drawn twice.
  void draw_hops() {
    for (const Finding* finding : hops_) {
      for (std::size_t i = 0; i + 1 < finding->path.size(); ++i) draw_hop(*finding, i, Stroke::hop);
    }
  }

  void draw_inheritors() {
    for (const auto& [depender, inheritors] : inheritors_) {
      std::size_t drawn = 0;
      for (const auto& [label, end] : inheritors) {
        const bool last = drawn + 1 == inheritors.size();
        // One place is kept for the remark about the others.
        const bool room = picture_.nodes.size() + (last ? 0 : 1) < limits_.nodes;
        if ((drawn >= limits_.inheritors && !last) || (!room && !has(label))) break;
        draw_inheritance(node_of(*end), depender, displayable(label));
        ++drawn;
      }
      const std::size_t rest = inheritors.size() - drawn;
      if (rest == 0) continue;
      if (picture_.nodes.size() >= limits_.nodes) {
        inheritors_not_drawn_ += rest;
        continue;
      }
      const std::string_view verb = rest == 1 ? "inherits" : "inherit";
      const std::size_t remark = add_remark(
          fmt::format("\u2026 and {} that only {} it", counted(rest, drawn == 0 ? "target" : "more target"), verb),
          std::nullopt);
      draw_inheritance(remark, depender, "");
    }
  }

  void draw_inheritance(std::size_t from, std::size_t to, std::string_view who) {
    if (from == to || !drawn_.emplace(from, to).second) return;
    std::string tooltip = who.empty() ? std::string() : fmt::format("{} inherits it", who);
    picture_.edges.push_back({.from = from, .to = to, .stroke = Stroke::inherits, .tooltip = std::move(tooltip)});
  }

  void draw_modules() {
    std::vector<std::string_view> names;
    for (const ModuleReport& module : report_.modules) {
      if (std::find(names.begin(), names.end(), module.name) == names.end()) names.push_back(module.name);
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

  /// A line in the frame of a module whose targets are in the build although it is off; counts all, drawn or not.
  void say_what_is_off() {
    std::map<std::size_t, std::set<std::string_view>> targets;
    for (const Finding& finding : report_.findings) {
      const auto cluster = clusters_.find(finding.module);
      if (finding.rule != "off-target" || finding.edge || cluster == clusters_.end()) continue;
      targets[cluster->second].insert(finding.path.begin(), finding.path.end());
    }
    for (const auto& [cluster, labels] : targets) {
      if (labels.empty()) continue;
      picture_.clusters[cluster].label +=
          fmt::format("\n{} in the build although off", counted(labels.size(), "target"));
    }
  }

  std::string caption() const {
    const Summary summary = summarise(report_);
    std::string text =
        fmt::format("bulkhead: {}, {}", counted(summary.errors, "error"), counted(summary.warnings, "warning"));
    if (summary.known > 0) text += fmt::format(", {} known", summary.known);
    if (summary.waived > 0) text += fmt::format(", {} waived", summary.waived);
    text += fmt::format(" - CMake {}, {}", displayable(report_.cmake_version), displayable(report_.generator));
    std::vector<std::string> missing;
    if (not_drawn_ > 0) missing.push_back(counted(not_drawn_, "finding"));
    if (inheritors_not_drawn_ > 0) missing.push_back(counted(inheritors_not_drawn_, "inheriting target"));
    if (!missing.empty()) text += fmt::format("\nnot drawn: {} more", joined(missing, " and "));
    const auto count = [&](std::string_view rule) {
      return static_cast<std::size_t>(std::count_if(report_.findings.begin(), report_.findings.end(),
                                                    [&](const Finding& finding) { return finding.rule == rule; }));
    };
    if (const std::size_t blind = count("blind-spot"); blind > 0)
      text += fmt::format("\n{}: not every kind of edge could be checked", counted(blind, "blind spot"));
    if (const std::size_t unused = count("unused-policy"); unused > 0)
      text += fmt::format("\n{} about the policy itself", counted(unused, "finding"));
    return text;
  }

  const Report& report_;
  const PictureLimits& limits_;
  Picture picture_;
  std::unordered_map<std::string_view, const FindingEnd*> ends_;
  std::map<std::string, std::size_t, std::less<>> clusters_;
  std::map<std::string, std::size_t, std::less<>> nodes_;
  std::set<std::pair<std::size_t, std::size_t>> drawn_;
  std::map<std::size_t, std::map<std::string_view, const FindingEnd*>> inheritors_;
  std::vector<const Finding*> hops_;
  std::size_t not_drawn_ = 0;
  std::size_t inheritors_not_drawn_ = 0;
  bool inherited_ = false;
};

}  // namespace

Picture build_picture(const Report& report, const PictureLimits& limits) {
  return Builder(report, limits).build();
}

Legend legend_of(const Picture& picture) {
  std::set<Shape> shapes;
  std::set<Stroke> strokes;
  Legend legend;
  for (const PictureNode& node : picture.nodes) {
    if (node.shape != Shape::remark && node.shape != Shape::module) shapes.insert(node.shape);
    if (node.mark && node.shape != Shape::remark) legend.mark = std::min(legend.mark.value_or(*node.mark), *node.mark);
  }
  for (const PictureEdge& edge : picture.edges) strokes.insert(edge.stroke);
  legend.shapes.assign(shapes.begin(), shapes.end());
  legend.strokes.assign(strokes.begin(), strokes.end());
  return legend;
}

}  // namespace bulkhead
