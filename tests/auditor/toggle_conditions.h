// What Toggle and CMake are compared on: environments to evaluate in, and hand-picked conditions.
#pragma once

#include <functional>
#include <map>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

namespace bulkhead {

using Variables = std::map<std::string, std::string, std::less<>>;

// Between them: every kind of truth, lists, numbers, versions, names of variables and of keywords.
inline const std::vector<Variables>& environments() {
  static const std::vector<Variables> all = {
      {},
      {{"A", "ON"},
       {"B", "OFF"},
       {"C", "AUTO"},
       {"D", "/usr/bin/llvm-config"},
       {"E", ""},
       {"LIST", "mlir;clang;b"},
       {"NUM", "12"},
       {"VER", "1.10.2"},
       {"STR", "STATIC"},
       {"NAME", "A"},
       {"RE", "^S.*C$"},
       {"EXPR", "1;AND;0"},
       {"a", "b"}},
      {{"A", "A-NOTFOUND"},
       {"B", "1"},
       {"C", "0.0"},
       {"D", "ignore"},
       {"E", "E"},
       {"LIST", "a;;c\\;d;[x;y];z"},
       {"NUM", "1.5e1x"},
       {"SIGNED", "-1.5e1x"},
       {"VER", "01.2a"},
       {"STR", "static"},
       {"NAME", "B"},
       {"RE", "a|"},
       {"EXPR", "NOT;0"},
       {"b", "OFF"}},
      {{"A", "a-notfound"},
       {"B", "n"},
       {"C", "C;D"},
       {"D", "0"},
       {"E", "2"},
       {"LIST", ""},
       {"NUM", "0x1F"},
       {"VER", "2"},
       {"STR", "A"},
       {"NAME", "NAME2"},
       {"NAME2", "TRUE"},
       {"RE", "[^a]"},
       {"EXPR", "(;1;)"},
       {"1.2", "9"},
       {"12", "OFF"},
       {"0.0", "ON"}},
      {{"A", "a];b;c"},
       {"B", "1"},
       {"SIGNED", " 1"},
       {"C", "YES"},
       {"D", "B"},
       {"E", "NOTFOUND"},
       {"LIST", "A;B;12;OFF"},
       {"NUM", "inf"},
       {"VER", "1..2"},
       {"STR", "a\nb"},
       {"NAME", "\"A\""},
       {"RE", "\\."},
       {"STATIC", "static"},
       {"EXPR", "MATCHES;x"}},
  };
  return all;
}

// Separated by " | " and line ends.
inline constexpr std::string_view condition_table = R"cmake(
# Constants
1 | 0 | ON | off | YES | no | TRUE | false | Y | n | IGNORE | ignore | NOTFOUND | notfound | X-NOTFOUND
x-notfound | -NOTFOUND | 2 | -1 | +1 | 0.0 | 00 | 0.5 | .5 | 1e3 | 0x0 | 0x10 | 0x1p3 | 1e-400 | 1e400 | inf
nan | 1x | 1.2.3 | "1" | "ON" | "0" | "" | "A" | " 1" | "1 " | " " | "OFF" | [[1]] | [[A]] | [=[ON]=] | [=[]=]
# Variables
A | B | C | D | E | LIST | NUM | VER | STR | NAME | UNSET | a | 1.2 | 12
# Logic and precedence
NOT A | NOT B | NOT UNSET | NOT (A) | NOT (NOT A) | NOT "A" | A AND B | A OR B | A AND NOT B | NOT A AND B
NOT A OR NOT B | NOT (A AND B) | (A) | ((A)) | (A OR B) AND C | A OR B AND C | A AND B OR C | 1 OR 1 AND 0
0 AND 0 OR 1 | 1 OR 0 AND 0 | 1 OR 1 OR 1 AND 0 | 1 OR 0 AND 0 OR 1 | 0 OR 0 OR 1 AND 1 | 1 AND 0 OR 1 AND 1
1 OR 1 OR 1 OR 1 AND 0 OR 0 | 0 AND 1 OR 1 OR 0 AND 0 OR 1 AND 1 | NOT 0 OR 1 AND 0
A AND (B OR (C AND (D OR E))) | A AND(B)OR(C) | (A)AND(B) | NOT(A)
# DEFINED
DEFINED A | DEFINED UNSET | DEFINED E | NOT DEFINED A | DEFINED A AND A | DEFINED "A" | DEFINED [[A]]
DEFINED "" | DEFINED NAME | DEFINED ${NAME} | DEFINED "${NAME}" | DEFINED A STREQUAL 1 | DEFINED CACHE{UNSET}
DEFINED CACHE{} | DEFINED CACHE{ | DEFINED CACHE | DEFINED 12
# Strings
STR STREQUAL STATIC | STR STREQUAL "STATIC" | "STR" STREQUAL STR | STATIC STREQUAL STR
"STATIC" STREQUAL "STATIC" | E STREQUAL "" | UNSET STREQUAL "" | UNSET STREQUAL UNSET | A STREQUAL A
NAME STREQUAL A | NAME STREQUAL "A" | a STREQUAL b | "a" STREQUAL "b" | STR STRLESS a | STR STRLESS Z
STR STRGREATER "S" | STR STRLESS_EQUAL STATIC | STR STRGREATER_EQUAL STATIC | "é" STRGREATER z
NOT STR STREQUAL STATIC | (A) STREQUAL (B) | (A OR B) EQUAL 1 | 1 STREQUAL 1 STREQUAL 1
2 STREQUAL 2 STREQUAL 2 STREQUAL 2 | a STREQUAL a STREQUAL 0 | "AND" STREQUAL "AND" | "NOT" | "(" STREQUAL "("
"a b" STREQUAL "a b" | "a\"b" STREQUAL [[a"b]] | a\ b STREQUAL "a b" | a\;b STREQUAL "a;b"
"a\;b" STREQUAL [[a\;b]] | a\$b STREQUAL "a$b" | @A@ STREQUAL "@A@" | $A STREQUAL "$A" | a=b STREQUAL "a=b"
[a STREQUAL "[a" | [=a STREQUAL "[=a" | a[b]c STREQUAL "a[b]c" | it's STREQUAL "it's" | {a} STREQUAL "{a}"
[=[]]]=] STREQUAL "]]" | STR STREQUAL "a\nb"
# Numbers
NUM EQUAL 12 | NUM LESS 13 | NUM GREATER 11 | NUM LESS_EQUAL 12 | NUM GREATER_EQUAL 12 | SIGNED LESS -14
SIGNED EQUAL 1 | SIGNED | NUM EQUAL 31 | NUM GREATER 1e300 | 12 EQUAL 12 | 12 EQUAL 12.0 | 1e1 EQUAL 10
0x10 EQUAL 16 | 1x EQUAL 1 | 1e EQUAL 1 | 1e+ EQUAL 1 | 0x EQUAL 0 | x EQUAL x | UNSET EQUAL 0 | "" EQUAL 0
nan EQUAL nan | nan LESS 1 | nan GREATER_EQUAL nan | inf EQUAL infinity | infx EQUAL inf | " 1" EQUAL 1
-0 EQUAL 0 | NOT NUM EQUAL 12 | "NUM" EQUAL 12 | 0.1 LESS 0.2 | 010 EQUAL 10 | --1 EQUAL -1 | 1.2.3 EQUAL 1.2
# Versions
VER VERSION_EQUAL 1.10.2 | VER VERSION_LESS 1.9 | VER VERSION_GREATER 1.9 | VER VERSION_GREATER_EQUAL 1.2
VER VERSION_LESS_EQUAL 1.2 | 1.2 VERSION_EQUAL 1.2.0.0 | 1.2 VERSION_LESS 1.2.0.1 | 01.002 VERSION_EQUAL 1.2
1..2 VERSION_EQUAL 1.0.2 | 1a VERSION_EQUAL 1 | 1.2a3 VERSION_EQUAL 1.2 | v1 VERSION_EQUAL 0
1. VERSION_EQUAL 1 | "" VERSION_EQUAL 0 | UNSET VERSION_EQUAL 0 | 1-2 VERSION_EQUAL 1.2
1.10 VERSION_GREATER 1.9 | 20240101.3 VERSION_LESS 20240101.12 | 1.2.3.4.5 VERSION_LESS 1.2.3.4.6
.1 VERSION_EQUAL 0 | 1.1 VERSION_LESS .1 | 4294967297 VERSION_EQUAL 1
0000000000000000000000000001 VERSION_EQUAL 1 | VER VERSION_EQUAL VER
# Lists
mlir IN_LIST LIST | b IN_LIST LIST | a IN_LIST LIST | "a" IN_LIST LIST | "" IN_LIST LIST | E IN_LIST LIST
"c;d" IN_LIST LIST | "[x;y]" IN_LIST LIST | c IN_LIST LIST | z IN_LIST LIST | z IN_LIST "LIST" | a IN_LIST UNSET
"" IN_LIST UNSET | NOT a IN_LIST LIST | A IN_LIST LIST | b IN_LIST A | "];b;c" IN_LIST A | "a];b;c" IN_LIST A
NUM IN_LIST LIST | 12 IN_LIST LIST | "x" IN_LIST LIST | OFF IN_LIST LIST
# Regular expressions
STR MATCHES STATIC | STR MATCHES "^(STATIC|SHARED)$" | STR MATCHES "^s" | STR MATCHES "" | E MATCHES "^$"
UNSET MATCHES UNSET | "STR" MATCHES "^STR$" | NOT STR MATCHES A | STR MATCHES ${RE} | STR MATCHES "${RE}"
D MATCHES "/llvm-config$" | D MATCHES "[0-9]" | STR MATCHES "a.b" | STR MATCHES "a$" | STR MATCHES "^b"
VER MATCHES "^[0-9]+\\.[0-9]+" | VER MATCHES [[^[0-9]+\.[0-9]+]] | LIST MATCHES "(^|;)mlir($|;)"
"a{2}" MATCHES "a{2}" | "d" MATCHES "\\d" | "-" MATCHES "[a-]" | "]" MATCHES "[]]" | x MATCHES "a|b$|x"
x MATCHES "()" | A MATCHES "MATCHES" OR 1
# References
${NAME} | "${NAME}" | ${A} | ${UNSET} | NOT ${UNSET} | NOT "${UNSET}" | ${NAME}2 | ${NAME}${UNSET} | ${${NAME}}
"${${NAME}}" | "${UNSET}" STREQUAL "" | "${A}" STREQUAL "ON" | ${E} MATCHES x | "x${NAME}y" STREQUAL xAy
"${LIST}" STREQUAL "mlir;clang;b" | "${STR}" STREQUAL "STATIC" | \${NAME} STREQUAL "\${NAME}"
[[${NAME}]] STREQUAL "\${NAME}" | ${NAME} OR 1 | ${EXPR} | NOT (${EXPR}) | (${EXPR}) OR 0 | ${EXPR} OR 0
A STREQUAL ${A} | ${LIST} | ${C} AND 1 | "$CACHE{UNSET}" STREQUAL "" | "$" STREQUAL "$" | DEFINED ${UNSET}
)cmake";

/// The conditions of condition_table, and those that do not fit into a line.
inline std::vector<std::string> conditions() {
  std::vector<std::string> all = {
      "\"a\\tb\" STREQUAL [[a\tb]]",
      "\"a\\\nb\" STREQUAL ab",
      "\"a\nb\" STREQUAL \"a\\nb\"",
      "[[\nab]] STREQUAL ab",
      "A\nAND\tB",
  };
  std::istringstream lines{std::string(condition_table)};
  for (std::string line; std::getline(lines, line);) {
    if (line.empty() || line.front() == '#') continue;
    std::size_t begin = 0;
    for (std::size_t end = 0; end != std::string::npos; begin = end + 3) {
      end = line.find(" | ", begin);
      all.push_back(line.substr(begin, end - begin));
    }
  }
  return all;
}

}  // namespace bulkhead
