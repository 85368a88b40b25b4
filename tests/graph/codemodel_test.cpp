#include "graph/codemodel.h"

#include "tests/graph/reply_objects.h"

namespace bulkhead {
namespace {

using test::OneObjectReply;

Result<Codemodel> read(std::string_view text, std::uint32_t minor = 4) {
  return read_codemodel(OneObjectReply("codemodel", 2, minor, text).read());
}

// A codemodel with one configuration, whose fields are `fields`.
std::string with_configuration(const std::string& fields) {
  return R"({"paths": {"source": "/src", "build": "/build"}, "configurations": [{"name": "", )" + fields + "}]}";
}

std::string message_for(const std::string& fields) {
  return test::message_of(read(with_configuration(fields)));
}

constexpr const char* small_codemodel = R"({
  "configurations": [
    {
      "directories": [
        {"build": ".", "childIndexes": [1], "hasInstallRule": true, "jsonFile": "directory-.-Debug-1.json",
         "minimumCMakeVersion": {"string": "3.21"}, "projectIndex": 0, "source": ".", "targetIndexes": [0]},
        {"build": "opt", "jsonFile": "directory-opt-Debug-1.json", "parentIndex": 0, "source": "opt"}
      ],
      "name": "Debug",
      "projects": [{"directoryIndexes": [0, 1], "name": "p", "targetIndexes": [0, 1]}],
      "targets": [
        {"directoryIndex": 0, "id": "app::@1", "jsonFile": "target-app-Debug-1.json", "name": "app", "projectIndex": 0},
        {"directoryIndex": 1, "id": "opt::@2", "jsonFile": "target-opt-Debug-1.json", "name": "opt", "projectIndex": 0}
      ]
    },
    {"directories": [], "name": "Release", "projects": [], "targets": []}
  ],
  "kind": "codemodel",
  "paths": {"build": "/build", "source": "/src"},
  "version": {"major": 2, "minor": 4}
})";

TEST(Codemodel, SaysWhatIsConfigured) {
  const auto model = read(small_codemodel);
  ASSERT_TRUE(model) << model.error().message;
  EXPECT_EQ(model->major, 2U);
  EXPECT_EQ(model->minor, 4U);
  EXPECT_EQ(model->source_root, "/src");
  EXPECT_EQ(model->build_root, "/build");
  ASSERT_EQ(model->configurations.size(), 2U);
  const CodemodelConfiguration& debug = model->configurations[0];
  EXPECT_EQ(debug.name, "Debug");
  ASSERT_EQ(debug.directories.size(), 2U);
  EXPECT_EQ(debug.directories[1].source, "opt");
  EXPECT_EQ(debug.directories[1].parent, 0U);
  EXPECT_EQ(debug.directories[0].parent, std::nullopt);
  EXPECT_EQ(debug.directories[0].file, "directory-.-Debug-1.json");
  ASSERT_EQ(debug.targets.size(), 2U);
  EXPECT_EQ(debug.targets[1].name, "opt");
  EXPECT_EQ(debug.targets[1].file, "target-opt-Debug-1.json");
  EXPECT_EQ(debug.targets[1].directory, 1U);
  EXPECT_EQ(debug.ids.find("opt::@2")->value(), 1U);
  EXPECT_TRUE(model->configurations[1].targets.empty());
}

// Each minor version adds fields; those that are not known to this reader must not disturb it.
class CodemodelVersion : public testing::TestWithParam<std::uint32_t> {};

TEST_P(CodemodelVersion, IsReadWithFieldsOfTheFuture) {
  const std::uint32_t minor = GetParam();
  std::string directory = R"("source": ".", "build": ".", "future": {"list": [1, "two", null, {"x": 1.5}]})";
  if (minor >= 3) directory += R"(, "jsonFile": "directory.json")";
  std::string fields = R"("future": [true, {"a": {"b": []}}], "directories": [{)" + directory + "}], ";
  fields += R"("targets": [{"name": "a", "id": "a::@", "jsonFile": "a.json", "directoryIndex": 0, "future": -1e9}])";
  if (minor >= 9) {
    fields += R"(, "abstractTargets": [{"name": "i", "id": "i::@", "jsonFile": "i.json", "directoryIndex": 0}])";
  }
  std::string text = with_configuration(fields);
  text.insert(1, R"("future": "text \" with \\ escapes", "kind": "codemodel", )");
  const auto model = read(text, minor);
  ASSERT_TRUE(model) << model.error().message;
  EXPECT_EQ(model->minor, minor);
  ASSERT_EQ(model->configurations.size(), 1U);
  EXPECT_EQ(model->configurations[0].targets.size(), minor >= 9 ? 2U : 1U);
  EXPECT_EQ(model->configurations[0].directories[0].file, minor >= 3 ? "directory.json" : "");
}

INSTANTIATE_TEST_SUITE_P(TwoPointZeroToEleven, CodemodelVersion, testing::Range(0U, 12U));

TEST(Codemodel, DoesWithoutOptionalFields) {
  const auto model = read(R"({"configurations": [{}], "paths": {"source": "/src", "build": "/build"}})");
  ASSERT_TRUE(model) << model.error().message;
  EXPECT_EQ(model->configurations[0].name, "");
  EXPECT_TRUE(model->configurations[0].directories.empty());
}

TEST(Codemodel, RefusesWhatMakesNoSense) {
  EXPECT_EQ(test::message_of(read("{}")), "cannot read this reply: paths are missing");
  EXPECT_EQ(test::message_of(read(R"({"paths": {"source": "/s", "build": "/b"}})")),
            "cannot read this reply: configurations are missing");
  EXPECT_EQ(test::message_of(read(R"({"paths": {"source": "/s", "build": "/b"}, "configurations": []})")),
            "cannot read this reply: configurations are missing");
  EXPECT_EQ(message_for(R"("directories": [{"source": ".", "parentIndex": 1}])"),
            "cannot read this reply: parentIndex is out of range");
  EXPECT_EQ(message_for(R"("directories": [{"jsonFile": "../x.json"}])"),
            "cannot read this reply: jsonFile is no file name");
  EXPECT_EQ(message_for(R"("directories": [], "targets": [{"name": "a", "id": "a", "jsonFile": "a.json"}])"),
            "cannot read this reply: directoryIndex is out of range");
  EXPECT_EQ(message_for(R"("directories": [{}], "targets": [{"name": "a", "id": "a", "jsonFile": "../a.json"}])"),
            "cannot read this reply: jsonFile is no file name");
  EXPECT_EQ(message_for(R"("directories": [{}], "targets": [{"name": "a", "id": "a"}])"),
            "cannot read this reply: jsonFile is no file name");
  EXPECT_EQ(
      message_for(R"("directories": [{}], "targets": [{"id": "a", "jsonFile": "a"}, {"id": "a", "jsonFile": "b"}])"),
      "cannot read this reply: two targets have the id 'a'");
}

TEST(Codemodel, RefusesWrongTypes) {
  EXPECT_NE(message_for(R"("directories": {})"), "no error");
  EXPECT_NE(message_for(R"("directories": [[]])"), "no error");
  EXPECT_NE(message_for(R"("directories": [{"parentIndex": "0"}])"), "no error");
  EXPECT_NE(message_for(R"("directories": [{"parentIndex": -1}])"), "no error");
  EXPECT_NE(message_for(R"("directories": [{"parentIndex": 0.5}])"), "no error");
  EXPECT_NE(message_for(R"("targets": [null])"), "no error");
  EXPECT_NE(message_for(R"("name": 1)"), "no error");
  EXPECT_NE(test::message_of(read(R"({"paths": "/src"})")), "no error");
  EXPECT_NE(test::message_of(read(R"({"configurations": [7]})")), "no error");
}

TEST(Codemodel, FailsWhereverItIsCutOff) {
  test::expect_every_cut_to_fail(small_codemodel, [](std::string_view text) { return read(text); });
}

TEST(Codemodel, IsMissedWhenTheIndexDoesNotNameIt) {
  const auto model = read_codemodel(OneObjectReply("codemodel", 3, 0, "{}").read());
  ASSERT_FALSE(model);
  EXPECT_EQ(model.error().message, "this reply has no codemodel object of version 2");
}

}  // namespace
}  // namespace bulkhead
