#include "graph/graph_builder.h"

#include <gtest/gtest.h>

#include "graph/build_tree.h"
#include "tests/support/reply_writer.h"
#include "tests/support/temporary_directory.h"

namespace bulkhead {
namespace {

using test::describe_edges;
using test::graph_of;
using test::ReplySpec;
using test::TargetSpec;
using Lines = std::vector<std::string>;

// The frames of a CMakeLists.txt in which line 10 · (i + 1) has a call of commands[i]; call i is node i + 1.
std::vector<test::FrameSpec> calls(const std::vector<std::string>& commands) {
  std::vector<test::FrameSpec> frames = {{.file = "CMakeLists.txt"}};
  for (std::size_t i = 0; i < commands.size(); ++i) {
    frames.push_back({"CMakeLists.txt", static_cast<std::uint32_t>(10 * (i + 1)), commands[i], 0});
  }
  return frames;
}

ReplySpec with_minor(std::uint32_t minor) {
  return {.cmake_version = "4.2.0", .codemodel_minor = minor};
}

TEST(GraphBuilder, TellsKindsApartByTheCallThatMadeTheEntry) {
  const TargetGraph graph = graph_of({
      {.name = "app",
       .type = "EXECUTABLE",
       .frames = calls({"target_link_libraries", "add_dependencies", "add_custom_command"}),
       .dependencies = {{"core", 1},
                        {"tool", 2},
                        {"generator", 3},
                        {"parts", 1},
                        {"check", 1},
                        {"chained", {}},
                        {"hidden_tool", {}}}},
      {.name = "core"},
      {.name = "tool", .type = "EXECUTABLE"},
      {.name = "generator", .type = "EXECUTABLE"},
      {.name = "parts", .type = "OBJECT_LIBRARY"},
      {.name = "check", .type = "UTILITY", .dependencies = {{"core", {}}}},
      {.name = "chained"},
      {.name = "hidden_tool", .type = "EXECUTABLE"},
  });
  EXPECT_EQ(describe_edges(graph, "app"), (Lines{
                                              "target:app -> target:core [link, derived] CMakeLists.txt:10",
                                              "target:app -> target:tool [order, derived] CMakeLists.txt:20",
                                              "target:app -> target:generator [order, derived] CMakeLists.txt:30",
                                              "target:app -> target:parts [object, derived] CMakeLists.txt:10",
                                              "target:app -> target:check [order, derived] CMakeLists.txt:10",
                                              "target:app -> target:chained [link, derived]",
                                              "target:app -> target:hidden_tool [order, derived]",
                                          }));
  EXPECT_EQ(describe_edges(graph, "check"), Lines{"target:check -> target:core [order, derived]"});
  EXPECT_EQ(graph.dependencies(*graph.find_target("app")).size(), 7U);
}

TEST(GraphBuilder, BelievesTheListsOfCodemodel29) {
  const TargetGraph graph = graph_of(
      {
          {.name = "app",
           .type = "EXECUTABLE",
           .frames = calls({"target_link_libraries", "add_dependencies"}),
           .dependencies = {{"core", 1}, {"deep", 1}, {"tool", 2}},
           .link_libraries = {{"core", 1}, {"-lz", 1}, {"missing", 1}, {"parts", 1}},
           .compile_dependencies = {{"core", 1}, {"headers", 1}},
           .object_dependencies = {{"parts", 1}},
           .order_dependencies = {{"tool", 2}}},
          {.name = "core", .link_libraries = {{"deep", {}}}, .interface_link_libraries = {{"deep", {}}}},
          {.name = "deep"},
          {.name = "tool", .type = "EXECUTABLE"},
          {.name = "headers", .type = "INTERFACE_LIBRARY", .abstract = true},
          {.name = "parts", .type = "OBJECT_LIBRARY"},
      },
      with_minor(9));
  EXPECT_EQ(describe_edges(graph, "app"), (Lines{
                                              "target:app -> target:core [link, declared] CMakeLists.txt:10",
                                              "target:app -> target:headers [compile, declared] CMakeLists.txt:10",
                                              "target:app -> library:z [file-link, declared] CMakeLists.txt:10",
                                              "target:app -> library:missing [file-link, declared] CMakeLists.txt:10",
                                              "target:app -> target:parts [object, declared] CMakeLists.txt:10",
                                              "target:app -> target:tool [order, declared] CMakeLists.txt:20",
                                          }))
      << "in the order of a target object's keys, which CMake sorts";
  EXPECT_EQ(describe_edges(graph, "core"), Lines{"target:core -> target:deep [link, declared]"})
      << "a PUBLIC link stands in two lists and is one edge";
  EXPECT_TRUE(graph.has_direct_edges());
  EXPECT_EQ(graph.dependencies(*graph.find_target("app")).size(), 3U);
}

TEST(GraphBuilder, ReadsTheLinkLine) {
  const TargetGraph graph = graph_of({
      {.name = "app",
       .type = "EXECUTABLE",
       .frames = calls({"target_link_libraries", "link_libraries"}),
       .dependencies = {{"core", 1}},
       .link_fragments = {{"-O3 -DNDEBUG", {}},
                          {"lib/libcore.a", 2},
                          {"opt/libopt.a", 2},
                          {"/build/project/lib/libby_path.a", 1},
                          {"/usr/lib/libz.so", 1},
                          {"-lm -Wl,--as-needed,-lrt", 1},
                          {"-l:libexact.a", {}},
                          {"-lm", {}}},
       .artifacts = {"app"}},
      {.name = "core", .artifacts = {"lib/libcore.a"}},
      {.name = "by_path", .artifacts = {"lib/libby_path.a"}},
  });
  EXPECT_EQ(describe_edges(graph, "app"),
            (Lines{
                "target:app -> target:core [link, derived, traced] CMakeLists.txt:20",
                "target:app -> file:<build>/opt/libopt.a [file-link, derived] CMakeLists.txt:20",
                "target:app -> target:by_path [file-link, derived] CMakeLists.txt:10",
                "target:app -> file:/usr/lib/libz.so [file-link, derived] CMakeLists.txt:10",
                "target:app -> library:m [file-link, derived] CMakeLists.txt:10",
                "target:app -> library:rt [file-link, derived] CMakeLists.txt:10",
                "target:app -> library:libexact.a [file-link, derived]",
            }));
}

// Ninja writes paths relative to the top build directory, Makefiles relative to the target's own.
TEST(GraphBuilder, KnowsWhatPathsOnALinkLineAreRelativeTo) {
  const auto link_edges = [](const std::string& generator, const std::string& fragment, const std::string& build_root) {
    ReplySpec reply{.generator = generator, .build_root = build_root};
    reply.configurations[0].directories = {{}, {.source = "app", .build = "app", .parent = 0}};
    return describe_edges(graph_of({{.name = "app",
                                     .type = "EXECUTABLE",
                                     .directory = 1,
                                     .dependencies = {{"core", {}}},
                                     .link_fragments = {{fragment, {}}}},
                                    {.name = "core", .artifacts = {"lib/libcore.a"}}},
                                   reply),
                          "app");
  };
  const Lines found = {"target:app -> target:core [link, derived]"};
  EXPECT_EQ(link_edges("Ninja", "lib/libcore.a", "/build/project"), found);
  EXPECT_EQ(link_edges("Unix Makefiles", "../lib/libcore.a", "/build/project"), found);
  EXPECT_EQ(link_edges("MinGW Makefiles", "../lib/libcore.a", "/build/project"), found);
  EXPECT_EQ(link_edges("Unix Makefiles", "/build/project/lib/libcore.a", "/build/project"), found);
  EXPECT_NE(link_edges("Ninja", "../lib/libcore.a", "/build/project"), found);
  EXPECT_NE(link_edges("Unix Makefiles", "lib/libcore.a", "/build/project"), found);
  EXPECT_EQ(link_edges("Unix Makefiles", "../lib/libcore.a", "/src/project"), found) << "built in the source tree";
}

TEST(GraphBuilder, FindsItsLibrariesInAnInSourceBuildByMakefiles) {
  const TargetGraph graph = graph_of(
      {{.name = "app", .type = "EXECUTABLE", .dependencies = {{"core", {}}}, .link_fragments = {{"lib/libcore.a", {}}}},
       {.name = "core", .artifacts = {"lib/libcore.a"}}},
      {.generator = "Unix Makefiles", .build_root = "/src/project"});
  EXPECT_EQ(describe_edges(graph, "app"), Lines{"target:app -> target:core [link, derived]"});
}

TEST(GraphBuilder, TakesAnObjectFileForItsLibrary) {
  const TargetGraph graph = graph_of({
      {.name = "app",
       .type = "EXECUTABLE",
       .frames = calls({"target_sources"}),
       .dependencies = {{"parts", {}}},
       .sources = {{"main.cpp", 1},
                   {"/build/project/opt/CMakeFiles/parts.dir/a.cpp.o", 1},
                   {"/build/project/opt/CMakeFiles/parts.dir/b.cpp.o", 1},
                   {"/build/project/CMakeFiles/other.dir/Debug/c.cpp.obj", 1},
                   {"/build/project/CMakeFiles/nobody.dir/d.o", 1},
                   {"prebuilt/e.o", 1}}},
      {.name = "parts", .type = "OBJECT_LIBRARY"},
      {.name = "other", .type = "OBJECT_LIBRARY"},
  });
  EXPECT_EQ(describe_edges(graph, "app"),
            (Lines{
                "target:app -> target:parts [object, derived] CMakeLists.txt:10",
                "target:app -> file:main.cpp [source, derived] CMakeLists.txt:10",
                "target:app -> target:other [object, derived] CMakeLists.txt:10",
                "target:app -> file:<build>/CMakeFiles/nobody.dir/d.o [source, derived] CMakeLists.txt:10",
                "target:app -> file:prebuilt/e.o [source, derived] CMakeLists.txt:10",
            }));
}

TEST(GraphBuilder, TakesAnObjectFileOfACustomTargetForMoreThanOrder) {
  const TargetGraph graph = graph_of({
      {.name = "bundle",
       .type = "UTILITY",
       .frames = calls({"add_custom_target"}),
       .dependencies = {{"parts", {}}, {"more", 1}},
       .sources = {{"/build/project/CMakeFiles/parts.dir/a.cpp.o", 1},
                   {"/build/project/CMakeFiles/more.dir/b.cpp.o", 1}}},
      {.name = "parts", .type = "OBJECT_LIBRARY"},
      {.name = "more", .type = "OBJECT_LIBRARY"},
  });
  EXPECT_EQ(describe_edges(graph, "bundle"), (Lines{
                                                 "target:bundle -> target:parts [object, derived] CMakeLists.txt:10",
                                                 "target:bundle -> target:more [order, derived] CMakeLists.txt:10",
                                             }))
      << "an entry with a call of its own keeps its kind";
}

TEST(GraphBuilder, CountsRulesAsSourcesButNotAsEdges) {
  const TargetGraph graph = graph_of(
      {{.name = "gen",
        .type = "UTILITY",
        .sources = {
            {"/build/project/CMakeFiles/gen", {}}, {"/build/project/CMakeFiles/gen.rule", {}}, {"tools/gen.py", {}}}}});
  EXPECT_EQ(graph.source_count(), 3U);
  EXPECT_EQ(describe_edges(graph), (Lines{"target:gen -> file:<build>/CMakeFiles/gen [source, derived]",
                                          "target:gen -> file:tools/gen.py [source, derived]"}));
}

TEST(GraphBuilder, MakesEdgesOfIncludesAndDefinitions) {
  const TargetGraph graph =
      graph_of({{.name = "core",
                 .frames = calls({"target_include_directories", "target_compile_definitions"}),
                 .sources = {{"core.cpp", {}}},
                 .compile_groups = {{.includes = {{"/src/project/opt/include", 1}, {"/usr/include/opt", {}}},
                                     .defines = {{"USE_OPT=1", 2}},
                                     .fragments = {{"-DEXTRA -isystem /src/project/opt/sys", {}}},
                                     .precompile_headers = {{"/src/project/opt/pch.h", {}}}}}}});
  EXPECT_EQ(describe_edges(graph, "core"),
            (Lines{
                "target:core -> file:opt/pch.h [source, derived]",
                "target:core -> file:core.cpp [source, derived]",
                "target:core -> file:opt/sys [include-dir, derived]",
                "target:core -> file:opt/include [include-dir, derived] CMakeLists.txt:10",
                "target:core -> file:/usr/include/opt [include-dir, derived]",
                "target:core -> definition:EXTRA [define, derived]",
                "target:core -> definition:USE_OPT=1 [define, derived] CMakeLists.txt:20",
            }));
}

TEST(GraphBuilder, MakesEdgesOfInstallRules) {
  ReplySpec reply;
  reply.configurations[0].directories = {
      {.frames = calls({"install"}), .installers = {{.type = "file", .paths = {"opt/a.h"}, .frame = 1}}},
      {.source = "opt",
       .build = "opt",
       .parent = 0,
       .installers = {{.type = "target", .paths = {"lib/libcore.a"}, .target = "core"}}}};
  const TargetGraph graph = graph_of({{.name = "core"}}, reply);
  EXPECT_EQ(describe_edges(graph), (Lines{"file:CMakeLists.txt -> file:opt/a.h [install, derived] CMakeLists.txt:10",
                                          "file:opt/CMakeLists.txt -> target:core [install, derived]"}));
  EXPECT_EQ(graph.edges_from_files().size(), 2U);
}

TEST(GraphBuilder, MakesEdgesOfWhatConfigureRead) {
  ReplySpec reply;
  reply.cmake_files = {{{.path = "CMakeLists.txt"},
                        {.path = "opt/CMakeLists.txt"},
                        {.path = "cmake/helpers.cmake"},
                        {.path = "cmake/unknown.cmake"},
                        {.path = "/usr/share/cmake/x.cmake", .is_cmake = true}}};
  reply.configurations[0].directories = {{}, {.source = "opt", .build = "opt", .parent = 0}};
  const TargetGraph graph = graph_of({{.name = "core",
                                       .frames = {{.file = "CMakeLists.txt"},
                                                  {"CMakeLists.txt", 4, "include", 0},
                                                  {"cmake/helpers.cmake", 0, "", 1},
                                                  {"cmake/helpers.cmake", 7, "add_library", 2}},
                                       .frame = 3}},
                                     reply);
  EXPECT_EQ(describe_edges(graph),
            (Lines{"file:CMakeLists.txt -> file:opt/CMakeLists.txt [configure, derived]",
                   "file:CMakeLists.txt -> file:cmake/helpers.cmake [configure, derived] CMakeLists.txt:4",
                   "file:CMakeLists.txt -> file:cmake/unknown.cmake [configure, derived]"}));
}

TEST(GraphBuilder, KeepsConfigurationsApart) {
  ReplySpec reply{.generator = "Ninja Multi-Config", .multi_config = true};
  reply.configurations = {
      {.name = "Debug", .targets = {{.name = "app", .dependencies = {{"opt", {}}}}, {.name = "opt"}}},
      {.name = "Release", .targets = {{.name = "app"}}}};
  const test::TemporaryDirectory build;
  test::write_reply(reply, build.path());
  const auto tree = read_build_tree(build.path(), {.threads = 1});
  ASSERT_TRUE(tree) << tree.error().message;
  ASSERT_EQ(tree->graphs.size(), 2U);
  EXPECT_EQ(tree->graphs[0].info().configuration, "Debug");
  EXPECT_TRUE(tree->graphs[0].info().multi_config);
  EXPECT_EQ(describe_edges(tree->graphs[0]), Lines{"target:app -> target:opt [link, derived]"});
  EXPECT_EQ(tree->graphs[1].info().configuration, "Release");
  EXPECT_TRUE(tree->graphs[1].edges().empty());
}

TEST(GraphBuilder, BuildsAGraphOfTargetsThatSayNothing) {
  const test::TemporaryDirectory build;
  test::write_reply({.configurations = {{.targets = {{.name = "a"}, {.name = "b"}}}}}, build.path());
  for (const char* const name : {"a", "b"}) {
    test::write_file(test::reply_directory(build.path()) / test::target_file(name), "{}");
  }
  const auto tree = read_build_tree(build.path(), {.threads = 1});
  ASSERT_TRUE(tree) << tree.error().message;
  const TargetGraph& graph = tree->graphs.front();
  ASSERT_EQ(graph.targets().size(), 2U);
  EXPECT_EQ(graph.name(TargetId(1)), "b");
  EXPECT_EQ(graph.targets()[0].type, TargetType::other);
  EXPECT_TRUE(graph.edges().empty());
}

}  // namespace
}  // namespace bulkhead
