#include "auditor/proposal/named_part.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <filesystem>
#include <map>
#include <optional>
#include <set>
#include <system_error>
#include <tuple>

#include "auditor/module_states.h"
#include "auditor/proposal/list_change.h"
#include "auditor/toggle.h"
#include "graph/constant.h"

namespace bulkhead {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t fewest_listed = 2;
constexpr std::size_t fewest_of_family = 3;
constexpr std::array<std::string_view, 4> family_ends = {"", "_BUILD", "_ENABLED", "_SUPPORT"};

std::vector<std::string> split_list(std::string_view list) {
  std::vector<std::string> elements;
  for (std::size_t begin = 0; begin <= list.size();) {
    const std::size_t end = std::min(list.find(';', begin), list.size());
    if (end > begin) elements.emplace_back(list.substr(begin, end - begin));
    begin = end + 1;
  }
  return elements;
}

// A word that can be a folder, and the element before IN_LIST.
bool is_element(std::string_view text) {
  return text.size() > 1 && std::all_of(text.begin(), text.end(), [](unsigned char c) {
           return std::isalnum(c) != 0 || c == '_' || c == '-' || c == '+';
         });
}

bool has_aside_folder(std::string_view path) {
  return has_name(path, is_aside_folder);
}

bool is_on_disk(const GuardedFiles& files, const std::string& folder) {
  std::error_code error;
  return fs::is_regular_file(files.paths().absolute(folder) + "/CMakeLists.txt", error);
}

// "lib/Target", "." …: the folders that hold entered ones, and what lies beside the top.
std::set<std::string> parents_of(const ObservedBuild& build) {
  std::set<std::string> parents = {".", ".."};
  for (const std::string_view folder : build.folders()) {
    if (folder != "." && !is_outside(folder) && !is_in_build(folder)) parents.insert(folder_of(folder));
  }
  std::erase_if(parents, has_aside_folder);
  return parents;
}

// What the project says about a list: the elements that it may have, and whether "all" means all of them.
struct ListFacts {
  std::set<std::string> elements;
  std::string all;                           // "all" as the project writes it
  std::map<std::string, CallPlace> altered;  // elements that a call may take out, and which
};

// Remembers the elements that a call of list() may take out.
void find_altered(const GuardedFiles& files, const GuardedFile& file, const CMakeCall& call, ListFacts& facts) {
  for (const std::string& element : facts.elements) {
    if (effect_of(files, file, call, {.forms = {element}}, {}) == ListEffect::none) continue;
    facts.altered.emplace(element, CallPlace{file.path, call.line});
  }
}

// The variables that a text refers to: `${X}`.
std::vector<std::string> references_in(std::string_view text) {
  std::vector<std::string> names;
  for (std::size_t at = text.find("${"); at != std::string_view::npos; at = text.find("${", at + 1)) {
    const std::size_t end = text.find('}', at);
    if (end == std::string_view::npos) break;
    names.emplace_back(text.substr(at + 2, end - at - 2));
  }
  return names;
}

// set(LIST ${ALL}), and what the declaration of LIST refers to, tell where all elements stand; `value` has some.
ListFacts facts_of(const GuardedFiles& files, const CMakeOption& option, std::string_view value) {
  ListFacts facts;
  for (std::string& element : split_list(value)) facts.elements.insert(std::move(element));
  std::set<std::string> sources;
  for (const GuardedFile& file : files.files()) {
    for (const GuardedCall& guarded : file.calls) {
      const CMakeCall& call = *guarded.call;
      const bool declares = file.path == option.declared.file && call.line == option.declared.line;
      const bool assigns = call.command == "set" && !call.arguments.empty() && call.arguments[0].text == option.name;
      if (!declares && !assigns) continue;
      for (const CallArgument& argument : call.arguments) {
        for (std::string& name : references_in(argument.text)) sources.insert(std::move(name));
      }
      for (const Guard& guard : guarded.guards) {
        for (const char* const all : {"all", "ALL"}) {
          const std::string plain = option.name + " STREQUAL " + all;
          const std::string quoted = option.name + " STREQUAL \"" + all + "\"";
          if (guard.condition == plain || guard.condition == quoted) facts.all = all;
        }
      }
    }
  }
  sources.erase(option.name);
  for (const GuardedFile& file : files.files()) {
    for (const GuardedCall& guarded : file.calls) {
      const CMakeCall& call = *guarded.call;
      if (call.command != "set" || call.arguments.size() < 2 || !sources.contains(call.arguments[0].text)) continue;
      for (std::size_t i = 1; i < call.arguments.size(); ++i) {
        for (std::string& element : split_list(call.arguments[i].text)) facts.elements.insert(std::move(element));
      }
    }
  }
  std::erase_if(facts.elements, [](const std::string& element) { return !is_element(element); });
  sources.insert(option.name);
  for (const GuardedFile& file : files.files()) {
    for (const GuardedCall& guarded : file.calls) {
      const CMakeCall& call = *guarded.call;
      if (call.command == "list" && sources.contains(std::string(list_of(call)))) {
        find_altered(files, file, call, facts);
      }
    }
  }
  return facts;
}

struct Family {
  std::string head;    // BUILD_opencv_
  std::string tail;    // _BUILD
  std::string parent;  // modules

  auto operator<=>(const Family&) const = default;
};

// The part of an option's name that stands for a folder.
std::optional<std::string> stem_of(std::string_view option, const Family& family) {
  if (option.size() <= family.head.size() + family.tail.size()) return std::nullopt;
  if (!option.starts_with(family.head) || !option.ends_with(family.tail)) return std::nullopt;
  return std::string(option.substr(family.head.size(), option.size() - family.head.size() - family.tail.size()));
}

// Names that differ in case, and in `-` for `_`, are the same.
std::string comparable(std::string_view name) {
  std::string result(name);
  for (char& c : result) c = c == '-' ? '_' : static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return result;
}

// The call that makes the options of a family: option(BUILD_${the_module} …), or its like.
CallPlace find_maker(const GuardedFiles& files, const Family& family) {
  constexpr std::size_t enough = 4;  // letters in common
  for (const GuardedFile& file : files.files()) {
    for (const GuardedCall& guarded : file.calls) {
      const CMakeCall& call = *guarded.call;
      const bool makes = call.command.find("option") != std::string::npos ||
                         (call.command == "set" && find_argument(call, "CACHE") != nullptr);
      if (!makes || call.arguments.empty()) continue;
      const std::string& name = call.arguments[0].text;
      const std::size_t begin = name.find("${");
      const std::size_t end = name.rfind('}');
      if (begin == std::string::npos || end == std::string::npos) continue;
      const std::string_view head = std::string_view(name).substr(0, begin);
      const std::string_view tail = std::string_view(name).substr(end + 1);
      const bool fits = family.head.starts_with(head) && family.tail == tail && head.size() + tail.size() >= enough;
      if (fits) return {file.path, call.line};
    }
  }
  return {};
}

bool is_switched_on(const BuildTree& tree, std::string_view option) {
  const auto value = toggle_values(tree).find(option);
  return value && !is_false_constant(*value);
}

// The families of which at least one option that is on names an entered directory.
std::set<Family> guess_families(const CMakeOptions& options, const BuildTree& tree, const ObservedBuild& build) {
  std::multimap<std::string, std::string> parents;  // comparable name of a folder → the one above
  for (const std::string_view folder : build.folders()) {
    if (folder == "." || is_outside(folder) || is_in_build(folder) || has_aside_folder(folder)) continue;
    parents.emplace(comparable(last_name(folder)), folder_of(folder));
  }
  std::set<Family> families;
  for (const auto& [name, option] : options) {
    if (!option.is_switch || !option.in_cache || option.kind != OptionKind::part || !is_switched_on(tree, name))
      continue;
    for (const std::string_view tail : family_ends) {
      for (std::size_t at = name.find('_'); at != std::string::npos; at = name.find('_', at + 1)) {
        const Family bare{name.substr(0, at + 1), std::string(tail), {}};
        const auto stem = stem_of(name, bare);
        if (!stem) continue;
        const auto [begin, end] = parents.equal_range(comparable(*stem));
        for (auto parent = begin; parent != end; ++parent) families.insert({bare.head, bare.tail, parent->second});
      }
    }
  }
  return families;
}

// The folders that the options of a family name, by option.
std::map<std::string, std::string> members_of(const Family& family, const GuardedFiles& files,
                                              const CMakeOptions& options) {
  std::map<std::string, std::string> by_name;  // comparable → folder
  std::error_code error;
  for (fs::directory_iterator at(files.paths().absolute(family.parent), error), end; !error && at != end;
       at.increment(error)) {
    const std::string name = at->path().filename().string();
    const std::string folder = join_path(family.parent, name);
    if (!is_aside_folder(name) && is_on_disk(files, folder)) by_name.emplace(comparable(name), folder);
  }
  std::map<std::string, std::string> members;
  for (const auto& [name, option] : options) {
    const auto stem = stem_of(name, family);
    if (!stem || !option.is_switch || !option.in_cache || option.kind != OptionKind::part) continue;
    const auto folder = by_name.find(comparable(*stem));
    if (folder != by_name.end()) members.emplace(name, folder->second);
  }
  return members;
}

// How well the options of a family agree with the build.
struct Agreement {
  std::size_t proven = 0;         // on, and there
  std::size_t contradicting = 0;  // on and not there, or the other way round
};

template <class IsThere>
Agreement agreement_of(const std::map<std::string, std::string>& members, const BuildTree& tree, IsThere&& is_there) {
  Agreement agreement;
  for (const auto& [option, folder] : members) {
    const bool on = is_switched_on(tree, option);
    const bool there = is_there(folder);
    if (on && there) ++agreement.proven;
    if (on != there) ++agreement.contradicting;
  }
  return agreement;
}

}  // namespace

std::vector<NamedPart> find_listed_parts(const GuardedFiles& files, const CMakeOptions& options, const BuildTree& tree,
                                         const ObservedBuild& build) {
  std::vector<NamedPart> parts;
  const std::set<std::string> parents = parents_of(build);
  const ToggleValues values = toggle_values(tree);
  for (const auto& [name, option] : options) {
    if (option.is_switch || !option.in_cache || option.declared.line == 0 || option.kind != OptionKind::part) continue;
    const ListFacts facts = facts_of(files, option, values.find(name).value_or(""));
    if (facts.elements.size() < fewest_listed) continue;

    std::vector<std::string> best;
    std::string best_parent;
    for (const std::string& parent : parents) {
      std::vector<std::string> here;
      for (const std::string& element : facts.elements) {
        if (is_on_disk(files, join_path(parent, element))) here.push_back(element);
      }
      if (here.size() > best.size()) {
        best = std::move(here);
        best_parent = parent;
      }
    }
    if (best.size() < fewest_listed) continue;
    for (const std::string& element : best) {
      if (is_aside_folder(element) || join_path(best_parent, element) == ".") continue;
      std::string toggle = element;
      toggle.append(" IN_LIST ").append(name);
      if (!facts.all.empty()) toggle.append(" OR ").append(name).append(" STREQUAL \"").append(facts.all).append("\"");
      if (!Toggle::parse(toggle, {})) continue;
      const auto altered = facts.altered.find(element);
      parts.push_back({NamedBy::list, element, std::move(toggle), join_path(best_parent, element), name, best.size(),
                       true, altered == facts.altered.end() ? CallPlace() : altered->second, option.declared});
    }
  }
  return parts;
}

std::vector<NamedPart> find_option_families(const GuardedFiles& files, const CMakeOptions& options,
                                            const BuildTree& tree, const ObservedBuild& build) {
  std::vector<NamedPart> parts;
  for (const Family& family : guess_families(options, tree, build)) {
    const std::map<std::string, std::string> members = members_of(family, files, options);
    const Agreement by_entering =
        agreement_of(members, tree, [&build](const std::string& folder) { return build.enters(folder); });
    const Agreement by_targets =
        agreement_of(members, tree, [&build](const std::string& folder) { return build.targets_below(folder) != 0; });
    const bool targets_tell = by_targets.contradicting < by_entering.contradicting;
    const Agreement& best = targets_tell ? by_targets : by_entering;
    if (best.proven < fewest_of_family || best.contradicting * 4 > members.size()) continue;
    const CallPlace maker = find_maker(files, family);
    for (const auto& [option, folder] : members) {
      parts.push_back({NamedBy::family,
                       std::string(last_name(folder)),
                       option,
                       folder,
                       family.head + "*" + family.tail,
                       members.size(),
                       targets_tell,
                       {},
                       maker});
    }
  }
  // An option may fit several families; the largest is meant.
  std::stable_sort(parts.begin(), parts.end(), [](const NamedPart& a, const NamedPart& b) {
    return std::make_tuple(a.toggle, b.siblings, a.folder) < std::make_tuple(b.toggle, a.siblings, b.folder);
  });
  const auto repeated = std::unique(parts.begin(), parts.end(),
                                    [](const NamedPart& a, const NamedPart& b) { return a.toggle == b.toggle; });
  parts.erase(repeated, parts.end());
  return parts;
}

std::vector<NamedPart> find_namesakes(const GuardedFiles& files, const CMakeOptions& options,
                                      const ObservedBuild& build, const std::set<std::string>& known) {
  constexpr std::size_t enough = 3;  // letters: shorter names are accidents
  std::multimap<std::string, std::string> by_name;
  std::set<std::string> seen;
  for (const std::string_view source : build.sources_below(".")) {
    // The folder of the source, and those above it.
    for (std::string folder = folder_of(source); folder != "." && seen.insert(folder).second;
         folder = folder_of(folder)) {
      const bool fits = !is_in_build(folder) && !is_outside(folder) && !has_aside_folder(folder);
      if (fits) by_name.emplace(comparable(last_name(folder)), folder);
    }
  }
  std::vector<NamedPart> parts;
  for (const auto& [name, option] : options) {
    if (option.declared.line == 0 || option.kind != OptionKind::part || known.contains(name)) continue;
    const std::string wanted = comparable(module_name_of(name, files.project()));
    if (wanted.size() < enough || by_name.count(wanted) != 1) continue;
    const std::string& folder = by_name.find(wanted)->second;
    parts.push_back(
        {NamedBy::accident, std::string(last_name(folder)), name, folder, name, 1, true, {}, option.declared});
  }
  return parts;
}

}  // namespace bulkhead
