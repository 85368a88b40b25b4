#include "graph/build_record.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <cctype>
#include <cstdint>
#include <ctime>
#include <filesystem>
#include <ostream>
#include <set>
#include <stdexcept>
#include <string>
#include <vector>

#include "tests/support/process.h"
#include "tests/support/replies.h"
#include "tests/support/temporary_directory.h"

namespace bulkhead::test {
namespace {

namespace fs = std::filesystem;

std::string_view name_of(RecordState state) {
  switch (state) {
    case RecordState::current: return "current";
    case RecordState::unconfirmed: return "unconfirmed";
    case RecordState::unbuilt: return "unbuilt";
    case RecordState::unrecorded: return "unrecorded";
    case RecordState::outdated: return "outdated";
    case RecordState::changed: return "changed";
    case RecordState::gone: return "gone";
  }
  return {};
}

struct Generator {
  const char* name;
  const char* configuration;  // of a multi-configuration one
  const char* compiler;
};

// What CTest shows beside the name of the test.
void PrintTo(const Generator& generator, std::ostream* out) {
  *out << generator.name << ", " << generator.compiler;
}

// A project that is built, once for each test.
class BuildRecordTest : public testing::TestWithParam<Generator> {
 protected:
  void SetUp() override {
    const bool is_ninja = std::string(GetParam().name).starts_with("Ninja");
    if (run({is_ninja ? "ninja" : "make", "--version"}).status != 0) GTEST_SKIP() << "the build program is missing";
    if (run({GetParam().compiler, "--version"}).status != 0) GTEST_SKIP() << "there is no " << GetParam().compiler;
    ::clock_gettime(CLOCK_REALTIME, &begin_);
    for (const char* const file : {"a.h", "deep.h", "in_pch.h", "opt/o.h"}) write(file, "");
    write("pch.h", "#pragma once\n#include \"in_pch.h\"\n#define FROM_PCH 1\n");
    write("with $ and #.cpp", "#include \"a.h\"\n");
  }
  void write(const std::string& name, std::string_view text) const { write_file(source() + "/" + name, text); }
  // Sets the time of a file to that many seconds after the beginning of the test.
  void touch(const std::string& file, std::int64_t seconds) const {
    struct timespec time = begin_;
    time.tv_sec += seconds;
    const struct timespec times[2] = {time, time};
    ASSERT_EQ(::utimensat(AT_FDCWD, file.c_str(), times, 0), 0) << file;
  }
  [[nodiscard]] std::string source() const { return directory_ / "source"; }
  [[nodiscard]] std::string tree() const { return directory_ / "build"; }

  void configure(const std::string& lists) const {
    write("CMakeLists.txt", "cmake_minimum_required(VERSION 3.20)\nproject(p CXX)\n" + lists);
    std::vector<std::string> command = {
        cmake_command(), "-G", GetParam().name, "-S",
        source(),        "-B", tree(),          std::string("-DCMAKE_CXX_COMPILER=") + GetParam().compiler};
    if (GetParam().configuration != nullptr) command.emplace_back("-DCMAKE_CONFIGURATION_TYPES=Debug;Release");
    const ProcessResult configured = run(command);
    ASSERT_EQ(configured.status, 0) << configured.out << configured.err;
    // As if it had been long ago, and all at once.
    for (const auto& entry : fs::recursive_directory_iterator(directory_.path())) {
      if (entry.is_regular_file()) touch(entry.path(), -100);
    }
  }
  void build() const {
    std::vector<std::string> command = {cmake_command(), "--build", tree()};
    if (GetParam().configuration != nullptr) command.insert(command.end(), {"--config", GetParam().configuration});
    const ProcessResult built = run(command);
    ASSERT_EQ(built.status, 0) << built.out << built.err;
  }

  [[nodiscard]] BuildRecord read() const {
    const auto configuration =
        GetParam().configuration == nullptr ? std::nullopt : std::optional<std::string>(GetParam().configuration);
    auto record = read_build_record(tree(), GetParam().name, configuration, 2);
    if (!record) throw std::runtime_error(record.error().location.file + ": " + record.error().message);
    if (!*record) throw std::runtime_error("there is no record");
    return std::move(**record);
  }
  // The path of the object of a project that has one.
  [[nodiscard]] std::string only_object() const {
    const BuildRecord record = read();
    return tree() + "/" + std::string(record[record.records().front().object]);
  }
  // `state (cause): own files`, of the one object that the target makes of a source of the project.
  [[nodiscard]] std::string look_up(const std::string& target, const std::string& file) const {
    const BuildRecord record = read();
    const std::vector<RecordId> found = record.find(target, source() + "/" + file);
    if (found.size() != 1) return fmt::format("{} objects", found.size());
    const ObjectRecord& object = record[found.front()];
    std::string text(name_of(object.state));
    if (object.cause) text += fmt::format(" ({})", fs::path(record[*object.cause]).filename().string());
    text += ":";
    std::set<std::string> seen;
    for (const StringId path : record.dependencies(found.front())) {
      const std::string name(record[path]);
      EXPECT_TRUE(seen.insert(name).second) << name << " is there twice";
      if (name.starts_with("../source/")) text += " " + name.substr(10);
    }
    return text;
  }

  TemporaryDirectory directory_;
  struct timespec begin_ {};
};

TEST_P(BuildRecordTest, IsCurrentUntilSomethingChanges) {
  write("a.cpp", "#include \"sub/../a.h\"\n");
  write("sub/x.cpp", "#include \"../opt/o.h\"\n");
  configure(
      "add_library(core a.cpp ${CMAKE_CURRENT_BINARY_DIR}/gen.cpp \"with $ and #.cpp\")\n"
      "file(WRITE ${CMAKE_CURRENT_BINARY_DIR}/gen.cpp \"#include \\\"a.h\\\"\\n\")\n"
      "target_include_directories(core PRIVATE .)\n"
      "add_library(a.b+c-d_e OBJECT a.cpp sub/x.cpp)\n");
  EXPECT_EQ(look_up("core", "a.cpp"), "unbuilt:");
  build();
  EXPECT_EQ(look_up("core", "a.cpp"), "current: a.cpp a.h");
  EXPECT_EQ(look_up("a.b+c-d_e", "a.cpp"), "current: a.cpp a.h");
  EXPECT_EQ(look_up("a.b+c-d_e", "sub/x.cpp"), "current: sub/x.cpp opt/o.h");
  EXPECT_EQ(look_up("core", "sub/x.cpp"), "0 objects") << "another target's";
  EXPECT_EQ(look_up("core", "a.h"), "0 objects") << "no source";
  EXPECT_EQ(look_up("nothing", "a.cpp"), "0 objects");
  EXPECT_EQ(look_up("core", "../build/gen.cpp"), "current: a.h");
  EXPECT_EQ(read().find("core", "gen.cpp").size(), 1U) << "relative to the build tree";
  // CMake 3.25 has ninja look for a depfile whose name has quotes.
  const std::string odd = look_up("core", "with $ and #.cpp");
  const bool may_be_missing = std::string(GetParam().name).starts_with("Ninja") && odd == "unrecorded:";
  EXPECT_TRUE(odd == "current: with $ and #.cpp a.h" || may_be_missing) << odd;

  touch(source() + "/a.h", 1000);
  EXPECT_EQ(look_up("core", "a.cpp"), "changed (a.h): a.cpp a.h");
  EXPECT_EQ(look_up("a.b+c-d_e", "sub/x.cpp"), "current: sub/x.cpp opt/o.h");
  touch(source() + "/a.h", -50);
  EXPECT_EQ(look_up("core", "a.cpp"), "current: a.cpp a.h");
  fs::remove(source() + "/opt/o.h");
  EXPECT_EQ(look_up("a.b+c-d_e", "sub/x.cpp"), "gone (o.h): sub/x.cpp opt/o.h");
}

TEST_P(BuildRecordTest, FollowsTheSourceFromOneBuildToTheNext) {
  write("a.cpp", "#include \"a.h\"\n");
  configure("add_library(core a.cpp)\n");
  build();
  touch(only_object(), -20);
  EXPECT_EQ(look_up("core", "a.cpp"), "current: a.cpp a.h");
  write("a.cpp", "#include \"opt/o.h\"\n");
  EXPECT_EQ(look_up("core", "a.cpp"), "changed (a.cpp): a.cpp a.h");
  build();
  EXPECT_EQ(look_up("core", "a.cpp"), "current: a.cpp opt/o.h");
}

TEST_P(BuildRecordTest, DoesNotTrustAnObjectThatIsNotTheRecorded) {
  write("a.cpp", "#include \"a.h\"\n");
  configure("add_library(core a.cpp)\n");
  build();
  const std::string object = only_object();
  EXPECT_TRUE(read().find_object(object).has_value());
  EXPECT_FALSE(read().find_object("a.o").has_value());
  if (std::string(GetParam().name).starts_with("Ninja")) {
    touch(object, 100);
    EXPECT_EQ(look_up("core", "a.cpp"), "outdated: a.cpp a.h");
    touch(object, -10);
    touch(tree() + "/build.ninja", -5);
    EXPECT_EQ(look_up("core", "a.cpp"), "unconfirmed: a.cpp a.h") << "it may have other flags now";
    fs::remove(tree() + "/.ninja_deps");
  } else {
    const std::string folder = tree() + "/CMakeFiles/core.dir/";
    touch(folder + "flags.make", 100);
    EXPECT_EQ(look_up("core", "a.cpp"), "changed (flags.make): a.cpp a.h");
    touch(folder + "flags.make", -10);
    touch(folder + "a.cpp.o.d", -20);
    EXPECT_EQ(look_up("core", "a.cpp"), "changed (flags.make): a.cpp a.h") << "newer than what the compiler listed";
    touch(folder + "flags.make", -100);
    EXPECT_EQ(look_up("core", "a.cpp"), "current: a.cpp a.h");
    const std::string depfile = read_file(folder + "a.cpp.o.d");
    write_file(folder + "a.cpp.o.d", depfile.substr(0, depfile.size() - 3));
    EXPECT_EQ(look_up("core", "a.cpp"), "unrecorded:") << "cut off";
    fs::remove(folder + "a.cpp.o.d");
  }
  EXPECT_EQ(look_up("core", "a.cpp"), "unrecorded:");
  fs::remove(object);
  EXPECT_EQ(look_up("core", "a.cpp"), "unbuilt:");
}

TEST_P(BuildRecordTest, FollowsPrecompiledHeaders) {
  for (const char* const file : {"a.cpp", "b.cpp"}) {
    write(file, "#include \"a.h\"\nint " + std::string(1, *file) + " = FROM_PCH;\n");
  }
  configure(
      "add_library(core a.cpp)\n"
      "target_precompile_headers(core PRIVATE pch.h)\n"
      "add_library(other b.cpp)\n"
      "target_precompile_headers(other REUSE_FROM core)\n");
  build();
  // Clang lists what is in the precompiled header, and that first.
  const auto has_all = [](const std::string& text, const std::string& own) {
    return text.starts_with("current:") && text.find(own) != std::string::npos &&
           text.find(" a.h") != std::string::npos && text.find(" pch.h") != std::string::npos &&
           text.find(" in_pch.h") != std::string::npos;
  };
  EXPECT_PRED2(has_all, look_up("core", "a.cpp"), " a.cpp");
  EXPECT_PRED2(has_all, look_up("other", "b.cpp"), " b.cpp");
  const BuildRecord record = read();
  for (const RecordId found : record.find("other", source() + "/b.cpp")) {
    ASSERT_TRUE(record[found].precompiled.has_value());
    EXPECT_EQ(record[record[*record[found].precompiled].target], "core");
  }
  touch(source() + "/in_pch.h", 1000);
  EXPECT_TRUE(look_up("other", "b.cpp").starts_with("changed (in_pch.h):")) << look_up("other", "b.cpp");
  fs::remove(source() + "/in_pch.h");
  EXPECT_TRUE(look_up("core", "a.cpp").starts_with("gone (in_pch.h):")) << look_up("core", "a.cpp");
}

TEST_P(BuildRecordTest, FindsTheObjectsOfUnityBuilds) {
  write("a.cpp", "#include \"a.h\"\n");
  write("b.cpp", "#include \"deep.h\"\n");
  write("alone.cpp", "#include \"opt/o.h\"\n");
  configure(
      "add_library(core a.cpp b.cpp alone.cpp)\n"
      "set_target_properties(core PROPERTIES UNITY_BUILD ON)\n"
      "set_source_files_properties(alone.cpp PROPERTIES SKIP_UNITY_BUILD_INCLUSION ON)\n");
  build();
  EXPECT_EQ(look_up("core", "a.cpp"), "current: a.cpp a.h b.cpp deep.h");
  EXPECT_EQ(look_up("core", "b.cpp"), "current: a.cpp a.h b.cpp deep.h");
  EXPECT_EQ(look_up("core", "alone.cpp"), "current: alone.cpp opt/o.h");
  EXPECT_EQ(look_up("core", "../build/CMakeFiles/core.dir/Unity/unity_0_cxx.cxx"), "current: a.cpp a.h b.cpp deep.h");
  touch(source() + "/deep.h", 1000);
  EXPECT_EQ(look_up("core", "a.cpp"), "changed (deep.h): a.cpp a.h b.cpp deep.h");
}

INSTANTIATE_TEST_SUITE_P(Generators, BuildRecordTest,
                         testing::Values(Generator{"Ninja", nullptr, "g++"}, Generator{"Ninja", nullptr, "clang++"},
                                         Generator{"Ninja Multi-Config", "Release", "g++"},
                                         Generator{"Unix Makefiles", nullptr, "g++"},
                                         Generator{"Unix Makefiles", nullptr, "clang++"}),
                         [](const auto& test) {
                           std::string name;
                           for (const char c : std::string(test.param.name) + test.param.compiler) {
                             if (std::isalpha(static_cast<unsigned char>(c)) != 0) name.push_back(c);
                           }
                           return name;
                         });

TEST(BuildRecord, IsNoneWhereThereIsNone) {
  const TemporaryDirectory tree;
  for (const char* const generator : {"Ninja", "Ninja Multi-Config", "Unix Makefiles", "Xcode"}) {
    const auto record = read_build_record(tree.path(), generator, "Debug", 1);
    ASSERT_TRUE(record.has_value()) << generator;
    EXPECT_FALSE(record->has_value()) << generator;
  }
}

// Of statements and a log that no build wrote.
TEST(BuildRecord, NamesTargetsWhosePathsDoNot) {
  const TemporaryDirectory tree;
  write_file(tree / "build.ninja",
             "build .o/7d82d702/b2a0723f.o: CXX_COMPILER__a.2eb.2bc_unscanned_Debug /s/a.cpp\n"
             "build .o/7d82d702/b2a07240.o: CXX_COMPILER__a.2eb.2bc_scanned_ /s/b.cpp\n"
             "build sub/CMakeFiles/low.dir/__/x.cpp.o: CXX_COMPILER__low_ /s/x.cpp\n"
             "build liba.a: CXX_STATIC_LIBRARY_LINKER__a_ .o/7d82d702/b2a0723f.o\n");
  const auto record = read_build_record(tree.path(), "Ninja", std::nullopt, 1);
  ASSERT_TRUE(record.has_value() && record->has_value());
  const BuildRecord& records = **record;
  EXPECT_EQ(records.records().size(), 3U);
  EXPECT_EQ(records.find("a.b+c", "/s/a.cpp").size(), 1U);
  EXPECT_EQ(records.find("a.b+c", "/s/./sub/../b.cpp").size(), 1U);
  EXPECT_EQ(records.find("low", "/s/x.cpp").size(), 1U);
  EXPECT_EQ(records.find("low", "/s/a.cpp").size(), 0U);
}

}  // namespace
}  // namespace bulkhead::test
