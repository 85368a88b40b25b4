#include "graph/parallel.h"

#include <gtest/gtest.h>

#include <mutex>
#include <set>

namespace bulkhead {
namespace {

TEST(ForEachSlice, VisitsEveryIndexExactlyOnce) {
  for (const std::size_t threads : {0U, 1U, 2U, 3U, 8U}) {
    for (const std::size_t slice : {1U, 7U, 16U, 1000U}) {
      for (const std::size_t count : {0U, 1U, 15U, 16U, 17U, 999U}) {
        std::vector<std::atomic<int>> visits(count);
        std::atomic<bool> too_long = false;
        for_each_slice(count, slice, threads, [&](std::size_t, std::size_t begin, std::size_t end) {
          if (end - begin > slice || begin >= end) too_long = true;
          for (std::size_t i = begin; i < end; ++i) ++visits[i];
        });
        EXPECT_FALSE(too_long);
        for (std::size_t i = 0; i < count; ++i) {
          ASSERT_EQ(visits[i], 1) << i << " of " << count << " by " << slice << " on " << threads;
        }
      }
    }
  }
}

TEST(ForEachSlice, KeepsAWorkersCallsApart) {
  constexpr std::size_t threads = 4;
  std::vector<std::atomic<int>> busy(threads);
  std::atomic<bool> overlap = false;
  // Not atomic: the sanitizer for threads sees it when two threads share a worker's number.
  std::vector<std::uint64_t> sums(threads, 0);
  for_each_slice(5'000, 3, threads, [&](std::size_t worker, std::size_t begin, std::size_t end) {
    if (worker >= threads || ++busy[worker] != 1) overlap = true;
    for (std::size_t i = begin; i < end; ++i) sums[worker] += i;
    --busy[worker];
  });
  EXPECT_FALSE(overlap);
  std::uint64_t total = 0;
  for (const std::uint64_t sum : sums) total += sum;
  EXPECT_EQ(total, 5'000ULL * 4'999ULL / 2);
}

TEST(ForEachSlice, UsesTheCallingThreadAlone) {
  const std::thread::id caller = std::this_thread::get_id();
  std::set<std::thread::id> seen;
  for_each_slice(100, 10, 1, [&](std::size_t worker, std::size_t, std::size_t) {
    EXPECT_EQ(worker, 0U);
    seen.insert(std::this_thread::get_id());
  });
  EXPECT_EQ(seen, std::set{caller});
}

TEST(ForEachSlice, StartsNoMoreThreadsThanThereAreSlices) {
  std::mutex mutex;
  std::set<std::size_t> workers;
  for_each_slice(3, 1, 64, [&](std::size_t worker, std::size_t, std::size_t) {
    const std::lock_guard lock(mutex);
    workers.insert(worker);
  });
  EXPECT_LE(workers.size(), 3U);
  EXPECT_LT(*workers.rbegin(), 3U);
}

}  // namespace
}  // namespace bulkhead
