#include "graph/depfile.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/support/process.h"
#include "tests/support/temporary_directory.h"

namespace bulkhead::test {
namespace {

// `<target> <target> : <dependency>…`; of an error "line:column: message".
std::string parse(std::string_view text) {
  const auto depfile = parse_depfile(text, "a.d");
  if (!depfile) {
    const Location& place = depfile.error().location;
    EXPECT_EQ(place.file, "a.d");
    return fmt::format("{}:{}: {}", place.line, place.column, depfile.error().message);
  }
  std::string drawn;
  for (const IndexRange target : depfile->targets) drawn += fmt::format("<{}> ", depfile->path(target));
  drawn += ":";
  for (const IndexRange path : depfile->dependencies) drawn += fmt::format(" <{}>", depfile->path(path));
  return drawn;
}

TEST(Depfile, ReadsWhatCompilersWrite) {
  EXPECT_EQ(parse("CMakeFiles/core.dir/a.cpp.o: /s/a.cpp \\\n /usr/include/stdc-predef.h /s/sub/../a.h \\\n /s/b.h\n"),
            "<CMakeFiles/core.dir/a.cpp.o> : </s/a.cpp> </usr/include/stdc-predef.h> </s/sub/../a.h> </s/b.h>");
  EXPECT_EQ(parse("a.o: \\\n /s/a.cpp\n"), "<a.o> : </s/a.cpp>");
  EXPECT_EQ(parse("a.o: b \\\n\n"), "<a.o> : <b>");
  EXPECT_EQ(parse("a.o:\n"), "<a.o> :");
  EXPECT_EQ(parse(""), ":");
  EXPECT_EQ(parse("\n \n"), ":");
}

TEST(Depfile, ReadsSeveralTargets) {
  EXPECT_EQ(parse("a.o a.d: b\n"), "<a.o> <a.d> : <b>");
  EXPECT_EQ(parse("a.o \\\n a.d : b\n"), "<a.o> <a.d> : <b>");
  EXPECT_EQ(parse("a.o: b\na.gcm: c\n"), "<a.o> <a.gcm> : <b> <c>");
}

TEST(Depfile, LeavesOutPhonyLines) {
  EXPECT_EQ(parse("a.o: b.h c.h\nb.h:\n\nc.h:\n"), "<a.o> : <b.h> <c.h>");
  EXPECT_EQ(parse("# written by hand\na.o: b.h # c\n"), "<a.o> : <b.h> <#> <c>");
}

TEST(Depfile, ReadsTheLineBreaksOfWindows) {
  EXPECT_EQ(parse("a.o: b \\\r\n c\r\nb:\r\n"), "<a.o> : <b> <c>");
  EXPECT_EQ(parse("a.o: b\rc\n"), "<a.o> : <b\rc>");
}

TEST(Depfile, TellsColons) {
  EXPECT_EQ(parse("C:\\b\\a.o: C:/s/a.cpp D:\\s\\a.h\n"), "<C:\\b\\a.o> : <C:/s/a.cpp> <D:\\s\\a.h>");
  EXPECT_EQ(parse("a:b.o: c:d\n"), "<a:b.o> : <c:d>");
  EXPECT_EQ(parse("a\\:b.o: c\\:d e:\n"), "<a:b.o> : <c:d> <e:>");
  EXPECT_EQ(parse("a.o:\\\n b\n"), "<a.o> : <b>");
  EXPECT_EQ(parse("a.o :b c\n"), "1:1: expected `:` behind the targets of this line");
}

TEST(Depfile, ResolvesEscapes) {
  EXPECT_EQ(parse("a.o: with\\ blank tab\\\tulator\n"), "<a.o> : <with blank> <tab\tulator>");
  EXPECT_EQ(parse("a.o: a$$b a$b $$\n"), "<a.o> : <a$b> <a$b> <$>");
  EXPECT_EQ(parse("a.o: a\\#b a#b a\\\\#b\n"), "<a.o> : <a#b> <a#b> <a\\#b>");
  EXPECT_EQ(parse("a.o: a\\b a\\\\b a\\*\n"), "<a.o> : <a\\b> <a\\\\b> <a\\*>");
  // Before a blank they count in pairs.
  EXPECT_EQ(parse("a.o: a\\\\ b\n"), "<a.o> : <a\\> <b>");
  EXPECT_EQ(parse("a.o: a\\\\\\ b\n"), "<a.o> : <a\\ b>");
  EXPECT_EQ(parse("a.o: a\\\\\\\\ b\n"), "<a.o> : <a\\\\> <b>");
  EXPECT_EQ(parse("a.o: a\\\\\\\\\\ b\n"), "<a.o> : <a\\\\ b>");
  EXPECT_EQ(parse("with\\ blank.o: a\\\n"), "2:1: this file ends in the middle of a line");
  EXPECT_EQ(parse("with\\ blank.o: a\\\\\n\n"), "<with blank.o> : <a\\>") << "the last one joins the lines";
}

TEST(Depfile, SaysWhereItIsDamaged) {
  const std::string text = "a.o: b.h \\\n c.h\n";
  for (std::size_t size = 1; size < text.size(); ++size) {
    EXPECT_NE(parse(text.substr(0, size)).find("in the middle of a line"), std::string::npos) << size;
  }
  EXPECT_EQ(parse("a.o: b"), "1:7: this file ends in the middle of a line");
  EXPECT_EQ(parse("# a"), "1:4: this file ends in the middle of a line");
  EXPECT_EQ(parse("a.o: b\nc d\n"), "2:1: expected `:` behind the targets of this line");
  EXPECT_EQ(parse(": b\n"), "1:1: expected a target before the `:`");
  EXPECT_EQ(parse(std::string_view("a.o: b\0c\n", 9)), "1:7: a NUL byte, which no text has");
}

TEST(Depfile, StandsSizesThatNobodyWrites) {
  std::string many = "a.o:";
  for (int i = 0; i < 200'000; ++i) many += " \\\n b\\ c";
  EXPECT_EQ(parse_depfile(many + "\n", "a.d")->dependencies.size(), 200'000U);
  EXPECT_EQ(parse("a.o: " + std::string(1U << 22, '\\') + " b\n").size(), (1U << 21) + 14);
}

// What compilers write of names that Makefiles cannot have as they are.
class LiveDepfile : public testing::TestWithParam<const char*> {};

TEST_P(LiveDepfile, ReadsOddNames) {
  const std::string compiler = GetParam();
  if (run({compiler, "--version"}).status != 0) GTEST_SKIP() << "there is no " << compiler;
  const TemporaryDirectory directory;
  std::vector<std::string> names = {"plain.h",  "with blank.h", "hash#.h",    "dollar$.h",
                                    "co:lon.h", "blank end .h", "per%cent.h", "quote'.h"};
  // Clang writes `/` for a backslash, and a tab as it is: names that have one are lost.
  if (compiler == "g++") {
    names.insert(names.end(), {"back\\slash.h", "a\\ b.h", "a\\\\ b.h", "c\\#d.h", "tab\t.h"});
  }
  std::string source;
  std::string expected = " : <odd name.cpp>";
  for (const std::string& name : names) {
    write_file(directory / name, "");
    source += "#include \"" + name + "\"\n";
    expected += " <" + name + ">";
  }
  write_file(directory / "odd name.cpp", source);
  for (const char* const phony : {"-MD", "-MP"}) {
    const ProcessResult compiled = run({compiler, "-w", "-nostdinc", "-ffreestanding", "-MD", phony, "-MT", "a.o",
                                        "-MF", "a.d", "-c", "-o", "a.o", "odd name.cpp"},
                                       {.directory = directory.path().string()});
    ASSERT_EQ(compiled.status, 0) << compiled.err;
    std::string text = parse(read_file(directory / "a.d"));
    const std::string predefined = " </usr/include/stdc-predef.h>";
    if (const std::size_t at = text.find(predefined); at != std::string::npos) text.erase(at, predefined.size());
    EXPECT_EQ(text, "<a.o>" + expected) << read_file(directory / "a.d");
  }
}

INSTANTIATE_TEST_SUITE_P(Compilers, LiveDepfile, testing::Values("g++", "clang++"),
                         [](const auto& test) { return std::string(test.param) == "g++" ? "Gcc" : "Clang"; });

}  // namespace
}  // namespace bulkhead::test
