#include "reports/diff_picture.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "reports/label.h"
#include "reports/picture_text.h"

namespace bulkhead {
namespace {

Stroke stroke_of(Change change) {
  return change == Change::removed ? Stroke::removed : Stroke::added;
}

bool is_target(std::string_view label) {
  return label.starts_with("target:");
}

/// Adds boxes and arrows while there is room.
class Builder {
 public:
  Builder(const DiffReport& report, const PictureLimits& limits) : report_(report), limits_(limits) {}

  Picture build() {
    for (const DiffGroup& group : report_.groups) {
      for (const TargetChange& target : group.targets) targets_.try_emplace("target:" + target.name, &target);
    }
    for (const bool between_targets : {true, false}) {
      for (const DiffGroup& group : report_.groups) {
        for (const EdgeChange& edge : group.edges) {
          if ((is_target(edge.from) && is_target(edge.to)) == between_targets) draw_edge(group, edge);
        }
      }
    }
    for (const DiffGroup& group : report_.groups) {
      for (const TargetChange& target : group.targets) draw_target(group, target);
    }
    picture_.caption = say_caption();
    return std::move(picture_);
  }

 private:
  std::optional<std::size_t> cluster_of(std::string_view module) {
    if (!report_.by_module || module.empty() || module == "core" || module == "set aside") return std::nullopt;
    const auto [place, fresh] = clusters_.try_emplace(std::string(module), picture_.clusters.size());
    if (fresh) {
      const std::string label = say_prose(fmt::format("module {}", module));
      picture_.clusters.push_back({.label = label, .tooltip = label, .on = true});
    }
    return place->second;
  }

  std::size_t node_of(const std::string& label, std::string_view module) {
    const auto [place, fresh] = nodes_.try_emplace(label, picture_.nodes.size());
    if (!fresh) return place->second;
    const auto target = targets_.find(label);
    const bool changed = target != targets_.end();
    PictureNode node{.label = say_node(label),
                     .tooltip = displayable(label),
                     .shape = shape_of(label, changed ? target->second->type : std::string()),
                     .cluster = cluster_of(module)};
    if (changed) {
      node.label = fmt::format("{} {}", sign_of(target->second->change), node.label);
      node.tooltip += "\n" + displayable(say_target(*target->second));
      if (target->second->change != Change::changed) node.mark = stroke_of(target->second->change);
    }
    picture_.nodes.push_back(std::move(node));
    return place->second;
  }

  [[nodiscard]] bool fits(const std::string& from, const std::string& to) const {
    const std::size_t added = (nodes_.contains(from) ? 0U : 1U) + (nodes_.contains(to) || from == to ? 0U : 1U);
    return picture_.nodes.size() + added <= limits_.nodes && picture_.edges.size() < limits_.edges;
  }

  void draw_edge(const DiffGroup& group, const EdgeChange& edge) {
    if (!fits(edge.from, edge.to)) {
      ++edges_left_out_;
      return;
    }
    const auto owner = report_.modules.find(edge.to);
    const std::string_view dependee_module = owner == report_.modules.end() ? std::string_view() : owner->second;
    const std::size_t from = node_of(edge.from, group.name);
    const std::size_t to = node_of(edge.to, dependee_module);
    const std::string place = displayable(bulkhead::say_place(edge.file, edge.line));
    std::string words = fmt::format("{} {}", sign_of(edge.change), to_string(edge.kind));
    if (edge.uncertain) words += ", uncertain";
    if (!place.empty()) words += "\n" + wrap(place, 32, 3);
    std::string tooltip = fmt::format("{} {}: {} -> {}", sign_of(edge.change), to_string(edge.kind),
                                      displayable(short_label(edge.from)), displayable(short_label(edge.to)));
    if (!place.empty()) tooltip += "\n" + place;
    picture_.edges.push_back({.from = from,
                              .to = to,
                              .stroke = stroke_of(edge.change),
                              .label = std::move(words),
                              .tooltip = std::move(tooltip)});
  }

  // One that no edge has drawn.
  void draw_target(const DiffGroup& group, const TargetChange& target) {
    const std::string label = "target:" + target.name;
    if (nodes_.contains(label)) return;
    if (picture_.nodes.size() < limits_.nodes) {
      node_of(label, group.name);
    } else {
      ++targets_left_out_;
    }
  }

  [[nodiscard]] std::string say_caption() const {
    std::string caption = say_prose(say_summary(report_));
    for (const std::string& remark : report_.remarks) caption += "\n" + say_prose("not comparable: " + remark);
    if (const std::string unseen = say_not_compared(report_); !unseen.empty()) caption += "\n" + say_prose(unseen);
    if (edges_left_out_ != 0 || targets_left_out_ != 0) {
      caption += "\n" + say_prose(fmt::format("not drawn: {}, {}", counted(targets_left_out_, "target"),
                                              counted(edges_left_out_, "edge")));
    }
    return caption;
  }

  const DiffReport& report_;
  const PictureLimits& limits_;
  Picture picture_;
  std::map<std::string, std::size_t, std::less<>> nodes_;
  std::map<std::string, std::size_t, std::less<>> clusters_;
  std::map<std::string, const TargetChange*, std::less<>> targets_;
  std::size_t edges_left_out_ = 0;
  std::size_t targets_left_out_ = 0;
};

}  // namespace

Picture build_diff_picture(const DiffReport& report, const PictureLimits& limits) {
  return Builder(report, limits).build();
}

}  // namespace bulkhead
