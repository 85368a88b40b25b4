// Parts of a check, timed by Google Benchmark on the recorded LLVM reply and on generated projects.

#include <benchmark/benchmark.h>
#include <stdlib.h>

#include <cstdio>
#include <filesystem>
#include <stdexcept>
#include <string>

#include "auditor/audit.h"
#include "auditor/modules.h"
#include "auditor/policy.h"
#include "graph/build_tree.h"
#include "tests/bench/reply_generator.h"

namespace bulkhead {
namespace {

namespace fs = std::filesystem;

/// Build trees that live as long as the program.
class Trees {
 public:
  static Trees& instance() {
    static Trees trees;
    return trees;
  }

  const fs::path& llvm() {
    if (!llvm_.empty()) return llvm_;
    llvm_ = root_ / "llvm";
    const fs::path api = llvm_ / ".cmake" / "api" / "v1";
    fs::create_directories(api);
    const std::string command = "cd '" + api.string() +
                                "' && '" BULKHEAD_CMAKE_COMMAND "' -E tar xf '" BULKHEAD_TEST_DIRECTORY
                                "/replies/llvm/19.1.7-full-3.25-Ninja.tar.zst'";
    if (std::system(command.c_str()) != 0) throw std::runtime_error("cannot unpack the LLVM reply");
    return llvm_;
  }

  fs::path generated(std::uint32_t targets) {
    const fs::path build = root_ / std::to_string(targets);
    if (!fs::exists(build)) bench::generate_reply({.targets = targets, .edges = targets * 10}, build);
    return build;
  }

 private:
  Trees() {
    std::string name = (fs::temp_directory_path() / "bulkhead-bench-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("mkdtemp failed");
    root_ = name;
  }
  ~Trees() {
    std::error_code ignored;
    fs::remove_all(root_, ignored);
  }

  fs::path root_;
  fs::path llvm_;
};

Policy llvm_policy() {
  return read_policy(BULKHEAD_TEST_DIRECTORY "/replies/llvm/bulkhead.toml").value();
}

void read_llvm(benchmark::State& state) {
  const fs::path& build = Trees::instance().llvm();
  for (auto _ : state) {
    auto tree = read_build_tree(build, {.threads = static_cast<std::size_t>(state.range(0))});
    benchmark::DoNotOptimize(tree);
  }
}
BENCHMARK(read_llvm)->ArgName("threads")->Arg(1)->Arg(2)->Unit(benchmark::kMillisecond)->UseRealTime();

void map_modules_of_llvm(benchmark::State& state) {
  const auto tree = read_build_tree(Trees::instance().llvm(), {});
  const Policy policy = llvm_policy();
  for (auto _ : state) {
    ModuleMap modules(tree->graphs.front(), policy, {});
    benchmark::DoNotOptimize(modules);
  }
}
BENCHMARK(map_modules_of_llvm)->Unit(benchmark::kMillisecond);

void audit_llvm(benchmark::State& state) {
  const auto tree = read_build_tree(Trees::instance().llvm(), {});
  const Policy policy = llvm_policy();
  for (auto _ : state) {
    auto report = audit(*tree, policy, {});
    benchmark::DoNotOptimize(report);
  }
}
BENCHMARK(audit_llvm)->Unit(benchmark::kMillisecond);

// Reading and auditing together; the complexity that is printed should be O(N).
void check_generated(benchmark::State& state) {
  const fs::path build = Trees::instance().generated(static_cast<std::uint32_t>(state.range(0)));
  const Policy policy = read_policy(build / "bulkhead.toml").value();
  for (auto _ : state) {
    const auto tree = read_build_tree(build, {});
    auto report = audit(*tree, policy, {});
    benchmark::DoNotOptimize(report);
  }
  state.SetComplexityN(state.range(0));
}
BENCHMARK(check_generated)
    ->ArgName("targets")
    ->RangeMultiplier(10)
    ->Range(1000, 100000)
    ->Unit(benchmark::kMillisecond)
    ->UseRealTime()
    ->Complexity(benchmark::oN);

}  // namespace
}  // namespace bulkhead

BENCHMARK_MAIN();
