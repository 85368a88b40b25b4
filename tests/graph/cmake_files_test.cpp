#include "graph/cmake_files.h"

#include "tests/graph/reply_objects.h"

namespace bulkhead {
namespace {

using test::OneObjectReply;

Result<CMakeFiles> read(std::string_view text) {
  return read_cmake_files(OneObjectReply("cmakeFiles", 1, 1, text).read());
}

TEST(CMakeFiles, AreTheProjectsOwn) {
  const auto files = read(R"({
    "globsDependent": [{"expression": "src/*.cpp", "recurse": true, "paths": ["src/a.cpp"]}],
    "inputs": [
      {"path": "CMakeLists.txt"},
      {"isGenerated": true, "path": "/build/CMakeFiles/3.25.1/CMakeSystem.cmake"},
      {"isCMake": true, "isExternal": true, "path": "/usr/share/cmake-3.25/Modules/CMakeParseArguments.cmake"},
      {"path": "opt/CMakeLists.txt", "isCMake": false, "isGenerated": false, "later": []},
      {"isExternal": true, "path": "/opt/cmake/find.cmake"}
    ],
    "kind": "cmakeFiles",
    "paths": {"build": "/build", "source": "/src"}
  })");
  ASSERT_TRUE(files) << files.error().message;
  EXPECT_TRUE(files->present);
  EXPECT_EQ(files->inputs, (std::vector<std::string>{"CMakeLists.txt", "opt/CMakeLists.txt", "/opt/cmake/find.cmake"}));
}

TEST(CMakeFiles, MayBeAbsent) {
  const auto files = read_cmake_files(OneObjectReply("cache", 2, 0, "{}").read());
  ASSERT_TRUE(files);
  EXPECT_FALSE(files->present);
  EXPECT_TRUE(files->inputs.empty());
}

TEST(CMakeFiles, RefuseWhatIsNotTheirs) {
  EXPECT_NE(test::message_of(read("{}")), "no error");
  EXPECT_NE(test::message_of(read(R"({"inputs": "CMakeLists.txt"})")), "no error");
  EXPECT_NE(test::message_of(read(R"({"inputs": [{"path": 1}]})")), "no error");
  EXPECT_NE(test::message_of(read(R"({"inputs": [{"path": "a", "isCMake": "yes"}]})")), "no error");
}

TEST(CMakeFiles, FailWhereverTheyAreCutOff) {
  test::expect_every_cut_to_fail(R"({"kind": "cmakeFiles", "inputs": [{"path": "a"}, {"isCMake": true, "path": "b"}]})",
                                 read);
}

}  // namespace
}  // namespace bulkhead
