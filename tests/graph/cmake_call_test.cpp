#include "graph/cmake_call.h"

#include <gtest/gtest.h>

namespace bulkhead {
namespace {

TEST(CMakeCall, TellsWhereEachCallAndArgumentStands) {
  const auto calls = parse_cmake_calls(
      "# a comment with (parentheses\n"
      "project(x)\n"
      "target_link_libraries(core # why\n"
      "  PRIVATE\n"
      "    cuda_rt\n"
      ")\n");
  ASSERT_EQ(calls.size(), 2U);
  EXPECT_EQ(calls[1].command, "target_link_libraries");
  EXPECT_EQ(calls[1].line, 3U);
  ASSERT_EQ(calls[1].arguments.size(), 3U);
  EXPECT_EQ(calls[1].arguments[2].text, "cuda_rt");
  EXPECT_EQ(calls[1].arguments[2].line, 5U);
  EXPECT_EQ(calls[1].arguments[2].column, 5U);
}

TEST(CMakeCall, KnowsQuotesBracketsAndNestedParentheses) {
  const auto calls = parse_cmake_calls(
      "if((A AND B) OR \"quoted ) text\")\n"
      "#[[ a bracket comment\n call(x) ]]\n"
      "set(v [==[raw ) ]] text]==])\n"
      "endif()\n");
  ASSERT_EQ(calls.size(), 3U);
  EXPECT_EQ(calls[0].arguments.back().text, "quoted ) text");
  EXPECT_EQ(calls[1].command, "set");
  EXPECT_EQ(calls[1].line, 4U - 0U);
  EXPECT_EQ(calls[1].arguments[1].text, "raw ) ]] text");
}

TEST(CMakeCall, TakesTheCaseOfACommandForNothing) {
  const auto calls = parse_cmake_calls("ADD_Subdirectory(Opt)\n");
  ASSERT_EQ(calls.size(), 1U);
  EXPECT_EQ(calls[0].command, "add_subdirectory");
  EXPECT_EQ(calls[0].arguments[0].text, "Opt");
}

TEST(CMakeCall, EndsAtWhatIsMalformed) {
  EXPECT_TRUE(parse_cmake_calls("project(").empty());
  EXPECT_TRUE(parse_cmake_calls("\"").empty());
  EXPECT_TRUE(parse_cmake_calls("set(a \"unterminated)").empty());
  EXPECT_EQ(parse_cmake_calls("a()\n??? b()").size(), 1U);
}

TEST(CMakeCall, FindsACallByItsLine) {
  const auto calls = parse_cmake_calls("a()\n\nb(\n x)\n");
  ASSERT_NE(find_call(calls, 3), nullptr);
  EXPECT_EQ(find_call(calls, 3)->command, "b");
  EXPECT_EQ(find_call(calls, 4)->command, "b");
  EXPECT_EQ(find_call(calls, 2)->command, "a");
  EXPECT_EQ(find_call({}, 1), nullptr);
}

TEST(CMakeCall, FindsAWholeWordOnly) {
  const auto calls = parse_cmake_calls("f(opt_stack $<TARGET_OBJECTS:opt_obj> Opt::opt opt/a.cpp)\n");
  const CMakeCall& call = calls.front();
  EXPECT_EQ(find_argument(call, "opt_obj"), &call.arguments[1]);
  EXPECT_EQ(find_argument(call, "opt"), &call.arguments[2]);
  EXPECT_EQ(find_argument(call, "stack"), nullptr);
  EXPECT_EQ(find_argument(call, ""), nullptr);
}

TEST(CMakeCall, CountsLinesAndColumnsInFilesOfAnyEditor) {
  const auto windows = parse_cmake_calls("project(x)\r\nlink(a\r\n  b)\r\n");
  ASSERT_EQ(windows.size(), 2U);
  EXPECT_EQ(windows[1].line, 2U);
  ASSERT_EQ(windows[1].arguments.size(), 2U);
  EXPECT_EQ(windows[1].arguments[0].text, "a") << "without the carriage return";
  EXPECT_EQ(windows[1].arguments[1].line, 3U);
  EXPECT_EQ(windows[1].arguments[1].column, 3U);

  const auto marked = parse_cmake_calls("\xEF\xBB\xBFlink(a)");
  ASSERT_EQ(marked.size(), 1U);
  EXPECT_EQ(marked[0].command, "link");
  EXPECT_EQ(marked[0].arguments[0].column, 6U) << "the byte order mark is no column";

  const auto behind_text = parse_cmake_calls("f([[a\nb]])\n#[=[ c\n\nd ]]]=]\ng(\"e\nf\" h)\n");
  ASSERT_EQ(behind_text.size(), 2U);
  EXPECT_EQ(behind_text[1].line, 6U);
  EXPECT_EQ(behind_text[1].arguments[1].line, 7U);
}

TEST(CMakeCall, ReadsUnquotedArgumentsAsCMakeDoes) {
  const auto calls = parse_cmake_calls(R"(f(a\;b c\ d $<1:x> ${y} [= [a] a#b
  e))");
  ASSERT_EQ(calls.size(), 1U);
  std::vector<std::string> texts;
  for (const CallArgument& argument : calls[0].arguments) texts.push_back(argument.text);
  EXPECT_EQ(texts, (std::vector<std::string>{R"(a\;b)", R"(c\ d)", "$<1:x>", "${y}", "[=", "[a]", "a", "e"}));
}

TEST(CMakeCall, ReadsEscapesInQuotedArguments) {
  const auto calls = parse_cmake_calls("f(\"a\\\"b\" \"c\\\\\" \"\")");
  ASSERT_EQ(calls.size(), 1U);
  ASSERT_EQ(calls[0].arguments.size(), 3U);
  EXPECT_EQ(calls[0].arguments[0].text, "a\"b");
  EXPECT_EQ(calls[0].arguments[1].text, "c\\");
  EXPECT_EQ(calls[0].arguments[2].text, "");
  EXPECT_EQ(calls[0].arguments[0].column, 4U) << "of the text, not of the quote";
}

}  // namespace
}  // namespace bulkhead
