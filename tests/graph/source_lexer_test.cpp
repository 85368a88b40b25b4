#include "graph/source_lexer.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <string>

namespace bulkhead::test {
namespace {

std::string with_padding(std::string_view text) {
  std::string padded(text);
  padded.append(scan_padding, '\0');
  return padded;
}

LexedSource lex(std::string_view text, const LexOptions& options = {}) {
  const std::string padded = with_padding(text);
  auto source = lex_source(std::string_view(padded).substr(0, text.size()), options);
  EXPECT_TRUE(source.has_value());
  return std::move(*source);
}

// A directive a line: `line: directive`.
std::string draw(std::string_view text, const LexOptions& options = {}) {
  const LexedSource source = lex(text, options);
  std::string drawn;
  for (const Directive& directive : source.directives()) {
    drawn +=
        fmt::format("{}: {}{}\n", directive.line, directive_text(source, directive), directive.is_unusable ? " …" : "");
  }
  return drawn;
}

TEST(SourceLexer, ReadsWhatPeopleWrite) {
  EXPECT_EQ(draw("// A header.\n"
                 "#ifndef LLVM_ADT_X_H\n"
                 "#define LLVM_ADT_X_H\n"
                 "\n"
                 "#include \"llvm/ADT/Y.h\"\n"
                 "#include <vector>\n"
                 "# include_next <stdlib.h> // why\n"
                 "#if defined(__GNUC__) && \\\n"
                 "    __GNUC__ >= 4 /* old */\n"
                 "#  define X(a, b) a + b\n"
                 "#elif 0\n"
                 "#else\n"
                 "#undef X\n"
                 "#endif // defined\n"
                 "#pragma once\n"
                 "#pragma GCC system_header\n"
                 "#error \"no\"\n"
                 "int x;\n"
                 "#endif\n"),
            "2: #ifndef LLVM_ADT_X_H\n"
            "3: #define LLVM_ADT_X_H\n"
            "5: #include \"llvm/ADT/Y.h\"\n"
            "6: #include <vector>\n"
            "7: #include_next <stdlib.h>\n"
            "8: #if defined(__GNUC__) && __GNUC__ >= 4\n"
            "10: #define X(a,b) a + b\n"
            "11: #elif 0\n"
            "12: #else\n"
            "13: #undef X\n"
            "14: #endif\n"
            "15: #pragma once\n"
            "19: #endif\n");
}

TEST(SourceLexer, LooksOnlyAtTheStartsOfLines) {
  EXPECT_EQ(draw("x #include <a>\n"
                 "  \t#\tinclude\t<b>\n"
                 "f(#include <c>\n"
                 "  , 1)\n"
                 "\f\v#include <d>"),
            "2: #include <b>\n5: #include <d>\n");
}

TEST(SourceLexer, SkipsComments) {
  EXPECT_EQ(draw("/* #include <a>\n"
                 "#include <b>\n"
                 "*/ #include <c>\n"
                 "x; /* a\n"
                 "b */ #include <d>\n"
                 "// /* \n"
                 "#include <e>\n"
                 "// */\n"
                 "/**/ # /* x\n"
                 " */ include /**/ <f> /*\n"
                 "#include <g>\n"
                 "*/\n"
                 "/*/ #include <h> /*/\n"
                 "#include <i>\n"
                 "// ends with a backslash \\\n"
                 "#include <j>\n"
                 "#include <k>\n"
                 "/* never closed\n"
                 "#include <l>\n"),
            "3: #include <c>\n7: #include <e>\n9: #include <f>\n14: #include <i>\n17: #include <k>\n");
}

TEST(SourceLexer, SkipsLiterals) {
  EXPECT_EQ(draw("const char* a = \"/*\";\n"
                 "#include <a>\n"
                 "char b = '\"', c = '\\'', d = '\"'; /* '\n"
                 "#include <not>\n"
                 "*/\n"
                 "const char* e = \"\\\\\"; /*\n"
                 "#include <not>\n"
                 "*/\n"
                 "const char* f = \"a\\\n"
                 "#include <not>\\\n"
                 "\";\n"
                 "#include <b>\n"
                 "const char* not_closed = \"/*\n"
                 "#include <c>\n"
                 "char not_closed = '/*\n"
                 "#include <d>\n"
                 "\"\\"),
            "2: #include <a>\n12: #include <b>\n14: #include <c>\n16: #include <d>\n");
}

TEST(SourceLexer, SkipsRawStrings) {
  EXPECT_EQ(draw("auto a = R\"(\n"
                 "#include <not>\n"
                 ")\"; /*\n"
                 "#include <not>\n"
                 "*/\n"
                 "auto b = u8R\"xy(\n"
                 ")\"\n"
                 ")xy\n"
                 "#include <not>\n"
                 ")xy\"; auto c = LR\"(/*)\", d = uR\"(/*)\", e = UR\"(/*)\";\n"
                 "#include <a>\n"
                 "auto f = FOOR\"x(\";\n"
                 "#include <b>\n"
                 "auto g = R\"no delimiter(\";\n"
                 "#include <c>\n"
                 "auto h = R\"12345678901234567(\";\n"
                 "#include <d>\n"
                 "#define RAW R\"(\n"
                 "#include <not>\n"
                 ")\"\n"
                 "#include <e>\n"
                 "auto i = R\\\n"
                 "\"(\n"
                 "#include <not>\n"
                 ")\";\n"
                 "auto j = R\"(\n"
                 "#include <not>\n"),
            "11: #include <a>\n13: #include <b>\n15: #include <c>\n17: #include <d>\n"
            "18: #define RAW R\"(\n#include <not>\n)\"\n"
            "21: #include <e>\n");
}

TEST(SourceLexer, TellsDigitSeparatorsFromCharacters) {
  EXPECT_EQ(draw("int a = 1'000'000; /* \n"
                 "#include <not>\n"
                 "*/\n"
                 "int b = 0xff'ff, c = 0b1'1, d = 1e+1'0, e = .5'5; /*\n"
                 "#include <not>\n"
                 "*/\n"
                 "int f = 1 '/*';\n"
                 "#include <a>\n"
                 "auto g = u8'/', h = L'*'; /*\n"
                 "#include <not>\n"
                 "*/\n"),
            "8: #include <a>\n");
}

TEST(SourceLexer, JoinsSplicedLines) {
  EXPECT_EQ(draw("#inc\\\n"
                 "lude <a\\\n"
                 ".h>\n"
                 "#\\  \n"
                 "\\\n"
                 "include \"b\\\n"
                 ".h\"\n"
                 "\\\n"
                 "  # define A\\\n"
                 "B 1\\\n"
                 "2\n"
                 "x \\\n"
                 "#include <not>\n"
                 "/\\\n"
                 "* #include <not>\n"
                 "#include <not> *\\\n"
                 "/\n"
                 "/\\\n"
                 "/ \\\n"
                 "#include <not>\n"
                 "%\\\n"
                 ":if A\n"
                 "#endif\\"),
            "1: #include <a.h>\n4: #include \"b.h\"\n9: #define AB 12\n21: #if A\n23: #endif\n");
}

TEST(SourceLexer, ReadsDigraphs) {
  EXPECT_EQ(draw("%:include <a>\n"
                 "  %: define F(x) %:x %:%: y\n"
                 "%:%:include <not>\n"
                 "%include <not>\n"),
            "1: #include <a>\n2: #define F(x) %:x %:%: y\n");
}

TEST(SourceLexer, ReadsTrigraphsWhenAsked) {
  const std::string_view text =
      "?\?=include <a>\n"
      "// what?\?/\n"
      "#include <b>\n"
      "#define A ?\?'?\?!\n"
      "auto c = R\"(?\?)\"; /*\n"
      "#include <not>\n"
      "*/\n"
      "??\?=\n"
      "??";
  EXPECT_EQ(draw(text), "3: #include <b>\n4: #define A ?\?'?\?!\n");
  EXPECT_EQ(draw(text, {.has_trigraphs = true}), "1: #include <a>\n4: #define A ^|\n");
}

TEST(SourceLexer, ReadsAllEndsOfLines) {
  EXPECT_EQ(draw("#include <a>\r\n"
                 "#if A \\\r\n"
                 "  && B\r\n"
                 "// c \\\r\n"
                 "#include <not>\r\n"
                 "#endif\r\n"),
            "1: #include <a>\n2: #if A && B\n6: #endif\n");
  EXPECT_EQ(draw("#include <a>\r#if A \\\r  && B\r// c \\\r#include <not>\r#endif\r"),
            "1: #include <a>\n2: #if A && B\n6: #endif\n");
  EXPECT_EQ(draw("\r\n\r\r\n\n#include <a>"), "5: #include <a>\n");
}

TEST(SourceLexer, StandsStrangeBytes) {
  EXPECT_EQ(draw("\xef\xbb\xbf#include <a>\n"), "1: #include <a>\n");
  EXPECT_EQ(draw(std::string_view("\0#\0include\0<a>\n\0\n#include <b\0>\n", 31)),
            std::string_view("1: #include <a>\n3: #include <b\0>\n", 33));
  EXPECT_EQ(draw("#define \xc3\xa9 1\n"), "1: #define \xc3\xa9 1\n");
  EXPECT_EQ(draw(""), "");
  EXPECT_EQ(draw("#"), "");
  EXPECT_EQ(draw("#include"), "1: #include\n");
  EXPECT_EQ(draw("#include <a"), "1: #include <a\n");
  EXPECT_EQ(draw("#include \"a"), "1: #include \"a\n");
  EXPECT_EQ(draw("#endif\n#else\n#if\n#define\n#define 3\n#undef\n#ifdef\n"), "3: #if\n7: #ifdef\n");
}

TEST(SourceLexer, ReadsFalseRegionsAsAnyOther) {
  EXPECT_EQ(draw("#if 0\n"
                 "don't\n"
                 "#error don't /* do\n"
                 "#include <a>\n"
                 "  mov r0, #1 ; can't\n"
                 "#else\n"
                 "#warning won't\n"
                 "#endif\n"),
            "1: #if 0\n4: #include <a>\n6: #else\n8: #endif\n");
}

TEST(SourceLexer, ReadsIncludes) {
  EXPECT_EQ(draw("#include <a//b/*c>\n"
                 "#include \"a\\b.h\" junk\n"
                 "#include MACRO /* c */ ( x )\n"
                 "#include<a>\n"
                 "#include\"a b\"\n"
                 "#import <Foundation/Foundation.h>\n"
                 "#include HEADER(a/b.h)\n"
                 "#embed <data.bin>\n"
                 "#include \"a\n"
                 "#include L\"a\"\n"
                 "#include\n"),
            "1: #include <a//b/*c>\n2: #include \"a\\b.h\"\n3: #include MACRO ( x )\n4: #include <a>\n"
            "5: #include \"a b\"\n6: #import <Foundation/Foundation.h>\n7: #include HEADER(a/b.h)\n"
            "9: #include \"a\n10: #include L\"a\"\n11: #include\n");
}

TEST(SourceLexer, ReadsConditions) {
  EXPECT_EQ(draw("#if(A)\n"
                 "#elif!defined  B /* x */&&/* y */'\\''==L'\"'// z\n"
                 "#elifdef A\n"
                 "#elifndef A\n"
                 "#endif\n"
                 "#if __has_include(<a//b>) || __has_include_next( <c/*> ) || A<B\n"
                 "#endif\n"
                 "#if 1'000 <= 0x1'0\n"
                 "#endif\n"),
            "1: #if (A)\n2: #elif !defined B && '\\''==L'\"'\n3: #elifdef A\n4: #elifndef A\n5: #endif\n"
            "6: #if __has_include(<a//b>) || __has_include_next( <c/*> ) || A<B\n7: #endif\n"
            "8: #if 1'000 <= 0x1'0\n9: #endif\n");
}

TEST(SourceLexer, ReadsDefinitions) {
  EXPECT_EQ(draw("#define A\n"
                 "#define B(x) x\n"
                 "#define C (x)\n"
                 "#define D/**/(x)\n"
                 "#define E( )x\n"
                 "#define F( a , b... ) a ## b #a\n"
                 "#define G(...) __VA_ARGS__\n"
                 "#define H(a) do { a; } while (0) /* x\n"
                 " */\n"
                 "#define I \"a  b\" /* c */ 'd'\n"
                 "#define J(a, \\\n"
                 "          b)   \\\n"
                 "  a\n"
                 "#define K(a b) x\n"
                 "#define L(a,\n"
                 "#define M(a) a __VA_OPT__(,)\n"
                 "#define N+1\n"
                 "#define O _Pragma(\"once\") {}\n"),
            "1: #define A\n2: #define B(x) x\n3: #define C (x)\n4: #define D (x)\n5: #define E() x\n"
            "6: #define F(a,b...) a ## b #a\n7: #define G(...) __VA_ARGS__\n8: #define H(a) …\n"
            "10: #define I \"a  b\" 'd'\n11: #define J(a,b) a\n14: #define K(a …\n15: #define L(a, …\n"
            "16: #define M(a) …\n17: #define N +1\n18: #define O …\n");
  const LexedSource source = lex("#define F(a, b, ...) a b c __VA_ARGS__ ..\n");
  const Directive& directive = source.directives()[0];
  EXPECT_TRUE(directive.is_function_like && directive.is_variadic);
  EXPECT_EQ(directive.parameter_count, 3);
  const auto tokens = source.tokens(directive);
  ASSERT_EQ(tokens.size(), 6U);
  EXPECT_EQ(tokens[1].kind, TokenKind::parameter);
  EXPECT_EQ(tokens[1].at, 1U);
  EXPECT_EQ(source.name(SourceNameId(tokens[2].at)), "c");
  EXPECT_EQ(tokens[3].kind, TokenKind::parameter);
  EXPECT_EQ(tokens[3].at, 2U);
}

TEST(SourceLexer, ReadsPragmas) {
  EXPECT_EQ(draw("#pragma   once\n"
                 "#pragma on\\\n"
                 "ce\n"
                 "#pragma push_macro(\"A\")\n"
                 "# pragma pop_macro ( \"A\" )\n"
                 "#pragma push_macro(A)\n"
                 "#pragma pack(push)\n"
                 "_Pragma(\"once\")\n"
                 "int x; _Pragma ( L\"push_macro(\\\"B\\\")\" ) int y;\n"
                 "const char* s = \"_Pragma(\\\"once\\\")\"; // _Pragma(\"once\")\n"
                 "_Pragma(x)\n"),
            "1: #pragma once\n2: #pragma once\n4: #pragma push_macro(\"A\")\n5: #pragma pop_macro(\"A\")\n"
            "8: #pragma once\n9: #pragma push_macro(\"B\")\n");
}

TEST(SourceLexer, ReadsModules) {
  EXPECT_EQ(draw("module;\n"
                 "#include <a>\n"
                 "export module  a.b : part;\n"
                 "import <vector>;\n"
                 "export import \"x.h\" ;\n"
                 "  import std;\n"
                 "import :other [[x]];\n"
                 "export  import c.d;\n"
                 "module e;\n"
                 "module :private;\n"
                 "import = 3;\n"
                 "import(x);\n"
                 "module->f(); module x;\n"
                 "imports x;\n"
                 "export class y;\n"
                 "import module;\n"
                 "// import z;\n"
                 "module a b;\n"),
            "2: #include <a>\n3: module a.b:part\n4: import <vector>\n5: import \"x.h\"\n6: import std\n"
            "7: import :other\n8: import c.d\n9: module e\n16: import module\n");
}

TEST(SourceLexer, LinksGroups) {
  const LexedSource source = lex("#if A\n#if B\n#else\n#endif\n#elif C\n#else\n#endif\n#ifdef D\n#if E\n");
  std::string next;
  for (const Directive& directive : source.directives()) next += fmt::format(" {}", directive.next);
  EXPECT_EQ(next, " 4 2 3 0 5 6 0 9 9");
}

std::string guard_of(std::string_view text) {
  const LexedSource source = lex(text);
  return source.guard() ? std::string(source.name(*source.guard())) : "none";
}

TEST(SourceLexer, FindsGuards) {
  EXPECT_EQ(guard_of("// c\n#ifndef A\n#define A\n#include <a>\n#endif\n"), "A");
  EXPECT_EQ(guard_of("#if !defined(A)\n#endif // A\n"), "A");
  EXPECT_EQ(guard_of("#if ! defined A\n#if B\n#else\n#endif\n#endif\n"), "A");
  EXPECT_EQ(guard_of("#pragma once\n#ifndef A\n#endif\n"), "A");
  EXPECT_EQ(guard_of("int x;\n#ifndef A\n#endif\nint x;\n"), "A") << "what declares twice includes nothing twice";
  EXPECT_EQ(guard_of("#ifndef A\n#else\n#endif\n"), "none");
  EXPECT_EQ(guard_of("#ifndef A\n#endif\n#include <a>\n"), "none");
  EXPECT_EQ(guard_of("#include <a>\n#ifndef A\n#endif\n"), "none");
  EXPECT_EQ(guard_of("#ifndef A\n#endif\n#ifndef A\n#endif\n"), "none");
  EXPECT_EQ(guard_of("#ifndef A\n"), "none");
  EXPECT_EQ(guard_of("#if !defined(A) && B\n#endif\n"), "none");
  EXPECT_EQ(guard_of("#pragma once\n"), "none");
  EXPECT_EQ(guard_of(""), "none");
}

TEST(SourceLexer, SaysWhatConditionsMention) {
  const LexedSource source = lex("#if defined(A) && B > __has_include(<b>) || A\n#elifdef C\n#endif\n");
  EXPECT_EQ(mentioned_names(source, source.directives()[0]), (std::vector<std::string_view>{"A", "B"}));
  EXPECT_EQ(mentioned_names(source, source.directives()[1]), (std::vector<std::string_view>{"C"}));
  EXPECT_TRUE(mentioned_names(source, source.directives()[2]).empty());
}

TEST(SourceLexer, FindsMarksWithoutVectors) {
  std::string text(300, ' ');
  text.append(scan_padding, '\0');
  const FindMark fastest = choose_find_mark();
  for (const std::string_view mark : {"#", "%:", "/*", "/\\", "R\"", "imp", "mod", "_Pr"}) {
    for (std::size_t at = 0; at < 290; ++at) {
      std::string marked = text;
      marked.replace(at, mark.size(), mark);
      const char* const begin = marked.data();
      EXPECT_EQ(find_mark_plainly(begin, begin + 300), begin + at);
      EXPECT_EQ(fastest(begin, begin + 300), begin + at);
      EXPECT_EQ(fastest(begin, begin + at), begin + at);
    }
  }
}

TEST(SourceLexer, CountsLines) {
  std::string text;
  for (int i = 0; i < 10000; ++i) text += "\n";
  EXPECT_EQ(draw(text + "#include <a>"), "10001: #include <a>\n");
}

TEST(SourceLexer, StandsSizesThatNobodyWrites) {
  const auto many = [](std::string_view part) {
    std::string text;
    while (text.size() < (1U << 22)) text += part;
    return text;
  };
  for (const std::string_view part : {"#",
                                      "# ",
                                      "\\",
                                      "\\\n",
                                      "\\ ",
                                      "\"",
                                      "'",
                                      "/",
                                      "/*",
                                      "*/",
                                      "//",
                                      "/\\\n",
                                      "R\"(",
                                      ")\"",
                                      "_Pragma(",
                                      "import ",
                                      "export ",
                                      "\r",
                                      "#if\n",
                                      "#endif\n",
                                      "#if 1\n#else\n",
                                      "#define A(",
                                      "#define A(a,",
                                      "#include <",
                                      "%:",
                                      "?\?/",
                                      "#define A A\n",
                                      "#ifdef A\\\n",
                                      "1'",
                                      "a",
                                      "a\\\n",
                                      "/**/",
                                      "/* */#\n",
                                      "import a.",
                                      "#pragma once\\\n"}) {
    draw(many(part));
    draw("#define A(" + many(part));
    draw("/*" + many(part));
  }
}

TEST(SourceLexer, RefusesWhatDoesNotFitIn32Bits) {
  const std::string padded = with_padding("");
  const auto source = lex_source(std::string_view(padded.data(), std::size_t{1} << 32));
  ASSERT_FALSE(source.has_value());
  EXPECT_EQ(source.error().message, "this file is 4 GiB or larger");
}

}  // namespace
}  // namespace bulkhead::test
