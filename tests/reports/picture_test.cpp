#include "reports/picture.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

namespace bulkhead {
namespace {

FindingEnd target(const std::string& name, const std::string& type = "STATIC_LIBRARY", const std::string& module = "") {
  return {.label = "target:" + name, .type = type, .module = module};
}

FindingEnd thing(const std::string& label, const std::string& module = "") {
  return {.label = label, .type = "", .module = module};
}

Finding finding(const FindingEnd& from, EdgeKind kind, const FindingEnd& to, const std::string& module = "cuda") {
  return {.rule = "off-edge",
          .module = module,
          .edge = FindingEdge{.kind = kind, .from = from, .to = to},
          .path = {from.label, to.label},
          .evidence = {{.file = "core/CMakeLists.txt", .line = 12}},
          .message = "it does"};
}

Finding core_links_cuda() {
  return finding(target("core"), EdgeKind::link, target("cuda_rt", "SHARED_LIBRARY", "cuda"));
}

Finding off_target(const std::vector<std::string>& labels) {
  return {
      .rule = "off-target", .severity = Severity::warning, .module = "cuda", .path = labels, .message = "still there"};
}

ModuleReport module(const std::string& name, bool on, const std::string& configuration = "Release") {
  return {.name = name,
          .stage = "S0",
          .configuration = configuration,
          .toggle = "USE_CUDA",
          .on = on,
          .verdict = on ? Verdict::unproven : Verdict::violated};
}

Report report(std::vector<Finding> findings) {
  return {.tool_version = "0.1.0",
          .cmake_version = "3.25.1",
          .generator = "Ninja",
          .codemodel = "2.4",
          .source_root = "/src",
          .configurations = {{.name = "Release"}},
          .modules = {module("cuda", false)},
          .findings = std::move(findings)};
}

/// The one node with that label.
const PictureNode& node(const Picture& picture, std::string_view label) {
  const auto found = std::find_if(picture.nodes.begin(), picture.nodes.end(),
                                  [&](const PictureNode& one) { return one.label == label; });
  static const PictureNode none{.label = "none", .tooltip = ""};
  EXPECT_NE(found, picture.nodes.end()) << label;
  return found == picture.nodes.end() ? none : *found;
}

/// "core -> cuda_rt [edge: error]", one a line.
std::string arrows(const Picture& picture) {
  std::string text;
  for (const PictureEdge& edge : picture.edges) {
    text += fmt::format("{} -> {} [{}]\n", picture.nodes[edge.from].label, picture.nodes[edge.to].label,
                        to_string(edge.stroke));
  }
  return text;
}

TEST(Picture, ShowsTheEdgeTheModuleAndWhoInherits) {
  Report one = report({core_links_cuda()});
  one.findings[0].inherited_by = {target("app", "EXECUTABLE"), target("tool", "EXECUTABLE")};
  one.findings[0].help = "guard it";
  const Picture picture = build_picture(one);

  EXPECT_EQ(arrows(picture),
            "core -> cuda_rt [edge: error]\n"
            "app -> core [inherits the edge]\n"
            "tool -> core [inherits the edge]\n");
  EXPECT_EQ(picture.edges[0].label, "link\ncore/CMakeLists.txt:12");
  EXPECT_EQ(picture.edges[0].tooltip, "error[off-edge]: it does\ncore/CMakeLists.txt:12\nhelp: guard it");
  ASSERT_EQ(picture.clusters.size(), 1U);
  EXPECT_EQ(picture.clusters[0].label, "cuda (USE_CUDA=OFF)\nS0, violated");
  EXPECT_FALSE(picture.clusters[0].on);
  EXPECT_EQ(node(picture, "cuda_rt").cluster, 0U);
  EXPECT_EQ(node(picture, "core").cluster, std::nullopt);
  EXPECT_EQ(node(picture, "core").tooltip, "target:core\nSTATIC_LIBRARY");
  EXPECT_EQ(picture.caption, "bulkhead: 1 error, 0 warnings - CMake 3.25.1, Ninja");
}

TEST(Picture, HasAnOutlineForEveryThing) {
  const std::vector<std::pair<FindingEnd, Shape>> things = {
      {target("x", "EXECUTABLE"), Shape::executable},
      {target("x", "STATIC_LIBRARY"), Shape::static_library},
      {target("x", "SHARED_LIBRARY"), Shape::shared_library},
      {target("x", "MODULE_LIBRARY"), Shape::module_library},
      {target("x", "OBJECT_LIBRARY"), Shape::object_library},
      {target("x", "INTERFACE_LIBRARY"), Shape::interface_library},
      {target("x", "UNKNOWN_LIBRARY"), Shape::unknown_library},
      {target("x", "UTILITY"), Shape::utility},
      {target("x", "SOMETHING_NEW"), Shape::target},
      {thing("file:x"), Shape::file},
      {thing("library:x"), Shape::library},
      {thing("definition:x"), Shape::definition},
      {thing("project"), Shape::project},
  };
  for (const auto& [end, shape] : things) {
    const Picture picture = build_picture(report({finding(end, EdgeKind::link, target("rt", "UTILITY", "cuda"))}));
    EXPECT_EQ(picture.nodes.at(0).shape, shape) << end.label << ' ' << end.type;
  }
  const Picture picture =
      build_picture(report({finding(target("x"), EdgeKind::include_dir, thing("file:inc", "cuda"))}));
  EXPECT_EQ(picture.nodes.at(1).shape, Shape::directory);
}

TEST(Picture, WritesNamesAsPeopleKnowThem) {
  const Picture picture = build_picture(report({
      finding(thing("project"), EdgeKind::configure,
              thing("file:cmake/modules/contrib/CUDA_toolkit_version.cmake", "cuda")),
      finding(target("core"), EdgeKind::file_link, thing("library:cudart")),
      finding(target("ns::core"), EdgeKind::define, thing("definition:USE_CUDA=1")),
  }));
  std::vector<std::string> labels;
  for (const PictureNode& one : picture.nodes) labels.push_back(one.label);
  EXPECT_EQ(labels, (std::vector<std::string>{"the project", "cmake/modules/contrib/CUDA_\ntoolkit_version.cmake",
                                              "core", "-lcudart", "ns::core", "-DUSE_CUDA=1"}));
}

TEST(Picture, PutsDefinitionsAndLibrariesIntoTheModuleTheyAreAbout) {
  const Picture picture = build_picture(report({
      finding(target("core"), EdgeKind::define, thing("definition:USE_CUDA")),
      finding(target("cuda_rt", "SHARED_LIBRARY", "cuda"), EdgeKind::source, thing("file:core/a.cc")),
  }));
  EXPECT_EQ(node(picture, "-DUSE_CUDA").cluster, 0U);
  EXPECT_EQ(node(picture, "core/a.cc").cluster, std::nullopt) << "a file of the core that the module compiles";
}

TEST(Picture, TellsStrokesApart) {
  Finding derived = core_links_cuda();
  derived.edge->known = Known::derived;
  Finding warning = finding(target("core"), EdgeKind::define, thing("definition:USE_CUDA"));
  warning.severity = Severity::warning;
  Finding known = finding(target("core"), EdgeKind::order, target("gen", "UTILITY", "cuda"));
  known.status = Status::known;
  Finding waived = finding(target("core"), EdgeKind::source, thing("file:cuda/a.cc", "cuda"));
  waived.status = Status::waived;
  const Picture picture = build_picture(report({derived, warning, known, waived}));
  std::vector<std::string> labels;
  for (const PictureEdge& edge : picture.edges) labels.push_back(edge.label.substr(0, edge.label.find('\n')));
  EXPECT_EQ(labels, (std::vector<std::string>{"link, derived", "define, warning", "order, known", "source, waived"}));
  EXPECT_EQ(arrows(picture),
            "core -> cuda_rt [edge: error]\n"
            "core -> -DUSE_CUDA [edge: warning]\n"
            "core -> gen [edge: known or waived]\n"
            "core -> cuda/a.cc [edge: known or waived]\n");
  EXPECT_EQ(picture.caption, "bulkhead: 1 error, 1 warning, 1 known, 1 waived - CMake 3.25.1, Ninja");
}

TEST(Picture, MergesConfigurations) {
  Finding debug = core_links_cuda();
  debug.configuration = "Debug";
  debug.inherited_by = {target("app", "EXECUTABLE")};
  Finding release = core_links_cuda();
  release.configuration = "Release";
  release.inherited_by = {target("app", "EXECUTABLE"), target("tool", "EXECUTABLE")};
  Report both = report({debug, release});
  both.configurations = {{.name = "Debug"}, {.name = "Release"}};
  both.modules = {module("cuda", true, "Debug"), module("cuda", false, "Release")};
  const Picture picture = build_picture(both);
  EXPECT_EQ(arrows(picture),
            "core -> cuda_rt [edge: error]\n"
            "app -> core [inherits the edge]\n"
            "tool -> core [inherits the edge]\n");
  EXPECT_EQ(picture.edges[0].label, "link\ncore/CMakeLists.txt:12\nDebug, Release");
  ASSERT_EQ(picture.clusters.size(), 1U);
  EXPECT_EQ(picture.clusters[0].label,
            "cuda (USE_CUDA=ON in Debug, USE_\nCUDA=OFF in Release)\nS0, unproven in Debug, violated in\nRelease");
  EXPECT_FALSE(picture.clusters[0].on);

  both.findings.pop_back();
  EXPECT_EQ(build_picture(both).edges[0].label, "link\ncore/CMakeLists.txt:12\nDebug");
}

TEST(Picture, OneNewFindingMakesTheArrowNew) {
  Finding waived = core_links_cuda();
  waived.status = Status::waived;
  waived.configuration = "Debug";
  const Picture picture = build_picture(report({waived, core_links_cuda()}));
  ASSERT_EQ(picture.edges.size(), 1U);
  EXPECT_EQ(picture.edges[0].stroke, Stroke::error);
}

TEST(Picture, DifferentKindsBetweenTheSameTwoAreDifferentArrows) {
  Finding object = core_links_cuda();
  object.edge->kind = EdgeKind::object;
  EXPECT_EQ(build_picture(report({core_links_cuda(), object})).edges.size(), 2U);
}

TEST(Picture, SaysToggles) {
  Report one = report({core_links_cuda()});
  const auto title = [&](const std::string& toggle, bool on) {
    one.modules[0].toggle = toggle;
    one.modules[0].on = on;
    const std::string label = build_picture(one).clusters.at(0).label;
    return label.substr(0, label.find('\n'));
  };
  EXPECT_EQ(title("USE_CUDA", true), "cuda (USE_CUDA=ON)");
  EXPECT_EQ(title("NOT MINIMAL", false), "cuda (off: NOT MINIMAL)");
  EXPECT_EQ(title("", false), "cuda (off)");
  one.modules.clear();
  EXPECT_EQ(build_picture(one).clusters.at(0).label, "cuda");
}

TEST(Picture, DrawsThePathAndMarksTheOffendingHop) {
  Finding far = core_links_cuda();
  far.path = {"target:app", "target:core", "target:cuda_rt"};
  far.evidence = {{.file = "app/CMakeLists.txt", .line = 3}, {.file = "core/CMakeLists.txt", .line = 14}};
  const Picture picture = build_picture(report({far}));
  EXPECT_EQ(arrows(picture),
            "core -> cuda_rt [edge: error]\n"
            "app -> core [on the way to it]\n");
  EXPECT_EQ(picture.edges[0].label, "link\ncore/CMakeLists.txt:14");
  EXPECT_EQ(picture.edges[1].label, "app/CMakeLists.txt:3");
}

TEST(Picture, ShowsTheLineOfTheOffendingHop) {
  Finding round = core_links_cuda();
  round.path = {"target:core", "target:b", "target:core", "target:cuda_rt"};
  round.evidence = {{.file = "a.txt", .line = 1}, {.file = "b.txt", .line = 2}, {.file = "c.txt", .line = 3}};
  EXPECT_EQ(build_picture(report({round})).edges.at(0).label, "link\nc.txt:3");
  round.evidence.pop_back();
  round.evidence[0].file = "";
  EXPECT_EQ(build_picture(report({round})).edges.at(0).label, "link\nb.txt:2") << "the first that names a file";
  round.evidence.clear();
  EXPECT_EQ(build_picture(report({round})).edges.at(0).label, "link");
}

TEST(Picture, NobodyInheritsFromItself) {
  Finding one = core_links_cuda();
  one.inherited_by = {target("app", "EXECUTABLE"), target("core")};
  EXPECT_EQ(arrows(build_picture(report({one}))), "core -> cuda_rt [edge: error]\napp -> core [inherits the edge]\n");
}

TEST(Picture, DrawsACycleThatHasNoSingleOffendingEdge) {
  Finding cycle{.rule = "acyclic", .path = {"target:a", "target:b", "target:a"}, .message = "a needs itself"};
  EXPECT_EQ(arrows(build_picture(report({cycle}))), "a -> b [edge: error]\nb -> a [edge: error]\n");
}

TEST(Picture, FoldsInheritors) {
  const auto drawn = [](std::size_t count) {
    Report one = report({core_links_cuda()});
    for (std::size_t i = 0; i < count; ++i) one.findings[0].inherited_by.push_back(target(fmt::format("t{:03}", i)));
    const Picture picture = build_picture(one);
    EXPECT_EQ(picture.edges.size(), picture.nodes.size() - 1) << "an arrow for each, and the offending one";
    return std::pair(picture.nodes.size() - 2, picture.nodes.back().label);
  };
  EXPECT_EQ(drawn(8), std::pair(std::size_t{8}, std::string("t007")));
  EXPECT_EQ(drawn(9), std::pair(std::size_t{9}, std::string("t008"))) << "a remark would take as much room";
  EXPECT_EQ(drawn(10), std::pair(std::size_t{9}, std::string("\u2026 and 2 more targets that only\ninherit it")));
  EXPECT_EQ(drawn(220), std::pair(std::size_t{9}, std::string("\u2026 and 212 more targets that only\ninherit it")));
}

TEST(Picture, KeepsToItsBudget) {
  std::vector<Finding> many;
  for (int i = 0; i < 300; ++i) {
    many.push_back(finding(target(fmt::format("core{:03}", i / 3)), EdgeKind::link,
                           target(fmt::format("rt{:03}", i), "SHARED_LIBRARY", "cuda")));
    for (int j = 0; j < 20; ++j) many.back().inherited_by.push_back(target(fmt::format("app{:03}_{}", i / 3, j)));
  }
  const Picture picture = build_picture(report(many));
  EXPECT_EQ(picture.nodes.size(), PictureLimits{}.nodes);
  const auto drawn =
      static_cast<std::size_t>(std::count_if(picture.edges.begin(), picture.edges.end(),
                                             [](const PictureEdge& edge) { return edge.stroke == Stroke::error; }));
  EXPECT_EQ(drawn, 22U);  // 8 dependers and 22 dependees make 30: three quarters of 40
  EXPECT_EQ(picture.edges[0].label, "link\ncore/CMakeLists.txt:12");
  EXPECT_EQ(picture.nodes[0].label, "core000") << "the first findings come first";
  EXPECT_EQ(picture.nodes[1].label, "rt000");
  // 8 dependers have 20 inheritors each; 9 places hold 8 of them and the remark on the other 12 of the first, and the
  // tenth the remark on all 20 of the second.
  EXPECT_EQ(
      picture.caption,
      "bulkhead: 300 errors, 0 warnings - CMake 3.25.1, Ninja\nnot drawn: 278 more findings, 120 inheriting targets");
}

TEST(Picture, KeepsToTheGivenLimits) {
  const std::vector<Finding> three = {
      core_links_cuda(),
      finding(target("core"), EdgeKind::define, thing("definition:USE_CUDA")),
      finding(target("other"), EdgeKind::define, thing("definition:USE_CUDA")),
  };
  const auto drawn = [&](PictureLimits limits) { return build_picture(report(three), limits).edges.size(); };
  EXPECT_EQ(drawn({.nodes = 4}), 3U);
  EXPECT_EQ(drawn({.nodes = 3}), 2U);
  EXPECT_EQ(drawn({.edges = 1}), 1U);
}

TEST(Picture, ALongPathDoesNotBurstTheBudget) {
  std::vector<Finding> far;
  for (int i = 0; i < 10; ++i) {
    Finding one = finding(target(fmt::format("core{}", i)), EdgeKind::link, target("rt", "SHARED_LIBRARY", "cuda"));
    one.path = {fmt::format("target:a{}", i), fmt::format("target:b{}", i), one.edge->from.label, one.edge->to.label};
    far.push_back(one);
  }
  EXPECT_LE(build_picture(report(far), {.nodes = 9}).nodes.size(), 9U);
}

TEST(Picture, MarksTargetsThatAreInTheBuildAlthoughOff) {
  Report one = report({core_links_cuda(), off_target({"target:cuda_rt", "target:cuda_test"})});
  const Picture picture = build_picture(one);
  EXPECT_EQ(picture.nodes.size(), 3U);
  EXPECT_EQ(node(picture, "cuda_rt").mark, Stroke::warning);
  EXPECT_EQ(node(picture, "cuda_rt").shape, Shape::shared_library) << "known from the other finding";
  EXPECT_EQ(node(picture, "cuda_test").mark, Stroke::warning);
  EXPECT_EQ(node(picture, "cuda_test").cluster, 0U);
  EXPECT_EQ(node(picture, "core").mark, std::nullopt);
  EXPECT_EQ(picture.clusters.at(0).label, "cuda (USE_CUDA=OFF)\nS0, violated\n2 targets in the build although off");
}

TEST(Picture, FoldsTargetsThatAreInTheBuildAlthoughOff) {
  std::vector<std::string> labels(31);
  for (std::size_t i = 0; i < labels.size(); ++i) labels[i] = fmt::format("target:t{:02}", i);
  const Picture picture = build_picture(report({off_target(labels)}));
  ASSERT_EQ(picture.nodes.size(), 9U);
  EXPECT_EQ(picture.nodes[8].label, "\u2026 and 23 more targets of the module");
  EXPECT_EQ(picture.nodes[8].cluster, 0U);
  EXPECT_EQ(picture.clusters.at(0).label, "cuda (USE_CUDA=OFF)\nS0, violated\n31 targets in the build although off");
}

TEST(Picture, WritesWhatIsAboutNoEdgeIntoTheModule) {
  Finding owners{.rule = "owners", .module = "cuda", .message = "module cuda has 1 owner, but stage S0 wants 3"};
  const Picture picture = build_picture(report({owners}));
  ASSERT_EQ(picture.nodes.size(), 1U);
  EXPECT_EQ(picture.nodes[0].shape, Shape::remark);
  EXPECT_EQ(picture.nodes[0].mark, Stroke::error);
  EXPECT_EQ(picture.nodes[0].cluster, 0U);
  EXPECT_EQ(picture.nodes[0].label, "owners: module cuda has 1 owner, but\nstage S0 wants 3");
}

TEST(Picture, CountsBlindSpotsWithoutDrawingThem) {
  Finding blind{.rule = "blind-spot", .severity = Severity::warning, .module = "cuda", .message = "no include scan"};
  Finding unused{.rule = "unused-policy", .module = "cuda", .message = "matches nothing"};
  const Picture picture = build_picture(report({core_links_cuda(), blind, unused}));
  EXPECT_EQ(picture.nodes.size(), 2U);
  EXPECT_EQ(picture.caption,
            "bulkhead: 2 errors, 1 warning - CMake 3.25.1, Ninja\n"
            "1 blind spot: not every kind of edge could be checked\n"
            "1 finding about the policy itself");
}

TEST(Picture, ListsTheModulesWhenThereIsNothingToDraw) {
  Report none = report({});
  none.modules = {module("cuda", false), module("python", true), module("cuda", false, "Debug")};
  none.modules[0].verdict = none.modules[2].verdict = Verdict::isolated;
  const Picture picture = build_picture(none);
  EXPECT_TRUE(picture.edges.empty());
  ASSERT_EQ(picture.clusters.size(), 1U);
  EXPECT_EQ(picture.clusters[0].label, "no finding to draw");
  ASSERT_EQ(picture.nodes.size(), 2U);
  EXPECT_EQ(picture.nodes[0].label, "cuda (USE_CUDA=OFF)\nS0, isolated");
  EXPECT_EQ(picture.nodes[1].label, "python (USE_CUDA=ON)\nS0, unproven");
  EXPECT_EQ(picture.nodes[1].shape, Shape::module);
  EXPECT_EQ(legend_of(picture), Legend{});

  none.modules.clear();
  EXPECT_EQ(build_picture(none).nodes.at(0).label, "no module");
}

TEST(Picture, ExplainsOnlyWhatOccurs) {
  Report one = report({core_links_cuda()});
  EXPECT_EQ(legend_of(build_picture(one)),
            (Legend{.shapes = {Shape::static_library, Shape::shared_library}, .strokes = {Stroke::error}}));
  one.findings[0].inherited_by = {target("app", "EXECUTABLE")};
  one.findings.push_back(off_target({"target:t"}));
  EXPECT_EQ(legend_of(build_picture(one)),
            (Legend{.shapes = {Shape::executable, Shape::static_library, Shape::shared_library, Shape::target},
                    .strokes = {Stroke::error, Stroke::inherits},
                    .mark = Stroke::warning}));
}

TEST(Picture, KnowsItsParts) {
  Picture picture;
  picture.clusters.resize(2);
  for (const std::optional<std::size_t> cluster :
       std::vector<std::optional<std::size_t>>{std::nullopt, 0, std::nullopt, 1, 0, std::nullopt, std::nullopt, 1}) {
    picture.nodes.push_back({.label = "", .tooltip = "", .cluster = cluster});
  }
  EXPECT_EQ(parts_of(picture), (std::vector<std::size_t>{0, 1, 2, 3, 1, 4, 5, 3}));
  picture.edges = {{.from = 5, .to = 4}, {.from = 0, .to = 7}};
  EXPECT_EQ(parts_of(picture), (std::vector<std::size_t>{0, 1, 2, 0, 1, 1, 3, 0}));
}

TEST(Picture, ShowsHostileNamesAsOneLineOfValidText) {
  const Picture picture = build_picture(
      report({finding(target("a\nb\xFF\x01", "UTILITY"), EdgeKind::link, target("<x>", "UTILITY", "c\nd"))}));
  EXPECT_EQ(picture.nodes.at(0).label, "a b\uFFFD\uFFFD");
  EXPECT_EQ(picture.nodes.at(0).tooltip, "target:a b\uFFFD\uFFFD\nUTILITY");
  EXPECT_EQ(picture.nodes.at(1).label, "<x>");
  EXPECT_EQ(picture.clusters.at(0).label, "c d");
}

}  // namespace
}  // namespace bulkhead
