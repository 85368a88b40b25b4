#include "graph/toolchains.h"

#include "tests/graph/reply_objects.h"

namespace bulkhead {
namespace {

using test::OneObjectReply;

Result<std::vector<Toolchain>> read(std::string_view text) {
  return read_toolchains(OneObjectReply("toolchains", 1, 0, text).read());
}

TEST(Toolchains, SayWhichCompilersThereAre) {
  const auto toolchains = read(R"({
    "kind": "toolchains",
    "toolchains": [
      {"compiler": {"id": "GNU", "implicit": {"includeDirectories": ["/usr/include/c++/12", "/usr/include"],
                                              "linkDirectories": ["/usr/lib"], "linkLibraries": ["stdc++"]},
                    "path": "/usr/bin/c++", "version": "12.2.0", "later": 1},
       "language": "CXX", "sourceFileExtensions": ["cpp"]},
      {"language": "ASM", "compiler": {"implicit": {}}, "later": null}
    ]
  })");
  ASSERT_TRUE(toolchains) << toolchains.error().message;
  ASSERT_EQ(toolchains->size(), 2U);
  const Toolchain& cxx = toolchains->front();
  EXPECT_EQ(cxx.language, "CXX");
  EXPECT_EQ(cxx.compiler_path, "/usr/bin/c++");
  EXPECT_EQ(cxx.compiler_id, "GNU");
  EXPECT_EQ(cxx.compiler_version, "12.2.0");
  EXPECT_EQ(cxx.implicit_include_directories, (std::vector<std::string>{"/usr/include/c++/12", "/usr/include"}));
  const Toolchain& assembler = toolchains->back();
  EXPECT_EQ(assembler.language, "ASM");
  EXPECT_EQ(assembler.compiler_path, "");
  EXPECT_TRUE(assembler.implicit_include_directories.empty());
}

TEST(Toolchains, MayBeAbsent) {
  const auto toolchains = read_toolchains(OneObjectReply("cache", 2, 0, "{}").read());
  ASSERT_TRUE(toolchains);
  EXPECT_TRUE(toolchains->empty());
}

TEST(Toolchains, RefuseWhatIsNotTheirs) {
  EXPECT_NE(test::message_of(read("{}")), "no error");
  EXPECT_NE(test::message_of(read(R"({"toolchains": [1]})")), "no error");
  EXPECT_NE(test::message_of(read(R"({"toolchains": [{"compiler": "c++"}]})")), "no error");
  EXPECT_NE(test::message_of(read(R"({"toolchains": [{"compiler": {"implicit": {"includeDirectories": [1]}}}]})")),
            "no error");
}

TEST(Toolchains, FailWhereverTheyAreCutOff) {
  test::expect_every_cut_to_fail(
      R"({"toolchains": [{"compiler": {"implicit": {"includeDirectories": ["/a"]}, "path": "/b"}, "language": "C"}]})",
      read);
}

}  // namespace
}  // namespace bulkhead
