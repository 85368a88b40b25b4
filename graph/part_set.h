// Sets of the parts that an include scan looks for.
#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <map>
#include <mutex>
#include <vector>

namespace bulkhead {

/// Numbers of parts. Two sets are equal when they hold the same numbers.
class PartSet {
 public:
  /// The empty set.
  PartSet() = default;
  /// The set of one part.
  explicit PartSet(std::size_t part) { add(part); }

  [[nodiscard]] bool empty() const { return words_.empty(); }
  [[nodiscard]] bool contains(std::size_t part) const;
  void add(std::size_t part);
  void add(const PartSet& others);
  /// Leaves what is in both.
  void keep(const PartSet& others);
  void remove(const PartSet& others);
  /// Ascending.
  [[nodiscard]] std::vector<std::size_t> parts() const;

  auto operator<=>(const PartSet&) const = default;

 private:
  void trim();

  std::vector<std::uint64_t> words_;  // the last one is not 0
};

/// What is in both.
[[nodiscard]] PartSet common(const PartSet& a, const PartSet& b);
/// What is in `a` alone.
[[nodiscard]] PartSet without(const PartSet& a, const PartSet& b);

/// Numbers sets, so that things can be sorted and found by them. Synchronised.
class PartSetPool {
 public:
  /// The number of a set; equal sets have the same.
  [[nodiscard]] std::size_t intern(const PartSet& set);
  /// Valid for the life of the pool.
  [[nodiscard]] const PartSet& operator[](std::size_t number) const;

 private:
  mutable std::mutex mutex_;
  std::map<PartSet, std::size_t> numbers_;
  std::deque<const PartSet*> sets_;  // keys of numbers_
};

}  // namespace bulkhead
