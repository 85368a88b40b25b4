#include "auditor/cmake_errors.h"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <optional>

namespace bulkhead {
namespace {

constexpr std::string_view heading = "CMake Error";
constexpr std::string_view stack_heading = "Call Stack (most recent call first):";

std::vector<std::string_view> split_lines(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    std::string_view line = text.substr(0, end);
    if (line.ends_with('\r')) line.remove_suffix(1);
    lines.push_back(line);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  }
  return lines;
}

std::string without_root(std::string text, const std::string& root) {
  const std::string beginning = root + "/";
  for (std::size_t at = text.find(beginning); at != std::string::npos; at = text.find(beginning, at)) {
    text.erase(at, beginning.size());
  }
  return text;
}

struct Place {
  std::string file;
  std::uint32_t line = 0;
  std::string command{};
};

// "core/CMakeLists.txt:12 (include)"; after the parenthesis may stand a colon.
std::optional<Place> parse_place(std::string_view text, const std::string& root) {
  const std::size_t open = text.rfind(" (");
  if (open == std::string_view::npos) return std::nullopt;
  const std::size_t colon = text.rfind(':', open);
  if (colon == std::string_view::npos) return std::nullopt;
  Place place{.file = without_root(std::string(text.substr(0, colon)), root)};
  const auto [end, error] = std::from_chars(text.data() + colon + 1, text.data() + open, place.line);
  if (error != std::errc() || end != text.data() + open) return std::nullopt;
  place.command = text.substr(open + 2, text.find(')', open) - open - 2);
  return place;
}

// The indented lines after a heading, as one line; `at` moves to what follows them.
std::string take_message(const std::vector<std::string_view>& lines, std::size_t& at, const std::string& root) {
  std::string message;
  for (; at < lines.size() && (lines[at].empty() || lines[at].starts_with(' ')); ++at) {
    const std::size_t begin = lines[at].find_first_not_of(' ');
    if (begin == std::string_view::npos) continue;
    if (!message.empty()) message += ' ';
    message += lines[at].substr(begin);
  }
  return without_root(std::move(message), root);
}

// The callers, innermost first; `at` moves to what follows them.
std::vector<Place> take_stack(const std::vector<std::string_view>& lines, std::size_t& at, const std::string& root) {
  std::vector<Place> callers;
  if (at >= lines.size() || lines[at] != stack_heading) return callers;
  for (++at; at < lines.size() && lines[at].starts_with("  "); ++at) {
    if (auto place = parse_place(lines[at].substr(2), root)) callers.push_back(std::move(*place));
  }
  return callers;
}

std::string to_text(const Place& place) {
  return place.file + ":" + std::to_string(place.line);
}

}  // namespace

std::vector<CMakeError> parse_cmake_errors(std::string_view output, const std::string& source_root) {
  const std::vector<std::string_view> lines = split_lines(output);
  std::vector<CMakeError> errors;
  for (std::size_t at = 0; at < lines.size();) {
    std::string_view line = lines[at++];
    if (!line.starts_with(heading)) continue;
    line.remove_prefix(heading.size());
    if (line.starts_with(" (dev)")) line.remove_prefix(6);
    CMakeError error;
    std::optional<Place> place;
    if (line.starts_with(" at ")) {
      // A heading without a line number names the file alone: "CMake Error at CMakeLists.txt:"
      place = parse_place(line.substr(4), source_root);
      if (!place && line.ends_with(':')) {
        error.place.file = without_root(std::string(line.substr(4, line.size() - 5)), source_root);
      }
    } else if (line.starts_with(": ")) {
      error.message = without_root(std::string(line.substr(2)), source_root);
    }
    const std::string rest = take_message(lines, at, source_root);
    error.message += (error.message.empty() || rest.empty() ? "" : " ") + rest;
    while (error.message.ends_with('.')) error.message.pop_back();
    const std::vector<Place> callers = take_stack(lines, at, source_root);
    if (place) {
      error.place = {.file = place->file, .line = place->line, .command = place->command};
      for (auto caller = callers.rbegin(); caller != callers.rend(); ++caller) {
        error.place.stack.push_back(to_text(*caller));
      }
      error.place.stack.push_back(to_text(*place));
    }
    if (error.message.empty()) continue;
    if (std::find(errors.begin(), errors.end(), error) == errors.end()) errors.push_back(std::move(error));
  }
  return errors;
}

}  // namespace bulkhead
