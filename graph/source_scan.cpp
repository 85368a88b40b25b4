#include "graph/source_scan.h"

#include <algorithm>
#include <array>
#include <string_view>

#if defined(__x86_64__) && defined(__GNUC__)
#include <immintrin.h>
#define BULKHEAD_HAS_AVX2_TARGET 1
#endif

// A mark is a class of three characters in a row. Each character has a set of classes, one bit each, of which it may be
// the first, the second and the third; where the three sets have a bit in common, there is a mark. The sets are looked
// up by the two halves of the character, as in "Validating UTF-8 In Less Than One Instruction Per Byte" (Keiser,
// Lemire, 2020), which is exact where a class has one character, and lets a few others through where it has two.

namespace bulkhead {
namespace {

struct MarkClass {
  std::string_view first;
  std::string_view second;  // empty: any
  std::string_view third;   // empty: any
};

constexpr std::array<MarkClass, 7> mark_classes = {{
    {"#", "", ""},
    {"/", "*\\", ""},
    {"R", "\"\\", ""},
    {"%", ":\\", ""},
    {"i", "m", "p"},
    {"m", "o", "d"},
    {"_", "P", "r"},
}};

struct HalfTables {
  std::array<std::uint8_t, 16> low{};
  std::array<std::uint8_t, 16> high{};

  [[nodiscard]] constexpr std::uint8_t classes_of(unsigned char c) const { return low[c & 15U] & high[c >> 4U]; }
};

constexpr HalfTables make_half_tables(std::string_view MarkClass::*place) {
  HalfTables tables;
  for (std::size_t i = 0; i < mark_classes.size(); ++i) {
    const auto bit = static_cast<std::uint8_t>(1U << i);
    const std::string_view characters = mark_classes[i].*place;
    for (std::size_t half = 0; half < 16; ++half) {
      const bool any = characters.empty();
      const auto has = [&](unsigned shift) {
        return std::any_of(characters.begin(), characters.end(),
                           [=](char c) { return ((static_cast<unsigned char>(c) >> shift) & 15U) == half; });
      };
      if (any || has(0)) tables.low[half] |= bit;
      if (any || has(4)) tables.high[half] |= bit;
    }
  }
  return tables;
}

constexpr HalfTables first_tables = make_half_tables(&MarkClass::first);
constexpr HalfTables second_tables = make_half_tables(&MarkClass::second);
constexpr HalfTables third_tables = make_half_tables(&MarkClass::third);

constexpr std::array<std::uint8_t, 256> whole_table(const HalfTables& halves) {
  std::array<std::uint8_t, 256> table{};
  for (std::size_t c = 0; c < table.size(); ++c) table[c] = halves.classes_of(static_cast<unsigned char>(c));
  return table;
}

constexpr auto first_classes = whole_table(first_tables);
constexpr auto second_classes = whole_table(second_tables);
constexpr auto third_classes = whole_table(third_tables);

#ifdef BULKHEAD_HAS_AVX2_TARGET

__attribute__((target("avx2"))) inline __m256i load_twice(const std::array<std::uint8_t, 16>& table) {
  return _mm256_broadcastsi128_si256(_mm_loadu_si128(reinterpret_cast<const __m128i*>(table.data())));
}

__attribute__((target("avx2"))) inline __m256i classes_at(const char* at, __m256i low, __m256i high) {
  const __m256i halves = _mm256_set1_epi8(15);
  const __m256i bytes = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(at));
  return _mm256_and_si256(_mm256_shuffle_epi8(low, _mm256_and_si256(bytes, halves)),
                          _mm256_shuffle_epi8(high, _mm256_and_si256(_mm256_srli_epi16(bytes, 4), halves)));
}

__attribute__((target("avx2"))) const char* find_mark_avx2(const char* at, const char* end) {
  const __m256i first_low = load_twice(first_tables.low);
  const __m256i first_high = load_twice(first_tables.high);
  const __m256i second_low = load_twice(second_tables.low);
  const __m256i second_high = load_twice(second_tables.high);
  const __m256i third_low = load_twice(third_tables.low);
  const __m256i third_high = load_twice(third_tables.high);
  for (; at < end; at += 32) {
    const __m256i classes = _mm256_and_si256(
        _mm256_and_si256(classes_at(at, first_low, first_high), classes_at(at + 1, second_low, second_high)),
        classes_at(at + 2, third_low, third_high));
    const auto none =
        static_cast<std::uint32_t>(_mm256_movemask_epi8(_mm256_cmpeq_epi8(classes, _mm256_setzero_si256())));
    if (none != 0xffff'ffffU) return std::min(at + __builtin_ctz(~none), end);
  }
  return end;
}

#endif

}  // namespace

const char* find_mark_plainly(const char* at, const char* end) {
  const auto byte = [](const char* c) { return static_cast<unsigned char>(*c); };
  for (; at < end; ++at) {
    if ((first_classes[byte(at)] & second_classes[byte(at + 1)] & third_classes[byte(at + 2)]) != 0) return at;
  }
  return end;
}

FindMark choose_find_mark() {
#ifdef BULKHEAD_HAS_AVX2_TARGET
  if (__builtin_cpu_supports("avx2")) return find_mark_avx2;
#endif
  return find_mark_plainly;
}

std::uint32_t count_line_feeds(const char* begin, const char* end) {
  std::uint32_t count = 0;
#ifdef BULKHEAD_HAS_AVX2_TARGET
  // SSE2, which every x86-64 has. Of each block the comparisons give -1 for a line feed; up to 255 fit into a byte.
  const __m128i feed = _mm_set1_epi8('\n');
  while (end - begin >= 16) {
    __m128i counts = _mm_setzero_si128();
    for (int i = 0; i < 255 && end - begin >= 16; ++i, begin += 16) {
      const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(begin));
      counts = _mm_sub_epi8(counts, _mm_cmpeq_epi8(bytes, feed));
    }
    const __m128i sums = _mm_sad_epu8(counts, _mm_setzero_si128());
    count += static_cast<std::uint32_t>(_mm_cvtsi128_si64(sums) + _mm_extract_epi16(sums, 4));
  }
#endif
  return count + static_cast<std::uint32_t>(std::count(begin, end, '\n'));
}

}  // namespace bulkhead
