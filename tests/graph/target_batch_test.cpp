#include "graph/target_batch.h"

#include <gtest/gtest.h>

namespace bulkhead {
namespace {

// Texts to decode against two targets: "a" and "b", with the ids "a::@" and "b::@".
class TargetBatchTest : public testing::Test {
 protected:
  TargetBatchTest() {
    for (const char* const name : {"a", "b"}) {
      configuration_.ids.intern(std::string(name) + "::@");
      configuration_.targets.push_back({name, std::string(name) + ".json", 0});
    }
    configuration_.directories.push_back({".", ".", std::nullopt, "directory.json"});
  }

  Result<void> decode(std::string text) {
    padded_ = std::move(text);
    const std::size_t size = padded_.size();
    padded_.resize(size + json_padding);
    const JsonText json{"a.json", std::string_view(padded_).substr(0, size)};
    return is_directory_ ? batch_.decode_directory(0, json) : batch_.decode_target(0, json);
  }

  std::string message_for(const std::string& text) {
    const Result<void> decoded = decode(text);
    if (decoded) return "no error";
    EXPECT_EQ(decoded.error().location.file, "a.json");
    constexpr std::string_view head = "cannot read this reply: ";
    EXPECT_TRUE(decoded.error().message.starts_with(head)) << decoded.error().message;
    return decoded.error().message.substr(head.size());
  }

  std::vector<std::string> texts(const std::vector<TracedText>& list) const {
    std::vector<std::string> result;
    for (const TracedText& one : list) result.emplace_back(batch_.strings[one.text]);
    return result;
  }

  CodemodelConfiguration configuration_;
  SourcePaths paths_{"/src", "/build"};
  TargetBatch batch_{configuration_, paths_, LinkPaths::from_top};
  bool is_directory_ = false;

 private:
  std::string padded_;
};

TEST_F(TargetBatchTest, KeepsWhatTheGraphNeeds) {
  const auto decoded = decode(R"({
    "artifacts": [{"path": "core/liba.a"}],
    "backtrace": 1,
    "backtraceGraph": {"commands": ["add_library", "target_link_libraries"], "files": ["core/CMakeLists.txt"],
      "nodes": [{"file": 0}, {"command": 0, "file": 0, "line": 3, "parent": 0},
                {"command": 1, "file": 0, "line": 5, "parent": 0}]},
    "compileGroups": [{"defines": [{"define": "X=1", "backtrace": 2}], "includes": [{"path": "/src/opt/include"}],
                       "compileCommandFragments": [{"fragment": "-O2 -DY -I/build/gen"}], "language": "CXX"}],
    "dependencies": [{"backtrace": 2, "id": "b::@"}],
    "id": "a::@", "name": "a",
    "paths": {"build": "core", "source": "core"},
    "sources": [{"path": "core/a.cpp", "backtrace": 1}, {"path": "/build/x.rule", "isGenerated": true}],
    "type": "STATIC_LIBRARY"
  })");
  ASSERT_TRUE(decoded) << decoded.error().message;
  ASSERT_EQ(batch_.targets.size(), 1U);
  const DecodedTarget& target = batch_.targets.front();
  EXPECT_EQ(target.type, TargetType::static_library);
  EXPECT_EQ(target.frame, 1U);
  EXPECT_EQ(batch_.strings[target.source_directory], "core");
  EXPECT_EQ(batch_.strings[target.build_directory], "<build>/core");
  ASSERT_EQ(batch_.artifacts.size(), 1U);
  EXPECT_EQ(batch_.strings[batch_.artifacts[0]], "<build>/core/liba.a");
  EXPECT_EQ(texts(batch_.sources), std::vector<std::string>{"core/a.cpp"});
  EXPECT_EQ(batch_.source_count, 2U) << "the mark of a custom command counts, but names no file";
  EXPECT_EQ(texts(batch_.includes), (std::vector<std::string>{"opt/include", "<build>/gen"}));
  EXPECT_EQ(texts(batch_.definitions), (std::vector<std::string>{"X=1", "Y"}));
  ASSERT_EQ(batch_.references.size(), 1U);
  EXPECT_EQ(batch_.references[0].target, 1U);
  EXPECT_EQ(batch_.references[0].frame, 2U);
  EXPECT_EQ(batch_.references[0].list, ReferenceList::dependencies);
}

TEST_F(TargetBatchTest, DoesWithoutEveryOptionalField) {
  ASSERT_TRUE(decode("{}"));
  const DecodedTarget& target = batch_.targets.front();
  EXPECT_EQ(target.type, TargetType::other);
  EXPECT_EQ(target.frame, no_frame);
  ASSERT_LT(target.source_directory.value(), batch_.strings.size()) << "ids must be of this pool";
  EXPECT_EQ(batch_.strings[target.source_directory], "");
  EXPECT_EQ(batch_.strings[target.build_directory], "");
}

TEST_F(TargetBatchTest, SkipsFieldsOfTheFuture) {
  ASSERT_TRUE(decode(R"({
    "future": {"a": [1, 2.5, "x", null, true, {"b": []}]},
    "backtraceGraph": {"commands": ["f"], "files": ["CMakeLists.txt"], "future": ["x"],
                       "nodes": [{"file": 0, "line": 1, "command": 0, "future": "a text", "column": -1}]},
    "compileGroups": [{"future": "x", "defines": [{"define": "X", "future": {"backtrace": 99}}]}],
    "dependencies": [{"id": "b::@", "future": [[]], "fromDependency": {"id": "nobody"}}],
    "link": {"future": 1, "commandFragments": [{"fragment": "-lx", "role": "libraries", "future": {}}]},
    "paths": {"source": ".", "build": ".", "future": 1},
    "sources": [{"path": "a.cpp", "backtraces": [0], "fileSetIndexes": [1]}],
    "type": "NEW_LIBRARY"
  })"))
      << message_for("{}");
  EXPECT_EQ(batch_.targets.front().type, TargetType::other);
  EXPECT_EQ(batch_.references.size(), 1U);
  ASSERT_EQ(batch_.frames.size(), 1U);
  EXPECT_EQ(batch_.frames[0].line, 1U);
}

// cmake_language(DEFER): the frame of the file's end has line -1.
TEST_F(TargetBatchTest, KnowsNoLineForTheEndOfAFile) {
  ASSERT_TRUE(decode(R"({
    "backtraceGraph": {"commands": ["target_link_libraries"], "files": ["CMakeLists.txt"],
                       "nodes": [{"file": 0}, {"file": 0, "line": -1, "parent": 0},
                                 {"command": 0, "file": 0, "line": 11, "parent": 1}]}
  })"));
  ASSERT_EQ(batch_.frames.size(), 3U);
  EXPECT_EQ(batch_.frames[1].line, 0U);
  EXPECT_EQ(batch_.frames[2].line, 11U);
}

TEST_F(TargetBatchTest, ReadsTheListsOfCodemodel29) {
  ASSERT_TRUE(decode(R"({
    "linkLibraries": [{"id": "b::@"}, {"fragment": "-lz"}],
    "interfaceLinkLibraries": [{"id": "b::@"}],
    "compileDependencies": [{"id": "b::@"}],
    "interfaceCompileDependencies": [{"id": "b::@"}],
    "objectDependencies": [{"id": "b::@"}],
    "orderDependencies": [{"id": "b::@"}],
    "imported": true, "abstract": true
  })"));
  ASSERT_EQ(batch_.references.size(), 7U);
  EXPECT_TRUE(batch_.references[1].is_fragment);
  const LinkedLibrary& library = batch_.libraries[batch_.references[1].target];
  EXPECT_EQ(batch_.strings[library.text], "z");
  EXPECT_FALSE(library.is_path);
  EXPECT_EQ(batch_.references[6].list, ReferenceList::order_dependencies);
  EXPECT_TRUE(batch_.targets[0].imported);
  EXPECT_TRUE(batch_.targets[0].abstract);
}

TEST_F(TargetBatchTest, CountsEachIncludeAndDefinitionOnce) {
  ASSERT_TRUE(decode(R"({"compileGroups": [
    {"includes": [{"path": "i"}, {"path": "i"}, {"path": "./i"}], "defines": [{"define": "X"}]},
    {"includes": [{"path": "i"}, {"path": "j"}], "defines": [{"define": "X"}]}]})"));
  EXPECT_EQ(texts(batch_.includes), (std::vector<std::string>{"i", "j"}));
  EXPECT_EQ(texts(batch_.definitions), std::vector<std::string>{"X"});
  // The next target begins anew.
  ASSERT_TRUE(decode(R"({"compileGroups": [{"includes": [{"path": "i"}]}]})"));
  EXPECT_EQ(texts(batch_.includes), (std::vector<std::string>{"i", "j", "i"}));
  EXPECT_EQ(batch_.targets[1].includes, (IndexRange{2, 3}));
}

TEST_F(TargetBatchTest, RefusesReferencesToNobody) {
  EXPECT_EQ(message_for(R"({"dependencies": [{"id": "c::@"}]})"), "no target has the id 'c::@'");
  EXPECT_EQ(message_for(R"({"dependencies": [{"id": "a::@"}, {"id": "b::@"}, {"id": "a"}]})"),
            "no target has the id 'a'");
  EXPECT_EQ(message_for(R"({"linkLibraries": [{"backtrace": 0}]})"), "an entry names neither a target nor a library");
  EXPECT_EQ(message_for(R"({"dependencies": [{"id": 1}]})").find("no target"), std::string::npos);
}

TEST_F(TargetBatchTest, RefusesBacktracesOutOfRange) {
  const std::string graph =
      R"("backtraceGraph": {"commands": ["f"], "files": ["x"], "nodes": [{"file": 0}, {"file": 0, "parent": 0}]})";
  EXPECT_EQ(message_for("{\"backtrace\": 1, " + graph + "}"), "no error");
  EXPECT_EQ(message_for("{\"backtrace\": 2, " + graph + "}"), "a backtrace is out of range");
  EXPECT_EQ(message_for("{" + graph + ", \"sources\": [{\"path\": \"a\", \"backtrace\": 2}]}"),
            "a backtrace is out of range");
  EXPECT_EQ(message_for(R"({"backtrace": 0})"), "a backtrace is out of range") << "no graph at all";
  // Not even where there are earlier targets whose frames a wrapped number would hit.
  EXPECT_EQ(message_for("{\"backtrace\": 4294967295, " + graph + "}"), "a backtrace is out of range");
  EXPECT_EQ(message_for("{\"backtrace\": 4294967296, " + graph + "}"), "a number is too large");
  EXPECT_NE(message_for("{\"backtrace\": -1, " + graph + "}"), "no error");
}

TEST_F(TargetBatchTest, RefusesNodesOutOfRange) {
  const auto nodes = [](const std::string& list) {
    return R"({"backtraceGraph": {"commands": ["f"], "files": ["x"], "nodes": [)" + list + "]}}";
  };
  EXPECT_EQ(message_for(nodes(R"({"file": 1})")), "a backtrace node's file is out of range");
  EXPECT_EQ(message_for(nodes(R"({"file": 0, "command": 1})")), "a backtrace node's command is out of range");
  // A node that is its own ancestor would have no end.
  EXPECT_EQ(message_for(nodes(R"({"file": 0, "parent": 0})")), "a backtrace node's parent is out of range");
  EXPECT_EQ(message_for(nodes(R"({"file": 0, "parent": 1}, {"file": 0, "parent": 0})")),
            "a backtrace node's parent is out of range");
  EXPECT_EQ(message_for(nodes(R"({"file": 0}, {"file": 0, "parent": 2})")),
            "a backtrace node's parent is out of range");
}

TEST_F(TargetBatchTest, NamesTheLineOfWhatIsWrong) {
  const Result<void> decoded = decode("{\n\"type\": \"UTILITY\",\n\"dependencies\": [\n{\"backtrace\": \"x\"}\n]\n}");
  ASSERT_FALSE(decoded);
  EXPECT_EQ(decoded.error().location.line, 4U);
  EXPECT_GT(decoded.error().location.column, 1U);
}

TEST_F(TargetBatchTest, RefusesWrongTypes) {
  for (const char* const text : {R"([])",
                                 R"("text")",
                                 R"({"dependencies": {}})",
                                 R"({"dependencies": [1]})",
                                 R"({"sources": [{"path": []}]})",
                                 R"({"type": 3})",
                                 R"({"imported": "yes"})",
                                 R"({"paths": []})",
                                 R"({"artifacts": [{}]})",
                                 R"({"artifacts": [{"path": null}]})",
                                 R"({"link": []})",
                                 R"({"link": {"commandFragments": ["-lx"]}})",
                                 R"({"compileGroups": [{"defines": [{"define": 1}]}]})",
                                 R"({"backtraceGraph": {"files": [1]}})",
                                 R"({"backtraceGraph": {"nodes": [{"file": "x"}]}})",
                                 R"({"backtrace": "1"})",
                                 R"({"sources": [}]})",
                                 "{",
                                 "",
                                 "{\"type\": \"\xff\"}",
                                 R"({"type": "\ud800"})"}) {
    EXPECT_NE(message_for(text), "no error") << text;
  }
}

TEST_F(TargetBatchTest, FailsWhereverTheTextIsCutOff) {
  const std::string text =
      R"({"artifacts": [{"path": "a"}], "backtraceGraph": {"commands": ["f"], "files": ["x"], "nodes": [{"file": 0}]},)"
      R"("dependencies": [{"id": "b::@", "backtrace": 0}], "paths": {"build": ".", "source": "."}, "type": "UTILITY"})";
  ASSERT_TRUE(decode(text));
  for (std::size_t size = 0; size < text.size(); ++size) {
    EXPECT_FALSE(decode(text.substr(0, size))) << "cut at byte " << size;
  }
}

TEST_F(TargetBatchTest, KeepsWhatADirectoryInstalls) {
  is_directory_ = true;
  const auto decoded = decode(R"({
    "backtraceGraph": {"commands": ["install"], "files": ["CMakeLists.txt"],
                       "nodes": [{"file": 0}, {"command": 0, "file": 0, "line": 7, "parent": 0}]},
    "installers": [
      {"backtrace": 1, "component": "Unspecified", "destination": "include", "paths": ["opt/a.h", {"from": "b.h", "to": "c.h"}],
       "type": "file"},
      {"type": "target", "paths": ["/build/liba.a"], "targetId": "a::@", "targetIndex": 0, "backtrace": 1},
      {"type": "export", "exportTargets": [{"id": "a::@", "index": 0}, {"id": "gone::@"}], "paths": ["x.cmake"]},
      {"type": "script", "scriptFile": "/src/opt/install.cmake"},
      {"type": "code"}
    ],
    "paths": {"build": ".", "source": "."}
  })");
  ASSERT_TRUE(decoded) << decoded.error().message;
  EXPECT_EQ(texts(batch_.installed_files), (std::vector<std::string>{"opt/a.h", "b.h", "opt/install.cmake"}));
  EXPECT_EQ(batch_.installed_files[1].frame, 1U);
  EXPECT_EQ(batch_.installed_files[2].frame, no_frame);
  ASSERT_EQ(batch_.references.size(), 2U) << "an id that is no target is left out";
  EXPECT_EQ(batch_.references[0].frame, 1U);
  EXPECT_EQ(batch_.directories[0].installed_files, (IndexRange{0, 3}));
  EXPECT_EQ(batch_.directories[0].installed_targets, (IndexRange{0, 2}));
}

TEST_F(TargetBatchTest, RefusesDirectoriesThatMakeNoSense) {
  is_directory_ = true;
  EXPECT_EQ(message_for("{}"), "no error");
  EXPECT_EQ(message_for(R"({"installers": [{"backtrace": 0}]})"), "a backtrace is out of range");
  EXPECT_NE(message_for(R"({"installers": [{"paths": [1]}]})"), "no error");
  EXPECT_NE(message_for(R"({"installers": [{"paths": [{"to": "x"}]}]})"), "no error");
  EXPECT_NE(message_for(R"({"installers": {}})"), "no error");
}

}  // namespace
}  // namespace bulkhead
