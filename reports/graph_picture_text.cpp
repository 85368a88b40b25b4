#include "reports/graph_picture_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>
#include <vector>

#include "reports/label.h"
#include "reports/picture_text.h"

namespace bulkhead {
namespace {

constexpr std::size_t name_width = 26;      // characters a line
constexpr std::size_t caption_width = 110;  // likewise
constexpr std::size_t names_in_label = 2;
constexpr std::size_t names_in_tooltip = 12;

std::string name_of(const TargetGraph& graph, Endpoint thing) {
  const std::string label = to_label(graph, thing);
  return displayable(std::string_view(label).substr(label.find(':') + 1));
}

std::string say_folder(std::string_view path) {
  return path.empty() ? "top directory" : displayable(path);
}

/// "12 targets", "12 targets, 3 files".
std::string count_things(const GraphSubject& subject, const GraphBox& box) {
  const auto targets = static_cast<std::size_t>(std::count_if(
      box.things.begin(), box.things.end(), [&](std::uint32_t thing) { return subject.things[thing].is_target(); }));
  const std::size_t others = box.things.size() - targets;
  if (others == 0) return counted(targets, "target");
  return targets == 0 ? counted(others, "file")
                      : fmt::format("{}, {}", counted(targets, "target"), counted(others, "file"));
}

/// "cuda (USE_CUDA=OFF)"; "cuda (off)" where the toggle is more than a name.
std::string say_module(const ViewedModule& module) {
  const bool is_word = module.toggle.find_first_of(" ()$\"") == std::string::npos && !module.toggle.empty();
  return is_word ? fmt::format("{} ({}={})", module.name, module.toggle, module.on ? "ON" : "OFF")
                 : fmt::format("{} ({})", module.name, module.on ? "on" : "off");
}

std::string say_owner(const GraphView& view, Owner owner) {
  if (owner.is_module()) return say_module(view.modules[owner.module_index()]);
  if (view.modules.empty()) return "all others";
  return owner.is_core() ? "core" : "set aside";
}

std::string say_place(const PicturePlace& place) {
  if (place.file.empty()) return {};
  return place.line == 0 ? displayable(place.file) : fmt::format("{}:{}", displayable(place.file), place.line);
}

PicturePlace place_of_frame(const TargetGraph& graph, OptionalFrameId frame) {
  const auto call = frame ? graph.call_site(*frame) : std::nullopt;
  return call ? PicturePlace{std::string(call->file), call->line} : PicturePlace{};
}

/// The first names, and how many more there are.
std::string list_names(const TargetGraph& graph, const GraphSubject& subject, const GraphBox& box) {
  std::string names;
  const std::size_t shown = std::min(box.things.size(), names_in_tooltip);
  for (std::size_t i = 0; i < shown; ++i) names += "\n" + name_of(graph, subject.things[box.things[i]]);
  if (shown < box.things.size()) names += fmt::format("\n\u2026 and {} more", box.things.size() - shown);
  return names;
}

std::string with_comma(std::size_t number) {
  std::string text = std::to_string(number);
  for (std::size_t at = text.size(); at > 3; at -= 3) text.insert(at - 3, ",");
  return text;
}

std::string many(std::size_t count, std::string_view noun) {
  return fmt::format("{} {}{}", with_comma(count), noun, count == 1 ? "" : noun.ends_with('x') ? "es" : "s");
}

}  // namespace

Shape shape_of_box(const GraphView& view, const GraphSubject& subject, const GraphBox& box) {
  switch (box.kind) {
    case BoxKind::folder:
    case BoxKind::rest: return Shape::folder;
    case BoxKind::owner: return box.owner.is_module() ? Shape::module : Shape::folder;
    case BoxKind::owners: return Shape::module;
    case BoxKind::alike: return Shape::alike;
    case BoxKind::thing: break;
  }
  const Endpoint thing = subject.things[box.things.front()];
  const std::string label = to_label(*view.graph, thing);
  return shape_of(label, thing.is_target() ? to_string((*view.graph)[thing.target_id()].type) : std::string_view());
}

std::string say_box(const GraphView& view, const GraphSubject& subject, const GraphBox& box) {
  const TargetGraph& graph = *view.graph;
  switch (box.kind) {
    case BoxKind::thing: {
      return say_node(to_label(graph, subject.things[box.things.front()]));
    }
    case BoxKind::folder:
      return fmt::format("{}\n{}", wrap(say_folder(box.folder), name_width, 3), count_things(subject, box));
    case BoxKind::rest: {
      const std::string what =
          box.folders == 0 ? std::string("right in it") : fmt::format("in {} more folders", box.folders);
      return fmt::format("{}\n{} {}", wrap(say_folder(box.folder), name_width, 3), count_things(subject, box), what);
    }
    case BoxKind::owner:
      return fmt::format("{}\n{}", wrap(displayable(say_owner(view, box.owner)), name_width, 3),
                         count_things(subject, box));
    case BoxKind::owners: return fmt::format("{} more modules\n{}", box.folders, count_things(subject, box));
    case BoxKind::alike: break;
  }
  const bool folders = !box.names.front().empty();
  std::string label;
  for (std::size_t i = 0; i < names_in_label; ++i) {
    label += wrap(folders ? say_folder(box.names[i]) : name_of(graph, subject.things[box.things[i]]), name_width, 2);
    label += '\n';
  }
  label += fmt::format("\u2026 and {} more like these", box.names.size() - names_in_label);
  return folders ? label + "\n" + count_things(subject, box) : label;
}

std::string explain_box(const GraphView& view, const GraphSubject& subject, const GraphBox& box, std::size_t inside) {
  const TargetGraph& graph = *view.graph;
  if (box.kind == BoxKind::thing) {
    const Endpoint thing = subject.things[box.things.front()];
    std::string text = displayable(to_label(graph, thing));
    if (thing.is_target()) text += fmt::format("\n{}", to_string(graph[thing.target_id()].type));
    const std::string place = say_place(place_of_thing(view, subject, box));
    return place.empty() ? text : text + "\n" + place;
  }
  std::string text;
  if (box.kind == BoxKind::owner) {
    text = displayable(say_owner(view, box.owner));
  } else if (box.kind == BoxKind::alike) {
    text = "the same dependees, the same dependers";
  } else if (box.kind == BoxKind::owners) {
    text = fmt::format("{} modules", box.folders);
  } else {
    text = say_folder(box.folder);
  }
  text += fmt::format(": {}", count_things(subject, box));
  if (inside > 0) text += fmt::format(", {} between them", many(inside, "edge"));
  return text + list_names(graph, subject, box);
}

std::string explain_arrow(const GraphView& view, const GraphArrow& arrow) {
  const TargetGraph& graph = *view.graph;
  std::string text = arrow.edges.size() == 1 ? std::string() : many(arrow.edges.size(), "edge") + "\n";
  const std::size_t shown = std::min<std::size_t>(arrow.edges.size(), names_in_tooltip);
  for (std::size_t i = 0; i < shown; ++i) {
    const Edge& edge = graph[arrow.edges[i]];
    const std::string place = say_place(place_of_edge(view, arrow.edges[i]));
    text +=
        fmt::format("{}{} \u2192 {} [{}{}]{}{}", i == 0 ? "" : "\n", name_of(graph, edge.from), name_of(graph, edge.to),
                    to_string(edge.kind), edge.known == Known::derived && edge.to.is_target() ? ", derived" : "",
                    place.empty() ? "" : " ", place);
  }
  if (shown < arrow.edges.size()) text += fmt::format("\n\u2026 and {} more", with_comma(arrow.edges.size() - shown));
  if (arrow.on_circle) text += "\non a circle of targets";
  return text;
}

PictureCluster frame_of_module(const ViewedModule& module) {
  PictureCluster cluster{.label = say_prose(say_module(module)), .tooltip = "", .on = module.on};
  if (!module.stage.empty()) cluster.label += "\n" + say_prose(module.stage);
  cluster.tooltip = displayable(fmt::format("module {}, {}{}{}", module.name, module.on ? "on" : "off",
                                            module.toggle.empty() ? "" : ": ", module.toggle));
  return cluster;
}

PicturePlace place_of_edge(const GraphView& view, EdgeId edge) {
  return place_of_frame(*view.graph, (*view.graph)[edge].frame);
}

PicturePlace place_of_thing(const GraphView& view, const GraphSubject& subject, const GraphBox& box) {
  const TargetGraph& graph = *view.graph;
  const Endpoint thing = subject.things[box.things.front()];
  if (thing.is_target()) return place_of_frame(graph, graph[thing.target_id()].frame);
  return thing.kind() == EndpointKind::file ? PicturePlace{std::string(graph.text(thing.string_id())), 0}
                                            : PicturePlace{};
}

std::string say_graph_caption(const GraphView& view, const GraphSubject& subject, const GraphBoxes& boxes,
                              const GraphArrows& arrows) {
  const BuildInfo& info = view.graph->info();
  std::vector<std::string> sentences;
  sentences.push_back(fmt::format("{} - CMake {}, {}{}{}", displayable(subject.title), displayable(info.cmake_version),
                                  displayable(info.generator), info.configuration.empty() ? "" : ", ",
                                  displayable(info.configuration)));
  std::size_t inside = 0;
  for (const std::size_t count : arrows.inside) inside += count;
  std::size_t targets = 0;
  for (const Endpoint thing : subject.things) targets += thing.is_target() ? 1 : 0;
  std::string size = fmt::format("{} in {}; {} as {}", many(targets, "target"), many(boxes.boxes.size(), "box"),
                                 many(subject.edges.size(), "edge"), many(arrows.arrows.size(), "arrow"));
  const bool is_thick = std::any_of(arrows.arrows.begin(), arrows.arrows.end(),
                                    [](const GraphArrow& arrow) { return arrow.edges.size() > 1; });
  if (is_thick) size += " (thick: many)";
  if (inside > 0) size += fmt::format(", {} inside of boxes", with_comma(inside));
  sentences.push_back(std::move(size));
  if (arrows.circles > 0) sentences.push_back(many(arrows.circles, "circle") + " of targets that depend on each other");

  std::vector<std::string> missing;
  const auto add = [&missing](std::size_t count, std::string_view noun, std::string_view what) {
    if (count > 0) missing.push_back(fmt::format("{}{}{}", many(count, noun), what.empty() ? "" : " ", what));
  };
  add(arrows.implied_edges, "edge", "that longer ways imply");
  add(arrows.edges_left_out, "edge", fmt::format("in the {}", many(arrows.arrows_left_out, "thinnest arrow")));
  add(subject.outer_edges, "edge", "among what is farthest away");
  add(subject.inherited_edges, "inherited edge", "");
  add(subject.hidden_utilities, "UTILITY target", "on which nothing depends");
  add(subject.hidden_set_aside, "target", "set aside");
  if (subject.hidden_edges > 0 && !missing.empty()) {
    missing.back() += fmt::format(", with {}", many(subject.hidden_edges, "edge"));
  }
  if (!missing.empty()) sentences.push_back(fmt::format("not drawn: {}", fmt::join(missing, "; ")));
  std::string caption;
  for (const std::string& sentence : sentences) {
    caption += (caption.empty() ? "" : "\n") + wrap(sentence, caption_width, 4);
  }
  return caption;
}

}  // namespace bulkhead
