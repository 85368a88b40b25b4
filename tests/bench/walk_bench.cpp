// Walks translation units as a compiler's preprocessor does, with include directories as compilers search them; prints
// which files each enters, or how long a walk takes.
//
//   bulkhead_walk_bench --files|--time < UNITS
//
// UNITS has a line a unit, of fields that are separated by tabs: the source, the files that stand before it (what the
// compiler predefines, what the command line defines), separated by `;`, and the include directories in order, each
// with `q:` before it for -iquote, `i:` for the others.

#include <sys/stat.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <deque>
#include <filesystem>
#include <iostream>
#include <map>
#include <memory>
#include <set>
#include <sstream>
#include <string>
#include <unordered_map>
#include <vector>

#include "graph/file_io.h"
#include "graph/preprocessor.h"
#include "graph/source_lexer.h"

namespace bulkhead {
namespace {

using Clock = std::chrono::steady_clock;

struct Unit {
  std::string source;
  std::vector<std::string> preludes;
  std::vector<std::string> quote_directories;
  std::vector<std::string> directories;
};

std::vector<std::string> split(const std::string& text, char separator) {
  std::vector<std::string> parts;
  std::stringstream stream(text);
  for (std::string part; std::getline(stream, part, separator);) {
    if (!part.empty()) parts.push_back(part);
  }
  return parts;
}

// Files, each lexed once.
class Sources {
 public:
  std::optional<SourceEntry> find(const std::string& path) {
    const auto [known, is_new] = ids_.try_emplace(path, -1);
    if (is_new) {
      struct stat status {};
      if (::stat(path.c_str(), &status) == 0 && S_ISREG(status.st_mode)) {
        known->second = static_cast<std::int64_t>(sources_.size());
        const auto text = buffer_.read(path);
        sources_.push_back({lexer_.lex(*text).value(), path, std::filesystem::path(path).parent_path().string()});
      }
    }
    if (known->second < 0) return std::nullopt;
    const auto id = static_cast<std::size_t>(known->second);
    return SourceEntry{SourceId(id), &sources_[id].source};
  }
  [[nodiscard]] const std::string& path(SourceId id) const { return sources_[id.value()].path; }
  [[nodiscard]] const std::string& directory(SourceId id) const { return sources_[id.value()].directory; }

 private:
  struct Source {
    LexedSource source;
    std::string path;
    std::string directory;
  };
  FileBuffer buffer_;
  SourceLexer lexer_;
  std::unordered_map<std::string, std::int64_t> ids_;
  std::deque<Source> sources_;
};

// Finds headers as GCC does: "Search Path" of its manual.
class Search {
 public:
  Search(Sources& sources, const Unit& unit) : sources_(sources), unit_(unit) {}

  std::optional<SourceEntry> find(const HeaderName& header, SourceId from) {
    if (header.name.starts_with('/')) return sources_.find(std::string(header.name));
    const std::size_t quote_count = unit_.quote_directories.size();
    std::size_t first = header.form == IncludeForm::quote ? 0 : quote_count;
    if (header.is_next) {
      const auto found = found_in_.find(from.value());
      if (found != found_in_.end()) first = std::max(first, found->second + 1);
    } else if (header.form == IncludeForm::quote) {
      const auto entry = sources_.find(sources_.directory(from) + "/" + std::string(header.name));
      if (entry) {
        const auto found = found_in_.find(from.value());
        if (found != found_in_.end()) found_in_.try_emplace(entry->id.value(), found->second);
        return entry;
      }
    }
    for (std::size_t i = first; i < quote_count + unit_.directories.size(); ++i) {
      const std::string& directory = i < quote_count ? unit_.quote_directories[i] : unit_.directories[i - quote_count];
      const auto entry = sources_.find(directory + "/" + std::string(header.name));
      if (!entry) continue;
      found_in_[entry->id.value()] = i;
      return entry;
    }
    return std::nullopt;
  }

 private:
  Sources& sources_;
  const Unit& unit_;
  std::map<std::uint32_t, std::size_t> found_in_;  // the directory, by source
};

double seconds(Clock::duration duration) {
  return std::chrono::duration<double>(duration).count();
}

void walk_units(const std::vector<Unit>& units, bool prints_time) {
  Sources sources;
  Preprocessor preprocessor;
  std::vector<double> times;
  std::size_t directives = 0;
  std::size_t entered = 0;
  std::size_t includes = 0;
  for (const Unit& unit : units) {
    std::vector<SourceEntry> preludes;
    for (const std::string& prelude : unit.preludes) preludes.push_back(sources.find(prelude).value());
    const auto main = sources.find(unit.source);
    if (!main) continue;
    Search search(sources, unit);
    std::vector<std::optional<SourceEntry>> answers;
    std::vector<Truth> header_answers;
    std::map<std::string, Truth> entered_files;
    if (!prints_time) std::printf("unit %s\n", unit.source.c_str());
    const IncludeResolver resolver{
        .enter = [&](const IncludeSite& site) -> std::optional<SourceEntry> {
          const auto entry = search.find(site.header, site.from().id);
          answers.push_back(entry);
          if (entry) {
            auto [known, is_new] = entered_files.try_emplace(sources.path(entry->id), site.truth);
            known->second = std::max(known->second, site.truth);
          }
          if (!prints_time && (!entry || site.problem != IncludeProblem::none) && site.truth == Truth::yes) {
            std::printf("unresolved %s:%u: %s\n", sources.path(site.from().id).c_str(), site.directive().line,
                        directive_text(*site.from().source, site.directive()).c_str());
          }
          return entry;
        },
        .has_header =
            [&](const HeaderName& header, const OpenSource& from) {
              header_answers.push_back(truth_of(search.find(header, from.id).has_value()));
              return header_answers.back();
            }};
    const WalkResult result = preprocessor.walk(preludes, *main, resolver);
    if (!prints_time) {
      for (const auto& [path, truth] : entered_files) {
        std::printf("%s %s\n", truth == Truth::yes ? "yes" : "unknown", path.c_str());
      }
      if (!result.is_complete || result.has_bounded) std::printf("bounded\n");
      continue;
    }
    // The same answers again, without a search.
    double best = 1e9;
    for (int round = 0; round < 3; ++round) {
      std::size_t next = 0;
      std::size_t next_header = 0;
      const IncludeResolver replay{
          .enter = [&](const IncludeSite&) { return answers[next++]; },
          .has_header = [&](const HeaderName&, const OpenSource&) { return header_answers[next_header++]; }};
      const auto begin = Clock::now();
      preprocessor.walk(preludes, *main, replay);
      best = std::min(best, seconds(Clock::now() - begin));
    }
    times.push_back(best);
    directives += result.directives;
    entered += result.entered;
    includes += answers.size();
  }
  if (times.empty()) return;
  std::sort(times.begin(), times.end());
  double sum = 0;
  for (const double time : times) sum += time;
  std::printf(
      "%zu units; of each on average %zu directives, %zu includes, %zu sources entered, %.0f us; median %.0f us, "
      "largest %.0f us; %.1f ns a directive\n",
      times.size(), directives / times.size(), includes / times.size(), entered / times.size(),
      sum / static_cast<double>(times.size()) * 1e6, times[times.size() / 2] * 1e6, times.back() * 1e6,
      sum / static_cast<double>(directives) * 1e9);
}

std::vector<Unit> read_units() {
  std::vector<Unit> units;
  for (std::string line; std::getline(std::cin, line);) {
    const auto fields = split(line, '\t');
    if (fields.size() < 2) continue;
    Unit& unit = units.emplace_back();
    unit.source = fields[0];
    unit.preludes = split(fields[1], ';');
    for (std::size_t i = 2; i < fields.size(); ++i) {
      (fields[i].starts_with("q:") ? unit.quote_directories : unit.directories).push_back(fields[i].substr(2));
    }
  }
  return units;
}

}  // namespace
}  // namespace bulkhead

int main(int argc, char** argv) {
  bulkhead::walk_units(bulkhead::read_units(), argc > 1 && std::string(argv[1]) == "--time");
  return 0;
}
