#include "auditor/seeded_cache.h"

#include <algorithm>
#include <array>
#include <optional>

namespace bulkhead {
namespace {

struct Entry {
  std::string_view name;
  std::string_view type;
};

// "NAME:TYPE=VALUE"; CMake quotes a name that begins with "//" or holds a colon.
std::optional<Entry> parse_entry(std::string_view line) {
  std::size_t end = line.find(':');
  std::string_view name = line.substr(0, end);
  if (line.starts_with('"')) {
    const std::size_t quote = line.find('"', 1);
    if (quote == std::string_view::npos) return std::nullopt;
    name = line.substr(1, quote - 1);
    end = line.find(':', quote);
  }
  if (end == std::string_view::npos) return std::nullopt;
  const std::size_t equals = line.find('=', end);
  if (equals == std::string_view::npos) return std::nullopt;
  return Entry{name, line.substr(end + 1, equals - end - 1)};
}

bool begins_with_any(std::string_view text, std::initializer_list<std::string_view> beginnings) {
  return std::any_of(beginnings.begin(), beginnings.end(),
                     [text](std::string_view beginning) { return text.starts_with(beginning); });
}

bool is_kept(const Entry& entry, std::string_view help, Seed seed) {
  if (entry.type == "STATIC") return false;
  if (entry.type != "INTERNAL") return true;
  if (begins_with_any(entry.name, {"CMAKE_GENERATOR", "CMAKE_HOME_DIRECTORY", "CMAKE_CACHE"})) return true;
  if (seed == Seed::values) return false;
  return entry.name.starts_with("CMAKE_") ||
         begins_with_any(help, {"Have include", "Have symbol", "Have function", "Have library", "Have variable",
                                "Test ", "Result of ", "Run result of ", "CHECK_TYPE_SIZE"});
}

bool ends_name(std::string_view rest) {
  constexpr std::string_view ends = "/\"'\\;:, )>";
  return rest.empty() || ends.find(rest.front()) != std::string_view::npos;
}

std::string move_roots(std::string_view line, const std::vector<std::pair<std::string, std::string>>& roots) {
  std::string moved;
  while (!line.empty()) {
    const auto root = std::find_if(roots.begin(), roots.end(), [line](const auto& one) {
      return line.starts_with(one.first) && ends_name(line.substr(one.first.size()));
    });
    if (root == roots.end()) {
      moved += line.front();
      line.remove_prefix(1);
    } else {
      moved += root->second;
      line.remove_prefix(root->first.size());
    }
  }
  return moved;
}

}  // namespace

std::string seed_cache(std::string_view cache, Seed seed,
                       const std::vector<std::pair<std::string, std::string>>& roots) {
  std::string seeded;
  std::string_view help;
  while (!cache.empty()) {
    const std::size_t end = cache.find('\n');
    std::string_view line = cache.substr(0, end);
    cache.remove_prefix(end == std::string_view::npos ? cache.size() : end + 1);
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (line.starts_with("//")) {
      if (help.empty()) help = line.substr(2);
      if (help.data() == line.data() + 2) continue;
    }
    if (line.empty()) help = {};
    if (line.empty() || line.starts_with('#') || line.starts_with("//")) continue;
    const auto entry = parse_entry(line);
    if (entry && is_kept(*entry, help, seed)) {
      if (!help.empty()) seeded += "//" + std::string(help) + "\n";
      seeded += move_roots(line, roots) + "\n";
    }
    help = {};
  }
  return seeded;
}

}  // namespace bulkhead
