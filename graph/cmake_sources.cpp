#include "graph/cmake_sources.h"

#include <algorithm>
#include <array>
#include <optional>

#include "graph/file_io.h"

namespace bulkhead {
namespace {

// Variables that stand for the reader's own directory, and for the top.
constexpr std::array<std::string_view, 2> here = {"${CMAKE_CURRENT_SOURCE_DIR}/", "${CMAKE_CURRENT_LIST_DIR}/"};
constexpr std::array<std::string_view, 2> at_top = {"${CMAKE_SOURCE_DIR}/", "${PROJECT_SOURCE_DIR}/"};

// True for the file that find_package(name) reads: Findname.cmake, nameConfig.cmake or name-config.cmake.
bool is_package_file(std::string_view file, std::string_view name) {
  const std::string_view base = file.substr(file.rfind('/') + 1);
  std::string lower(name);
  for (char& c : lower) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return base == "Find" + std::string(name) + ".cmake" || base == std::string(name) + "Config.cmake" ||
         base == lower + "-config.cmake";
}

// The words of a condition with one blank between them. Parentheses are no arguments of a call, and so no words here.
std::string words_of(std::string_view condition) {
  std::string words;
  bool is_between = false;
  for (const char c : condition) {
    if (c == ' ' || c == '\t' || c == '\n') {
      is_between = true;
      continue;
    }
    if (is_between && !words.empty()) words += ' ';
    is_between = false;
    words += c;
  }
  return words;
}

std::string condition_of(const CMakeCall& call) {
  std::string words;
  for (const CallArgument& argument : call.arguments) {
    if (!words.empty()) words += ' ';
    words += argument.text;
  }
  return words;
}

// Follows the if() blocks of a file, and knows whether the call at hand stands in a branch that is not taken.
class Branches {
 public:
  explicit Branches(std::string_view false_condition)
      : never_(words_of(false_condition)), always_(never_.empty() ? never_ : "NOT " + never_) {}

  /// Takes the next call of the file.
  void pass(const CMakeCall& call) {
    if (call.command == "if") {
      open_.push_back({});
      enter(condition_of(call));
    } else if (open_.empty()) {
      return;
    } else if (call.command == "elseif") {
      enter(condition_of(call));
    } else if (call.command == "else") {
      enter({});
    } else if (call.command == "endif") {
      open_.pop_back();
    }
  }

  [[nodiscard]] bool is_dead() const {
    return std::any_of(open_.begin(), open_.end(), [](const Block& block) { return block.is_dead; });
  }

 private:
  struct Block {
    bool is_dead = false;     // the branch at hand
    bool is_settled = false;  // an earlier branch is always taken
  };

  void enter(std::string_view condition) {
    Block& block = open_.back();
    block.is_dead = block.is_settled || (!condition.empty() && condition == never_);
    if (!condition.empty() && condition == always_) block.is_settled = true;
  }

  std::string never_;
  std::string always_;
  std::vector<Block> open_;
};

// The path that a call reads, as it is written; none when it reads nothing.
std::optional<std::string> path_read_by(const CMakeCall& call) {
  const bool enters = call.command == "add_subdirectory";
  const bool reads = enters || call.command == "include" || call.command == "configure_file" || call.command == "file";
  // file(READ path …), file(STRINGS path …)
  const std::size_t at = call.command == "file" ? 1 : 0;
  if (!reads || call.arguments.size() <= at) return std::nullopt;
  return call.arguments[at].text + (enters ? "/CMakeLists.txt" : "");
}

}  // namespace

const std::vector<CMakeCall>& CMakeSources::calls(std::string_view path) {
  const auto found = files_.find(path);
  if (found != files_.end()) return found->second;
  std::vector<CMakeCall> calls;
  FileBuffer buffer;
  if (const auto text = buffer.read(paths_.absolute(path))) calls = parse_cmake_calls(*text);
  return files_.emplace(std::string(path), std::move(calls)).first->second;
}

const CMakeCall* CMakeSources::call_at(std::string_view path, std::uint32_t line) {
  const CMakeCall* const call = find_call(calls(path), line);
  return call != nullptr && call->line == line ? call : nullptr;
}

std::vector<std::string_view> project_files(const TargetGraph& graph) {
  std::vector<std::string_view> files = {"CMakeLists.txt"};
  for (const Edge& edge : graph.edges_from_files()) {
    if (edge.kind != EdgeKind::configure) continue;
    const std::string_view file = graph.text(edge.to.string_id());
    if (!is_outside(file)) files.push_back(file);
  }
  return files;
}

std::vector<const CMakeCall*> find_reading_calls(CMakeSources& sources, std::string_view reader, std::string_view file,
                                                 std::string_view false_condition) {
  const SourcePaths& paths = sources.paths();
  const std::size_t slash = reader.rfind('/');
  const std::string directory =
      slash == std::string_view::npos ? paths.source_root() : paths.absolute(reader.substr(0, slash));
  std::vector<const CMakeCall*> found;
  std::string buffer;
  Branches branches(false_condition);
  for (const CMakeCall& call : sources.calls(reader)) {
    branches.pass(call);
    if (branches.is_dead()) continue;
    if (call.command == "find_package" && !call.arguments.empty() && is_package_file(file, call.arguments[0].text)) {
      found.push_back(&call);
      continue;
    }
    std::optional<std::string> path = path_read_by(call);
    if (!path) continue;
    for (const std::string_view prefix : here) {
      if (path->starts_with(prefix)) path->erase(0, prefix.size());
    }
    for (const std::string_view prefix : at_top) {
      if (path->starts_with(prefix)) path = paths.source_root() + "/" + path->substr(prefix.size());
    }
    if (paths.normalise(*path, directory, buffer) == file) found.push_back(&call);
  }
  return found;
}

}  // namespace bulkhead
