#include "tests/support/text_graph.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <map>
#include <optional>
#include <sstream>
#include <stdexcept>
#include <utility>
#include <vector>

namespace bulkhead::test {
namespace {

using Words = std::vector<std::string>;

std::uint32_t to_number(std::string_view text) {
  std::uint32_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size())
    throw std::runtime_error("no number: " + std::string(text));
  return number;
}

/// The graph of one configuration, line by line.
class Draft {
 public:
  Draft(BuildInfo info, const std::string& configuration) {
    parts_.info = std::move(info);
    parts_.info.configuration = configuration;
    add_directory(".");
  }

  void add_directory(const std::string& path) {
    const StringId source = parts_.strings.intern(path);
    const std::optional<std::uint32_t> parent = path == "." ? std::nullopt : std::optional<std::uint32_t>(0);
    parts_.directories.push_back({source, build_of(path), parent});
  }

  // target NAME TYPE DIRECTORY [imported] [abstract] [CALLS]
  void add_target(const Words& words) {
    if (words.size() < 4) throw std::runtime_error("write: target NAME TYPE DIRECTORY");
    Target target{.name = parts_.strings.intern(words[1]),
                  .source_directory = parts_.strings.intern(words[3]),
                  .build_directory = build_of(words[3]),
                  .frame = {},
                  .artifacts = {},
                  .type = parse_target_type(words[2])};
    if (target.type == TargetType::other) throw std::runtime_error("no type of target: " + words[2]);
    std::size_t next = 4;
    for (; next < words.size() && (words[next] == "imported" || words[next] == "abstract"); ++next) {
      (words[next] == "imported" ? target.imported : target.abstract) = true;
    }
    target.frame = add_calls(words, next);
    if (!targets_.emplace(words[1], parts_.targets.size()).second) throw std::runtime_error("twice: " + words[1]);
    parts_.targets.push_back(target);
    needs_.emplace_back();
  }

  // FROM -> TO [KIND, HOW...] [CALLS]
  void add_edge(const Words& words) {
    std::size_t next = 3;
    Words bracket;
    for (bool more = true; more; ++next) {
      if (next >= words.size()) throw std::runtime_error("write: FROM -> TO [KIND]");
      std::string word = words[next];
      if (bracket.empty() != word.starts_with('[')) throw std::runtime_error("the kind stands in [ ]");
      if (word.starts_with('[')) word.erase(0, 1);
      more = !word.ends_with(']');
      if (word.ends_with(']') || word.ends_with(',')) word.pop_back();
      bracket.push_back(word);
    }
    const auto kind = parse_edge_kind(bracket.front());
    if (!kind) throw std::runtime_error("no kind of edge: " + bracket.front());
    Edge edge{end(words[0]), end(words[2]), add_calls(words, next), *kind, known(*kind), false};
    for (std::size_t i = 1; i < bracket.size(); ++i) {
      if (bracket[i] == "declared") {
        edge.known = Known::declared;
      } else if (bracket[i] == "derived") {
        edge.known = Known::derived;
      } else if (bracket[i] == "traced") {
        edge.traced = true;
      } else {
        throw std::runtime_error("no way to know an edge: " + bracket[i]);
      }
    }
    parts_.edges.push_back(edge);
    parts_.source_count += *kind == EdgeKind::source ? 1 : 0;
    const bool is_dependency = !has_direct_edges() && edge.from.is_target() && edge.to.is_target() &&
                               edge.known == Known::derived && *kind != EdgeKind::file_link;
    if (is_dependency) needs_[edge.from.index()].push_back({edge.to.target_id(), edge.frame});
  }

  // FROM needs TO...
  void add_needs(const Words& words) {
    const Endpoint from = end(words[0]);
    for (std::size_t i = 2; i < words.size(); ++i) {
      needs_[from.target_id().value()].push_back({end(words[i]).target_id(), std::nullopt});
    }
  }

  TargetGraph finish() {
    const auto rank = [](const Edge& edge) {
      return std::pair(!edge.from.is_target(), edge.from.is_target() ? edge.from.index() : 0);
    };
    std::stable_sort(parts_.edges.begin(), parts_.edges.end(),
                     [&rank](const Edge& a, const Edge& b) { return rank(a) < rank(b); });
    parts_.dependency_offsets.push_back(0);
    for (const std::vector<Dependency>& needs : needs_) {
      parts_.dependencies.insert(parts_.dependencies.end(), needs.begin(), needs.end());
      parts_.dependency_offsets.push_back(static_cast<std::uint32_t>(parts_.dependencies.size()));
    }
    return TargetGraph(std::move(parts_));
  }

 private:
  [[nodiscard]] bool has_direct_edges() const { return parts_.info.codemodel_minor >= 9; }

  StringId build_of(const std::string& path) {
    return parts_.strings.intern(path == "." ? "<build>" : "<build>/" + path);
  }

  // What the builder knows of such an edge.
  [[nodiscard]] Known known(EdgeKind kind) const {
    const bool is_list_of_2_9 = kind == EdgeKind::link || kind == EdgeKind::compile || kind == EdgeKind::object ||
                                kind == EdgeKind::order || kind == EdgeKind::file_link;
    return has_direct_edges() && is_list_of_2_9 ? Known::declared : Known::derived;
  }

  Endpoint end(const std::string& text) {
    const std::size_t colon = text.find(':');
    if (colon != std::string::npos && text.compare(colon, 2, "::") != 0) {
      const std::string prefix = text.substr(0, colon);
      const StringId rest = parts_.strings.intern(std::string_view(text).substr(colon + 1));
      if (prefix == "file") return Endpoint::file(rest);
      if (prefix == "library") return Endpoint::library(rest);
      if (prefix == "definition") return Endpoint::definition(rest);
    }
    const auto found = targets_.find(text);
    if (found == targets_.end()) throw std::runtime_error("no target " + text);
    return Endpoint::target(TargetId(found->second));
  }

  // FILE:LINE COMMAND > FILE:LINE COMMAND…, outermost first
  OptionalFrameId add_calls(const Words& words, std::size_t next) {
    OptionalFrameId frame;
    while (next < words.size()) {
      const std::size_t colon = words[next].rfind(':');
      if (colon == std::string::npos || next + 1 >= words.size())
        throw std::runtime_error("write a call as FILE:LINE COMMAND");
      parts_.frames.push_back({.file = parts_.strings.intern(std::string_view(words[next]).substr(0, colon)),
                               .command = parts_.strings.intern(words[next + 1]),
                               .parent = frame,
                               .line = to_number(std::string_view(words[next]).substr(colon + 1))});
      frame = FrameId(parts_.frames.size() - 1);
      next += 2;
      if (next < words.size() && words[next++] != ">") throw std::runtime_error("calls are separated by >");
    }
    return frame;
  }

  TargetGraphParts parts_;
  std::map<std::string, std::size_t> targets_;
  std::vector<std::vector<Dependency>> needs_;  // by target
};

class Parser {
 public:
  explicit Parser(const std::string& source_root) {
    info_.source_root = source_root;
    info_.build_root = "/build";
    info_.cmake_version = "3.25.1";
    info_.generator = "Ninja";
    info_.codemodel_minor = 4;
    audit_.tree.inputs.cmake_files = true;
  }

  TextAudit parse(std::string_view text) {
    std::istringstream lines{std::string(text)};
    int number = 0;
    for (std::string line; std::getline(lines, line);) {
      ++number;
      std::istringstream stream(line.substr(0, line.find('#')));
      Words words;
      for (std::string word; stream >> word;) words.push_back(word);
      try {
        if (!words.empty()) parse_line(words);
      } catch (const std::exception& error) {
        throw std::runtime_error(fmt::format("line {}: {}", number, error.what()));
      }
    }
    draft();  // a text without targets is a graph, too
    for (Draft& one : drafts_) audit_.tree.graphs.push_back(one.finish());
    audit_.tree.cache = Cache(std::move(cache_));
    return std::move(audit_);
  }

 private:
  void parse_line(const Words& words) {
    const std::string& first = words.front();
    const auto is_setting = [&](std::string_view name) {
      if (first != name) return false;
      if (words.size() != 2) throw std::runtime_error("write: " + first + " VALUE");
      return true;
    };
    if (words.size() > 2 && words[1] == "->") return draft().add_edge(words);
    if (words.size() > 2 && words[1] == "needs") return draft().add_needs(words);
    if (first == "target") return draft().add_target(words);
    if (is_setting("directory")) return draft().add_directory(words[1]);
    if (is_setting("cmake")) return set(info_.cmake_version, words[1]);
    if (is_setting("codemodel")) {
      if (!words[1].starts_with("2.")) throw std::runtime_error("codemodels are called 2.N");
      return set(info_.codemodel_minor, to_number(std::string_view(words[1]).substr(2)));
    }
    if (is_setting("cache")) return add_cache_entry(words[1]);
    if (is_setting("today")) {
      const auto today = parse_date(words[1]);
      if (!today) throw std::runtime_error("write a day as YYYY-MM-DD");
      audit_.options.today = *today;
      return;
    }
    if (is_setting("configuration")) {
      drafts_.emplace_back(info_, words[1]);
    } else if (first == "strict") {
      audit_.options.strict = true;
    } else if (first == "verbose") {
      audit_.verbose = true;
    } else if (first == "commands") {
      audit_.tree.inputs.commands = CommandState::used;
    } else if (first == "no-cmake-files") {
      audit_.tree.inputs.cmake_files = false;
    } else {
      throw std::runtime_error("what is '" + first + "'?");
    }
  }

  template <class T>
  void set(T& setting, const T& value) {
    if (!drafts_.empty()) throw std::runtime_error("settings come before targets");
    setting = value;
  }

  void add_cache_entry(const std::string& text) {
    const std::size_t equals = text.find('=');
    if (equals == std::string::npos) throw std::runtime_error("write: cache NAME=VALUE");
    cache_.push_back({text.substr(0, equals), text.substr(equals + 1), "BOOL"});
  }

  Draft& draft() {
    if (drafts_.empty()) drafts_.emplace_back(info_, "Release");
    return drafts_.back();
  }

  BuildInfo info_;
  std::vector<CacheEntry> cache_;
  std::vector<Draft> drafts_;
  TextAudit audit_;
};

}  // namespace

TextAudit parse_text_graph(std::string_view text, const std::string& source_root) {
  return Parser(source_root).parse(text);
}

}  // namespace bulkhead::test
