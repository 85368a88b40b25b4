#include "graph/include_scan.h"

#include <algorithm>
#include <filesystem>
#include <map>
#include <memory>
#include <mutex>
#include <system_error>
#include <tuple>
#include <unordered_map>
#include <utility>

#include "graph/include_units.h"
#include "graph/parallel.h"
#include "graph/preprocessor.h"

namespace bulkhead {
namespace {

// Which part a file belongs to, asked once for each file.
class Parts {
 public:
  Parts(const IncludeScanInput& input, SourceFiles& files) : input_(input), files_(files) {}

  /// The part's index, or -1.
  std::int32_t of(FileId file) {
    {
      const std::lock_guard lock(mutex_);
      if (file.value() < known_.size() && known_[file.value()] != unasked) return known_[file.value()];
    }
    const std::int32_t part = ask(file);
    const std::lock_guard lock(mutex_);
    if (known_.size() <= file.value()) known_.resize(file.value() + std::size_t{1000}, unasked);
    known_[file.value()] = part;
    return part;
  }
  bool is_wanted(std::int32_t part) const { return part >= 0 && input_.wanted[static_cast<std::size_t>(part)]; }

  [[nodiscard]] std::string canonical(FileId file) const {
    std::string buffer;
    return std::string(input_.paths.normalise(files_.path(file), buffer));
  }

 private:
  static constexpr std::int32_t unasked = -2;

  std::int32_t ask(FileId file) {
    if (files_.path(file).front() != '/') return -1;  // a prelude
    std::string buffer;
    auto part = input_.part_of(input_.paths.normalise(files_.path(file), buffer));
    // A path that leads into a part by a link belongs to it all the same.
    if (!part && files_.real_path(file) != files_.path(file)) {
      part = input_.part_of(input_.paths.normalise(files_.real_path(file), buffer));
    }
    return part ? static_cast<std::int32_t>(*part) : -1;
  }

  const IncludeScanInput& input_;
  SourceFiles& files_;
  std::mutex mutex_;
  std::vector<std::int32_t> known_;
};

// The file part of a header's name.
std::string_view base_name(std::string_view name) {
  return name.substr(name.rfind('/') + 1);
}

// What includes could reach, whatever their conditions are.
class Closure {
 public:
  Closure(const IncludeScanInput& input, SourceFiles& files, Parts& parts, IncludeGaps& gaps, HeaderSearch& search)
      : input_(input), files_(files), parts_(parts), gaps_(gaps), search_(search) {}

  /// True when a file of a wanted part, or an include whose name only a walk can tell, may be reached from these.
  bool may_reach(std::span<const FileId> starts) {
    queue_.assign(starts.begin(), starts.end());
    ++round_;
    for (const FileId start : starts) mark(start);
    bool reaches = false;
    for (std::size_t next = 0; next < queue_.size(); ++next) {
      const FileId file = queue_[next];
      // Behind the first file of a part it is the part's own affair; but its headers may include the project's again.
      const LexedSource& source = files_.lexed(file);
      const auto directives = source.directives();
      for (std::uint32_t i = 0; i < directives.size(); ++i) {
        const Directive& directive = directives[i];
        if (!is_include(directive.kind)) continue;
        if (directive.form == IncludeForm::tokens) {
          reaches = true;
          continue;
        }
        const HeaderName header{source.operand(directive), directive.form};
        if (directive.kind == DirectiveKind::include_next) {
          for (const FileId next_file : search_.find_next(header.name)) reaches = reach(next_file) || reaches;
        }
        const HeaderSearch::Found& found = search_.find(file, i, header);
        if (found.file) {
          reaches = reach(*found.file) || reaches;
        } else {
          note_missing(header);
        }
      }
    }
    return reaches;
  }

 private:
  // Whether it belongs to a wanted part, when it is met for the first time.
  bool reach(FileId file) {
    if (!mark(file)) return false;
    queue_.push_back(file);
    return parts_.is_wanted(parts_.of(file));
  }

  bool mark(FileId file) {
    if (rounds_.size() <= file.value()) rounds_.resize(file.value() + std::size_t{1000}, 0);
    return std::exchange(rounds_[file.value()], round_) != round_;
  }

  void note_missing(const HeaderName& header) {
    if (input_.unmade.empty() || !input_.unmade.contains(std::string(base_name(header.name)))) return;
    gaps_.add(IncludeGap::missing_header, std::string(header.name));
  }

  const IncludeScanInput& input_;
  SourceFiles& files_;
  Parts& parts_;
  IncludeGaps& gaps_;
  HeaderSearch& search_;
  std::vector<FileId> queue_;
  std::vector<std::uint32_t> rounds_;  // by FileId
  std::uint32_t round_ = 0;
};

// Edges by line and file, from several sources.
class Edges {
 public:
  using Key = std::tuple<std::size_t, IncludeStep, std::string>;

  void add(IncludeEdge edge) {
    Key key{edge.part, edge.place, edge.file};
    auto [found, is_new] = edges_.try_emplace(std::move(key), std::move(edge));
    if (!is_new) join(found->second, std::move(edge));
  }
  void add(Edges&& others) {
    for (auto& [key, edge] : others.edges_) add(std::move(edge));
  }
  [[nodiscard]] std::vector<IncludeEdge> take() {
    std::vector<IncludeEdge> sorted;
    for (auto& [key, edge] : edges_) {
      std::sort(edge.targets.begin(), edge.targets.end());
      edge.targets.erase(std::unique(edge.targets.begin(), edge.targets.end()), edge.targets.end());
      sorted.push_back(std::move(edge));
    }
    return sorted;
  }

 private:
  static void join(IncludeEdge& known, IncludeEdge&& other) {
    known.targets.insert(known.targets.end(), other.targets.begin(), other.targets.end());
    known.source_count += other.source_count;
    const bool is_better = other.is_certain != known.is_certain       ? other.is_certain
                           : other.chain.size() != known.chain.size() ? other.chain.size() < known.chain.size()
                                                                      : other.chain < known.chain;
    if (is_better) {
      known.is_certain = other.is_certain;
      known.conditions = std::move(other.conditions);
      known.chain = std::move(other.chain);
    }
  }

  std::map<Key, IncludeEdge> edges_;
};

// Walks sources, one after the other. One per thread.
class Walker {
 public:
  Walker(const IncludeScanInput& input, SourceFiles& files, Parts& parts, IncludeGaps& gaps)
      : input_(input), files_(files), parts_(parts), gaps_(gaps) {
    resolver_.enter = [this](const IncludeSite& site) { return enter(site); };
    resolver_.has_header = [this](const HeaderName& header, const OpenSource& from) {
      if (header.form == IncludeForm::none) return Truth::unknown;
      return truth_of(search_->find(from, header).file.has_value());
    };
  }

  /// `recorded`: what the last build has included, sorted; null when nobody knows.
  void walk(const IncludeUnit& unit, const CompileEnvironment& environment, HeaderSearch& search,
            const std::vector<std::string>* recorded) {
    unit_ = &unit;
    search_ = &search;
    recorded_ = recorded;
    found_.clear();
    std::vector<SourceEntry> preludes;
    for (const FileId prelude : environment.preludes) preludes.push_back(files_.entry_of(prelude));
    const WalkResult result = preprocessor_.walk(preludes, files_.entry_of(unit.file), resolver_);
    if (!result.is_complete || result.has_bounded) gaps_.add(IncludeGap::too_much_work, parts_.canonical(unit.file));
    if (recorded != nullptr) add_unfound(unit);
  }

  [[nodiscard]] Edges& edges() { return edges_; }

 private:
  std::optional<SourceEntry> enter(const IncludeSite& site) {
    const FileId from(site.from().id.value());
    if (site.kind == DirectiveKind::import_module) return std::nullopt;
    if (site.problem == IncludeProblem::unknown_name) {
      if (site.truth != Truth::no && parts_.of(from) < 0) {
        gaps_.add(IncludeGap::unknown_name, parts_.canonical(from) + ':' + std::to_string(site.directive().line));
      }
      return std::nullopt;
    }
    if (site.problem != IncludeProblem::none || site.header.form == IncludeForm::none) return std::nullopt;
    const bool is_plain = site.directive().form != IncludeForm::tokens && !site.header.is_next;
    const HeaderSearch::Found found =
        is_plain ? search_->find(from, site.from().directive, site.header) : search_->find(site.from(), site.header);
    if (!found.file) return std::nullopt;
    const std::int32_t part = parts_.of(*found.file);
    if (parts_.is_wanted(part) && recorded_ != nullptr) found_.insert(parts_.canonical(*found.file));
    if (parts_.is_wanted(part) && parts_.of(from) < 0) add_edge(site, *found.file, static_cast<std::size_t>(part));
    return found.entry();
  }

  void add_edge(const IncludeSite& site, FileId file, std::size_t part) {
    std::string header = parts_.canonical(file);
    bool is_certain = site.truth == Truth::yes;
    if (recorded_ != nullptr) {
      if (!std::binary_search(recorded_->begin(), recorded_->end(), header)) return;
      is_certain = true;
    }
    IncludeEdge edge{.part = part,
                     .place = {parts_.canonical(FileId(site.from().id.value())), site.directive().line},
                     .name = std::string(site.header.name),
                     .file = std::move(header),
                     .is_certain = is_certain,
                     .targets = {unit_->target},
                     .source_count = 1};
    for (const OpenSource& open : site.open) {
      edge.chain.push_back({parts_.canonical(FileId(open.id.value())), open.source->directives()[open.directive].line});
    }
    const LexedSource& source = *site.from().source;
    for (const GuardingCondition& condition : site.conditions) {
      const Directive& branch = source.directives()[condition.branch];
      IncludeCondition shown{
          {edge.place.file, branch.line}, directive_text(source, branch), {}, condition.truth == Truth::yes};
      for (const std::uint32_t at : {condition.opening, condition.branch}) {
        for (const std::string_view name : mentioned_names(source, source.directives()[at])) {
          shown.names.emplace_back(name);
        }
        if (condition.opening == condition.branch) break;
      }
      edge.conditions.push_back(std::move(shown));
    }
    edges_.add(std::move(edge));
  }

  // What the last build has included, and the walk did not come across, by whatever way: what a part's header includes
  // is the part's affair.
  void add_unfound(const IncludeUnit& unit) {
    for (const std::string& path : *recorded_) {
      const auto part = input_.part_of(path);
      if (!part || !input_.wanted[*part] || found_.contains(path)) continue;
      const IncludeStep source{parts_.canonical(unit.file), 0};
      edges_.add({.part = *part,
                  .place = source,
                  .name = std::string(base_name(path)),
                  .file = path,
                  .is_certain = true,
                  .chain = {source},
                  .targets = {unit.target},
                  .source_count = 1});
    }
  }

  const IncludeScanInput& input_;
  SourceFiles& files_;
  Parts& parts_;
  IncludeGaps& gaps_;
  Preprocessor preprocessor_;
  IncludeResolver resolver_;
  Edges edges_;
  const IncludeUnit* unit_ = nullptr;
  HeaderSearch* search_ = nullptr;
  const std::vector<std::string>* recorded_ = nullptr;
  std::set<std::string> found_;  // files of wanted parts, where there is a record
};

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
    IncludeUnits found = find_include_units(input_.groups, input_.toolchains, input_.paths, files_, gaps_);
    environments_ = std::move(found.environments);
    units_ = std::move(found.units);
    // A module's source in a target of the core is an edge of its own.
    std::erase_if(units_, [this](const IncludeUnit& unit) { return parts_.of(unit.file) >= 0; });
    IncludeScan scan;
    scan.source_count = units_.size();
    Edges edges = look();
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

  Edges look() {
    std::vector<Slice> slices;
    constexpr std::size_t most_units = 64;
    for (std::size_t begin = 0; begin < units_.size();) {
      std::size_t end = begin;
      while (end < units_.size() && end - begin < most_units && units_[end].environment == units_[begin].environment)
        ++end;
      slices.push_back({begin, end});
      begin = end;
    }
    std::vector<std::unique_ptr<Walker>> walkers(std::max<std::size_t>(1, input_.thread_count));
    for (auto& walker : walkers) walker = std::make_unique<Walker>(input_, files_, parts_, gaps_);
    for_each_slice(slices.size(), 1, walkers.size(), [&](std::size_t worker, std::size_t begin, std::size_t end) {
      for (std::size_t i = begin; i < end; ++i) look_at(slices[i], *walkers[worker]);
    });
    Edges edges;
    for (auto& walker : walkers) edges.add(std::move(walker->edges()));
    return edges;
  }

  void look_at(const Slice& slice, Walker& walker) {
    const CompileEnvironment& environment = environments_[units_[slice.begin].environment];
    HeaderSearch search(files_, environment.path);
    Closure closure(input_, files_, parts_, gaps_, search);
    // First all of them together: most have nothing to do with any part.
    std::vector<FileId> starts(environment.preludes);
    std::vector<std::size_t> open;
    std::vector<std::optional<std::vector<std::string>>> records(slice.end - slice.begin);
    for (std::size_t i = slice.begin; i < slice.end; ++i) {
      records[i - slice.begin] = read_record(units_[i]);
      if (records[i - slice.begin] && !has_wanted(*records[i - slice.begin])) continue;
      open.push_back(i);
      starts.push_back(units_[i].file);
    }
    if (open.empty() || !closure.may_reach(starts)) return;
    for (const std::size_t i : open) {
      const auto& record = records[i - slice.begin];
      starts.assign(environment.preludes.begin(), environment.preludes.end());
      starts.push_back(units_[i].file);
      if (!record && open.size() > 1 && !closure.may_reach(starts)) continue;
      walker.walk(units_[i], environment, search, record ? &*record : nullptr);
    }
  }

  [[nodiscard]] bool has_wanted(const std::vector<std::string>& files) const {
    return std::any_of(files.begin(), files.end(), [this](const std::string& file) {
      const auto part = input_.part_of(file);
      return part && input_.wanted[*part];
    });
  }

  // What the last build has included for a source, sorted, where that still holds.
  std::optional<std::vector<std::string>> read_record(const IncludeUnit& unit) {
    if (input_.record == nullptr) return std::nullopt;
    const std::vector<RecordId> records = input_.record->find(input_.name_of(unit.target), files_.path(unit.file));
    if (records.empty()) return std::nullopt;
    std::vector<std::string> files;
    std::string buffer;
    for (const RecordId id : records) {
      if ((*input_.record)[id].state != RecordState::current) return std::nullopt;
      for (const StringId dependency : input_.record->dependencies(id)) {
        files.emplace_back(input_.paths.normalise((*input_.record)[dependency], input_.paths.build_root(), buffer));
      }
    }
    std::sort(files.begin(), files.end());
    ++recorded_count_;
    return files;
  }

  const IncludeScanInput& input_;
  SourceFiles files_;
  IncludeGaps gaps_;
  Parts parts_;
  std::vector<CompileEnvironment> environments_;
  std::vector<IncludeUnit> units_;  // by environment
  std::atomic<std::size_t> recorded_count_ = 0;
};

}  // namespace

IncludeScan scan_includes(const IncludeScanInput& input) {
  return Scan(input).run();
}

}  // namespace bulkhead
