#include "graph/include_scan.h"

#include <algorithm>
#include <atomic>
#include <memory>
#include <system_error>
#include <utility>

#include "graph/include_closure.h"
#include "graph/include_parts.h"
#include "graph/include_units.h"
#include "graph/include_walker.h"
#include "graph/parallel.h"
#include "graph/recorded_includes.h"

namespace bulkhead {
namespace {

class Scan {
 public:
  explicit Scan(const IncludeScanInput& input) : input_(input), files_(lex_options(input)), parts_(input, files_) {}

  IncludeScan run() {
    std::optional<LexedCache> cache;
    if (!input_.cache.empty()) {
      const LexOptions options = lex_options(input_);
      files_.use(cache.emplace(input_.cache, input_.paths.build_root(), options.has_trigraphs ? "trigraphs" : ""));
    }
    std::error_code ignored;
    if (!std::filesystem::is_directory(input_.paths.source_root(), ignored)) {
      gaps_.add(IncludeGap::no_sources, input_.paths.source_root());
      return {.edges = {}, .gaps = gaps_.counts()};
    }
    IncludeUnits found =
        find_include_units(input_.groups, input_.toolchains, input_.paths, files_, gaps_, input_.thread_count);
    environments_ = std::move(found.environments);
    units_ = std::move(found.units);
    unread_ = std::move(found.unread);
    // A module's source in a target of the core is an edge of its own.
    std::erase_if(units_, [this](const IncludeUnit& unit) { return parts_.of(unit.file) >= 0; });
    std::erase_if(unread_, [this](const UnreadSource& source) {
      std::string buffer;
      return input_.part_of(input_.paths.normalise(source.path, buffer)).has_value();
    });
    IncludeScan scan;
    scan.source_count = units_.size() + unread_.size();
    IncludeEdges edges = look();
    scan.edges = edges.take();
    for (const std::string& path : files_.unreadable()) gaps_.add(IncludeGap::unreadable, path);
    scan.gaps = gaps_.counts();
    scan.recorded_count = recorded_count_;
    scan.file_count = files_.lexed_count();
    scan.byte_count = files_.lexed_bytes();
    if (cache) {
      if (auto saved = cache->save(); !saved) scan.cache_failure = std::move(saved.error());
    }
    return scan;
  }

 private:
  // Trigraphs are read as soon as one group has them: they hardly occur by accident.
  static LexOptions lex_options(const IncludeScanInput& input) {
    const bool has = std::any_of(input.groups.begin(), input.groups.end(), [](const CompileGroup& group) {
      return std::find(group.words.begin(), group.words.end(), "-trigraphs") != group.words.end();
    });
    return {.has_trigraphs = has};
  }

  // Several slices for one environment, where it has many sources.
  struct Slice {
    std::size_t begin;
    std::size_t end;
  };

  IncludeEdges look() {
    std::vector<Slice> slices;
    constexpr std::size_t most_units = 64;
    for (std::size_t begin = 0; begin < units_.size();) {
      std::size_t end = begin;
      while (end < units_.size() && end - begin < most_units && units_[end].environment == units_[begin].environment)
        ++end;
      slices.push_back({begin, end});
      begin = end;
    }
    std::vector<std::unique_ptr<IncludeWalker>> walkers(std::max<std::size_t>(1, input_.thread_count));
    for (auto& walker : walkers) walker = std::make_unique<IncludeWalker>(input_, files_, parts_, gaps_);
    for_each_slice(slices.size(), 1, walkers.size(), [&](std::size_t worker, std::size_t begin, std::size_t end) {
      for (std::size_t i = begin; i < end; ++i) {
        look_at(slices[i], *walkers[worker]);
        done_ += slices[i].end - slices[i].begin;
        if (input_.progress) input_.progress(done_, units_.size());
      }
    });
    for (const UnreadSource& source : unread_) look_at(source, *walkers.front());
    IncludeEdges edges;
    for (auto& walker : walkers) edges.add(std::move(walker->edges()));
    return edges;
  }

  void look_at(const Slice& slice, IncludeWalker& walker) {
    const CompileEnvironment& environment = environments_[units_[slice.begin].environment];
    HeaderSearch search(files_, environment.path);
    IncludeClosure closure(input_, files_, parts_, gaps_, search);
    std::vector<std::size_t> unrecorded;
    for (std::size_t i = slice.begin; i < slice.end; ++i) {
      if (const auto record = read_record(units_[i].target, files_.path(units_[i].file)); !record) {
        unrecorded.push_back(i);
      } else if (parts_.has_wanted(record->files)) {
        walker.walk(units_[i], environment, search, &*record);
      }
    }
    // First all of them together: most have nothing to do with any part.
    std::vector<FileId> starts(environment.preludes);
    for (const std::size_t i : unrecorded) starts.push_back(units_[i].file);
    if (unrecorded.empty() || !closure.may_reach(starts)) return;
    for (const std::size_t i : unrecorded) {
      starts.assign(environment.preludes.begin(), environment.preludes.end());
      starts.push_back(units_[i].file);
      if (unrecorded.size() > 1 && !closure.may_reach(starts)) continue;
      walker.walk(units_[i], environment, search, nullptr);
    }
  }

  std::optional<RecordedIncludes> read_record(TargetId target, std::string_view source) {
    auto recorded = recorded_includes(input_, target, source);
    if (recorded) ++recorded_count_;
    return recorded;
  }

  // Where no compiler can be asked, the last build may know all the same.
  void look_at(const UnreadSource& source, IncludeWalker& walker) {
    if (const auto record = read_record(source.target, source.path)) {
      walker.take(source.target, source.path, *record);
      return;
    }
    std::string buffer;
    gaps_.add(source.gap, std::string(input_.paths.normalise(source.path, buffer)));
  }

  const IncludeScanInput& input_;
  SourceFiles files_;
  IncludeGaps gaps_;
  IncludeParts parts_;
  std::vector<CompileEnvironment> environments_;
  std::vector<IncludeUnit> units_;  // by environment
  std::vector<UnreadSource> unread_;
  std::atomic<std::size_t> recorded_count_ = 0;
  std::atomic<std::size_t> done_ = 0;
};

}  // namespace

IncludeScan scan_includes(const IncludeScanInput& input) {
  return Scan(input).run();
}

}  // namespace bulkhead
