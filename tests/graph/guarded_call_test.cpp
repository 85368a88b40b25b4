#include "graph/guarded_call.h"

#include <gtest/gtest.h>

#include <random>

namespace bulkhead {
namespace {

// The guards of each call, one line a call: "f: A, not B@3".
std::string guards_of(const std::string& text) {
  const auto calls = parse_cmake_calls(text);
  std::string lines;
  for (const GuardedCall& guarded : guard_calls(calls)) {
    lines += guarded.call->command + ":";
    for (const Guard& guard : guarded.guards) {
      lines += std::string(&guard == &guarded.guards.front() ? " " : ", ") + (guard.negated ? "not " : "") +
               guard.condition + "@" + std::to_string(guard.line);
    }
    if (guarded.in_body) lines += " in a body";
    lines += "\n";
  }
  return lines;
}

TEST(GuardedCall, StandsUnderAllBranchesAroundIt) {
  EXPECT_EQ(guards_of("a()\n"
                      "if(X)\n"
                      "  b()\n"
                      "  if(Y AND Z)\n"
                      "    c()\n"
                      "  endif()\n"
                      "  d()\n"
                      "endif()\n"
                      "e()\n"),
            "a:\n"
            "b: X@2\n"
            "c: X@2, Y AND Z@4\n"
            "d: X@2\n"
            "e:\n");
}

TEST(GuardedCall, StandsBehindTheBranchesBeforeIt) {
  EXPECT_EQ(guards_of("if(X)\n"
                      "  a()\n"
                      "elseif(Y)\n"
                      "  b()\n"
                      "else()\n"
                      "  c()\n"
                      "endif()\n"),
            "a: X@1\n"
            "b: not X@1, Y@3\n"
            "c: not X@1, not Y@3\n");
}

TEST(GuardedCall, ReadsTheOldWayToCloseBlocks) {
  EXPECT_EQ(guards_of("IF(X)\n a()\nELSE(X)\n b()\nENDIF(X)\nc()\n"), "a: X@1\nb: not X@1\nc:\n");
}

TEST(GuardedCall, StandsBehindAReturn) {
  EXPECT_EQ(guards_of("if(NOT X)\n"
                      "  return()\n"
                      "endif()\n"
                      "a()\n"),
            "a: not NOT X@1\n");
  EXPECT_EQ(guards_of("if(X)\n  a()\nelse()\n  return()\nendif()\nb()\n"), "a: X@1\nb: X@1\n");
  EXPECT_EQ(guards_of("if(X)\nelseif(Y)\n  return()\nendif()\nb()\n"), "b:\n") << "X may hold, or neither";
  EXPECT_EQ(guards_of("if(A)\n  if(X)\n    return()\n  endif()\n  a()\nendif()\nb()\n"), "a: A@1, not X@2\nb:\n")
      << "the return is none where A does not hold";
}

TEST(GuardedCall, InABodyIsMadeLater) {
  EXPECT_EQ(guards_of("if(X)\n"
                      "  function(f)\n"
                      "    if(Y)\n"
                      "      return()\n"
                      "    endif()\n"
                      "    a()\n"
                      "  endfunction()\n"
                      "  b()\n"
                      "endif()\n"),
            "a: X@1, not Y@3 in a body\n"
            "b: X@1\n");
}

TEST(GuardedCall, HasNoGuardsWhereBlocksDoNotFit) {
  EXPECT_EQ(guards_of("if(X)\na()\n"), "a:\n") << "never closed";
  EXPECT_EQ(guards_of("endif()\na()\nif(X)\n"), "a:\n") << "never opened";
  EXPECT_EQ(guards_of("else()\na()\n"), "a:\n");
  EXPECT_EQ(guards_of("endfunction()\na()\nreturn()\nb()\n"), "a:\nb:\n");
}

TEST(GuardedCall, WritesConditionsAsIfReadsThem) {
  const auto text_of = [](const std::string& text) { return condition_text(parse_cmake_calls(text).front()); };
  EXPECT_EQ(text_of("if( A   AND\n (B OR NOT (C)) )"), "A AND (B OR NOT (C))");
  EXPECT_EQ(text_of(R"(if("${X}" STREQUAL "a \"b\"" AND [[c d]] MATCHES ^x))"),
            R"("${X}" STREQUAL "a \"b\"" AND "c d" MATCHES ^x)");
  EXPECT_EQ(text_of("if((A) AND (B))"), "(A) AND (B)");
  EXPECT_EQ(text_of("if()"), "");
}

// Whatever the file: no call is lost, and guards stand before what they guard.
TEST(GuardedCall, StandsAnyFile) {
  std::mt19937 random(7);
  const std::vector<std::string> pieces = {
      "if(A)\n",   "elseif(B)\n", "else()\n",     "endif()\n",     "return()\n",
      "call(x)\n", "macro(m)\n",  "endmacro()\n", "function(f)\n", "endfunction()\n",
      "if(",       "\"",          ")\n",          "#[[ ",          "if((A)\n"};
  for (int round = 0; round < 2000; ++round) {
    std::string text;
    const std::size_t length = random() % 24;
    for (std::size_t i = 0; i < length; ++i) text += pieces[random() % pieces.size()];
    const auto calls = parse_cmake_calls(text);
    const auto guarded = guard_calls(calls);
    std::size_t plain = 0;
    for (const CMakeCall& call : calls) plain += call.command == "call" ? 1 : 0;
    EXPECT_EQ(guarded.size(), plain) << text;
    for (const GuardedCall& one : guarded) {
      for (const Guard& guard : one.guards) {
        EXPECT_GE(guard.line, 1U) << text;
        EXPECT_LE(guard.line, one.call->line) << text;
      }
    }
  }
}

}  // namespace
}  // namespace bulkhead
