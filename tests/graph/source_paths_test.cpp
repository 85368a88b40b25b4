#include "graph/source_paths.h"

#include <gtest/gtest.h>

namespace bulkhead {
namespace {

std::string normalised(const SourcePaths& paths, std::string_view raw) {
  std::string buffer;
  return std::string(paths.normalise(raw, buffer));
}

std::string normalised(const SourcePaths& paths, std::string_view raw, std::string_view base) {
  std::string buffer;
  return std::string(paths.normalise(raw, base, buffer));
}

TEST(SourcePaths, AreRelativeToTheSourceRoot) {
  const SourcePaths paths("/home/me/project", "/tmp/build");
  EXPECT_EQ(normalised(paths, "src/a.cpp"), "src/a.cpp");
  EXPECT_EQ(normalised(paths, "/home/me/project/src/a.cpp"), "src/a.cpp");
  EXPECT_EQ(normalised(paths, "/home/me/project"), ".");
  EXPECT_EQ(normalised(paths, "."), ".");
  EXPECT_EQ(normalised(paths, ""), ".");
  EXPECT_EQ(normalised(paths, "/usr/include"), "/usr/include");
  EXPECT_EQ(normalised(paths, "/"), "/");
}

TEST(SourcePaths, DropDotsAndSpareSlashes) {
  const SourcePaths paths("/home/me/project", "/tmp/build");
  EXPECT_EQ(normalised(paths, "./src//a.cpp"), "src/a.cpp");
  EXPECT_EQ(normalised(paths, "src/./a.cpp"), "src/a.cpp");
  EXPECT_EQ(normalised(paths, "src/../opt/b.cpp"), "opt/b.cpp");
  EXPECT_EQ(normalised(paths, "src/"), "src");
  EXPECT_EQ(normalised(paths, "src/."), "src");
  EXPECT_EQ(normalised(paths, "src/.."), ".");
  EXPECT_EQ(normalised(paths, "/usr//include/"), "/usr/include");
  EXPECT_EQ(normalised(paths, "/usr/include/../lib/.."), "/usr");
  // Names that only begin with dots are names.
  EXPECT_EQ(normalised(paths, ".github/ci.cmake"), ".github/ci.cmake");
  EXPECT_EQ(normalised(paths, "..a/...b"), "..a/...b");
}

TEST(SourcePaths, MarkTheBuildTree) {
  const SourcePaths paths("/home/me/project", "/tmp/build");
  EXPECT_EQ(normalised(paths, "/tmp/build"), "<build>");
  EXPECT_EQ(normalised(paths, "/tmp/build/gen/a.h"), "<build>/gen/a.h");
  EXPECT_EQ(normalised(paths, "lib/libx.a", "/tmp/build"), "<build>/lib/libx.a");
  EXPECT_EQ(normalised(paths, "../src/a.c", "/tmp/build/core"), "<build>/src/a.c");
  EXPECT_EQ(normalised(paths, "/tmp/build2/a.h"), "/tmp/build2/a.h");
}

TEST(SourcePaths, MarkABuildTreeInTheSourceTree) {
  const SourcePaths paths("/home/me/project", "/home/me/project/build");
  EXPECT_EQ(normalised(paths, "build/gen/a.h"), "<build>/gen/a.h");
  EXPECT_EQ(normalised(paths, "build"), "<build>");
  EXPECT_EQ(normalised(paths, "build.cmake"), "build.cmake");
  EXPECT_EQ(normalised(paths, "/home/me/project/build/x"), "<build>/x");
  EXPECT_EQ(normalised(paths, "/home/me/project/src/x"), "src/x");
}

TEST(SourcePaths, TakeTheSourceTreeOutOfABuildTreeAroundIt) {
  const SourcePaths paths("/work/build/_deps/lib-src", "/work/build");
  EXPECT_EQ(normalised(paths, "/work/build/_deps/lib-src/a.cpp"), "a.cpp");
  EXPECT_EQ(normalised(paths, "/work/build/_deps/lib-src"), ".");
  EXPECT_EQ(normalised(paths, "/work/build/gen/a.h"), "<build>/gen/a.h");
  EXPECT_EQ(normalised(paths, "../lib-build/a.h"), "<build>/_deps/lib-build/a.h");
}

TEST(SourcePaths, CountAnInSourceBuildAsSources) {
  const SourcePaths paths("/home/me/project", "/home/me/project");
  EXPECT_EQ(normalised(paths, "src/a.cpp"), "src/a.cpp");
  EXPECT_EQ(normalised(paths, "/home/me/project"), ".");
  EXPECT_EQ(normalised(paths, "lib/libx.a", "/home/me/project"), "lib/libx.a");
}

TEST(SourcePaths, GoUpTwoLevelsForSiblings) {
  const SourcePaths paths("/home/me/project", "/tmp/build");
  EXPECT_EQ(normalised(paths, "/home/me/other/a.cpp"), "../other/a.cpp");
  EXPECT_EQ(normalised(paths, "../other/a.cpp"), "../other/a.cpp");
  EXPECT_EQ(normalised(paths, "/home/me"), "..");
  EXPECT_EQ(normalised(paths, "/home/you/a.cpp"), "../../you/a.cpp");
  EXPECT_EQ(normalised(paths, "/home"), "../..");
  EXPECT_EQ(normalised(paths, "/opt/a.cpp"), "/opt/a.cpp");
  // A name that begins like the root's is no part of it.
  EXPECT_EQ(normalised(paths, "/home/me/project2/a.cpp"), "../project2/a.cpp");
  // One level below `/` everything would be a sibling: then nothing is.
  const SourcePaths shallow("/project", "/build");
  EXPECT_EQ(normalised(shallow, "/usr/include"), "/usr/include");
  EXPECT_EQ(normalised(shallow, "/project/a.cpp"), "a.cpp");
}

TEST(SourcePaths, StandRootsWithATrailingSlash) {
  const SourcePaths paths("/home/me/project/", "/tmp/build//");
  EXPECT_EQ(paths.source_root(), "/home/me/project");
  EXPECT_EQ(paths.build_root(), "/tmp/build");
  EXPECT_EQ(normalised(paths, "/home/me/project/a.cpp"), "a.cpp");
  EXPECT_EQ(normalised(paths, "/tmp/build/a.h"), "<build>/a.h");
}

TEST(SourcePaths, StandTheFileSystemsRoot) {
  const SourcePaths source("/", "/build");
  EXPECT_EQ(normalised(source, "src/a.cpp"), "src/a.cpp");
  EXPECT_EQ(normalised(source, "/src/a.cpp"), "src/a.cpp");
  EXPECT_EQ(normalised(source, "/build/a.h"), "<build>/a.h");
  EXPECT_EQ(normalised(source, "/"), ".");
  EXPECT_EQ(source.absolute("src/a.cpp"), "/src/a.cpp");
  EXPECT_EQ(source.absolute("."), "/");
  const SourcePaths build("/src", "/");
  EXPECT_EQ(normalised(build, "/src/a.cpp"), "a.cpp");
  EXPECT_EQ(normalised(build, "/gen/a.h"), "<build>/gen/a.h");
  EXPECT_EQ(build.absolute("<build>/gen/a.h"), "/gen/a.h");
  EXPECT_EQ(build.absolute("<build>"), "/");
}

TEST(SourcePaths, AreCanonicalOnceAndForAll) {
  const SourcePaths paths("/home/me/project", "/home/me/project/build");
  for (const std::string_view raw : {"src/a.cpp", "/home/me/project/build/x", "../sibling/b.c", "/usr/include", ".",
                                     "..", "../..", "a/../../b", "build", "/", "/home/me/project/"}) {
    const std::string once = normalised(paths, raw);
    const std::string absolute = paths.absolute(once);
    EXPECT_EQ(normalised(paths, absolute), once) << raw;
    EXPECT_TRUE(absolute.starts_with('/')) << absolute;
    EXPECT_TRUE(absolute == "/" || !absolute.ends_with('/')) << absolute;
  }
}

TEST(SourcePaths, BecomeAbsoluteAgain) {
  const SourcePaths paths("/home/me/project", "/tmp/build");
  EXPECT_EQ(paths.absolute("src/a.cpp"), "/home/me/project/src/a.cpp");
  EXPECT_EQ(paths.absolute("."), "/home/me/project");
  EXPECT_EQ(paths.absolute("../x/a.cpp"), "/home/me/x/a.cpp");
  EXPECT_EQ(paths.absolute(".."), "/home/me");
  EXPECT_EQ(paths.absolute("<build>/gen/a.h"), "/tmp/build/gen/a.h");
  EXPECT_EQ(paths.absolute("<build>"), "/tmp/build");
  EXPECT_EQ(paths.absolute("/usr/include"), "/usr/include");
  // In an in-source build the top directory is the base of every relative path.
  const SourcePaths in_source("/home/me/project", "/home/me/project");
  EXPECT_EQ(normalised(in_source, "lib/x.a", in_source.absolute(".")), "lib/x.a");
}

TEST(SourcePaths, SayWhichTreeAPathIsIn) {
  EXPECT_TRUE(is_in_build("<build>"));
  EXPECT_TRUE(is_in_build("<build>/a"));
  EXPECT_FALSE(is_in_build("<build>er/a"));
  EXPECT_FALSE(is_in_build("build/a"));
  EXPECT_TRUE(is_outside("/usr/include"));
  EXPECT_FALSE(is_outside("../x"));
  EXPECT_FALSE(is_outside("<build>/x"));
}

}  // namespace
}  // namespace bulkhead
