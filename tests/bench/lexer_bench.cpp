// The lexer of sources: in memory, by Google Benchmark; and over the files of a tree, with their names on stdin.
//
//   find TREE -name '*.h' | bulkhead_lexer_bench --files [THREADS [ROUNDS]]

#include <benchmark/benchmark.h>

#include <chrono>
#include <cstdio>
#include <iostream>
#include <string>
#include <vector>

#include "graph/file_io.h"
#include "graph/parallel.h"
#include "graph/source_lexer.h"

namespace bulkhead {
namespace {

using Clock = std::chrono::steady_clock;

// Some 200 KB of what headers look like.
std::string typical_source() {
  std::string text;
  for (int i = 0; text.size() < 200'000; ++i) {
    const std::string number = std::to_string(i);
    text += "#include \"llvm/ADT/Header" + number + ".h\"\n";
    for (int j = 0; j < 8; ++j) {
      text +=
          "\n/// Returns the operand of this instruction, if it's a load or a store; else null.\n"
          "/// \\param Index counts from 0.\n"
          "static inline const Value *getOperand" +
          number +
          "(const Instruction &I, unsigned Index) {\n"
          "  assert(Index < I.getNumOperands() && \"no such operand\"); // as above\n"
          "  if (const auto *Load = dyn_cast<LoadInst>(&I)) return Load->getPointerOperand();\n"
          "  return isa<StoreInst>(I) ? I.getOperand(Index) : nullptr; /* not a memory access */\n"
          "}\n";
    }
  }
  return text;
}

void lex_typical_source(benchmark::State& state) {
  std::string text = typical_source();
  const std::size_t size = text.size();
  text.append(scan_padding, '\0');
  SourceLexer lexer;
  for (auto _ : state) {
    auto source = lexer.lex(std::string_view(text).substr(0, size));
    benchmark::DoNotOptimize(source);
  }
  state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations() * size));
}
BENCHMARK(lex_typical_source)->Unit(benchmark::kMicrosecond);

void find_no_mark(benchmark::State& state) {
  std::string text(200'000, 'x');
  const FindMark find = state.range(0) == 0 ? find_mark_plainly : choose_find_mark();
  text.append(scan_padding, '\0');
  for (auto _ : state) benchmark::DoNotOptimize(find(text.data(), text.data() + 200'000));
  state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations() * 200'000));
}
BENCHMARK(find_no_mark)->ArgName("vectors")->Arg(0)->Arg(1)->Unit(benchmark::kMicrosecond);

struct Tally {
  std::size_t bytes = 0;
  std::size_t memory = 0;
  std::size_t directives = 0;
  double reading = 0;  // seconds
  double lexing = 0;
};

// One line for each round: the lexer with the files, and without.
int lex_files(std::size_t thread_count, int rounds) {
  std::vector<std::string> files;
  for (std::string line; std::getline(std::cin, line);) files.push_back(line);
  for (int round = 0; round < rounds; ++round) {
    std::vector<Tally> tallies(thread_count);
    std::vector<LexedSource> sources(files.size());
    const auto begin = Clock::now();
    for_each_slice(files.size(), 64, thread_count, [&](std::size_t worker, std::size_t first, std::size_t last) {
      Tally& tally = tallies[worker];
      FileBuffer buffer;
      SourceLexer lexer;
      for (std::size_t i = first; i < last; ++i) {
        const auto before = Clock::now();
        const auto text = buffer.read(files[i]);
        const auto between = Clock::now();
        if (!text) continue;
        auto source = lexer.lex(*text);
        tally.lexing += std::chrono::duration<double>(Clock::now() - between).count();
        tally.reading += std::chrono::duration<double>(between - before).count();
        tally.bytes += text->size();
        tally.memory += source->memory_size();
        tally.directives += source->directives().size();
        sources[i] = std::move(*source);
      }
    });
    const double wall = std::chrono::duration<double>(Clock::now() - begin).count();
    Tally sum;
    for (const Tally& tally : tallies) {
      sum.bytes += tally.bytes;
      sum.memory += tally.memory;
      sum.directives += tally.directives;
      sum.reading += tally.reading;
      sum.lexing += tally.lexing;
    }
    std::printf(
        "%zu files, %zu bytes, %zu directives, %zu bytes kept: %.3f s, %.0f files/s; of the threads' time %.3f s "
        "reading, %.3f s lexing: %.2f GB/s\n",
        files.size(), sum.bytes, sum.directives, sum.memory, wall, static_cast<double>(files.size()) / wall,
        sum.reading, sum.lexing, static_cast<double>(sum.bytes) / sum.lexing / 1e9);
  }
  return 0;
}

}  // namespace
}  // namespace bulkhead

int main(int argc, char** argv) {
  if (argc > 1 && std::string(argv[1]) == "--files") {
    return bulkhead::lex_files(argc > 2 ? std::stoul(argv[2]) : 2, argc > 3 ? std::stoi(argv[3]) : 1);
  }
  benchmark::Initialize(&argc, argv);
  benchmark::RunSpecifiedBenchmarks();
  return 0;
}
