// docs/schema/bulkhead-policy-1.json beside the reader of policies: they have to know the same keys, and agree on what
// is a policy.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <vector>

#include "auditor/policy.h"
#include "auditor/proposal/proposal_text.h"
#include "tests/support/replies.h"
#include "tests/support/schema.h"
#include "tests/support/temporary_directory.h"

namespace bulkhead::test {
namespace {

namespace fs = std::filesystem;

fs::path repository() {
  return test_directory().parent_path();
}

nlohmann::json schema() {
  return nlohmann::json::parse(read_file(repository() / "docs/schema/bulkhead-policy-1.json"));
}

// What the reader says about a key that nobody has: "known here: project, module".
std::set<std::string> known_keys(const std::string& text) {
  const auto policy = parse_policy(text + "zqxjkvwy_zqxjkvwy = 1\n", "bulkhead.toml");
  EXPECT_FALSE(policy) << text;
  const std::string begin = "known here: ";
  if (policy || !policy.error().hint.starts_with(begin)) {
    ADD_FAILURE() << text << ": " << (policy ? "accepted" : policy.error().message + ", " + policy.error().hint);
    return {};
  }
  std::set<std::string> keys;
  const std::string list = policy.error().hint.substr(begin.size()) + ", ";
  for (std::size_t at = 0; at < list.size();) {
    const std::size_t end = list.find(", ", at);
    keys.insert(list.substr(at, end - at));
    at = end + 2;
  }
  return keys;
}

std::set<std::string> keys_of(const nlohmann::json& object) {
  std::set<std::string> keys;
  for (const auto& [key, value] : object.at("properties").items()) keys.insert(key);
  return keys;
}

// The schema of a table, and whether it stands in [brackets] or [[brackets]].
struct Table {
  nlohmann::json schema;
  bool is_list = false;
};

std::map<std::string, Table> tables() {
  const nlohmann::json whole = schema();
  std::map<std::string, Table> tables;
  for (const auto& [name, value] : whole.at("properties").items()) {
    const bool is_list = value.contains("items");
    const std::string reference = (is_list ? value.at("items") : value).at("$ref").get<std::string>();
    const std::string begin = "#/$defs/";
    EXPECT_TRUE(reference.starts_with(begin)) << reference;
    tables[name] = {whole.at("$defs").at(reference.substr(begin.size())), is_list};
  }
  return tables;
}

TEST(PolicySchema, HasTheReadersTables) {
  EXPECT_EQ(keys_of(schema()), known_keys(""));
}

TEST(PolicySchema, HasTheReadersKeys) {
  for (const auto& [name, table] : tables()) {
    const std::string heading = table.is_list ? "[[" + name + "]]\n" : "[" + name + "]\n";
    EXPECT_EQ(keys_of(table.schema), known_keys(heading)) << name;
    EXPECT_EQ(table.schema.at("additionalProperties"), false) << name;
  }
}

TEST(PolicySchema, DescribesEveryKey) {
  for (const auto& [name, table] : tables()) {
    EXPECT_TRUE(table.schema.contains("description")) << name;
    for (const auto& [key, value] : table.schema.at("properties").items()) {
      EXPECT_TRUE(value.contains("description")) << name << "." << key;
    }
  }
}

TEST(PolicySchema, IsTheOneThatProposalsName) {
  const std::string url(policy_schema_url);
  const fs::path file = repository() / "docs/schema" / url.substr(url.rfind('/') + 1);
  EXPECT_TRUE(fs::exists(file)) << file;
  EXPECT_TRUE(schema().at("$id").get<std::string>().ends_with("docs/schema/" + file.filename().string()));
}

// Every policy of this repository, with those that the fuzzer begins with.
std::vector<fs::path> policies() {
  std::vector<fs::path> found;
  for (const char* const folder : {"tests", ".ci"}) {
    for (const auto& entry : fs::recursive_directory_iterator(repository() / folder)) {
      if (entry.path().extension() == ".toml") found.push_back(entry.path());
    }
  }
  found.push_back(repository() / "bulkhead.toml");
  std::sort(found.begin(), found.end());
  return found;
}

bool is_utf8(const std::string& text) {
  try {
    static_cast<void>(nlohmann::json(text).dump());
    return true;
  } catch (const nlohmann::json::exception&) {
    return false;
  }
}

TEST(PolicySchema, HoldsForAllThatTheReaderTakes) {
  std::vector<std::string> names;
  std::vector<std::string> texts;
  for (const fs::path& file : policies()) {
    const std::string text = read_file(file);
    if (!is_utf8(text) || !parse_policy(text, file.string())) continue;
    names.push_back(fs::relative(file, repository()).string());
    texts.push_back(text);
  }
  EXPECT_GT(texts.size(), 50U);
  const auto objections = validate_policies(texts);
  ASSERT_EQ(objections.size(), texts.size());
  for (std::size_t i = 0; i < texts.size(); ++i) EXPECT_EQ(objections[i], "") << names[i];
}

// What the reader refuses for more than a glob, a toggle or a name that stands twice, the schema refuses as well.
TEST(PolicySchema, RefusesWhatIsNoPolicy) {
  const std::string good = "[[module]]\nname = 'a'\ntoggle = 'A'\npaths = ['a/**']\n";
  const std::vector<std::string> wrong = {
      "[module]\nname = 'a'\n",
      "[[modules]]\nname = 'a'\n",
      "module = 1\n",
      "project = 'x'\n",
      "[[module]]\ntoggle = 'A'\npaths = ['a/**']\n",
      "[[module]]\nname = 'a'\npaths = ['a/**']\n",
      "[[module]]\nname = 'a'\ntoggle = 'A'\n",
      "[[module]]\nname = 'a'\ntoggle = 'A'\npaths = []\n",
      "[[module]]\nname = ''\ntoggle = 'A'\npaths = ['a/**']\n",
      "[[module]]\nname = 1\ntoggle = 'A'\npaths = ['a/**']\n",
      "[[module]]\nname = 'a'\ntoggle = true\npaths = ['a/**']\n",
      "[[module]]\nname = 'a'\ntoggle = 'A'\npaths = 'a/**'\n",
      "[[module]]\nname = 'a'\ntoggle = 'A'\npaths = ['/a/**']\n",
      "[[module]]\nname = 'a'\ntoggle = 'A'\npaths = ['a/']\n",
      "[[module]]\nname = 'a'\ntoggle = 'A'\npaths = ['']\n",
      good + "stage = 'S3'\n",
      good + "unset = 'perhaps'\n",
      good + "togle = 'A'\n",
      good + "entry = ['core/**']\n",
      good + "entry = ['type:THING']\n",
      good + "owners = 'me'\n",
      good + "depends = [1]\n",
      "[project]\nset_aside = ['tests/**']\n",
      "[project]\nset_aside = ['core']\n",
      "[project]\nset_aside = ['module:a']\n",
      "[project]\nset_asides = []\n",
  };
  EXPECT_EQ(validate_policies({good}).front(), "");
  const auto objections = validate_policies(wrong);
  ASSERT_EQ(objections.size(), wrong.size());
  for (std::size_t i = 0; i < wrong.size(); ++i) {
    EXPECT_NE(objections[i], "") << wrong[i];
    EXPECT_FALSE(parse_policy(wrong[i], "bulkhead.toml")) << wrong[i];
  }
}

}  // namespace
}  // namespace bulkhead::test
