#include "graph/makefile_objects.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <gtest/gtest.h>

#include <string>

#include "tests/support/temporary_directory.h"

namespace bulkhead::test {
namespace {

// A build tree of which nothing exists but what CMake's make rules read.
class MakefileObjectsTest : public testing::Test {
 protected:
  void write(const std::string& name, std::string_view text) const { write_file(tree_.path() / name, text); }
  // A directory of a target, and what is behind CMAKE_DEPENDS_DEPENDENCY_FILES there.
  void add_target(const std::string& directory, const std::string& files) {
    directories_ += (tree_.path() / directory).string() + "\n";
    write("CMakeFiles/TargetDirectories.txt", directories_);
    write(directory + "/DependInfo.cmake",
          "\n# Consider dependencies only in project.\n"
          "set(CMAKE_DEPENDS_IN_PROJECT_ONLY OFF)\n\n"
          "set(CMAKE_DEPENDS_LANGUAGES\n  )\n\n"
          "set(CMAKE_DEPENDS_DEPENDENCY_FILES\n" +
              files + "  )\n");
  }
  // An object a line: `target: object <- source [headers] dependencies`.
  [[nodiscard]] std::string read() const {
    const auto objects = read_makefile_objects(tree_.path(), 2);
    if (!objects) return objects.error().message;
    if (!*objects) return "none";
    std::string text;
    for (const MakefileObject& object : **objects) {
      text +=
          fmt::format("{}: {} <- {} [{}]", object.target, object.object, object.source, fmt::join(object.headers, " "));
      if (!object.contents) text += " unknown";
      if (object.contents) {
        for (const IndexRange path : object.contents->dependencies) {
          text += fmt::format(" {}", object.contents->path(path));
        }
      }
      text += '\n';
    }
    return text;
  }

  TemporaryDirectory tree_;
  std::string directories_;
};

TEST_F(MakefileObjectsTest, ReadsTheDepfilesThatCMakeLists) {
  EXPECT_EQ(read(), "none");
  add_target("CMakeFiles/core.dir",
             "  \"/s/a.cpp\" \"CMakeFiles/core.dir/a.cpp.o\" \"gcc\" \"CMakeFiles/core.dir/a.cpp.o.d\"\n"
             "  \"/s/b.cpp\" \"CMakeFiles/core.dir/b.cpp.o\" \"gcc\" \"CMakeFiles/core.dir/b.cpp.o.d\"\n"
             "  \"/s/c.cpp\" \"CMakeFiles/core.dir/c.cpp.o\" \"gcc\" \"CMakeFiles/core.dir/c.cpp.o.d\"\n");
  add_target("sub/CMakeFiles/low.dir",
             "  \"/s/sub/d $.cpp\" \"sub/CMakeFiles/low.dir/d.cpp.o\" \"gcc\" "
             "\"sub/CMakeFiles/low.dir/d.cpp.o.d\"\n");
  write("CMakeFiles/core.dir/a.cpp.o.d", "CMakeFiles/core.dir/a.cpp.o: /s/a.cpp /s/a.h\n");
  write("CMakeFiles/core.dir/b.cpp.o.d", "CMakeFiles/core.dir/b.cpp.o: /s/b.cpp /s/");
  EXPECT_EQ(read(),
            "core: CMakeFiles/core.dir/a.cpp.o <- /s/a.cpp [] /s/a.cpp /s/a.h\n"
            "core: CMakeFiles/core.dir/b.cpp.o <- /s/b.cpp [] unknown\n"
            "core: CMakeFiles/core.dir/c.cpp.o <- /s/c.cpp [] unknown\n"
            "low: sub/CMakeFiles/low.dir/d.cpp.o <- /s/sub/d $.cpp [] unknown\n");
}

TEST_F(MakefileObjectsTest, TellsPrecompiledHeadersFromSources) {
  add_target("CMakeFiles/p.dir",
             "  \"/b/p.dir/cmake_pch.hxx.cxx\" \"p.dir/cmake_pch.hxx.gch\" \"gcc\" \"p.dir/cmake_pch.hxx.gch.d\"\n"
             "  \"/b/p.dir/cmake_pch.hxx\" \"p.dir/cmake_pch.hxx.gch\" \"gcc\" \"p.dir/cmake_pch.hxx.gch.d\"\n"
             "  \"/s/p.cpp\" \"p.dir/p.cpp.o\" \"gcc\" \"p.dir/p.cpp.o.d\"\n"
             "  \"/b/p.dir/cmake_pch.hxx\" \"p.dir/p.cpp.o\" \"gcc\" \"p.dir/p.cpp.o.d\"\n");
  EXPECT_EQ(read(),
            "p: p.dir/cmake_pch.hxx.gch <- /b/p.dir/cmake_pch.hxx.cxx [/b/p.dir/cmake_pch.hxx] unknown\n"
            "p: p.dir/p.cpp.o <- /s/p.cpp [/b/p.dir/cmake_pch.hxx] unknown\n");
}

TEST_F(MakefileObjectsTest, LeavesOutWhatIsNoMakefile) {
  add_target("CMakeFiles/core.dir",
             "  \"/s/a.cpp\" \"a.obj\" \"msvc\" \"a.obj.d\"\n"
             "  \"\" \"gen.h\" \"custom\" \"deps/gen.d\"\n"
             "  \"/s/b.cpp\" \"b.o\" \"gcc\"\n");
  write("CMakeFiles/TargetDirectories.txt", directories_ + "/nowhere/CMakeFiles/edit_cache.dir\r\n");
  EXPECT_EQ(read(), "");
}

// What CMake 4.2 and later write with CMAKE_INTERMEDIATE_DIR_STRATEGY=SHORT.
TEST_F(MakefileObjectsTest, NamesTargetsWhosePathsDoNot) {
  add_target("sub/.o/fdb3459a",
             "  \"/s/low.cpp\" \"sub/.o/fdb3459a/2e72a2d0.o\" \"gcc\" \"sub/.o/fdb3459a/2e72a2d0.o.d\"\n");
  EXPECT_EQ(read(), ": sub/.o/fdb3459a/2e72a2d0.o <- /s/low.cpp [] unknown\n");
  write("sub/.o/fdb3459a/build.make",
        "sub/.o/fdb3459a/depend:\n"
        "\tcd /b && $(CMAKE_COMMAND) -E cmake_depends \"Unix Makefiles\" /s /s/sub /b /b/sub "
        "/b/sub/.o/fdb3459a/DependInfo.cmake \"--color=$(COLOR)\" low\n"
        ".PHONY : sub/.o/fdb3459a/depend\n");
  EXPECT_EQ(read(), "low: sub/.o/fdb3459a/2e72a2d0.o <- /s/low.cpp [] unknown\n");
}

TEST(TargetOfObject, IsInThePath) {
  EXPECT_EQ(target_of_object("CMakeFiles/core.dir/a.cpp.o"), "core");
  EXPECT_EQ(target_of_object("sub/CMakeFiles/a.b.dir/Debug/__/CMakeFiles/c.dir/a.cpp.o"), "a.b");
  EXPECT_EQ(target_of_object("myCMakeFiles/core.dir/CMakeFiles/low.dir/a.o"), "low");
  EXPECT_EQ(target_of_object("CMakeFiles/core.dir"), "");
  EXPECT_EQ(target_of_object("CMakeFiles/.dir/a.o"), "");
  EXPECT_EQ(target_of_object(".o/7d82d702/b2a0723f.o"), "");
}

}  // namespace
}  // namespace bulkhead::test
