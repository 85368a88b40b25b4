// Random choices that are the same on every machine.
#pragma once

#include <cstdint>
#include <random>
#include <utility>
#include <vector>

namespace bulkhead::test {

/// std::mt19937 is the same everywhere, the standard library's distributions are not.
class Chance {
 public:
  explicit Chance(std::uint32_t seed) : engine_(seed) {}

  /// One of 0 … count - 1. `count` is small against 2^32, so it hardly matters that the last ones are rarer.
  [[nodiscard]] std::size_t below(std::size_t count) { return engine_() % count; }

  template <class T>
  [[nodiscard]] const T& pick(const std::vector<T>& list) {
    return list[below(list.size())];
  }
  template <class T>
  void shuffle(std::vector<T>& list) {
    for (std::size_t i = list.size(); i > 1; --i) std::swap(list[i - 1], list[below(i)]);
  }

 private:
  std::mt19937 engine_;
};

}  // namespace bulkhead::test
