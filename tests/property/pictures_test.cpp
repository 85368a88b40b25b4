// Pictures of graphs: small ones as they should be, and random ones, of which nothing may be lost.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <regex>
#include <set>
#include <string>
#include <vector>

#include "auditor/graph_subject.h"
#include "auditor/view_graph.h"
#include "reports/graph_picture.h"
#include "reports/graphviz.h"
#include "tests/property/chance.h"
#include "tests/support/replies.h"
#include "tests/support/temporary_directory.h"
#include "tests/support/text_graph.h"

namespace bulkhead::test {
namespace {

/// A graph made of text, and what is asked of it.
class Drawn {
 public:
  explicit Drawn(const std::string& text, const std::string& policy = "")
      : audit_(parse_text_graph(text, "/nowhere")),
        policy_(policy.empty() ? Policy() : parse_policy(policy, "bulkhead.toml").value()),
        modules_(graph(), policy_, {}),
        view_(view_graph(graph(), modules_, std::vector<bool>(policy_.modules.size(), false))) {}

  [[nodiscard]] const TargetGraph& graph() const { return audit_.tree.graphs.front(); }
  [[nodiscard]] const GraphView& view() const { return view_; }
  [[nodiscard]] GraphSubject subject(const SubjectQuery& query = {}) const {
    return choose_subject(Question(graph(), policy_, modules_), view_, query).value();
  }
  [[nodiscard]] Picture picture(const SubjectQuery& query = {}, const GraphPictureOptions& options = {}) const {
    return build_graph_picture(view_, subject(query), options);
  }

 private:
  TextAudit audit_;
  Policy policy_;
  ModuleMap modules_;
  GraphView view_;
};

std::string flat(std::string text) {
  std::replace(text.begin(), text.end(), '\n', '|');
  return text;
}

/// "app -> core [links]", one a line.
std::string arrows(const Picture& picture) {
  std::string text;
  for (const PictureEdge& edge : picture.edges) {
    text += fmt::format("{} -> {} [{}]{}\n", flat(picture.nodes[edge.from].label), flat(picture.nodes[edge.to].label),
                        to_string(edge.stroke), edge.count == 1 ? "" : fmt::format(" x{}", edge.count));
  }
  return text;
}

std::string boxes(const Picture& picture) {
  std::string text;
  for (const PictureNode& node : picture.nodes) text += flat(node.label) + "\n";
  return text;
}

const char* const small = R"(codemodel 2.9
directory app
directory lib
directory opt
target app EXECUTABLE app
target core STATIC_LIBRARY lib
target base STATIC_LIBRARY lib
target cuda SHARED_LIBRARY opt
target check-all UTILITY .
target gen UTILITY .
app -> core [link] app/CMakeLists.txt:2 target_link_libraries
app -> base [link] app/CMakeLists.txt:2 target_link_libraries
core -> base [link] lib/CMakeLists.txt:3 target_link_libraries
core -> gen [order] lib/CMakeLists.txt:4 add_dependencies
core -> file:opt [include-dir] lib/CMakeLists.txt:5 target_include_directories
check-all -> app [order] CMakeLists.txt:9 add_dependencies
)";

const char* const modules = "[[module]]\nname = \"cuda\"\ntoggle = \"USE_CUDA\"\npaths = [\"opt/**\"]\n";

TEST(GraphPicture, DrawsASmallGraphTargetByTarget) {
  const Picture picture = Drawn(small).picture();
  EXPECT_EQ(arrows(picture),
            "app -> core [links]\n"
            "app -> base [links]\n"
            "core -> base [links]\n"
            "core -> gen [is built after]\n");
  EXPECT_EQ(picture.nodes.size(), 5U) << "less check-all, on which nothing depends";
  EXPECT_NE(picture.caption.find("1 UTILITY target on which nothing depends, with 1 edge"), std::string::npos)
      << picture.caption;
  EXPECT_EQ(picture.edges[0].place, (PicturePlace{"app/CMakeLists.txt", 2}));
  EXPECT_EQ(Drawn(small).picture({.all = true}).nodes.size(), 6U);
}

TEST(GraphPicture, ShowsWhateverLeadsOntoAModule) {
  const Picture picture = Drawn(small, modules).picture();
  EXPECT_NE(arrows(picture).find("core -> opt [another kind of edge]\n"), std::string::npos) << arrows(picture);
  ASSERT_EQ(picture.clusters.size(), 1U);
  EXPECT_EQ(picture.clusters[0].label, "cuda (USE_CUDA=OFF)");
  EXPECT_FALSE(picture.clusters[0].on);

  const Picture by_module = Drawn(small, modules).picture({}, {.grouping = {.by = Grouping::module}});
  EXPECT_NE(arrows(by_module).find("lib|2 targets -> cuda (USE_CUDA=OFF)|1 target, 1 file"), std::string::npos)
      << arrows(by_module);
}

TEST(GraphPicture, HasSelectionsWithTheirSurroundings) {
  const Drawn drawn(small);
  EXPECT_EQ(arrows(drawn.picture({.selectors = {"gen"}})), "core -> gen [is built after]\n");
  EXPECT_EQ(arrows(drawn.picture({.selectors = {"gen"}, .depth = 0})), "");
  EXPECT_EQ(boxes(drawn.picture({.selectors = {"core", "gen"}, .depth = 0})), "core\ngen\n");
  EXPECT_EQ(drawn.picture({.selectors = {"gen"}}).nodes[1].tone, Tone::chosen);
  EXPECT_EQ(boxes(drawn.picture({.reaches = {"core"}})), "app\ncore\n");
  EXPECT_EQ(boxes(drawn.picture({.focus = {"gen"}})), "core\ngen\n");
  EXPECT_EQ(arrows(drawn.picture({.kinds = {EdgeKind::order}})), "core -> gen [is built after]\n");
}

TEST(GraphPicture, LeavesOutWhatOthersImplyWhenAskedTo) {
  const Picture picture = Drawn(small).picture({}, {.reduce = true});
  EXPECT_EQ(arrows(picture).find("app -> base"), std::string::npos);
  EXPECT_NE(picture.caption.find("1 edge that longer ways imply"), std::string::npos) << picture.caption;
}

TEST(GraphPicture, KeepsWhatLeadsOntoAModule) {
  const std::string text =
      "codemodel 2.9\ndirectory opt\ntarget app EXECUTABLE .\ntarget core STATIC_LIBRARY .\n"
      "target cuda STATIC_LIBRARY opt\ntarget cudart STATIC_LIBRARY opt\n"
      "app -> core [link] CMakeLists.txt:1 x\napp -> cuda [link] CMakeLists.txt:2 x\n"
      "core -> cuda [link] CMakeLists.txt:3 x\napp -> cudart [link] CMakeLists.txt:4 x\n"
      "cuda -> cudart [link] opt/CMakeLists.txt:1 x\n";
  EXPECT_EQ(Drawn(text, modules).picture({}, {.reduce = true}).edges.size(), 5U);
  EXPECT_EQ(Drawn(text).picture({}, {.reduce = true}).edges.size(), 3U);
}

TEST(GraphPicture, CondensesByFolder) {
  const Picture picture = Drawn(small).picture({}, {.grouping = {.by = Grouping::folder}});
  EXPECT_EQ(arrows(picture),
            "app|1 target -> lib|2 targets [links] x2\n"
            "lib|2 targets -> top directory|1 target right in it [is built after]\n");
  EXPECT_NE(picture.caption.find("1 inside of boxes"), std::string::npos) << picture.caption;
}

TEST(GraphPicture, TellsCirclesOfTargetsFromThoseOfFolders) {
  const std::string folders =
      "codemodel 2.9\ndirectory a\ndirectory b\n"
      "target a1 STATIC_LIBRARY a\ntarget a2 STATIC_LIBRARY a\ntarget b1 STATIC_LIBRARY b\n"
      "a1 -> b1 [link] a/CMakeLists.txt:1 x\nb1 -> a2 [link] b/CMakeLists.txt:1 x\n";
  const GraphPictureOptions by_folder{.grouping = {.by = Grouping::folder}};
  const Picture only_folders = Drawn(folders).picture({}, by_folder);
  EXPECT_NE(arrows(only_folders).find("[against the others]"), std::string::npos) << arrows(only_folders);
  EXPECT_EQ(arrows(only_folders).find("[circle of targets]"), std::string::npos);
  const Picture targets = Drawn(folders + "b1 -> a1 [link] b/CMakeLists.txt:2 x\n").picture({}, by_folder);
  EXPECT_NE(arrows(targets).find("[circle of targets]"), std::string::npos) << arrows(targets);
  EXPECT_NE(targets.caption.find("1 circle of targets"), std::string::npos) << targets.caption;
}

TEST(GraphPicture, FoldsTargetsThatAreAlike) {
  std::string text = "codemodel 2.9\ntarget core STATIC_LIBRARY .\n";
  for (int i = 0; i < 5; ++i) text += fmt::format("target tool{} EXECUTABLE .\n", i);
  for (int i = 0; i < 5; ++i) text += fmt::format("tool{} -> core [link] CMakeLists.txt:{} x\n", i, i + 1);
  const Picture picture = Drawn(text).picture();
  EXPECT_EQ(arrows(picture), "tool0|tool1|\u2026 and 3 more like these -> core [links] x5\n");
}

TEST(GraphPicture, ShowsTheBusiestOfManyTargetsInOneFolder) {
  std::string text = "codemodel 2.9\n";
  for (int i = 0; i < 30; ++i) text += fmt::format("target t{:02} STATIC_LIBRARY .\n", i);
  for (int i = 0; i < 29; ++i) {
    text += fmt::format("t{:02} -> t29 [link] CMakeLists.txt:{} x\nt{:02} -> t{:02} [link] CMakeLists.txt:{} x\n", i, i,
                        i, (i + 1) % 5 + 20, i);
  }
  const Picture picture = Drawn(text).picture({}, {.grouping = {.by = Grouping::target, .boxes = 12}});
  EXPECT_GT(picture.nodes.size(), 4U);
  EXPECT_NE(boxes(picture).find("t29\n"), std::string::npos) << boxes(picture);
  EXPECT_NE(boxes(picture).find("targets right in it"), std::string::npos) << boxes(picture);
}

TEST(GraphPicture, ClosesWhatItIsToldTo) {
  const std::string text =
      "codemodel 2.9\ndirectory lib/a\ndirectory lib/b\ndirectory tools/x\n"
      "target a STATIC_LIBRARY lib/a\ntarget b STATIC_LIBRARY lib/b\ntarget x EXECUTABLE tools/x\n";
  const Drawn drawn(text);
  EXPECT_EQ(boxes(drawn.picture({}, {.grouping = {.by = Grouping::folder, .depth = 1}})),
            "lib|2 targets\ntools|1 target\n");
  EXPECT_EQ(
      boxes(drawn.picture({}, {.grouping = {.by = Grouping::folder,
                                            .depth = {},
                                            .is_closed = [](std::string_view folder) { return folder == "lib"; }}})),
      "lib|2 targets\ntools/x|1 target\n");
}

/// Folders two levels deep, and any edges.
std::string random_text(Chance& chance, std::size_t count) {
  std::string text = "codemodel 2.9\n";
  for (std::size_t i = 0; i < count; ++i) {
    const std::string folder = chance.below(8) == 0 ? "." : fmt::format("f{}/g{}", chance.below(4), chance.below(5));
    const char* const type = chance.below(5) == 0 ? "UTILITY" : chance.below(4) == 0 ? "EXECUTABLE" : "STATIC_LIBRARY";
    text += fmt::format("target t{:03} {} {}\n", i, type, folder);
  }
  std::set<std::pair<std::size_t, std::size_t>> seen;
  for (std::size_t i = chance.below(count * 6); i > 0; --i) {
    const std::pair<std::size_t, std::size_t> ends(chance.below(count), chance.below(count));
    if (ends.first == ends.second || !seen.insert(ends).second) continue;
    text += fmt::format("t{:03} -> t{:03} [{}] f/CMakeLists.txt:1 x\n", ends.first, ends.second,
                        chance.below(3) == 0 ? "order" : "link");
  }
  return text;
}

/// The number before these words of the caption; 0 when they are not there.
std::size_t said(std::string caption, const std::string& words) {
  std::replace(caption.begin(), caption.end(), '\n', ' ');
  caption.erase(std::remove(caption.begin(), caption.end(), ','), caption.end());
  std::smatch match;
  return std::regex_search(caption, match, std::regex("([0-9]+) " + words)) ? std::stoul(match[1]) : 0;
}

TEST(GraphPicture, LosesNothing) {
  Chance chance(20261127);
  for (int round = 0; round < 150; ++round) {
    const std::size_t count = 2 + chance.below(150);
    const Drawn drawn(random_text(chance, count));
    SubjectQuery query{.all = chance.below(2) == 0};
    if (chance.below(2) == 0) query.selectors = {fmt::format("target:t0{}*", chance.below(3))};
    if (!query.selectors.empty() && count < 40) query.selectors = {"t000"};
    GraphPictureOptions options;
    options.grouping.by = static_cast<Grouping>(chance.below(2) == 0 ? 0 : 2 + chance.below(2));
    options.grouping.boxes = 2 + chance.below(40);
    options.arrows = 1 + chance.below(60);
    options.reduce = chance.below(3) == 0;
    const GraphSubject subject = drawn.subject(query);
    const Picture picture = build_graph_picture(drawn.view(), subject, options);
    const std::string context = fmt::format("round {}: {}", round, picture.caption);

    EXPECT_LE(picture.nodes.size(), options.grouping.boxes) << context;
    EXPECT_LE(picture.edges.size(), options.arrows) << context;
    std::size_t edges = 0;
    for (const PictureEdge& edge : picture.edges) edges += edge.count;
    edges += said(picture.caption, "inside of boxes") + said(picture.caption, "edges? that longer ways imply") +
             said(picture.caption, "edges? in the");
    EXPECT_EQ(edges, subject.edges.size()) << context;
    EXPECT_EQ(said(picture.caption, "targets? in [0-9]+ box"), subject.things.size()) << context;

    std::size_t things = 0;
    for (const PictureNode& node : picture.nodes) {
      std::smatch match;
      const std::string tooltip = flat(node.tooltip);
      const bool counted = std::regex_search(tooltip, match, std::regex(": ([0-9]+) targets?"));
      things += counted ? std::stoul(match[1]) : 1;
    }
    EXPECT_EQ(things, subject.things.size()) << context;
    EXPECT_EQ(build_graph_picture(drawn.view(), subject, options), picture);
  }
}

// Random graphs are the worst that there is for a layout; real ones take a tenth of it.
TEST(GraphPicture, IsLaidOutInSecondsEvenAtItsLargest) {
  Chance chance(20261128);
  std::string text = "codemodel 2.9\n";
  for (int i = 0; i < 400; ++i) text += fmt::format("target t{:03} STATIC_LIBRARY .\n", i);
  for (int i = 0; i < 1600; ++i) {
    const std::size_t from = chance.below(399);
    text +=
        fmt::format("t{:03} -> t{:03} [link] CMakeLists.txt:{} x\n", from, from + 1 + chance.below(399 - from), i + 1);
  }
  const Picture picture = Drawn(text).picture({}, {.grouping = {.by = Grouping::target, .boxes = 400}, .arrows = 800});
  EXPECT_GT(picture.nodes.size(), 100U);
  EXPECT_GT(picture.edges.size(), 300U);
  const auto start = std::chrono::steady_clock::now();
  EXPECT_TRUE(render_web_svg(picture).has_value());
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(60));  // it would be hours without bounds
}

TEST(GraphPicture, IsWrittenAsItWasBefore) {
  const std::vector<std::pair<std::string, GraphPictureOptions>> looks = {
      {"by-target", {.grouping = {.by = Grouping::target}}},
      {"by-folder", {.grouping = {.by = Grouping::folder}}},
      {"by-module", {.grouping = {.by = Grouping::module}}},
  };
  for (const auto& [name, options] : looks) {
    const std::string dot = render_dot(Drawn(small, modules).picture({}, options)).value();
    const auto golden = test_directory() / "pictures" / (name + ".dot");
    if (std::getenv("UPDATE_GOLDEN") != nullptr) write_file(golden, dot);
    EXPECT_EQ(dot, read_file(golden)) << golden;
  }
}

}  // namespace
}  // namespace bulkhead::test
