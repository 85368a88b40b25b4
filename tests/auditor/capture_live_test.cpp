// The capture, injected into projects that do what projects do to those who look over their shoulder: it reads back,
// and the configure comes out as it does without. By the cmakes of live_test.cpp.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <sstream>
#include <string>
#include <vector>

#include "graph/capture.h"
#include "tests/support/process.h"
#include "tests/support/replies.h"
#include "tests/support/temporary_directory.h"

namespace bulkhead::test {
namespace {

namespace fs = std::filesystem;

// Tells what is in a capture as text, so that an expectation is a line.
class Contents {
 public:
  explicit Contents(Capture capture) : capture_(std::move(capture)) {}

  [[nodiscard]] const Capture& capture() const { return capture_; }
  [[nodiscard]] std::string text(StringId id) const { return std::string(capture_.strings[id]); }

  [[nodiscard]] const CapturedTarget* find(const std::string& name) const {
    for (const CapturedTarget& target : capture_.targets) {
      if (text(target.name) == name) return &target;
    }
    return nullptr;
  }
  /// A property; "(no target)" for a name that is not there.
  [[nodiscard]] std::string property(const std::string& name, CapturedProperty property) const {
    const CapturedTarget* const target = find(name);
    return target == nullptr ? "(no target)" : text((*target)[property]);
  }
  /// "UTILITY in sub, imported, local, excluded"; the directory's last name.
  [[nodiscard]] std::string kind(const std::string& name) const {
    const CapturedTarget* const target = find(name);
    if (target == nullptr) return "(no target)";
    const fs::path directory = text(capture_.directories[target->directory].source);
    return std::string(to_string(target->type)) + " in " + directory.filename().string() +
           (target->imported ? ", imported" : "") + (target->global ? "" : ", local") +
           (target->exclude_from_all ? ", excluded" : "");
  }
  [[nodiscard]] std::string alias(const std::string& name) const { return find_pair(capture_.aliases, name); }
  [[nodiscard]] std::string variable(const std::string& name) const { return find_pair(capture_.variables, name); }

 private:
  [[nodiscard]] std::string find_pair(const std::vector<CapturedPair>& pairs, const std::string& name) const {
    for (const CapturedPair& pair : pairs) {
      if (text(pair.name) == name) return text(pair.value);
    }
    return "(not there)";
  }

  Capture capture_;
};

/// A project that the test writes, its build tree, and the script, where any cmake can see it.
class CaptureTree {
 public:
  CaptureTree(std::string cmake, std::string generator) : cmake_(std::move(cmake)), generator_(std::move(generator)) {
    fs::copy_file(test_directory().parent_path() / "cmake/BulkheadCapture.cmake", script());
    fs::create_directory(source());
  }

  void write(const std::string& file, std::string_view text) const { write_file(fs::path(source()) / file, text); }
  [[nodiscard]] std::string script() const { return directory_ / "BulkheadCapture.cmake"; }
  [[nodiscard]] std::string source() const { return directory_ / "top"; }
  [[nodiscard]] std::string build() const { return directory_ / "build"; }
  [[nodiscard]] fs::path capture_file() const { return fs::path(build()) / ".cmake/bulkhead/capture.json"; }

  [[nodiscard]] ProcessResult configure(const std::vector<std::string>& more = {}) const {
    std::vector<std::string> command = {cmake_, "-G", generator_, "-S", source(), "-B", build(), "-Wdev"};
    command.insert(command.end(), more.begin(), more.end());
    return run(command);
  }
  [[nodiscard]] ProcessResult configure_with_capture() const {
    return configure({"-DCMAKE_PROJECT_TOP_LEVEL_INCLUDES=" + script()});
  }
  [[nodiscard]] Result<std::optional<Capture>> read() const { return read_capture(build()); }

  /// Configures without the capture and with it, and expects that both come to the same.
  void expect_the_same() const {
    const ProcessResult before = configure();
    ASSERT_EQ(before.status, 0) << before.out << before.err;
    const auto files_before = outcome();
    fs::remove_all(build());
    const ProcessResult after = configure_with_capture();
    ASSERT_EQ(after.status, 0) << after.out << after.err;
    EXPECT_EQ(without_times(after.out), without_times(before.out));
    EXPECT_EQ(after.err, before.err);
    const auto files_after = outcome();
    for (const auto& [name, text] : files_before) {
      const auto found = files_after.find(name);
      ASSERT_NE(found, files_after.end()) << name;
      EXPECT_EQ(first_difference(found->second, text), "") << name;
    }
    EXPECT_EQ(files_after.size(), files_before.size());
    EXPECT_FALSE(fs::exists(capture_file().string() + ".new"));
  }
  /// The same, and then what the capture holds.
  [[nodiscard]] Contents expect_the_same_and_read() const {
    expect_the_same();
    auto capture = read();
    EXPECT_TRUE(capture) << capture.error().message << "\n" << read_file(capture_file());
    if (!capture || !*capture) {
      ADD_FAILURE() << "no capture";
      return Contents({});
    }
    EXPECT_EQ((*capture)->script, script());
    EXPECT_NE(read_file(build() + "/CMakeCache.txt").find("STAMP:INTERNAL=" + (*capture)->stamp + "\n"),
              std::string::npos);
    return Contents(std::move(**capture));
  }

 private:
  static std::string without_times(std::string text) {
    for (std::size_t at = 0; (at = text.find(" done (", at)) != std::string::npos;) {
      at += 5;
      text.erase(at, text.find(')', at) + 1 - at);
    }
    return text;
  }
  static std::string with_sorted_lines(const std::string& text) {
    std::istringstream stream(text);
    std::vector<std::string> lines;
    for (std::string line; std::getline(stream, line);) lines.push_back(line);
    std::sort(lines.begin(), lines.end());
    std::string sorted;
    for (const std::string& line : lines) sorted += line + "\n";
    return sorted;
  }
  static std::string first_difference(const std::string& after, const std::string& before) {
    std::istringstream after_lines(after);
    std::istringstream before_lines(before);
    for (std::string a, b;;) {
      const bool has_a = static_cast<bool>(std::getline(after_lines, a));
      const bool has_b = static_cast<bool>(std::getline(before_lines, b));
      if (!has_a && !has_b) return {};
      if (has_a != has_b || a != b) return "'" + a + "' was '" + b + "'";
    }
  }
  // What the generator and the project wrote, and the cache, without what is there because of the capture: the
  // dependence of a configure on the script, and the cache entries.
  [[nodiscard]] std::map<std::string, std::string> outcome() const {
    std::map<std::string, std::string> files;
    for (const auto& entry : fs::recursive_directory_iterator(build())) {
      const std::string name = entry.path().lexically_relative(build()).string();
      if (!entry.is_regular_file() || name.starts_with(".cmake") || name.find("CMakeFiles/3.") != std::string::npos ||
          name.find("CMakeFiles/4.") != std::string::npos || name.ends_with(".log") || name.ends_with(".yaml")) {
        continue;
      }
      std::istringstream lines(read_file(entry.path()));
      std::string text;
      for (std::string line; std::getline(lines, line);) {
        if (line.starts_with("BULKHEAD_CAPTURE_STAMP:") || line.starts_with("CMAKE_PROJECT_TOP_LEVEL_INCLUDES:") ||
            (name == "CMakeCache.txt" && line.starts_with("//"))) {
          continue;
        }
        for (const std::string& word : {" " + script(), "  \"" + script() + "\""}) {
          if (const std::size_t at = line.find(word); at != std::string::npos) line.erase(at, word.size());
        }
        if (line.find_first_not_of(' ') != std::string::npos) text += line + "\n";
      }
      // In what order Makefile2 names the dependencies of a target differs from run to run.
      if (name == "CMakeFiles/Makefile2") text = with_sorted_lines(text);
      files[name] = text;
    }
    return files;
  }

  TemporaryDirectory directory_;
  std::string cmake_;
  std::string generator_;
};

class CaptureLive : public testing::TestWithParam<std::string> {
 protected:
  template <class Check>
  void with_each_cmake(Check&& check) const {
    std::vector<std::string> cmakes = {cmake_command()};
    const char* const more = std::getenv("BULKHEAD_TEST_CMAKES");
    std::string names = more == nullptr ? "" : more;
    std::replace(names.begin(), names.end(), ';', ':');
    std::istringstream stream(names);
    for (std::string name; std::getline(stream, name, ':');) {
      if (!name.empty()) cmakes.push_back(name);
    }
    for (const std::string& cmake : cmakes) {
      SCOPED_TRACE(cmake);
      check(CaptureTree(cmake, GetParam()));
    }
  }
};

TEST_P(CaptureLive, TellsOfTargetsInManyScopes) {
  with_each_cmake([](const CaptureTree& tree) {
    tree.write("a.cpp", "int f() { return 0; }\n");
    tree.write("CMakeLists.txt", R"cmake(
cmake_minimum_required(VERSION 3.20)
project(top CXX)
enable_testing()
add_library(core STATIC a.cpp)
add_library(ns::core ALIAS core)
add_library(plain_alias ALIAS core)
add_library(top_imported UNKNOWN IMPORTED)
set_target_properties(top_imported PROPERTIES
  IMPORTED_CONFIGURATIONS "Debug;Release" IMPORTED_LOCATION /x/libimp.a IMPORTED_LOCATION_DEBUG /x/libimpd.a
  IMPORTED_IMPLIB_RELEASE /x/libimp.lib)
set_source_files_properties(a.cpp PROPERTIES OBJECT_DEPENDS "/x/grammar y;/z")
file(WRITE "${CMAKE_BINARY_DIR}/generated.cpp" "int g();")
add_custom_command(OUTPUT later.cpp COMMAND touch later.cpp)
add_library(generated OBJECT generated.cpp later.cpp)
set_source_files_properties(later.cpp PROPERTIES OBJECT_DEPENDS /y)
add_executable(app a.cpp)
add_test(NAME "a b" COMMAND app)
add_test(NAME t1 COMMAND app)
target_link_libraries(app PRIVATE ns::core $<$<CONFIG:Debug>:sub::deep> $<$<BOOL:1>:plain_alias>)
target_link_libraries(core INTERFACE top_imported)
target_link_options(core INTERFACE "LINKER:-z,\"now\"" PRIVATE -Wl,--as-needed)
target_compile_definitions(core INTERFACE "A=\"a b\"" "B=\\t\tx")
target_include_directories(core INTERFACE "$<BUILD_INTERFACE:${CMAKE_SOURCE_DIR}>")
add_subdirectory(sub)
add_subdirectory(shy EXCLUDE_FROM_ALL)
add_custom_target(docs)
add_dependencies(app docs sub::deep)
)cmake");
    tree.write("sub/CMakeLists.txt", R"cmake(
project(nested CXX)
add_library(deep OBJECT ../a.cpp)
add_library(sub::deep ALIAS deep)
add_library(Git::Git UNKNOWN IMPORTED)
add_library(everywhere INTERFACE IMPORTED GLOBAL)
set_property(TARGET everywhere PROPERTY INTERFACE_LINK_LIBRARIES m)
add_library(top_imported_too UNKNOWN IMPORTED)
# Into a target of another directory
target_link_libraries(core PRIVATE everywhere deep)
target_link_libraries(core PUBLIC m)
)cmake");
    tree.write("shy/CMakeLists.txt", R"cmake(
add_library(headers INTERFACE)
target_sources(headers INTERFACE "${CMAKE_CURRENT_SOURCE_DIR}/../a.cpp")
add_executable(shy_app EXCLUDE_FROM_ALL $<TARGET_OBJECTS:sub::deep>)
set_target_properties(shy_app PROPERTIES LINKER_LANGUAGE CXX LINK_DEPENDS /x/map)
add_executable(reuses ../a.cpp)
target_precompile_headers(reuses REUSE_FROM core)
target_precompile_headers(core PRIVATE <vector>)
)cmake");
    const Contents contents = tree.expect_the_same_and_read();
    EXPECT_EQ(contents.kind("core"), "STATIC_LIBRARY in top");
    EXPECT_EQ(contents.kind("docs"), "UTILITY in top, excluded");
    EXPECT_EQ(contents.kind("top_imported"), "UNKNOWN_LIBRARY in top, imported, local");
    EXPECT_EQ(contents.kind("Git::Git"), "OTHER in sub, imported, local");
    EXPECT_EQ(contents.kind("everywhere"), "INTERFACE_LIBRARY in sub, imported");
    EXPECT_EQ(contents.kind("shy_app"), "EXECUTABLE in shy, excluded");
    EXPECT_EQ(contents.property("core", CapturedProperty::link_libraries), "everywhere;deep;m");
    EXPECT_EQ(contents.property("app", CapturedProperty::link_libraries),
              "ns::core;$<$<CONFIG:Debug>:sub::deep>;$<$<BOOL:1>:plain_alias>");
    EXPECT_EQ(contents.property("app", CapturedProperty::manually_added_dependencies), "docs;sub::deep");
    EXPECT_EQ(contents.property("core", CapturedProperty::interface_link_options), "LINKER:-z,\"now\"");
    EXPECT_EQ(contents.property("core", CapturedProperty::link_options), "-Wl,--as-needed");
    EXPECT_EQ(contents.property("core", CapturedProperty::interface_compile_definitions), "A=\"a b\";B=\\t\tx");
    EXPECT_EQ(contents.property("core", CapturedProperty::interface_include_directories),
              "$<BUILD_INTERFACE:" + tree.source() + ">");
    EXPECT_EQ(contents.property("top_imported", CapturedProperty::imported_location),
              "/x/libimp.a;/x/libimpd.a;/x/libimp.lib");
    EXPECT_EQ(contents.property("everywhere", CapturedProperty::interface_link_libraries), "m");
    EXPECT_EQ(contents.property("headers", CapturedProperty::interface_sources), tree.source() + "/shy/../a.cpp");
    EXPECT_EQ(contents.property("shy_app", CapturedProperty::sources), "$<TARGET_OBJECTS:sub::deep>");
    EXPECT_EQ(contents.property("shy_app", CapturedProperty::link_depends), "/x/map");
    EXPECT_EQ(contents.property("reuses", CapturedProperty::precompile_headers_reuse_from), "core");
    EXPECT_EQ(contents.alias("ns::core"), "core");
    EXPECT_EQ(contents.alias("plain_alias"), "core");
    EXPECT_EQ(contents.alias("sub::deep"), "deep");
    EXPECT_EQ(contents.alias("core"), "(not there)");
    const CapturedTarget* const core = contents.find("core");
    ASSERT_NE(core, nullptr);
    ASSERT_EQ(core->object_depends.size(), 1U);
    const CapturedObjectDepends& depends = contents.capture().object_depends[core->object_depends.begin];
    EXPECT_EQ(contents.text(depends.source), "a.cpp");
    EXPECT_EQ(contents.text(depends.depends), "/x/grammar y;/z");
    ASSERT_EQ(contents.capture().directories.size(), 3U);
    EXPECT_EQ(contents.text(contents.capture().directories[0].tests), "a b;t1");
    EXPECT_EQ(contents.text(contents.capture().directories[1].binary), tree.build() + "/sub");
    EXPECT_FALSE(contents.capture().directories[1].exclude_from_all);
    EXPECT_TRUE(contents.capture().directories[2].exclude_from_all);
  });
}

// Wrappers as they are written: most get a scope, an empty argument or an escape wrong.
TEST_P(CaptureLive, StandsCommandsThatAreOverridden) {
  const std::string functions = R"cmake(
function(message)
  _message(${ARGV})
endfunction()
function(string)
  _string(${ARGV})
endfunction()
function(list)
  _list(${ARGV})
endfunction()
function(file)
  _file(${ARGV})
endfunction()
function(get_property)
  _get_property(${ARGV})
endfunction()
function(set)
  _set(${ARGV} PARENT_SCOPE)
endfunction()
)cmake";
  std::string macros = functions;
  for (const auto& [from, to] : {std::pair{"function(", "macro("}, std::pair{" PARENT_SCOPE", ""}}) {
    for (std::size_t at = 0; (at = macros.find(from, at)) != std::string::npos; at += std::string(to).size()) {
      macros.replace(at, std::string(from).size(), to);
    }
  }
  std::string others;
  for (const char* const name :
       {"add_library", "add_executable", "find_package", "target_link_libraries", "include", "set_property", "math",
        "execute_process", "cmake_policy", "get_target_property", "return_", "option", "add_custom_target",
        "get_directory_property", "cmake_file_api"}) {
    others += std::string("function(") + name + ")\n  _message(FATAL_ERROR \"not to be called\")\nendfunction()\n";
  }
  for (const std::string& overrides : {functions, macros, functions + others, macros + others}) {
    with_each_cmake([&](const CaptureTree& tree) {
      tree.write("CMakeLists.txt", R"cmake(
cmake_minimum_required(VERSION 3.20)
project(top NONE)
set(USE_X "a;b")
add_library(core INTERFACE)
add_library(ns::core ALIAS core)
add_library(user INTERFACE)
target_link_libraries(user INTERFACE ns::core)
add_custom_target("docs" SOURCES "a\"b$.txt")
add_subdirectory(sub)
)cmake" + overrides);
      tree.write("a\"b$.txt", "");
      tree.write("sub/CMakeLists.txt", "add_library(below INTERFACE IMPORTED)\n");
      const Contents contents = tree.expect_the_same_and_read();
      EXPECT_EQ(contents.property("user", CapturedProperty::interface_link_libraries), "ns::core");
      EXPECT_EQ(contents.property("docs", CapturedProperty::sources), "a\"b$.txt");
      EXPECT_EQ(contents.alias("ns::core"), "core");
      EXPECT_EQ(contents.variable("USE_X"), "a;b");
      EXPECT_EQ(contents.kind("below"), "OTHER in sub, imported, local");
    });
  }
}

TEST_P(CaptureLive, GivesUpWhereCMakesOwnCommandsAreGone) {
  with_each_cmake([&](const CaptureTree& tree) {
    tree.write("CMakeLists.txt", R"cmake(
cmake_minimum_required(VERSION 3.20)
project(top NONE)
add_custom_target(docs)
foreach(i IN ITEMS 1 2)
  macro(string)
  endmacro()
endforeach()
)cmake");
    tree.expect_the_same();
    EXPECT_FALSE(tree.read()->has_value());
  });
}

TEST_P(CaptureLive, StandsOldPolicies) {
  with_each_cmake([](const CaptureTree& tree) {
    tree.write("a.cpp", "int f() { return 0; }\n");
    tree.write("CMakeLists.txt", R"cmake(
if(CMAKE_VERSION VERSION_LESS 4)
  cmake_minimum_required(VERSION 2.8.12)
  cmake_policy(SET CMP0037 OLD)
  cmake_policy(SET CMP0053 OLD)
  add_custom_target("with space" COMMAND echo "@CMAKE_VERSION@")
else()
  cmake_minimum_required(VERSION 3.5)
endif()
project(top CXX)
set(core "NOT")
set(STREQUAL x)
add_library(objects OBJECT a.cpp)
add_library(core STATIC $<TARGET_OBJECTS:objects>)
add_library(ns::core ALIAS core)
set_target_properties(core PROPERTIES LINKER_LANGUAGE CXX)
add_executable(app a.cpp)
target_link_libraries(app ns::core)
set(BUILD_SHARED_LIBS ON)
set(Y 1 CACHE STRING "")
set(Y 2)
set(Z 1 CACHE STRING "")
add_library(local UNKNOWN IMPORTED)
subdirs(sub)
)cmake");
    tree.write("sub/CMakeLists.txt", "add_custom_target(in_sub)\n");
    const Contents contents = tree.expect_the_same_and_read();
    EXPECT_EQ(contents.kind("core"), "STATIC_LIBRARY in top");
    EXPECT_EQ(contents.property("core", CapturedProperty::sources), "$<TARGET_OBJECTS:objects>");
    EXPECT_EQ(contents.property("app", CapturedProperty::link_libraries), "ns::core");
    EXPECT_EQ(contents.alias("ns::core"), "core");
    EXPECT_EQ(contents.variable("BUILD_SHARED_LIBS"), "ON");
    EXPECT_EQ(contents.variable("Y"), "2");
    EXPECT_EQ(contents.variable("Z"), "(not there)");
    EXPECT_EQ(contents.variable("core"), "NOT");
  });
}

TEST_P(CaptureLive, StandsOddNamesAndVariables) {
  with_each_cmake([](const CaptureTree& tree) {
    tree.write("CMakeLists.txt", R"cmake(
cmake_minimum_required(VERSION 3.20)
project(top NONE)
foreach(name IN ITEMS TARGET NOT COMMAND 0 1 _ TRUE "x y" "[" "a[b" "]" "q\"q" "dollar$" "")
  set("${name}" "value of ${name}")
endforeach()
string(ASCII 1 2 27 marks)
set(CONTROL "${marks}\t\r\n\\n\"\\")
string(REPEAT x 1001 LONG)
set(bulkhead "[;]")
add_library(e.+- INTERFACE)
add_library(n::m::e.+- ALIAS e.+-)
add_library(user INTERFACE)
set_property(TARGET user PROPERTY INTERFACE_LINK_LIBRARIES "un[balanced;n::m::e.+-;${marks}")
add_subdirectory("with [space")
set(CMAKE_SOURCE_DIR /nowhere)
set(CMAKE_BINARY_DIR /nowhere)
set(CMAKE_CURRENT_LIST_FILE /nowhere)
set(CMAKE_CURRENT_SOURCE_DIR /nowhere)
set(CMAKE_CURRENT_BINARY_DIR /nowhere)
set(CMAKE_COMMAND false)
)cmake");
    tree.write("with [space/CMakeLists.txt", "add_custom_target(there)\nadd_library(a INTERFACE IMPORTED)\n");
    const Contents contents = tree.expect_the_same_and_read();
    for (const char* const name :
         {"TARGET", "NOT", "COMMAND", "0", "1", "TRUE", "x y", "[", "a[b", "]", "q\"q", "dollar$"}) {
      EXPECT_EQ(contents.variable(name), std::string("value of ") + name);
    }
    EXPECT_EQ(contents.variable("CONTROL"), "\x01\x02\x1b\t\r\n\\n\"\\");
    EXPECT_EQ(contents.variable("LONG"), "(not there)");
    EXPECT_EQ(contents.variable("bulkhead"), "[;]");
    EXPECT_EQ(contents.kind("e.+-"), "INTERFACE_LIBRARY in top");
    EXPECT_EQ(contents.alias("n::m::e.+-"), "e.+-");
    EXPECT_EQ(contents.kind("there"), "UTILITY in with [space, excluded");
    EXPECT_EQ(contents.property("user", CapturedProperty::interface_link_libraries),
              "un[balanced;n::m::e.+-;\x01\x02\x1b");
  });
}

TEST_P(CaptureLive, ComesAfterWhatTheProjectDefers) {
  with_each_cmake([](const CaptureTree& tree) {
    tree.write("CMakeLists.txt", R"cmake(
cmake_minimum_required(VERSION 3.20)
project(top NONE)
function(again depth)
  add_custom_target(deferred${depth})
  if(depth LESS 8)
    math(EXPR depth "${depth} + 1")
    cmake_language(EVAL CODE "cmake_language(DEFER CALL again ${depth})")
  else()
    set(USE_X ON PARENT_SCOPE)
  endif()
endfunction()
cmake_language(DEFER CALL again 1)
add_subdirectory(sub)
)cmake");
    tree.write("sub/CMakeLists.txt",
               "cmake_language(DEFER DIRECTORY \"${CMAKE_SOURCE_DIR}\" CALL add_custom_target from_below)\n");
    const Contents contents = tree.expect_the_same_and_read();
    EXPECT_EQ(contents.kind("deferred8"), "UTILITY in top, excluded");
    EXPECT_EQ(contents.kind("from_below"), "UTILITY in top, excluded");
    EXPECT_EQ(contents.variable("USE_X"), "ON");
  });
}

TEST_P(CaptureLive, DoesNotOutliveAConfigureThatFails) {
  with_each_cmake([](const CaptureTree& tree) {
    const std::string project = "cmake_minimum_required(VERSION 3.20)\nproject(top NONE)\n";
    tree.write("CMakeLists.txt", project);
    ASSERT_EQ(tree.configure_with_capture().status, 0);
    ASSERT_TRUE(fs::exists(tree.capture_file()));
    tree.write("CMakeLists.txt", project + "message(FATAL_ERROR no)\n");
    ASSERT_NE(tree.configure_with_capture().status, 0);
    EXPECT_FALSE(fs::exists(tree.capture_file()));
  });
}

TEST_P(CaptureLive, StandsAPlaceWhereItCannotWrite) {
  with_each_cmake([](const CaptureTree& tree) {
    tree.write("CMakeLists.txt", "cmake_minimum_required(VERSION 3.20)\nproject(top NONE)\n");
    write_file(tree.build() + "/.cmake/bulkhead", "a file");
    EXPECT_EQ(tree.configure_with_capture().status, 0);
    fs::remove_all(tree.build());
    fs::create_directories(tree.capture_file() / "occupied");
    EXPECT_EQ(tree.configure_with_capture().status, 0);
  });
}

TEST_P(CaptureLive, MayBeIncludedMoreThanOnceAndRepeated) {
  with_each_cmake([](const CaptureTree& tree) {
    tree.write("CMakeLists.txt", "cmake_minimum_required(VERSION 3.20)\nproject(top NONE)\ninclude(\"" + tree.script() +
                                     "\")\nadd_subdirectory(sub)\nadd_custom_target(docs)\n");
    tree.write("sub/CMakeLists.txt", "project(sub NONE)\ninclude(\"" + tree.script() + "\")\n");
    ASSERT_EQ(tree.configure().status, 0);
    const auto first = tree.read();
    ASSERT_TRUE(first && *first);
    ASSERT_EQ(setenv("SOURCE_DATE_EPOCH", "1", 1), 0);
    std::vector<std::string> stamps = {(*first)->stamp};
    for (int i = 0; i < 3; ++i) {
      EXPECT_EQ(tree.configure_with_capture().status, 0);
      const auto next = tree.read();
      ASSERT_TRUE(next && *next);
      EXPECT_EQ((*next)->targets.size(), 1U);
      EXPECT_NE((*next)->stamp, stamps.back());
      stamps.push_back((*next)->stamp);
    }
    unsetenv("SOURCE_DATE_EPOCH");
  });
}

INSTANTIATE_TEST_SUITE_P(Generators, CaptureLive, testing::Values("Ninja", "Unix Makefiles"),
                         [](const auto& test) { return test.param == "Ninja" ? "Ninja" : "Makefiles"; });

}  // namespace
}  // namespace bulkhead::test
