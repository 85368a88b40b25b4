#include "graph/include_scan.h"

#include <algorithm>
#include <atomic>
#include <map>
#include <memory>
#include <mutex>
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
  explicit Scan(const IncludeScanInput& input)
      : input_(input),
        files_(lex_options(input)),
        parts_(input, files_),
        sets_(std::make_shared<PartSetPool>()),
        gaps_(std::make_shared<IncludeGaps>()) {
    for (std::size_t i = 0; i < input.part_count; ++i) all_.add(i);
  }

  IncludeSurvey run() {
    std::optional<LexedCache> cache;
    if (!input_.cache.empty()) {
      const LexOptions options = lex_options(input_);
      files_.use(cache.emplace(input_.cache, input_.paths.build_root(), options.has_trigraphs ? "trigraphs" : ""));
    }
    IncludeSurvey survey;
    survey.sets = sets_;
    survey.gaps = gaps_;
    std::error_code ignored;
    if (!std::filesystem::is_directory(input_.paths.source_root(), ignored)) {
      gaps_->add(IncludeGap::no_sources, input_.paths.source_root(), all_);
      return survey;
    }
    find_units();
    for (const IncludeUnit& unit : units_) ++survey.tally[(*sets_)[unit.parts]].sources;
    for (const UnreadSource& source : unread_) ++survey.tally[asking(source)].sources;
    IncludeEdges edges = look();
    survey.edges = edges.take();
    for (const std::string& path : files_.unreadable()) gaps_->add(IncludeGap::unreadable, path, all_);
    for (const auto& [parts, count] : recorded_) survey.tally[(*sets_)[parts]].recorded += count;
    survey.file_count = files_.lexed_count();
    survey.byte_count = files_.lexed_bytes();
    if (cache) {
      if (auto saved = cache->save(); !saved) survey.cache_failure = std::move(saved.error());
    }
    return survey;
  }

 private:
  [[nodiscard]] PartSet asking(TargetId target) const { return input_.asking ? input_.asking(target) : all_; }

  [[nodiscard]] PartSet asking(const UnreadSource& source) {
    std::string buffer;
    const std::string path(input_.paths.normalise(source.path, buffer));
    return without(asking(source.target), parts_.of(path).silent);
  }

  void find_units() {
    IncludeUnits found =
        find_include_units(input_.groups, input_.toolchains, input_.paths, files_, input_.thread_count);
    environments_ = std::move(found.environments);
    units_ = std::move(found.units);
    unread_ = std::move(found.unread);
    const std::size_t nothing = sets_->intern({});
    for (IncludeUnit& unit : units_) {
      unit.parts = sets_->intern(without(asking(unit.target), parts_.of(unit.file).silent));
    }
    std::erase_if(units_, [nothing](const IncludeUnit& unit) { return unit.parts == nothing; });
    std::erase_if(unread_, [this](const UnreadSource& source) { return asking(source).empty(); });
    std::stable_sort(units_.begin(), units_.end(), [](const IncludeUnit& a, const IncludeUnit& b) {
      return std::pair(a.environment, a.parts) < std::pair(b.environment, b.parts);
    });
    std::string buffer;
    for (const UnreadSource& source : found.missing) {
      gaps_->add(source.gap, std::string(input_.paths.normalise(source.path, buffer)), asking(source.target));
    }
  }

  // Trigraphs are read as soon as one group has them: they hardly occur by accident.
  static LexOptions lex_options(const IncludeScanInput& input) {
    const bool has = std::any_of(input.groups.begin(), input.groups.end(), [](const CompileGroup& group) {
      return std::find(group.words.begin(), group.words.end(), "-trigraphs") != group.words.end();
    });
    return {.has_trigraphs = has};
  }

  // Several slices for one environment, where it has many sources. The same parts ask for all of them.
  struct Slice {
    std::size_t begin;
    std::size_t end;
  };

  [[nodiscard]] std::vector<Slice> cut_slices() const {
    std::vector<Slice> slices;
    constexpr std::size_t most_units = 64;
    for (std::size_t begin = 0; begin < units_.size();) {
      std::size_t end = begin;
      while (end < units_.size() && end - begin < most_units && units_[end].environment == units_[begin].environment &&
             units_[end].parts == units_[begin].parts)
        ++end;
      slices.push_back({begin, end});
      begin = end;
    }
    return slices;
  }

  IncludeEdges look() {
    const std::vector<Slice> slices = cut_slices();
    std::vector<std::unique_ptr<IncludeWalker>> walkers(std::max<std::size_t>(1, input_.thread_count));
    for (auto& walker : walkers) walker = std::make_unique<IncludeWalker>(input_, files_, parts_, *sets_, *gaps_);
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
    const PartSet& parts = (*sets_)[units_[slice.begin].parts];
    HeaderSearch search(files_, environment.path);
    IncludeClosure closure(input_, files_, parts_, *gaps_, search);
    std::vector<std::size_t> unrecorded;
    for (std::size_t i = slice.begin; i < slice.end; ++i) {
      const auto record = read_record(units_[i].target, files_.path(units_[i].file), units_[i].parts);
      if (!record) {
        unrecorded.push_back(i);
        continue;
      }
      PartSet reached = common(parts_.reached_by(record->files), parts);
      if (!reached.empty()) walker.walk(units_[i], environment, search, &*record, std::move(reached));
    }
    // First all of them together: most have nothing to do with any part.
    std::vector<FileId> starts(environment.preludes);
    for (const std::size_t i : unrecorded) starts.push_back(units_[i].file);
    if (unrecorded.empty()) return;
    const PartSet of_all = closure.find_reached(starts, parts);
    if (of_all.empty()) return;
    for (const std::size_t i : unrecorded) {
      starts.assign(environment.preludes.begin(), environment.preludes.end());
      starts.push_back(units_[i].file);
      PartSet reached = unrecorded.size() > 1 ? closure.find_reached(starts, parts) : of_all;
      if (!reached.empty()) walker.walk(units_[i], environment, search, nullptr, std::move(reached));
    }
  }

  std::optional<RecordedIncludes> read_record(TargetId target, std::string_view source, std::size_t parts) {
    auto recorded = recorded_includes(input_, target, source);
    if (recorded) {
      const std::lock_guard lock(mutex_);
      ++recorded_[parts];
    }
    return recorded;
  }

  // Where no compiler can be asked, the last build may know all the same.
  void look_at(const UnreadSource& source, IncludeWalker& walker) {
    const PartSet parts = asking(source);
    if (const auto record = read_record(source.target, source.path, sets_->intern(parts))) {
      walker.take(source.target, source.path, *record, parts);
      return;
    }
    std::string buffer;
    gaps_->add(source.gap, std::string(input_.paths.normalise(source.path, buffer)), parts);
  }

  const IncludeScanInput& input_;
  SourceFiles files_;
  IncludeParts parts_;
  PartSet all_;
  std::shared_ptr<PartSetPool> sets_;
  std::shared_ptr<IncludeGaps> gaps_;
  std::vector<CompileEnvironment> environments_;
  std::vector<IncludeUnit> units_;  // by environment and parts
  std::vector<UnreadSource> unread_;
  std::mutex mutex_;
  std::map<std::size_t, std::size_t> recorded_;  // how many sources have a record, by the set of parts
  std::atomic<std::size_t> done_ = 0;
};

}  // namespace

IncludeScan IncludeSurvey::extract(std::span<const std::optional<std::size_t>> numbers) const {
  PartSet wanted;
  for (std::size_t part = 0; part < numbers.size(); ++part) {
    if (numbers[part]) wanted.add(part);
  }
  IncludeScan scan;
  IncludeEdges found;
  for (const IncludeEdge& edge : edges) {
    for (const std::size_t part : common((*sets)[edge.part], wanted).parts()) {
      IncludeEdge one = edge;
      one.part = *numbers[part];
      found.add(std::move(one));
    }
  }
  scan.edges = found.take();
  scan.gaps = gaps->counts(wanted);
  for (const auto& [asking, count] : tally) {
    if (common(asking, wanted).empty()) continue;
    scan.source_count += count.sources;
    scan.recorded_count += count.recorded;
  }
  return scan;
}

IncludeSurvey survey_includes(const IncludeScanInput& input) {
  return Scan(input).run();
}

}  // namespace bulkhead
