// Joins what the build system says of the objects with what their compilers said, and asks the files for their times.

#include <algorithm>
#include <filesystem>
#include <map>
#include <utility>

#include "graph/build_record.h"
#include "graph/file_times.h"
#include "graph/makefile_objects.h"
#include "graph/source_paths.h"

namespace bulkhead {
namespace {

namespace fs = std::filesystem;

bool is_precompiled(std::string_view object) {
  return object.ends_with(".gch") || object.ends_with(".pch");
}

// Collects the records of one tree, and judges them.
class RecordJoiner {
 public:
  RecordJoiner(const fs::path& build, std::size_t thread_count)
      : build_(build), root_(build.lexically_normal().string()), paths_(root_, root_), thread_count_(thread_count) {}

  // What only judging needs to know of a record.
  struct Sources {
    IndexRange inputs{};                  // into inputs_: what the build system knows that the object is made of
    OptionalStringId written_with{};      // the depfile, which has a time of its own
    std::optional<std::int64_t> mtime{};  // the object's, as ninja recorded it
    bool is_recorded = false;
  };

  StringId intern(std::string_view raw, std::string_view base) {
    return parts_.strings.intern(paths_.normalise(raw, base, buffer_));
  }
  StringId intern(std::string_view raw) { return intern(raw, root_); }
  StringId intern_name(std::string_view name) { return parts_.strings.intern(name); }
  void add_input(StringId path) { inputs_.push_back(path); }
  void add_dependency(StringId path) { parts_.dependencies.push_back(path); }
  void expect_dependencies(std::size_t count) { parts_.dependencies.reserve(count); }
  // With the inputs and dependencies that were added since the last one.
  void add(ObjectRecord record, Sources sources);
  // A file that is written anew when commands may have changed.
  void set_commands(StringId path) { commands_ = path; }

  // Links each object to the precompiled header among its inputs.
  void link_precompiled();
  Result<BuildRecord> finish();

 private:
  void judge(ObjectRecord& record, const Sources& sources, const FileTimes& times) const;
  [[nodiscard]] std::span<const StringId> inputs(const Sources& sources) const {
    return std::span(inputs_).subspan(sources.inputs.begin, sources.inputs.size());
  }
  [[nodiscard]] std::span<const StringId> dependencies(const ObjectRecord& record) const {
    return std::span(parts_.dependencies).subspan(record.dependencies.begin, record.dependencies.size());
  }

  fs::path build_;
  std::string root_;
  SourcePaths paths_;
  std::size_t thread_count_;
  BuildRecordParts parts_;
  std::vector<Sources> sources_;  // one for each record
  std::vector<StringId> inputs_;
  OptionalStringId commands_;
  std::string buffer_;
};

void RecordJoiner::add(ObjectRecord record, Sources sources) {
  const std::uint32_t first_dependency = parts_.records.empty() ? 0 : parts_.records.back().dependencies.end;
  const std::uint32_t first_input = sources_.empty() ? 0 : sources_.back().inputs.end;
  record.dependencies = {first_dependency, static_cast<std::uint32_t>(parts_.dependencies.size())};
  sources.inputs = {first_input, static_cast<std::uint32_t>(inputs_.size())};
  parts_.records.push_back(record);
  sources_.push_back(sources);
}

void RecordJoiner::link_precompiled() {
  std::map<StringId, RecordId> headers;
  for (std::size_t i = 0; i < parts_.records.size(); ++i) {
    const StringId object = parts_.records[i].object;
    if (is_precompiled(parts_.strings[object])) headers.emplace(object, RecordId(i));
  }
  if (headers.empty()) return;
  for (std::size_t i = 0; i < parts_.records.size(); ++i) {
    for (const StringId input : inputs(sources_[i])) {
      if (const auto found = headers.find(input); found != headers.end()) parts_.records[i].precompiled = found->second;
    }
  }
}

void RecordJoiner::judge(ObjectRecord& record, const Sources& sources, const FileTimes& times) const {
  const std::int64_t made = times[record.object];
  const auto own = dependencies(record);
  if (made == 0) {
    record.state = RecordState::unbuilt;
    return;
  }
  record.state = RecordState::unrecorded;
  if (!sources.is_recorded || std::find(own.begin(), own.end(), record.source) == own.end()) return;
  if (sources.mtime && made > *sources.mtime) {
    record.state = RecordState::outdated;
    return;
  }
  // A file that changed after the compiler had listed it, and before the object was there, counts as newer.
  const std::int64_t limit = sources.written_with ? std::min(made, times[*sources.written_with]) : made;
  for (const auto files : {inputs(sources), own}) {
    for (const StringId path : files) {
      if (times[path] != 0 && times[path] <= limit) continue;
      record.state = times[path] == 0 ? RecordState::gone : RecordState::changed;
      record.cause = path;
      return;
    }
  }
  const bool is_confirmed = !commands_ || times[*commands_] <= made;
  record.state = is_confirmed ? RecordState::current : RecordState::unconfirmed;
}

Result<BuildRecord> RecordJoiner::finish() {
  const auto times = FileTimes::read(build_, parts_.strings, thread_count_);
  if (!times) return tl::unexpected(times.error());
  for (std::size_t i = 0; i < parts_.records.size(); ++i) judge(parts_.records[i], sources_[i], *times);
  // What an object has from its precompiled header holds as long as that does.
  for (ObjectRecord& record : parts_.records) {
    if (!record.precompiled || record.state > RecordState::unconfirmed) continue;
    const ObjectRecord& header = parts_.records[(*record.precompiled).value()];
    if (header.state <= record.state) continue;
    record.state = header.state;
    record.cause = header.cause;
  }
  return BuildRecord(build_, std::move(parts_));
}

// A rule that compiles for a target: `CXX_COMPILER__core_unscanned_Release`.
constexpr std::string_view compiler_mark = "_COMPILER__";

// The target in the name of such a rule, where the object's path does not tell. CMake writes other characters than
// letters, digits, `_` and `-` as `.2b`. Paths without names are there since CMake 4.2, and `_unscanned_` since 3.28.
std::string target_of_rule(std::string_view rule) {
  rule.remove_prefix(rule.find(compiler_mark) + compiler_mark.size());
  for (const std::string_view mark : {"_unscanned_", "_scanned_"}) {
    const std::size_t end = rule.rfind(mark);
    if (end == std::string_view::npos) continue;
    const auto value_of = [](char digit) { return digit <= '9' ? digit - '0' : digit - 'a' + 10; };
    std::string target;
    for (std::size_t i = 0; i < end; ++i) {
      if (rule[i] == '.' && i + 2 < end) {
        target.push_back(static_cast<char>(value_of(rule[i + 1]) * 16 + value_of(rule[i + 2])));
        i += 2;
      } else {
        target.push_back(rule[i]);
      }
    }
    return target;
  }
  return {};
}

// The directory that the compilers of a target run in: what is above `CMakeFiles/<target>.dir`.
std::string_view working_directory(std::string_view target_directory) {
  for (int levels = 0; levels < 2; ++levels) {
    target_directory = target_directory.substr(0, std::min(target_directory.rfind('/'), target_directory.size()));
  }
  return target_directory;
}

}  // namespace

Result<BuildRecord> read_ninja_record(const fs::path& build, const NinjaBuild& ninja, const DepsLog& log,
                                      std::size_t thread_count) {
  RecordJoiner joiner(build, thread_count);
  joiner.set_commands(joiner.intern("build.ninja"));
  joiner.expect_dependencies(log.dependencies.size());
  std::vector<OptionalStringId> from_log(log.paths.size());  // a path of the log, as it is known here
  for (const NinjaStatement& statement : ninja.statements) {
    const std::string_view rule = ninja.strings[statement.rule];
    if (rule.find(compiler_mark) == std::string_view::npos || statement.inputs.size() == 0) continue;
    const std::string_view output = ninja.strings[ninja.paths[statement.outputs.begin]];
    const std::string_view target = target_of_object(output);
    const StringId object = joiner.intern(output);
    const StringId source = joiner.intern(ninja.strings[ninja.paths[statement.inputs.begin]]);
    const StringId name = joiner.intern_name(target.empty() ? target_of_rule(rule) : target);
    for (std::uint32_t i = statement.inputs.begin; i < statement.inputs.end; ++i) {
      joiner.add_input(joiner.intern(ninja.strings[ninja.paths[i]]));
    }
    RecordJoiner::Sources sources;
    if (const DepsLogRecord* const record = log.find(output)) {
      sources.is_recorded = true;
      sources.mtime = record->mtime;
      for (const StringId path : log.dependencies_of(*record)) {
        OptionalStringId& known = from_log[path.value()];
        if (!known) known = joiner.intern(log.paths[path]);
        joiner.add_dependency(*known);
      }
    }
    joiner.add({.object = object, .source = source, .target = name}, sources);
  }
  joiner.link_precompiled();
  return joiner.finish();
}

Result<std::optional<BuildRecord>> read_makefile_record(const fs::path& build, std::size_t thread_count) {
  const auto read = read_makefile_objects(build, thread_count);
  if (!read) return tl::unexpected(read.error());
  if (!*read) return std::nullopt;
  // Who is compiled with a header names it, and so does what is made of it.
  std::map<std::string_view, std::string_view> precompiled;
  for (const MakefileObject& object : **read) {
    if (!is_precompiled(object.object)) continue;
    for (const std::string& header : object.headers) precompiled.emplace(header, object.object);
  }
  RecordJoiner joiner(build, thread_count);
  for (const MakefileObject& made : **read) {
    const StringId object = joiner.intern(made.object);
    const StringId source = joiner.intern(made.source);
    joiner.add_input(source);
    for (const std::string& header : made.headers) {
      joiner.add_input(joiner.intern(header));
      const auto found = precompiled.find(header);
      if (found != precompiled.end() && found->second != made.object) joiner.add_input(joiner.intern(found->second));
    }
    for (const char* const file : {"/flags.make", "/compiler_depend.ts"}) {
      joiner.add_input(joiner.intern(made.target_directory + file));
    }
    RecordJoiner::Sources sources;
    if (made.contents) {
      sources.is_recorded = true;
      sources.written_with = joiner.intern(made.depfile);
      const std::string_view base = working_directory(made.target_directory);
      for (const IndexRange range : made.contents->dependencies) {
        joiner.add_dependency(joiner.intern(made.contents->path(range), base));
      }
    }
    joiner.add({.object = object, .source = source, .target = joiner.intern_name(made.target)}, sources);
  }
  joiner.link_precompiled();
  auto record = joiner.finish();
  if (!record) return tl::unexpected(record.error());
  return std::move(*record);
}

Result<std::optional<BuildRecord>> read_build_record(const fs::path& build, std::string_view generator,
                                                     const std::optional<std::string>& configuration,
                                                     std::size_t thread_count) {
  if (generator == "Unix Makefiles") return read_makefile_record(build, thread_count);
  const bool is_multi = generator == "Ninja Multi-Config";
  if (!is_multi && generator != "Ninja") return std::nullopt;
  const auto ninja = read_ninja_build(build, is_multi ? configuration : std::nullopt);
  if (!ninja) return tl::unexpected(ninja.error());
  if (!*ninja) return std::nullopt;
  const auto log = read_deps_log(build);
  if (!log) return tl::unexpected(log.error());
  const DepsLog no_log;
  auto record = read_ninja_record(build, **ninja, *log ? **log : no_log, thread_count);
  if (!record) return tl::unexpected(record.error());
  return std::move(*record);
}

}  // namespace bulkhead
