#include "graph/generator_expression.h"

#include <gtest/gtest.h>

#include <ostream>
#include <string>

namespace bulkhead {
namespace {

std::string entries(std::string_view list) {
  std::string text;
  for_each_entry(list, [&text](std::string_view entry) { text += "[" + std::string(entry) + "]"; });
  return text;
}

TEST(Entries, AreSeparatedBySemicolonsOutsideOfExpressions) {
  EXPECT_EQ(entries(""), "");
  EXPECT_EQ(entries("a"), "[a]");
  EXPECT_EQ(entries("a;b;;c;"), "[a][b][c]");
  EXPECT_EQ(entries("a;$<1:b;c>;d"), "[a][$<1:b;c>][d]");
  EXPECT_EQ(entries("$<$<CONFIG:Debug>:a;$<1:b;c>>;d"), "[$<$<CONFIG:Debug>:a;$<1:b;c>>][d]");
  EXPECT_EQ(entries("a\\;b;[c;d];e"), "[a\\;b][[c;d]][e]");
  EXPECT_EQ(entries("a;$<1:b;c"), "[a][$<1:b;c]") << "an expression that nothing closes";
  EXPECT_EQ(entries("a\\"), "[a\\]");
}

// "name" holds, "!name" does not, "?name" cannot be told; the use behind it where it is no plain link.
std::string items(std::string_view list, std::string_view configuration = "Release") {
  const GenexContext context{.configuration = configuration,
                             .target_exists = [](std::string_view name) { return name == "there"; }};
  std::string text;
  for (const LinkItem& item : evaluate_link_list(list, context)) {
    if (!text.empty()) text += " ";
    text += item.condition == ExpressionValue::yes ? "" : item.condition == ExpressionValue::no ? "!" : "?";
    text += item.text;
    if (item.use == LinkUse::compile) text += "(compile)";
    if (item.use == LinkUse::objects) text += "(objects)";
    if (item.use == LinkUse::file) text += "(file)";
  }
  return text;
}

struct Row {
  const char* list;
  const char* items;
};

void PrintTo(const Row& row, std::ostream* out) {
  *out << row.list;
}

class LinkLists : public testing::TestWithParam<Row> {};

TEST_P(LinkLists, ComeTo) {
  EXPECT_EQ(items(GetParam().list), GetParam().items);
}

INSTANTIATE_TEST_SUITE_P(
    Genex, LinkLists,
    testing::Values(Row{"a;Opt::b;-lc;/x/libd.a", "a Opt::b -lc /x/libd.a"}, Row{"::@(0x55d);a;::@", "a"},
                    Row{"a::@(0x55d)", "a"}, Row{"$<1:a>", "a"}, Row{"$<0:a>", "!a"}, Row{"$<1:a;b>", "a b"},
                    Row{"$<LINK_ONLY:a>", "a"}, Row{"$<LINK_ONLY:$<0:a>>", "!a"}, Row{"$<BUILD_INTERFACE:a;b>", "a b"},
                    Row{"$<BUILD_LOCAL_INTERFACE:a>", "a"}, Row{"$<INSTALL_INTERFACE:a>", "!a"},
                    Row{"$<COMPILE_ONLY:a>", "a(compile)"}, Row{"$<TARGET_OBJECTS:a>", "a(objects)"},
                    Row{"$<TARGET_FILE:a>", "a(file)"}, Row{"$<TARGET_LINKER_FILE:a>", "a(file)"},
                    Row{"$<LINK_LIBRARY:WHOLE_ARCHIVE,a,b>", "a b"}, Row{"$<LINK_GROUP:RESCAN,a,$<0:b>>", "a !b"},
                    Row{"$<TARGET_NAME:a>", "a"}, Row{"$<TARGET_NAME_IF_EXISTS:there>", "there"},
                    Row{"$<TARGET_NAME_IF_EXISTS:gone>", "!gone"}, Row{"$<$<TARGET_EXISTS:there>:a>", "a"},
                    Row{"$<$<TARGET_EXISTS:gone>:a>", "!a"}, Row{"$<$<BOOL:ON>:a>", "a"}, Row{"$<$<BOOL:OFF>:a>", "!a"},
                    Row{"$<$<BOOL:>:a>", "!a"}, Row{"$<$<BOOL:x-NOTFOUND>:a>", "!a"}, Row{"$<$<BOOL:/x>:a>", "a"},
                    Row{"$<$<NOT:$<BOOL:OFF>>:a>", "a"}, Row{"$<$<AND:1,$<BOOL:OFF>>:a>", "!a"},
                    Row{"$<$<AND:1,$<PLATFORM_ID:Linux>>:a>", "?a"}, Row{"$<$<AND:0,$<PLATFORM_ID:Linux>>:a>", "!a"},
                    Row{"$<$<OR:1,$<PLATFORM_ID:Linux>>:a>", "a"}, Row{"$<$<OR:0,$<PLATFORM_ID:Linux>>:a>", "?a"},
                    Row{"$<$<CONFIG:release,MinSizeRel>:a>", "a"}, Row{"$<$<CONFIG:Debug>:a>", "!a"},
                    Row{"$<$<NOT:$<CONFIG:DEBUG>>:a>", "a"}, Row{"$<IF:$<CONFIG:Debug>,a,b>", "!a b"},
                    Row{"$<IF:$<COMPILE_LANGUAGE:CXX>,a,b>", "?a ?b"}, Row{"$<$<STREQUAL:a,a>:x>", "x"},
                    Row{"$<$<STREQUAL:a,b>:x>", "!x"}, Row{"$<$<CONFIG:Debug>:$<1:a>;b>", "!a !b"},
                    Row{"$<$<LINK_LANGUAGE:CUDA>:a>", "?a"}, Row{"$<DEVICE_LINK:a>", "?a"},
                    Row{"$<$<PLATFORM_ID:Linux>:Opt::a>", "?Opt::a"}, Row{"$<1:", "?1"}, Row{"$<>", ""},
                    Row{"$<1:>", ""}),
    [](const testing::TestParamInfo<Row>& row) { return "row" + std::to_string(row.index); });

TEST(LinkListsOdd, KeepTheNamesInWhatTheyCannotEvaluate) {
  EXPECT_EQ(items("$<TARGET_PROPERTY:core,EXTRA>"), "?TARGET_PROPERTY ?core ?EXTRA");
  EXPECT_EQ(items("$<$<CONFIG:>:a>", ""), "a") << "no build type";
  std::string deep = "a";
  for (int i = 0; i < 1000; ++i) deep = "$<1:" + deep + ">";
  EXPECT_NE(items(deep).find("?a"), std::string::npos) << "deeper than anyone writes: a name, and no certainty";
}

}  // namespace
}  // namespace bulkhead
