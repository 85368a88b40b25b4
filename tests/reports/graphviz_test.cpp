#include "reports/graphviz.h"

#include <cgraph.h>
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "reports/graph_picture.h"
#include "reports/label.h"
#include "reports/link_template.h"
#include "reports/palette.h"
#include "reports/pen.h"
#include "reports/writer.h"

namespace bulkhead {
namespace {

const std::vector<std::string> hostile_names = {
    "a\"quote\"",
    "back\\slash\\N\\G\\l\\",
    "line\nbreak\ttab\r",
    "<b>html</b>",
    "<>",
    "a&b &lt; &amp; &#65;",
    "]]>",
    "-->",
    "bad\xFF\xFE utf8 \xC3",
    "\x01\x02",
    "n0",
    "",
    "\u6F22\u5B57",
    "'apos'",
    "{record|<f0>}",
    "%s%n",
    "c:\\n",
    "digraph",
};

FindingEnd target(const std::string& name, const std::string& module = "", const std::string& type = "SHARED_LIBRARY") {
  return {.label = "target:" + name, .type = type, .module = module};
}

Finding link(const std::string& from, const std::string& to, const std::string& module) {
  return {.rule = "off-edge",
          .module = module,
          .edge = FindingEdge{.kind = EdgeKind::link, .from = target(from), .to = target(to, module)},
          .path = {"target:" + from, "target:" + to},
          .evidence = {{.file = from + "/CMakeLists.txt", .line = 12}},
          .message = fmt::format("{} links {}", from, to)};
}

Report report(std::vector<Finding> findings) {
  return {.tool_version = "0.1.0",
          .cmake_version = "3.25.1",
          .generator = "Ninja",
          .codemodel = "2.4",
          .source_root = "/src",
          .configurations = {{.name = "Release"}},
          .modules = {{.name = "cuda", .stage = "S0", .toggle = "USE_CUDA", .verdict = Verdict::violated}},
          .findings = std::move(findings)};
}

Report hostile_report() {
  std::vector<Finding> findings;
  for (const std::string& name : hostile_names) {
    findings.push_back(link(name, name + "_rt", "m" + name));
    findings.back().inherited_by = {target(name + "_app")};
  }
  Report hostile = report(findings);
  hostile.generator = "Ninja <\"&\\G\n\x02>";
  return hostile;
}

/// core -> cuda_rt, and a tool of the module that needs the core: a cycle through the module's frame.
Report cyclic_report() {
  Finding first = link("core", "cuda_rt", "cuda");
  first.inherited_by = {target("cuda_tool", "cuda"), target("cuda_rt", "cuda")};
  Finding self = link("core", "core", "cuda");
  self.edge->to.module = "";
  Finding cycle{
      .rule = "acyclic", .path = {"target:core", "target:b", "target:cuda_tool", "target:core"}, .message = "m"};
  return report({first, self, cycle});
}

struct CloseGraph {
  void operator()(Agraph_t* graph) const { agclose(graph); }
};
using Graph = std::unique_ptr<Agraph_t, CloseGraph>;

std::string attribute(void* object, const char* name) {
  const char* value = agget(object, const_cast<char*>(name));
  return value == nullptr ? "" : value;
}

/// What a reader sees of a label of Graphviz that holds no HTML: its escapes and entities resolved.
std::string seen(std::string_view label) {
  std::string text;
  for (std::size_t i = 0; i < label.size(); ++i) {
    if (label[i] == '\\') {
      ++i;
      text += label[i] == 'n' || label[i] == 'l' ? '\n' : label[i];
    } else if (label.substr(i).starts_with("&amp;")) {
      text += '&';
      i += 4;
    } else {
      text += label[i];
    }
  }
  return text;
}

/// Empty when the text is well-formed XML in UTF-8, as far as an SVG of Graphviz goes; else what is wrong.
std::string complaint(std::string_view xml, std::vector<std::string>* texts = nullptr) {
  std::vector<std::string> open;
  std::set<std::string> ids;
  if (!xml.starts_with("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<svg ")) return "no declaration";
  xml.remove_prefix(xml.find('\n') + 1);
  while (!xml.empty()) {
    const std::size_t length = std::min(xml.find('<'), xml.size());
    std::string plain;
    for (std::size_t i = 0; i < length; ++i) {
      if (static_cast<unsigned char>(xml[i]) < 0x20 && xml[i] != '\n') return "control character";
      if (xml[i] != '&') {
        plain += xml[i];
        continue;
      }
      const std::string_view entity = xml.substr(i, xml.find(';', i) - i + 1);
      if (entity == "&amp;")
        plain += '&';
      else if (entity == "&lt;")
        plain += '<';
      else if (entity == "&gt;")
        plain += '>';
      else if (entity == "&quot;")
        plain += '"';
      else if (entity == "&#39;")
        plain += '\'';
      else if (entity == "&#45;")
        plain += '-';
      else if (entity == "&#160;")
        plain += "\u00A0";
      else
        return fmt::format("entity {}", entity.substr(0, 20));
      i += entity.size() - 1;
    }
    if (plain.find("]]>") != std::string::npos && xml.substr(0, length).find("]]>") != std::string_view::npos)
      return "]]>";
    if (!open.empty() && open.back() != "svg" && open.back() != "g" && texts != nullptr) texts->push_back(plain);
    if (open.empty() && plain.find_first_not_of('\n') != std::string::npos) return "text outside of the document";
    xml.remove_prefix(length);
    if (xml.empty()) break;
    const std::size_t end = xml.find('>');
    if (end == std::string_view::npos) return "unfinished tag";
    const std::string_view tag = xml.substr(1, end - 1);
    xml.remove_prefix(end + 1);
    if (tag.starts_with('/')) {
      if (open.empty() || open.back() != tag.substr(1)) return fmt::format("stray {}", tag);
      open.pop_back();
      continue;
    }
    if (tag.find('<') != std::string_view::npos) return "'<' in a tag";
    if (std::count(tag.begin(), tag.end(), '"') % 2 != 0) return fmt::format("quotes in {}", tag);
    if (const std::size_t id = tag.find(" id=\""); id != std::string_view::npos) {
      if (!ids.insert(std::string(tag.substr(id + 5, tag.find('"', id + 5) - id - 5))).second) return "an id twice";
    }
    if (!tag.ends_with('/')) open.emplace_back(tag.substr(0, tag.find_first_of(" \n")));
  }
  return open.empty() ? "" : "open " + open.back();
}

std::string svg_of(const Report& report) {
  const Result<std::string> svg = write_svg(report, {});
  EXPECT_TRUE(svg.has_value()) << svg.error().message;
  return svg.value_or("");
}

std::string dot_of(const Report& report) {
  const Result<std::string> dot = write_dot(report, {});
  EXPECT_TRUE(dot.has_value()) << dot.error().message;
  return dot.value_or("");
}

TEST(Dot, IsWhatWasDrawn) {
  Report one = report({link("core", "cuda_rt", "cuda")});
  one.findings[0].inherited_by = {target("app", "", "EXECUTABLE")};
  const Graph graph(agmemread(dot_of(one).c_str()));
  ASSERT_NE(graph, nullptr);
  EXPECT_EQ(agnnodes(graph.get()), 3 + 4) << "the picture's and the legend's";
  EXPECT_EQ(agnedges(graph.get()), 2 + 2);
  EXPECT_EQ(attribute(graph.get(), "label"), "bulkhead: 1 error, 0 warnings - CMake 3.25.1, Ninja\\l");

  Agraph_t* cluster = agsubg(graph.get(), const_cast<char*>("cluster_0"), 0);
  ASSERT_NE(cluster, nullptr);
  EXPECT_EQ(attribute(cluster, "label"), "cuda (USE_CUDA=OFF)\\lS0, violated\\l");
  EXPECT_EQ(agnnodes(cluster), 1);
  Agnode_t* rt = agnode(cluster, const_cast<char*>("n1"), 0);
  ASSERT_NE(rt, nullptr);
  EXPECT_EQ(attribute(rt, "label"), "cuda_rt");
  EXPECT_EQ(attribute(rt, "shape"), "doubleoctagon");

  Agnode_t* core = agnode(graph.get(), const_cast<char*>("n0"), 0);
  ASSERT_NE(core, nullptr);
  Agedge_t* edge = agedge(graph.get(), core, rt, nullptr, 0);
  ASSERT_NE(edge, nullptr);
  EXPECT_EQ(attribute(edge, "label"), "link\\ncore/CMakeLists.txt:12");
  EXPECT_EQ(attribute(edge, "tooltip"), "error[off-edge]: core links cuda_rt\\ncore/CMakeLists.txt:12");
  EXPECT_EQ(attribute(edge, "color"), vermillion);
  EXPECT_EQ(attribute(edge, "style"), "bold");
  EXPECT_EQ(attribute(edge, "id"), "e0");

  Agedge_t* inherits = agedge(graph.get(), agnode(graph.get(), const_cast<char*>("n2"), 0), core, nullptr, 0);
  ASSERT_NE(inherits, nullptr);
  EXPECT_EQ(attribute(inherits, "style"), "dashed");
}

TEST(Dot, HasTheOutlinesOfCMake) {
  EXPECT_STREQ(outline_of(Shape::executable), "egg");
  EXPECT_STREQ(outline_of(Shape::static_library), "octagon");
  EXPECT_STREQ(outline_of(Shape::shared_library), "doubleoctagon");
  EXPECT_STREQ(outline_of(Shape::module_library), "tripleoctagon");
  EXPECT_STREQ(outline_of(Shape::interface_library), "pentagon");
  EXPECT_STREQ(outline_of(Shape::object_library), "hexagon");
  EXPECT_STREQ(outline_of(Shape::unknown_library), "septagon");
  EXPECT_STREQ(outline_of(Shape::utility), "box");
}

TEST(Dot, TellsStrokesApartWithoutColour) {
  std::set<std::string> looks;
  for (const Stroke stroke : {Stroke::error, Stroke::warning, Stroke::accepted, Stroke::hop, Stroke::inherits,
                              Stroke::added, Stroke::removed}) {
    looks.insert(fmt::format("{} {}", pen_of(stroke).style, pen_of(stroke).width));
  }
  EXPECT_EQ(looks.size(), 7U);
}

TEST(Dot, KeepsHostileNames) {
  const Picture picture = build_picture(hostile_report());
  ASSERT_EQ(picture.nodes.size(), PictureLimits{}.nodes);
  const Result<std::string> dot = render_dot(picture);
  ASSERT_TRUE(dot.has_value());
  const Graph graph(agmemread(dot->c_str()));
  ASSERT_NE(graph, nullptr);
  EXPECT_EQ(seen(attribute(graph.get(), "label")), picture.caption + '\n');
  for (std::size_t i = 0; i < picture.nodes.size(); ++i) {
    Agnode_t* node = agnode(graph.get(), const_cast<char*>(fmt::format("n{}", i).c_str()), 0);
    ASSERT_NE(node, nullptr) << i;
    EXPECT_EQ(seen(attribute(node, "label")), picture.nodes[i].label);
    EXPECT_EQ(seen(attribute(node, "tooltip")), picture.nodes[i].tooltip);
    EXPECT_FALSE(aghtmlstr(agget(node, const_cast<char*>("label")))) << picture.nodes[i].label;
  }
  for (std::size_t i = 0; i < picture.clusters.size(); ++i) {
    Agraph_t* cluster = agsubg(graph.get(), const_cast<char*>(fmt::format("cluster_{}", i).c_str()), 0);
    ASSERT_NE(cluster, nullptr) << i;
    EXPECT_EQ(seen(attribute(cluster, "label")), picture.clusters[i].label + '\n');
  }
}

TEST(Svg, IsWellFormed) {
  EXPECT_EQ(complaint(svg_of(report({link("core", "cuda_rt", "cuda")}))), "");
  EXPECT_EQ(complaint(svg_of(report({}))), "");
  EXPECT_EQ(complaint(svg_of(cyclic_report())), "");
}

TEST(Svg, KeepsHostileNames) {
  const Report hostile = hostile_report();
  const std::string svg = svg_of(hostile);
  std::vector<std::string> texts;
  EXPECT_EQ(complaint(svg, &texts), "");
  EXPECT_EQ(displayable(svg).size(), svg.size()) << "all of it is valid UTF-8";
  const std::set<std::string> shown(texts.begin(), texts.end());
  for (const PictureNode& node : build_picture(hostile).nodes) {
    EXPECT_TRUE(shown.contains(node.tooltip)) << node.tooltip;
    if (node.label.find('\n') == std::string::npos && !node.label.empty()) {
      EXPECT_TRUE(shown.contains(node.label)) << node.label;
    }
  }
}

TEST(Svg, SaysTheWholeMessageWhenPointedAt) {
  Report one = report({link("core", "cuda_rt", "cuda")});
  one.findings[0].help = "put the call under if(USE_CUDA) & try again";
  const std::string svg = svg_of(one);
  const std::string title =
      "<title>error[off-edge]: core links cuda_rt\ncore/CMakeLists.txt:12\n"
      "help: put the call under if(USE_CUDA) &amp; try again</title>";
  EXPECT_NE(svg.find("<g id=\"e0\" class=\"edge\">\n" + title), std::string::npos);
  EXPECT_NE(svg.find("<g id=\"e0_tail\" class=\"edge\">\n" + title), std::string::npos);
  EXPECT_NE(svg.find("<g id=\"e0_label\" class=\"node\">\n" + title), std::string::npos);
  EXPECT_NE(svg.find("<g id=\"n0\" class=\"node\">\n<title>target:core\nSHARED_LIBRARY</title>"), std::string::npos);
  EXPECT_NE(svg.find("<g id=\"c0\" class=\"cluster\">\n<title>cuda: 0 targets, 0 files</title>"), std::string::npos);
  EXPECT_EQ(svg.find("<title>n"), std::string::npos) << "names of nodes mean nothing to a reader";
}

TEST(Svg, SaysNothingOfTheMachine) {
  const std::string svg = svg_of(report({link("core", "cuda_rt", "cuda")}));
  EXPECT_EQ(svg.find("<!--"), std::string::npos);
  EXPECT_EQ(svg.find("<!DOCTYPE"), std::string::npos);
  EXPECT_EQ(svg.find("/src"), std::string::npos);
  EXPECT_NE(svg.find("style=\"max-width:100%;height:auto\""), std::string::npos);
}

TEST(Graphviz, WritesTheSameBytesAgain) {
  // Other graphs, alive in between, move whatever is allocated: addresses must not matter.
  for (const Report& one : {hostile_report(), cyclic_report(), report({}), report({link("core", "cuda_rt", "cuda")})}) {
    const std::string dot = dot_of(one);
    const std::string svg = svg_of(one);
    std::vector<Graph> others;
    for (int i = 0; i < 5; ++i) {
      others.emplace_back(agmemread(fmt::format("digraph other{} {{ cluster_{} -> n{} }}", i, i, i).c_str()));
      EXPECT_EQ(dot_of(one), dot);
      EXPECT_EQ(svg_of(one), svg);
    }
  }
}

TEST(Graphviz, LaysAFullPictureOutInNoTime) {
  std::vector<Finding> findings;
  for (int i = 0; i < 1000; ++i) {
    const std::string module = fmt::format("m{}", i % 4);
    findings.push_back(link(fmt::format("core{}", i % 7), fmt::format("{}_rt{}", module, i % 23), module));
    for (int j = 0; j < 200; ++j) findings.back().inherited_by.push_back(target(fmt::format("tool{}", j)));
  }
  const Report full = report(findings);
  const auto start = std::chrono::steady_clock::now();
  EXPECT_EQ(complaint(svg_of(full)), "");
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(5));  // tens of milliseconds, in fact
}

TEST(Graphviz, SurvivesCyclesThroughModules) {
  // Edges back from a module's frame: where dot 2.42 corrupts the heap when edges carry labels.
  for (int seed = 0; seed < 60; ++seed) {
    unsigned state = static_cast<unsigned>(seed) * 2654435761U + 1;
    const auto random = [&state](unsigned below) { return (state = state * 1664525U + 1013904223U) / 65536U % below; };
    const auto end = [&] {
      const unsigned module = random(4);
      return target(fmt::format("t{}_{}", module, random(6)), module == 0 ? "" : fmt::format("m{}", module));
    };
    std::vector<Finding> findings;
    for (int i = 0; i < 15; ++i) {
      findings.push_back(link("x", "y", "m1"));
      findings.back().edge->from = end();
      findings.back().edge->to = end();
      findings.back().inherited_by = {end(), end(), end()};
    }
    EXPECT_EQ(complaint(svg_of(report(findings))), "") << "seed " << seed;
  }
}

TEST(GraphvizDeathTest, SaysWhenItsPluginsAreMissing) {
  // In a process of its own, because libgvc remembers where its plugins are.
  testing::FLAGS_gtest_death_test_style = "threadsafe";
  const auto draw_without_plugins = [] {
    setenv("GVBINDIR", "/nonexistent", 1);
    const Result<std::string> svg = write_svg(report({}), {});
    if (svg) std::exit(1);
    fmt::print(stderr, "[{}] [{}]\n", svg.error().message, svg.error().hint);
    std::exit(0);
  };
  EXPECT_EXIT(draw_without_plugins(), testing::ExitedWithCode(0),
              "\\[Graphviz could not lay out the graph: .*dot.*\\] \\[install Graphviz with its plugins");
}

/// Targets with hostile names in hostile folders, each linking the next.
TargetGraph hostile_graph() {
  TargetGraphParts parts;
  parts.info.cmake_version = "3.25\n<b>";
  for (const std::string& name : hostile_names) {
    parts.targets.push_back({.name = parts.strings.intern("t" + name),
                             .source_directory = parts.strings.intern("d" + name + "/e"),
                             .build_directory = parts.strings.intern("."),
                             .frame = FrameId(parts.frames.size()),
                             .artifacts = {},
                             .type = TargetType::static_library});
    parts.frames.push_back(
        {parts.strings.intern("d" + name + "/CMakeLists.txt"), parts.strings.intern("add_library"), {}, 3});
  }
  for (std::size_t i = 0; i < parts.targets.size(); ++i) {
    const TargetId next((i + 1) % parts.targets.size());
    parts.edges.push_back(
        {Endpoint::target(TargetId(i)), Endpoint::target(next), FrameId(i), EdgeKind::link, Known::declared});
  }
  parts.dependency_offsets.resize(parts.targets.size() + 1);
  return TargetGraph(std::move(parts));
}

Picture picture_of(const TargetGraph& graph, Grouping by) {
  GraphView view{
      .graph = &graph, .modules = {{.name = "m\"<&\n\xFF"}}, .targets = {}, .dependers = {}, .dependees = {}};
  GraphSubject subject{.title = "<x>\n\\N"};
  for (std::size_t i = 0; i < graph.targets().size(); ++i) {
    view.targets.push_back(i % 3 == 0 ? Owner::module(0) : i % 3 == 1 ? Owner::core() : Owner::set_aside());
    subject.things.push_back(Endpoint::target(TargetId(i)));
    subject.chosen.push_back(i % 5 == 0);
  }
  for (std::size_t i = 0; i < graph.edges().size(); ++i) subject.edges.emplace_back(i);
  Picture picture = build_graph_picture(view, subject, {.grouping = {.by = by}});
  link_picture(picture, *LinkTemplate::parse("https://e.org/{file}?a=1&b=2#L{line}"));
  return picture;
}

TEST(GraphPictures, KeepHostileNames) {
  const TargetGraph graph = hostile_graph();
  for (const Grouping by : {Grouping::target, Grouping::folder, Grouping::module}) {
    const Picture picture = picture_of(graph, by);
    EXPECT_GT(picture.nodes.size(), 2U);
    const std::string svg = render_web_svg(picture).value();
    std::vector<std::string> texts;
    EXPECT_EQ(complaint(svg, &texts), "");
    EXPECT_EQ(displayable(svg).size(), svg.size());
    const std::set<std::string> shown(texts.begin(), texts.end());
    for (const PictureNode& node : picture.nodes) EXPECT_TRUE(shown.contains(node.tooltip)) << node.tooltip;
    EXPECT_EQ(svg.find("javascript:"), std::string::npos);

    const Graph read(agmemread(render_dot(picture)->c_str()));
    ASSERT_NE(read, nullptr);
    for (std::size_t i = 0; i < picture.nodes.size(); ++i) {
      Agnode_t* node = agnode(read.get(), const_cast<char*>(fmt::format("n{}", i).c_str()), 0);
      ASSERT_NE(node, nullptr) << i;
      EXPECT_EQ(seen(attribute(node, "label")), picture.nodes[i].label);
      EXPECT_EQ(seen(attribute(node, "URL")), picture.nodes[i].url);
    }
  }
}

TEST(GraphPictures, LinkToTheSources) {
  const Picture picture = picture_of(hostile_graph(), Grouping::target);
  const std::string svg = render_web_svg(picture).value();
  EXPECT_NE(svg.find("<a href=\"https://e.org/da%22quote%22/CMakeLists.txt?a=1&amp;b=2#L3\" target=\"_top\">"),
            std::string::npos);
  std::size_t links = 0;
  for (std::size_t at = svg.find(" href=\""); at != std::string::npos; at = svg.find(" href=\"", at + 1)) {
    ++links;
    EXPECT_EQ(svg.substr(at + 7, 14), "https://e.org/");
  }
  EXPECT_EQ(links, picture.nodes.size() + picture.edges.size());
}

// Whatever colour is drawn by day has another one by night.
TEST(GraphPictures, HaveAllTheirColoursAtNight) {
  Picture picture;
  for (std::size_t i = 0; i <= static_cast<std::size_t>(Shape::alike); ++i) {
    picture.nodes.push_back({.label = "a", .tooltip = "", .shape = static_cast<Shape>(i)});
  }
  for (std::size_t i = 0; i <= static_cast<std::size_t>(Tone::set_aside); ++i)
    picture.nodes[i].tone = static_cast<Tone>(i);
  picture.clusters = {{.label = "on", .tooltip = "", .on = true}, {.label = "off", .tooltip = "", .on = false}};
  picture.nodes[8].cluster = 0;
  picture.nodes[9].cluster = 1;
  for (std::size_t i = 0; i <= static_cast<std::size_t>(Stroke::circle); ++i) {
    picture.edges.push_back({.from = i % 5, .to = 5 + i % 7, .stroke = static_cast<Stroke>(i), .label = "x"});
    picture.nodes[i % 7 + 5].mark = static_cast<Stroke>(i);
  }
  std::set<std::string> known = {"none", "transparent"};
  for (const PaletteColour& colour : palette()) known.insert(colour.day);
  const std::string svg = render_web_svg(picture).value();
  const std::string drawn = svg.substr(svg.find("</style>"));
  std::size_t count = 0;
  for (const std::string name : {" fill=\"", " stroke=\""}) {
    for (std::size_t at = drawn.find(name); at != std::string::npos; at = drawn.find(name, at + 1)) {
      const std::size_t begin = at + name.size();
      ++count;
      EXPECT_TRUE(known.contains(drawn.substr(begin, drawn.find('"', begin) - begin)))
          << drawn.substr(begin, drawn.find('"', begin) - begin);
    }
  }
  EXPECT_GT(count, 50U);
}

TEST(Graphviz, PrintsNothing) {
  testing::internal::CaptureStdout();
  testing::internal::CaptureStderr();
  svg_of(hostile_report());
  dot_of(hostile_report());
  svg_of(cyclic_report());
  EXPECT_EQ(testing::internal::GetCapturedStdout(), "");
  EXPECT_EQ(testing::internal::GetCapturedStderr(), "");
}

}  // namespace
}  // namespace bulkhead
