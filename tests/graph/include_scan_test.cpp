// The include scan over files on disk, with several threads, a cache that may be damaged, and without a compiler.
#include "graph/include_scan.h"

#include <gtest/gtest.h>

#include <chrono>
#include <filesystem>
#include <optional>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "tests/support/process.h"
#include "tests/support/temporary_directory.h"

namespace bulkhead::test {
namespace {

namespace fs = std::filesystem;

std::string path_of(const std::string& program) {
  std::string out = run({"sh", "-c", "command -v " + program}).out;
  if (!out.empty()) out.pop_back();
  return out;
}

struct FileScan : IncludeScan {
  std::size_t file_count;
};

FileScan survey(const IncludeScanInput& input) {
  const std::vector<std::optional<std::size_t>> first = {0};
  const IncludeSurvey found = survey_includes(input);
  return {found.extract(first), found.file_count};
}

/// A source tree in which opt/ is the part that is wanted.
class Tree {
 public:
  Tree() : paths_(source().string(), build().string()) { fs::create_directories(build()); }

  [[nodiscard]] fs::path source() const { return directory_.path() / "source"; }
  [[nodiscard]] fs::path build() const { return directory_.path() / "build"; }
  void write(const std::string& file, const std::string& text) const { write_file(source() / file, text); }
  [[nodiscard]] FileScan scan(const std::vector<std::string>& sources, const std::vector<std::string>& words = {},
                              std::size_t threads = 2, const fs::path& cache = {},
                              const std::string& compiler = path_of("c++")) const {
    CompileGroup group{.target = TargetId(0), .language = "CXX", .includes = {source().string()}, .words = words};
    for (const std::string& file : sources) group.sources.push_back((source() / file).string());
    const std::vector<CompileGroup> groups{group};
    const std::vector<Toolchain> toolchains{{.language = "CXX",
                                             .compiler_path = compiler,
                                             .compiler_id = {},
                                             .compiler_version = {},
                                             .implicit_include_directories = {}}};
    return survey({.groups = groups,
                   .toolchains = toolchains,
                   .paths = paths_,
                   .role_of = [](std::string_view path) -> FileRole {
                     return path.starts_with("opt/") ? FileRole{PartSet(0)} : FileRole{};
                   },
                   .name_of = [](TargetId) { return std::string_view("core"); },
                   .cache = cache,
                   .thread_count = threads});
  }

 private:
  TemporaryDirectory directory_;
  SourcePaths paths_;
};

std::vector<std::string> lines(const IncludeScan& scan) {
  std::vector<std::string> lines;
  for (const IncludeEdge& edge : scan.edges) {
    lines.push_back(edge.place.file + ':' + std::to_string(edge.place.line) + " -> " + edge.file);
  }
  return lines;
}

/// 200 sources, of which each fifth reaches the part, by a header or by itself.
std::vector<std::string> write_many(const Tree& tree) {
  std::vector<std::string> sources;
  tree.write("opt/o.h", "");
  tree.write("way.h", "#include \"opt/o.h\"\n");
  for (int i = 0; i < 200; ++i) {
    const std::string name = "s" + std::to_string(i) + ".cpp";
    tree.write(name, i % 10 == 0 ? "#include \"way.h\"\n" : i % 5 == 0 ? "#include <opt/o.h>\n" : "int x;\n");
    sources.push_back(name);
  }
  return sources;
}

TEST(IncludeScanOfFiles, IsTheSameWithAnyNumberOfThreads) {
  const Tree tree;
  const std::vector<std::string> sources = write_many(tree);
  const IncludeScan one = tree.scan(sources, {}, 1);
  EXPECT_EQ(one.source_count, 200U);
  ASSERT_EQ(one.edges.size(), 21U);
  EXPECT_EQ(one.edges.back().place.file, "way.h");
  EXPECT_EQ(one.edges.back().source_count, 20U);
  EXPECT_EQ(one.edges.back().chain.front().file, "s0.cpp");
  for (std::size_t threads = 2; threads <= 4; ++threads) {
    const IncludeScan many = tree.scan(sources, {}, threads);
    EXPECT_EQ(lines(many), lines(one));
    EXPECT_EQ(many.edges.back().chain, one.edges.back().chain);
    EXPECT_EQ(many.edges.back().source_count, 20U);
  }
}

TEST(IncludeScanOfFiles, LexesAFileOnceHoweverManySourcesReachIt) {
  const Tree tree;
  const std::vector<std::string> sources = write_many(tree);
  const FileScan scan = tree.scan(sources);
  const FileScan again = tree.scan({sources.begin(), sources.begin() + 101});
  EXPECT_EQ(scan.file_count - again.file_count, 99U);
}

TEST(IncludeScanOfFiles, StandsADamagedCache) {
  const Tree tree;
  tree.write("opt/o.h", "");
  tree.write("core.cpp", "#include \"opt/o.h\"\n");
  const fs::path cache = tree.build() / "cache";
  const std::vector<std::string> wanted{"core.cpp:1 -> opt/o.h"};
  // What has just been written is not kept: it could change again within the clock's grain.
  std::this_thread::sleep_for(std::chrono::milliseconds(2100));
  EXPECT_EQ(lines(tree.scan({"core.cpp"}, {}, 1, cache)), wanted);
  ASSERT_FALSE(fs::is_empty(cache));
  const fs::path file = fs::directory_iterator(cache)->path();
  const std::string bytes = read_file(file);
  EXPECT_NE(bytes.find("core.cpp"), std::string::npos);
  for (std::size_t size = 0; size < bytes.size(); size += 1 + bytes.size() / 12) {
    write_file(file, bytes.substr(0, size));
    EXPECT_EQ(lines(tree.scan({"core.cpp"}, {}, 1, cache)), wanted);
    std::string changed = bytes;
    changed[size] = static_cast<char>(~changed[size]);
    write_file(file, changed);
    EXPECT_EQ(lines(tree.scan({"core.cpp"}, {}, 1, cache)), wanted);
  }
}

TEST(IncludeScanOfFiles, SaysThatACompilerCannotBeAsked) {
  const Tree tree;
  tree.write("opt/o.h", "");
  tree.write("core.cpp", "#include \"opt/o.h\"\n");
  for (const std::string& compiler : {std::string(), std::string("/nowhere/c++"), path_of("false"), path_of("true")}) {
    const IncludeScan scan = tree.scan({"core.cpp"}, {}, 1, {}, compiler);
    ASSERT_EQ(scan.gaps.size(), 1U) << compiler;
    EXPECT_EQ(scan.gaps.front().gap, IncludeGap::compiler);
    EXPECT_EQ(scan.gaps.front().example, "core.cpp");
  }
}

TEST(IncludeScanOfFiles, SaysThatSourcesAreNotThere) {
  const Tree tree;
  tree.write("core.cpp", "");
  const IncludeScan scan = tree.scan({"core.cpp", "made.cpp"});
  ASSERT_EQ(scan.gaps.size(), 1U);
  EXPECT_EQ(scan.gaps.front().gap, IncludeGap::missing_source);
  EXPECT_EQ(scan.gaps.front().example, "made.cpp");
}

TEST(IncludeScanOfFiles, HeedsTheFlags) {
  const Tree tree;
  tree.write("opt/o.h", "");
  tree.write("core.cpp", "#ifdef X\n#include \"opt/o.h\"\n#endif\n#if __OPTIMIZE__\n#include <opt/o.h>\n#endif\n");
  EXPECT_EQ(lines(tree.scan({"core.cpp"})), std::vector<std::string>());
  EXPECT_EQ(lines(tree.scan({"core.cpp"}, {"-DX"})), std::vector<std::string>{"core.cpp:2 -> opt/o.h"});
  EXPECT_EQ(lines(tree.scan({"core.cpp"}, {"-DX", "-U", "X"})), std::vector<std::string>());
  EXPECT_EQ(lines(tree.scan({"core.cpp"}, {"-O2"})), std::vector<std::string>{"core.cpp:5 -> opt/o.h"});
  EXPECT_EQ(lines(tree.scan({"core.cpp"}, {"-O2", "-O0"})), std::vector<std::string>());
}

// A link into the part, and a link to a source: what counts is where they lead.
TEST(IncludeScanOfFiles, SeesThroughSymbolicLinks) {
  const Tree tree;
  tree.write("opt/o.h", "");
  tree.write("core.cpp", "#include \"linked/o.h\"\n#include \"alias.h\"\n");
  fs::create_directory_symlink(tree.source() / "opt", tree.source() / "linked");
  fs::create_symlink(tree.source() / "opt" / "o.h", tree.source() / "alias.h");
  EXPECT_EQ(lines(tree.scan({"core.cpp"})),
            (std::vector<std::string>{"core.cpp:1 -> linked/o.h", "core.cpp:2 -> alias.h"}));
}

}  // namespace
}  // namespace bulkhead::test
