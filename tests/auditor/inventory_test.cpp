#include "auditor/inventory.h"

#include <gtest/gtest.h>

#include "tests/support/command_line.h"
#include "tests/support/temporary_directory.h"

namespace bulkhead::test {
namespace {

TEST(Inventory, NamesLibrariesAsLinkersDo) {
  EXPECT_EQ(library_name("lib/libfoo.a"), "foo");
  EXPECT_EQ(library_name("/usr/lib/libfoo.so.1.2"), "foo");
  EXPECT_EQ(library_name("foo.lib"), "foo");
  EXPECT_EQ(library_name("bin/foo"), "");
  EXPECT_EQ(library_name("src/foo.cpp"), "");
}

TEST(Inventory, ReadsWhatItWrites) {
  const Inventory inventory{
      .modules = {{.name = "opt", .targets = {"a\"b"}, .libraries = {"foo"}, .files = {"<build>/x"}}}};
  const TemporaryDirectory directory;
  write_file(directory / "i.json", write_inventory(inventory));
  const auto read = read_inventory(directory / "i.json");
  ASSERT_TRUE(read) << read.error().message;
  EXPECT_EQ(read->modules, inventory.modules);
  write_file(directory / "i.json", "{}");
  EXPECT_FALSE(read_inventory(directory / "i.json"));
}

// A normal variable decides over the cache, and a library that exists only while the module is on is remembered.
TEST(Inventory, RemembersWhatIsOffLater) {
  const TemporaryDirectory directory;
  write_file(directory / "a.cpp", "int a() { return 0; }\n");
  write_file(directory / "CMakeLists.txt",
             "cmake_minimum_required(VERSION 3.21)\nproject(p LANGUAGES CXX)\noption(USE_X \"\" ON)\n"
             "if(FORCE_OFF)\n  set(USE_X OFF)\nendif()\nif(USE_X)\n  add_library(x STATIC a.cpp)\n"
             "  set_target_properties(x PROPERTIES OUTPUT_NAME thing)\nendif()\n"
             "add_library(core STATIC a.cpp)\ntarget_link_libraries(core PRIVATE -lthing)\n");
  write_file(directory / "bulkhead.toml", "[[module]]\nname = \"x\"\ntoggle = \"USE_X\"\ntargets = [\"x\"]\n");
  const std::string source = directory.path();
  const auto configure = [&](const std::string& build, const std::string& force) {
    return bulkhead({"configure", "-q", "-S", source, "-B", source + build, "-DFORCE_OFF=" + force}).status;
  };
  ASSERT_EQ(configure("/on", "OFF"), 0);
  ASSERT_EQ(configure("/off", "ON"), 0) << "nothing tells that -lthing is the module's";
  EXPECT_EQ(bulkhead({"inventory", "-q", "-B", source + "/on", "-o", source + "/i.json"}).status, 0);
  EXPECT_EQ(bulkhead({"inventory", "-B", source + "/off"}).status, 2) << "the normal variable says off, the cache on";
  const ProcessResult checked = bulkhead({"check", "-B", source + "/off", "--inventory", source + "/i.json"});
  EXPECT_EQ(checked.status, 1);
  EXPECT_NE(checked.out.find("core links -lthing of module x"), std::string::npos) << checked.out;
  EXPECT_NE(checked.out.find("CMakeLists.txt:12"), std::string::npos) << checked.out;
}

}  // namespace
}  // namespace bulkhead::test
