#include "auditor/naming_files.h"

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "tests/support/temporary_directory.h"

namespace bulkhead::test {
namespace {

TEST(NamingFiles, AreDocumentsTestsAndExamples) {
  const TemporaryDirectory root;
  const std::vector<std::pair<std::string, std::string>> texts = {
      {"README", "about USE_GPU"},
      {"docs/a.md", "cmake -DUSE_GPU=ON"},
      {"docs/deep/b.rst", "gpu_rt, and nothing else"},
      {"docs/no.md", "USE_GPUS MY_USE_GPU xDUSE_GPU gpu_rt2"},
      {"docs/.hidden/a.md", "USE_GPU"},
      {"src/a.cpp", "USE_GPU"},
      {"src/tests/deep/a_test.cpp", "#ifdef USE_GPU"},
      {"src/tests/data.bin", "USE_GPU"},
      {"src/b.cpp", "USE_GPU"},
      {"examples/CMakeLists.txt", "target_link_libraries(x gpu_rt USE_GPU)"},
      {"out/tests/a.cpp", "USE_GPU"},
      {"other/CMakeCache.txt", ""},
      {"other/tests/a.cpp", "USE_GPU"},
  };
  for (const auto& [file, text] : texts) write_file(root.path() / file, text);
  const NamingQuery query{root.path().string(), root / "out", {"USE_GPU", "gpu_rt"}};
  const std::vector<NamingFile> expected = {
      {"README", {0}},
      {"docs/a.md", {0}},
      {"docs/deep/b.rst", {1}},
      {"examples/CMakeLists.txt", {0, 1}},
      {"src/tests/deep/a_test.cpp", {0}},
  };
  EXPECT_EQ(find_naming_files(query), expected);
  EXPECT_TRUE(find_naming_files({root / "none", root / "out", {"USE_GPU"}}).empty());
  EXPECT_TRUE(find_naming_files({root.path().string(), root / "out", {}}).empty());
}

TEST(NamingFiles, HaveNamesAsWholeWords) {
  const TemporaryDirectory root;
  const auto has = [&root](const std::string& text, const std::string& name) {
    write_file(root.path() / "a.md", text);
    return !find_naming_files({root.path().string(), "", {name}}).empty();
  };
  for (const char* const text : {"gpu-rt", "x gpu-rt.", "(gpu-rt)", "-gpu-rt-", "gpu-rt2 gpu-rt", "-Dgpu-rt"})
    EXPECT_TRUE(has(text, "gpu-rt")) << text;
  for (const char* const text : {"gpu", "gpu-rt2", "xgpu-rt", "gpu rt", "gpu-r", "Dgpu-rt", ""})
    EXPECT_FALSE(has(text, "gpu-rt")) << text;
  EXPECT_TRUE(has("link ns::gpu2 or not", "ns::gpu2"));
  EXPECT_FALSE(has("-x", "-x")) << "no name";
}

TEST(NamingFiles, KnowWhichNamesTell) {
  for (const char* const name : {"USE_GPU", "gpu_rt", "gpu-rt", "gpu2", "fooBar", "FooBar"})
    EXPECT_TRUE(is_telling_name(name)) << name;
  for (const char* const name : {"gpu", "LLVM", "Flang", ""}) EXPECT_FALSE(is_telling_name(name)) << name;
}

}  // namespace
}  // namespace bulkhead::test
