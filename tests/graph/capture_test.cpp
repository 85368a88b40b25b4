#include "graph/capture.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <string>

#include "tests/graph/reply_objects.h"
#include "tests/support/temporary_directory.h"

namespace bulkhead {
namespace {

using test::TemporaryDirectory;
using test::write_file;

constexpr const char* capture_file = ".cmake/bulkhead/capture.json";

// The reader, for a text that is there.
Result<Capture> read(std::string_view text) {
  static const TemporaryDirectory build;
  write_file(build / capture_file, text);
  auto capture = read_capture(build.path());
  if (!capture) {
    EXPECT_EQ(capture.error().location.file, build / capture_file);
    EXPECT_TRUE(capture.error().message.starts_with("cannot read this capture: ")) << capture.error().message;
    EXPECT_FALSE(capture.error().hint.empty());
    return tl::unexpected(capture.error());
  }
  EXPECT_TRUE(capture->has_value());
  return std::move(**capture);
}

std::string message_of(std::string_view text) {
  const auto capture = read(text);
  return capture ? "no error" : capture.error().message;
}

constexpr std::string_view small =
    R"({"version":1,"cmake":"3.25.1","stamp":"2026-01-02T03:04:05.678901Z","script":"/b/C.cmake",
"targets":[
{"name":"app","type":"EXECUTABLE","excludeFromAll":true,"SOURCES":"a.cpp;b.cpp","LINK_LIBRARIES":"n::core;$<$<CONFIG:Debug>:x>","objectDepends":[{"source":"a.cpp","depends":"/x;/y"}]},
{"name":"imp","imported":true,"global":false,"IMPORTED_LOCATION":"/x/libimp.a","type":"UNKNOWN_LIBRARY"},
{"name":"core","directory":1,"type":"STATIC_LIBRARY","INTERFACE_COMPILE_DEFINITIONS":"X=\"a b\"\\\n\u0001"},
{"name":"Git::Git","directory":1,"imported":true,"global":false}],
"directories":[
{"source":"/s","binary":"/b","tests":"t1;t2"},
{"source":"/s/core","binary":"/b/core","excludeFromAll":true}],
"aliases":[
{"name":"n::core","value":"core"}],
"variables":[
{"name":"USE_X","value":"ON"},
{"name":"A","value":""}]}
)";

TEST(Capture, IsRead) {
  const auto capture = read(small);
  ASSERT_TRUE(capture) << capture.error().message;
  const auto text = [&](StringId id) { return capture->strings[id]; };
  EXPECT_EQ(capture->cmake_version, "3.25.1");
  EXPECT_EQ(capture->stamp, "2026-01-02T03:04:05.678901Z");
  EXPECT_EQ(capture->script, "/b/C.cmake");

  ASSERT_EQ(capture->targets.size(), 4U);
  const CapturedTarget& app = capture->targets[0];
  EXPECT_EQ(text(app.name), "app");
  EXPECT_EQ(app.type, TargetType::executable);
  EXPECT_EQ(app.directory, 0U);
  EXPECT_TRUE(app.exclude_from_all);
  EXPECT_FALSE(app.imported);
  EXPECT_TRUE(app.global);
  EXPECT_EQ(text(app[CapturedProperty::sources]), "a.cpp;b.cpp");
  EXPECT_EQ(text(app[CapturedProperty::link_libraries]), "n::core;$<$<CONFIG:Debug>:x>");
  EXPECT_EQ(text(app[CapturedProperty::link_depends]), "");
  ASSERT_EQ(app.object_depends.size(), 1U);
  EXPECT_EQ(text(capture->object_depends[app.object_depends.begin].source), "a.cpp");
  EXPECT_EQ(text(capture->object_depends[app.object_depends.begin].depends), "/x;/y");

  const CapturedTarget& imported = capture->targets[1];
  EXPECT_EQ(imported.type, TargetType::unknown_library);
  EXPECT_TRUE(imported.imported);
  EXPECT_FALSE(imported.global);
  EXPECT_EQ(text(imported[CapturedProperty::imported_location]), "/x/libimp.a");
  EXPECT_EQ(imported.object_depends.size(), 0U);

  const CapturedTarget& core = capture->targets[2];
  EXPECT_EQ(core.directory, 1U);
  EXPECT_EQ(text(core[CapturedProperty::interface_compile_definitions]), "X=\"a b\"\\\n\x01");
  EXPECT_EQ(capture->targets[3].type, TargetType::other) << "nobody could ask";

  ASSERT_EQ(capture->directories.size(), 2U);
  EXPECT_EQ(text(capture->directories[0].source), "/s");
  EXPECT_EQ(text(capture->directories[0].binary), "/b");
  EXPECT_EQ(text(capture->directories[0].tests), "t1;t2");
  EXPECT_FALSE(capture->directories[0].exclude_from_all);
  EXPECT_TRUE(capture->directories[1].exclude_from_all);
  EXPECT_EQ(text(capture->directories[1].tests), "");

  ASSERT_EQ(capture->aliases.size(), 1U);
  EXPECT_EQ(text(capture->aliases[0].name), "n::core");
  EXPECT_EQ(text(capture->aliases[0].value), "core");
  ASSERT_EQ(capture->variables.size(), 2U);
  EXPECT_EQ(text(capture->variables[0].name), "A") << "sorted";
  EXPECT_EQ(text(capture->variables[1].value), "ON");
}

TEST(Capture, MayBeMissing) {
  const TemporaryDirectory build;
  const auto capture = read_capture(build.path());
  ASSERT_TRUE(capture) << capture.error().message;
  EXPECT_FALSE(capture->has_value());
  EXPECT_FALSE(read_capture(build / "nowhere")->has_value());
}

TEST(Capture, MayBeNoFile) {
  const TemporaryDirectory build;
  std::filesystem::create_directories(build / capture_file);
  const auto capture = read_capture(build.path());
  ASSERT_FALSE(capture);
  EXPECT_EQ(capture.error().location.file, build / capture_file);
}

TEST(Capture, SkipsWhatItDoesNotKnow) {
  const auto capture = read(R"({"later": {"a": [1]}, "version": 1, "stamp": "s",
    "targets": [{"LATER": ["x"], "name": "a", "type": "NEW_TYPE", "objectDepends": [{"later": 1, "source": "s"}]}],
    "directories": [{"source": "/s", "binary": "/b", "later": null}],
    "aliases": [{"later": false, "name": "x", "value": "y"}]})");
  ASSERT_TRUE(capture) << capture.error().message;
  ASSERT_EQ(capture->targets.size(), 1U);
  EXPECT_EQ(capture->targets[0].type, TargetType::other);
  EXPECT_EQ(capture->aliases.size(), 1U);
  EXPECT_TRUE(capture->variables.empty());
}

TEST(Capture, ReplacesWhatIsNoUtf8) {
  const auto capture = read(
      "{\"version\":1,\"stamp\":\"s\",\"directories\":[{\"source\":\"/caf\xe9/\xc3\xa9\",\"binary\":\"/b\"}],"
      "\"variables\":[{\"name\":\"A\",\"value\":\"\xed\xa0\x80\xf0\x9f\x98\x80\xf4\x90\x80\x80\"}]}");
  ASSERT_TRUE(capture) << capture.error().message;
  EXPECT_EQ(capture->strings[capture->directories[0].source], "/caf\xef\xbf\xbd/\xc3\xa9");
  const std::string replaced = "\xef\xbf\xbd";
  EXPECT_EQ(capture->strings[capture->variables[0].value],
            replaced + replaced + replaced + "\xf0\x9f\x98\x80" + replaced + replaced + replaced + replaced);
}

TEST(Capture, FailsWhereverItIsCutOff) {
  test::expect_every_cut_to_fail(small, read);
}

TEST(Capture, RefusesOtherTypes) {
  const auto with = [](const std::string& part) {
    return R"({"version":1,"stamp":"s","directories":[{"source":"/s","binary":"/b"}],)" + part + "}";
  };
  EXPECT_EQ(message_of(with(R"("targets":[{"name":"a"}])")), "no error");
  for (const char* const part : {
           R"("targets":{})",
           R"("targets":["a"])",
           R"("targets":[{"name":1}])",
           R"("targets":[{"type":"UTILITY"}])",
           R"("targets":[{"name":"a","directory":"0"}])",
           R"("targets":[{"name":"a","directory":-1}])",
           R"("targets":[{"name":"a","directory":4294967296}])",
           R"("targets":[{"name":"a","imported":"yes"}])",
           R"("targets":[{"name":"a","global":1}])",
           R"("targets":[{"name":"a","excludeFromAll":null}])",
           R"("targets":[{"name":"a","SOURCES":["a.cpp"]}])",
           R"("targets":[{"name":"a","type":2}])",
           R"("targets":[{"name":"a","objectDepends":{}}])",
           R"("targets":[{"name":"a","objectDepends":[{"depends":"x"}]}])",
           R"("aliases":[{"value":"x"}])",
           R"("aliases":[["a","b"]])",
           R"("variables":[{"name":"A","value":true}])",
           R"("directories":[{"source":"/s"}])",
           R"("stamp":1)",
           R"("cmake":{})",
           R"("script":[])",
           R"("version":"1")",
       }) {
    EXPECT_NE(message_of(with(part)), "no error") << part;
  }
}

TEST(Capture, RefusesWhatItCannotUse) {
  EXPECT_EQ(message_of(""), "cannot read this capture: the file is empty");
  EXPECT_NE(message_of("[]"), "no error");
  EXPECT_NE(message_of("{}"), "no error");
  EXPECT_NE(message_of(R"({"version":2,"stamp":"s","directories":[{"source":"/s","binary":"/b"}]})").find("version"),
            std::string::npos);
  EXPECT_EQ(message_of(R"({"version":1,"stamp":"s","targets":[{"name":"a","directory":1}],
                           "directories":[{"source":"/s","binary":"/b"}]})"),
            "cannot read this capture: target a is in a directory that is not there");
}

TEST(Capture, NamesItsPropertiesAsCMakeDoes) {
  EXPECT_EQ(to_string(CapturedProperty::link_libraries), "LINK_LIBRARIES");
  EXPECT_EQ(to_string(CapturedProperty::imported_location), "IMPORTED_LOCATION");
}

}  // namespace
}  // namespace bulkhead
