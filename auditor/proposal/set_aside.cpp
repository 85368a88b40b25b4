#include "auditor/proposal/set_aside.h"

#include <algorithm>
#include <array>
#include <map>

#include "auditor/glob.h"
#include "auditor/proposal/option_name.h"
#include "auditor/proposal/proposal.h"

namespace bulkhead {
namespace {

// Words in the names of targets that look at all sources, or at all tests, on purpose.
constexpr std::array<std::string_view, 12> chores = {"FORMAT", "TIDY",     "LINT",  "CPPCHECK",  "DOXYGEN", "DOC",
                                                     "DOCS",   "COVERAGE", "CHECK", "UNINSTALL", "TAGS",    "CTAGS"};

bool is_chore(std::string_view target) {
  const std::vector<std::string> words = words_of(target);
  return std::any_of(words.begin(), words.end(), [](const std::string& word) {
    return std::find(chores.begin(), chores.end(), word) != chores.end();
  });
}

constexpr std::size_t most_alike = 4;  // folders of one name that are listed one by one

}  // namespace

std::vector<ProposedAside> find_set_aside(const std::vector<GuardedPart>& parts, const ObservedBuild& build) {
  std::map<std::string, CallPlace> folders;
  const auto add = [&folders](std::string_view path, const CallPlace& place) {
    const std::string_view known = up_to(path, is_aside_folder);
    folders.emplace(known.empty() ? path : known, place);
  };
  for (const GuardedPart& part : parts) {
    if (!part.aside) continue;
    for (const NamedThing& folder : part.folders) add(folder.name, folder.place);
  }
  for (const std::string_view folder : build.folders()) {
    if (is_in_build(folder) || is_outside(folder)) continue;
    if (has_name(folder, is_aside_folder)) add(folder, {});
    const std::string_view foreign = up_to(folder, is_foreign_folder);
    if (!foreign.empty() && build.targets_below(foreign) != 0) folders.emplace(foreign, CallPlace());
  }
  folders.erase(".");
  // Folders within others are set aside with them.
  for (auto at = folders.begin(); at != folders.end();) {
    const bool nested = std::any_of(folders.begin(), folders.end(), [&at](const auto& other) {
      return other.first != at->first && is_below(at->first, other.first);
    });
    at = nested ? folders.erase(at) : std::next(at);
  }

  std::map<std::string, std::size_t, std::less<>> alike;
  for (const auto& [folder, place] : folders) ++alike[std::string(last_name(folder))];
  std::map<std::string, ProposedAside> asides;
  for (const auto& [folder, place] : folders) {
    const std::string name(last_name(folder));
    // What lies beside the top directory has its own glob, for a policy may not reach further up.
    const bool many = alike[name] > most_alike;
    const std::string beside = folder.starts_with("../") ? "../" : "";
    const std::string selector =
        many ? "path:" + beside + "**/" + escape_glob(name) + "/**" : "path:" + escape_glob(folder) + "/**";
    const auto [at, added] = asides.try_emplace(selector, ProposedAside{selector, 0, place});
    at->second.targets += build.targets_below(folder);
  }
  for (const Target& target : build.graph().targets()) {
    if (target.type != TargetType::utility) continue;
    const std::string_view name = build.graph().text(target.name);
    const bool checks = name.starts_with("check-");
    if (!checks && !is_chore(name)) continue;
    const std::string selector = checks ? "target:check-*" : "target:" + escape_glob(name);
    ++asides.try_emplace(selector, ProposedAside{selector, 0, {}}).first->second.targets;
  }

  std::vector<ProposedAside> sorted;
  sorted.reserve(asides.size());
  for (auto& [selector, aside] : asides) sorted.push_back(std::move(aside));
  return sorted;
}

}  // namespace bulkhead
