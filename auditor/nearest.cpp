#include "auditor/nearest.h"

#include <algorithm>
#include <cstddef>
#include <vector>

namespace bulkhead {
namespace {

// In thirds of an edit, so that "near enough" is `cost <= length`.
constexpr std::size_t edit_cost = 3;
constexpr std::size_t case_cost = 1;

char to_lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

std::size_t replacement_cost(char a, char b) {
  if (a == b) return 0;
  return to_lower(a) == to_lower(b) ? case_cost : edit_cost;
}

// Damerau-Levenshtein in its "optimal string alignment" form: a swapped pair is not edited again. Three rows suffice,
// because a swap looks two rows back.
std::size_t distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> before_previous(b.size() + 1);
  std::vector<std::size_t> previous(b.size() + 1);
  std::vector<std::size_t> current(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) current[j] = j * edit_cost;

  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::swap(before_previous, previous);
    std::swap(previous, current);
    current[0] = i * edit_cost;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t replaced = previous[j - 1] + replacement_cost(a[i - 1], b[j - 1]);
      const std::size_t moved = std::min(previous[j], current[j - 1]) + edit_cost;
      current[j] = std::min(replaced, moved);
      if (i < 2 || j < 2 || a[i - 1] == b[j - 1]) continue;
      const std::size_t first = replacement_cost(a[i - 2], b[j - 1]);
      const std::size_t second = replacement_cost(a[i - 1], b[j - 2]);
      if (first > case_cost || second > case_cost) continue;
      current[j] = std::min(current[j], before_previous[j - 2] + edit_cost + first + second);
    }
  }
  return current[b.size()];
}

}  // namespace

std::optional<std::string_view> nearest(std::string_view word, std::span<const std::string_view> known) {
  std::optional<std::string_view> best;
  std::size_t best_distance = 0;
  for (const std::string_view candidate : known) {
    const std::size_t longer = std::max(word.size(), candidate.size());
    const std::size_t shorter = std::min(word.size(), candidate.size());
    // Each byte of difference in length costs an edit: spares the table, and bounds it for absurdly long words.
    if ((longer - shorter) * edit_cost > longer) continue;
    const std::size_t found = distance(word, candidate);
    if (found > longer) continue;
    if (best && (found > best_distance || (found == best_distance && candidate >= *best))) continue;
    best = candidate;
    best_distance = found;
  }
  return best;
}

}  // namespace bulkhead
