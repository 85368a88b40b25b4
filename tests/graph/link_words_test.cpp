#include "graph/link_words.h"

#include <gtest/gtest.h>

#include <vector>

namespace bulkhead {
namespace {

using Words = std::vector<std::string>;

Words words_of(std::string_view fragment) {
  Words words;
  for_each_word(fragment, [&words](std::string_view word) { words.emplace_back(word); });
  return words;
}

Words link_words_of(std::string_view fragment) {
  Words words;
  for_each_link_word(fragment, [&words](std::string_view word) { words.emplace_back(word); });
  return words;
}

// "D:TEXT" for a definition, "I:TEXT" for an include directory, "F:TEXT" for a file.
Words compile_words_of(const std::vector<std::string_view>& fragments) {
  Words words;
  CompileWords reader;
  for (const std::string_view fragment : fragments) {
    reader.read(fragment, [&words](CompileWord kind, std::string_view word) {
      const char* const mark = kind == CompileWord::definition ? "D:" : kind == CompileWord::file ? "F:" : "I:";
      words.push_back(mark + std::string(word));
    });
  }
  return words;
}
Words compile_words_of(std::string_view fragment) {
  return compile_words_of(std::vector{fragment});
}

TEST(Words, AreSplitAtBlanks) {
  EXPECT_EQ(words_of(""), Words{});
  EXPECT_EQ(words_of(" \t\n"), Words{});
  EXPECT_EQ(words_of("a"), Words{"a"});
  EXPECT_EQ(words_of("  a\tb\n c "), (Words{"a", "b", "c"}));
}

TEST(Words, LoseTheirQuotes) {
  EXPECT_EQ(words_of(R"("a b" c)"), (Words{"a b", "c"}));
  EXPECT_EQ(words_of(R"('a b'c d)"), (Words{"a bc", "d"}));
  EXPECT_EQ(words_of(R"(a\ b)"), Words{"a b"});
  EXPECT_EQ(words_of(R"(-DX=\"v\")"), Words{R"(-DX="v")"});
  EXPECT_EQ(words_of(R"("it's" 'say "x"')"), (Words{"it's", R"(say "x")"}));
  EXPECT_EQ(words_of(R"('a\b')"), Words{R"(a\b)"});
  EXPECT_EQ(words_of(R"("a\"b")"), Words{R"(a"b)"});
  EXPECT_EQ(words_of(R"("" x)"), (Words{"", "x"}));
}

TEST(Words, EndWithTheFragmentHoweverMalformed) {
  EXPECT_EQ(words_of(R"("a b)"), Words{"a b"});
  EXPECT_EQ(words_of(R"(a\)"), Words{R"(a\)"});
  EXPECT_EQ(words_of("'"), Words{""});
}

TEST(LinkWords, AreLibrariesInEverySpelling) {
  EXPECT_EQ(link_words_of("-lfoo"), Words{"-lfoo"});
  EXPECT_EQ(link_words_of("-l foo"), Words{"-lfoo"});
  EXPECT_EQ(link_words_of("-l:libfoo.a"), Words{"-l:libfoo.a"});
  EXPECT_EQ(link_words_of("core/libcore.a /usr/lib/libz.so foo.lib"),
            (Words{"core/libcore.a", "/usr/lib/libz.so", "foo.lib"}));
  EXPECT_EQ(link_words_of("-framework Metal"), Words{"-lMetal"});
  EXPECT_EQ(link_words_of("\"/opt/my libs/liba.a\" -lz"), (Words{"/opt/my libs/liba.a", "-lz"}));
}

TEST(LinkWords, AreFoundInsideTheLinkersOwnOptions) {
  EXPECT_EQ(link_words_of("-Wl,--push-state,--as-needed,libx.a,--pop-state"), Words{"libx.a"});
  EXPECT_EQ(link_words_of("-Wl,--whole-archive opt/libopt.a -Wl,--no-whole-archive"), Words{"opt/libopt.a"});
  EXPECT_EQ(link_words_of("-Wl,-lfoo,--start-group,a/b.o"), (Words{"-lfoo", "a/b.o"}));
  EXPECT_EQ(link_words_of("-Wl,"), Words{});
  EXPECT_EQ(link_words_of("-Wl,,,"), Words{});
}

TEST(LinkWords, AreNoValuesOfOtherOptions) {
  EXPECT_EQ(link_words_of("-L /opt/lib.d -lfoo"), Words{"-lfoo"});
  EXPECT_EQ(link_words_of("-L/opt/lib.d"), Words{});
  EXPECT_EQ(link_words_of("-Wl,-rpath,/opt/lib:/usr/lib.d"), Words{});
  EXPECT_EQ(link_words_of("-Wl,-rpath -Wl,/opt/lib -lfoo"), Words{"-lfoo"});
  EXPECT_EQ(link_words_of("-Wl,-rpath,/opt/lib: opt/libopt.so"), Words{"opt/libopt.so"});
  EXPECT_EQ(link_words_of("-Wl,-soname,libcore.so.1"), Words{});
  EXPECT_EQ(link_words_of("-O3 -DNDEBUG -rdynamic -Wl,-z,now"), Words{});
  EXPECT_EQ(link_words_of("-isysroot /Applications/SDK.sdk -arch arm64"), Words{});
  EXPECT_EQ(link_words_of("-l"), Words{});
  EXPECT_EQ(link_words_of("-pthread plainword"), Words{});
}

TEST(CompileWords, AreDefinitions) {
  EXPECT_EQ(compile_words_of("-DUSE_X"), Words{"D:USE_X"});
  EXPECT_EQ(compile_words_of("-DUSE_X=1 -O3"), Words{"D:USE_X=1"});
  EXPECT_EQ(compile_words_of("-D USE_X"), Words{"D:USE_X"});
  EXPECT_EQ(compile_words_of("\"-D USE_X\""), Words{"D: USE_X"});
  EXPECT_EQ(compile_words_of(R"(-DTEXT='"quoted text"')"), Words{R"(D:TEXT="quoted text")"});
  EXPECT_EQ(compile_words_of(R"(-DNAME=\"v\")"), Words{R"(D:NAME="v")"});
  EXPECT_EQ(compile_words_of("-D"), Words{});
}

TEST(CompileWords, AreIncludeDirectories) {
  EXPECT_EQ(compile_words_of("-I/opt/include"), Words{"I:/opt/include"});
  EXPECT_EQ(compile_words_of("-I /opt/include"), Words{"I:/opt/include"});
  EXPECT_EQ(compile_words_of("-isystem /opt/x -iquote y -idirafter z"), (Words{"I:/opt/x", "I:y", "I:z"}));
  EXPECT_EQ(compile_words_of("-isystem/opt/x -iquotey"), (Words{"I:/opt/x", "I:y"}));
  EXPECT_EQ(compile_words_of("-isystem \"/opt/my include\""), Words{"I:/opt/my include"});
  EXPECT_EQ(compile_words_of("-isystem"), Words{});
}

// CMake writes "SHELL:-isystem /opt/x" as two fragments.
TEST(CompileWords, MayStandInTwoFragments) {
  EXPECT_EQ(compile_words_of({"-isystem", "/opt/x", "-DUSE_X"}), (Words{"I:/opt/x", "D:USE_X"}));
  EXPECT_EQ(compile_words_of({"-O3 -D", "USE_X", "USE_Y"}), Words{"D:USE_X"});
}

TEST(CompileWords, AreNothingElse) {
  EXPECT_EQ(compile_words_of("-std=gnu++20 -Wall -O3 -g"), Words{});
  EXPECT_EQ(compile_words_of("-includedir config.h -imultilib x"), Words{});
  EXPECT_EQ(compile_words_of("-isysroot /sdk -fPIC"), Words{});
}

TEST(LinkWords, NameTheFilesOfOptions) {
  EXPECT_EQ(link_words_of("-Wl,--version-script=/s/opt/x.map"), Words{"/s/opt/x.map"});
  EXPECT_EQ(link_words_of("-Wl,--dynamic-list=opt/x.list,--as-needed"), Words{"opt/x.list"});
  EXPECT_EQ(link_words_of("-Wl,--version-script,opt/x.map"), Words{"opt/x.map"});
  EXPECT_EQ(link_words_of("-T /s/opt/x.ld"), Words{"/s/opt/x.ld"});
  EXPECT_EQ(link_words_of("-Wl,-T -Wl,opt/x.ld"), Words{"opt/x.ld"});
  EXPECT_EQ(link_words_of("-T/s/opt/x.ld"), Words{"/s/opt/x.ld"});
  EXPECT_EQ(link_words_of("-fprofile-use=/s/opt/x.profile @opt/words"), (Words{"/s/opt/x.profile", "opt/words"}));
}

TEST(LinkWords, AreNoFilesThatAreWrittenOrLookedForLater) {
  EXPECT_EQ(link_words_of("-Wl,-rpath=/s/opt/lib -Wl,-Map=out/x.map -Wl,--out-implib=a/b.lib"), Words{});
  EXPECT_EQ(link_words_of("-Wl,-soname=a/libx.so.1 -march=armv8.2-a -Wl,-Ttext=0x1000"), Words{});
}

TEST(CompileWords, NameTheFilesThatAreIncludedAhead) {
  EXPECT_EQ(compile_words_of("-include /s/opt/i.h -imacros opt/m.h"), (Words{"F:/s/opt/i.h", "F:opt/m.h"}));
  EXPECT_EQ(compile_words_of(std::vector<std::string_view>{"-include", "a.h"}), Words{"F:a.h"});
  EXPECT_EQ(compile_words_of("--include=a.h -DX"), (Words{"F:a.h", "D:X"}));
}

}  // namespace
}  // namespace bulkhead
