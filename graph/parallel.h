// Work shared among threads.
#pragma once

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <thread>
#include <vector>

namespace bulkhead {

/// Calls `work(worker, begin, end)` for slices of [0, count) until all are done, on up to `thread_count` threads, the
/// calling one included. `worker` counts from 0; a worker's calls do not overlap. Slices go to whoever is free.
template <class Work>
void for_each_slice(std::size_t count, std::size_t slice_size, std::size_t thread_count, Work&& work) {
  std::atomic<std::size_t> next = 0;
  const auto run = [&](std::size_t worker) {
    for (;;) {
      const std::size_t begin = next.fetch_add(slice_size, std::memory_order_relaxed);
      if (begin >= count) return;
      work(worker, begin, std::min(begin + slice_size, count));
    }
  };
  const std::size_t useful =
      std::clamp<std::size_t>((count + slice_size - 1) / slice_size, 1, std::max<std::size_t>(thread_count, 1));
  std::vector<std::jthread> threads;
  for (std::size_t worker = 1; worker < useful; ++worker) threads.emplace_back(run, worker);
  run(0);
}

}  // namespace bulkhead
