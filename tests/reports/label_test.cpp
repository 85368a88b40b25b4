#include "reports/label.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>

namespace bulkhead {
namespace {

using namespace std::string_literals;

TEST(Label, KeepsWhatCanBeShown) {
  EXPECT_EQ(displayable("core/<a&b>\"\\"), "core/<a&b>\"\\");
  EXPECT_EQ(displayable("gr\u00FC\u00DFe \u6F22\u5B57 \U0001F600"), "gr\u00FC\u00DFe \u6F22\u5B57 \U0001F600");
  EXPECT_EQ(displayable(""), "");
}

TEST(Label, TurnsLayoutIntoSpacesAndControlsIntoReplacements) {
  EXPECT_EQ(displayable("a\nb\tc\rd"), "a b c d");
  EXPECT_EQ(displayable("\x01|\x7F|\x1B[31m"), "\uFFFD|\uFFFD|\uFFFD[31m");
  EXPECT_EQ(displayable("a\0b"s), "a\uFFFDb");
  EXPECT_EQ(displayable("\u0085|\u009F|\u00A0"), "\uFFFD\uFFFD|\uFFFD\uFFFD|\u00A0");
}

TEST(Label, ReplacesEveryByteThatIsNoUtf8) {
  EXPECT_EQ(displayable("\xFF\xFE"), "\uFFFD\uFFFD");
  EXPECT_EQ(displayable("\xC3"), "\uFFFD");                                // cut off
  EXPECT_EQ(displayable("\xC3(x"), "\uFFFD(x");                            // no continuation
  EXPECT_EQ(displayable("\x80x"), "\uFFFDx");                              // continuation first
  EXPECT_EQ(displayable("\xC0\xAF"), "\uFFFD\uFFFD");                      // overlong '/'
  EXPECT_EQ(displayable("\xE0\x80\xAF"), "\uFFFD\uFFFD\uFFFD");            // likewise
  EXPECT_EQ(displayable("\xED\xA0\x80"), "\uFFFD\uFFFD\uFFFD");            // surrogate
  EXPECT_EQ(displayable("\xEF\xBF\xBF"), "\uFFFD\uFFFD\uFFFD");            // U+FFFF, which XML forbids
  EXPECT_EQ(displayable("\xF4\x90\x80\x80"), "\uFFFD\uFFFD\uFFFD\uFFFD");  // above U+10FFFF
}

TEST(Label, CountsCharacters) {
  EXPECT_EQ(length_of(""), 0U);
  EXPECT_EQ(length_of("abc"), 3U);
  EXPECT_EQ(length_of("\u6F22\u5B57"), 2U);
}

TEST(Label, WrapsBehindSeparators) {
  EXPECT_EQ(wrap("src/runtime/cuda/cuda_device_api.cc", 16, 9), "src/runtime/\ncuda/cuda_\ndevice_api.cc");
  EXPECT_EQ(wrap("tvm::runtime::cuda::Device", 15, 9), "tvm::runtime::\ncuda::Device");
  EXPECT_EQ(wrap("llvm-tblgen-host", 12, 9), "llvm-tblgen-\nhost");
}

TEST(Label, LeavesAShortLineAlone) {
  EXPECT_EQ(wrap("core", 4, 1), "core");
  EXPECT_EQ(wrap("a/b", 28, 1), "a/b");
  EXPECT_EQ(wrap("", 28, 1), "");
}

TEST(Label, DoesNotCountTheSpaceAtTheEndOfALine) {
  EXPECT_EQ(wrap("four four four", 9, 9), "four four\nfour");
  EXPECT_EQ(wrap("four four four", 8, 9), "four\nfour\nfour");
}

TEST(Label, KeepsALineNumberWithItsFile) {
  EXPECT_EQ(wrap("lib/Target/CMakeLists.txt:17", 20, 9), "lib/Target/\nCMakeLists.txt:17");
}

TEST(Label, BreaksAWordOnlyWhenItIsLongerThanALine) {
  EXPECT_EQ(wrap("abcdefghij", 4, 9), "abcd\nefgh\nij");
  EXPECT_EQ(wrap("\u6F22\u6F22\u6F22\u6F22\u6F22", 2, 9), "\u6F22\u6F22\n\u6F22\u6F22\n\u6F22");
}

TEST(Label, SaysThatItCutsLines) {
  EXPECT_EQ(wrap("a/b/c/d", 2, 2), "a/\nb/\u2026");
  EXPECT_EQ(wrap("a/b", 2, 2), "a/\nb");
}

TEST(Label, LosesNothingButSpacesAtTheEnds) {
  const std::string text = "one/two_three-four::five six, seven;eight.nine/a_very_long_word_without_an_end_in_sight";
  for (std::size_t width = 1; width < 40; ++width) {
    std::string again;
    const std::string lines = wrap(text, width, 1000);
    std::size_t begin = 0;
    while (begin <= lines.size()) {
      const std::size_t end = std::min(lines.find('\n', begin), lines.size());
      EXPECT_LE(end - begin, width) << lines;
      again += lines.substr(begin, end - begin);
      begin = end + 1;
    }
    std::string expected = text;
    std::erase(expected, ' ');
    std::erase(again, ' ');
    EXPECT_EQ(again, expected);
  }
}

TEST(Label, EscapesForGraphviz) {
  EXPECT_EQ(escape_label("a\\N & <b>\n\"c\""), "a\\\\N &amp; <b>\\n\"c\"");
  EXPECT_EQ(escape_label("a\nb", "\\l"), "a\\lb\\l");
}

TEST(Label, MeasuresWithAWideFont) {
  EXPECT_DOUBLE_EQ(width_of("i"), 0.28);
  EXPECT_DOUBLE_EQ(width_of("W"), 0.99);
  EXPECT_DOUBLE_EQ(width_of("~"), 0.84);
  EXPECT_DOUBLE_EQ(width_of(" "), 0.32);
  EXPECT_DOUBLE_EQ(width_of("\u6F22"), 1.0);
  EXPECT_DOUBLE_EQ(width_of("iWi"), 1.55);
}

}  // namespace
}  // namespace bulkhead
