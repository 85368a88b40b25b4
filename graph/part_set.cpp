#include "graph/part_set.h"

#include <algorithm>
#include <bit>

namespace bulkhead {
namespace {

constexpr std::size_t word_bits = 64;

}  // namespace

bool PartSet::contains(std::size_t part) const {
  const std::size_t word = part / word_bits;
  return word < words_.size() && ((words_[word] >> (part % word_bits)) & 1) != 0;
}

void PartSet::add(std::size_t part) {
  const std::size_t word = part / word_bits;
  if (words_.size() <= word) words_.resize(word + 1, 0);
  words_[word] |= std::uint64_t{1} << (part % word_bits);
}

void PartSet::add(const PartSet& others) {
  if (words_.size() < others.words_.size()) words_.resize(others.words_.size(), 0);
  for (std::size_t i = 0; i < others.words_.size(); ++i) words_[i] |= others.words_[i];
}

void PartSet::keep(const PartSet& others) {
  words_.resize(std::min(words_.size(), others.words_.size()));
  for (std::size_t i = 0; i < words_.size(); ++i) words_[i] &= others.words_[i];
  trim();
}

void PartSet::remove(const PartSet& others) {
  for (std::size_t i = 0; i < std::min(words_.size(), others.words_.size()); ++i) words_[i] &= ~others.words_[i];
  trim();
}

std::vector<std::size_t> PartSet::parts() const {
  std::vector<std::size_t> parts;
  for (std::size_t i = 0; i < words_.size(); ++i) {
    for (std::uint64_t rest = words_[i]; rest != 0; rest &= rest - 1) {
      parts.push_back(i * word_bits + static_cast<std::size_t>(std::countr_zero(rest)));
    }
  }
  return parts;
}

void PartSet::trim() {
  while (!words_.empty() && words_.back() == 0) words_.pop_back();
}

PartSet common(const PartSet& a, const PartSet& b) {
  PartSet both = a;
  both.keep(b);
  return both;
}

PartSet without(const PartSet& a, const PartSet& b) {
  PartSet rest = a;
  rest.remove(b);
  return rest;
}

std::size_t PartSetPool::intern(const PartSet& set) {
  const std::lock_guard lock(mutex_);
  const auto [found, is_new] = numbers_.try_emplace(set, sets_.size());
  if (is_new) sets_.push_back(&found->first);
  return found->second;
}

const PartSet& PartSetPool::operator[](std::size_t number) const {
  const std::lock_guard lock(mutex_);
  return *sets_[number];
}

}  // namespace bulkhead
