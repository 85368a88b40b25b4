#include "auditor/proposal/guarded_part.h"

#include <algorithm>
#include <filesystem>
#include <iterator>
#include <map>
#include <optional>
#include <set>
#include <system_error>
#include <tuple>
#include <utility>

#include "auditor/proposal/list_change.h"
#include "auditor/proposal/mentions.h"

namespace bulkhead {
namespace {

namespace fs = std::filesystem;

using Terms = std::vector<std::string>;

// What all the calls that name a thing have in common.
struct Thing {
  Terms terms;
  bool aside = false;
  bool supplied = false;
  bool is_partial = false;
  CallPlace guard;
  CallPlace place;    // of the first call
  CallPlace altered;  // a call that may take it out of a list
};

// A thing that a call names, and what has to hold for it to.
struct Named {
  GuardTerms terms;
  CallPlace place;
  CallPlace altered;
};

bool includes(const Terms& terms, const Terms& part) {
  return std::includes(terms.begin(), terms.end(), part.begin(), part.end());
}

bool is_header(std::string_view name) {
  const std::string_view extension = name.substr(name.rfind('.') + 1);
  return extension.starts_with('h') || extension == "cuh" || extension.starts_with("in") || extension == "ipp" ||
         extension == "tcc";
}

// Whether a path below the folder leads through one of tests, examples and the like: these are set aside, or belong to
// the part that they test.
bool is_aside_below(std::string_view path, std::string_view folder) {
  path.remove_prefix(std::min(folder.size() + 1, path.size()));
  return has_name(path, is_aside_folder);
}

class PartFinder {
 public:
  PartFinder(const GuardedFiles& files, const CMakeOptions& options, const ObservedBuild& build)
      : files_(files), options_(options), build_(build), changes_(files) {}

  std::vector<GuardedPart> find() {
    for (const GuardedFile& file : files_.files()) {
      for (const GuardedCall& call : file.calls) find_mentions(file, call);
    }
    // After this point it is known what is in lists.
    for (const Naming& naming : namings_) collect(naming);
    // After this point every thing knows which terms it stands under wherever it is named.
    for (const auto& [mention, thing] : things_) {
      if (!thing.terms.empty() || thing.aside) add(mention, thing);
    }
    std::vector<GuardedPart> found;
    for (auto& [key, part] : parts_) {
      find_source_folders(part);
      found.push_back(std::move(part));
    }
    return found;
  }

 private:
  using Key = std::pair<Terms, bool>;

  // A call, and what it names.
  struct Naming {
    const GuardedFile* file;
    const GuardedCall* call;
    std::vector<Mention> mentions;
  };

  void find_mentions(const GuardedFile& file, const GuardedCall& guarded) {
    std::vector<Mention> mentions = mentions_of(files_, file, *guarded.call, changes_.prefix_of(file, guarded));
    if (mentions.empty()) return;
    for (const Mention& mention : mentions) {
      if (mention.kind == MentionKind::file) changes_.add_element(*guarded.call, mention.name);
    }
    // What is only named to be taken out of a list is no part of anything for that.
    if (changes_.fills_removals(*guarded.call)) return;
    namings_.push_back({&file, &guarded, std::move(mentions)});
  }

  // What is left of a call's words once other calls have changed the list; none when the file is always taken out.
  [[nodiscard]] std::optional<Named> change(const Naming& naming, const std::string& path, Named named) const {
    for (const ListChange& change : changes_.find(*naming.file, *naming.call, path)) {
      if (change.is_certain && change.is_always) return std::nullopt;
      const CallPlace place{change.file->path, change.call->call->line};
      const GuardTerms when = terms_of(*change.file, *change.call, options_);
      Terms more;
      std::set_difference(when.terms.begin(), when.terms.end(), named.terms.terms.begin(), named.terms.terms.end(),
                          std::back_inserter(more));
      // Taken out while an option is off, it is there while that is on.
      if (!change.is_certain || when.aside || when.is_partial || more.size() != 1) {
        named.altered = place;
        continue;
      }
      Terms& terms = named.terms.terms;
      terms.push_back(negation_of(more.front()));
      std::sort(terms.begin(), terms.end());
      terms.erase(std::unique(terms.begin(), terms.end()), terms.end());
      named.terms.place = when.place;
      named.place = place;
    }
    return named;
  }

  void collect(const Naming& naming) {
    const Named whole{terms_of(*naming.file, *naming.call, options_), {naming.file->path, naming.call->call->line}, {}};
    for (const Mention& mention : naming.mentions) {
      const auto named = mention.kind == MentionKind::file ? change(naming, mention.name, whole) : std::optional(whole);
      if (!named) continue;
      const auto& [terms, place, altered] = *named;
      const auto [at, added] = things_.emplace(
          mention, Thing{terms.terms, terms.aside, terms.supplied, terms.is_partial, terms.place, place, altered});
      // What tests name as well is no less of a part for it.
      if (added || (terms.aside && !at->second.aside)) continue;
      Thing& thing = at->second;
      if (thing.aside && !terms.aside) {
        thing = Thing{terms.terms, terms.aside, terms.supplied, terms.is_partial, terms.place, place, altered};
        continue;
      }
      if (thing.altered.line == 0) thing.altered = altered;
      Terms common;
      std::set_intersection(thing.terms.begin(), thing.terms.end(), terms.terms.begin(), terms.terms.end(),
                            std::back_inserter(common));
      if (common.size() < thing.terms.size() && common == terms.terms) {
        thing.guard = terms.place;
        thing.place = place;
      }
      thing.terms = std::move(common);
      thing.aside = thing.aside && terms.aside;
      thing.supplied = thing.supplied && terms.supplied;
      thing.is_partial = thing.is_partial && terms.is_partial;
    }
  }

  void add(const Mention& mention, const Thing& thing) {
    const auto [at, added] = parts_.try_emplace(Key{thing.terms, thing.aside});
    GuardedPart& part = at->second;
    if (added) {
      part.terms = thing.terms;
      part.aside = thing.aside;
      part.is_partial = true;
    }
    part.supplied = part.supplied || thing.supplied;
    part.is_partial = part.is_partial && thing.is_partial;
    if (part.altered.line == 0) part.altered = thing.altered;
    NamedThing named{mention.name, thing.place, thing.guard};
    switch (mention.kind) {
      case MentionKind::folder: part.folders.push_back(std::move(named)); break;
      case MentionKind::file: part.files.push_back(std::move(named)); break;
      case MentionKind::library: part.libraries.push_back(named); [[fallthrough]];
      case MentionKind::executable: part.targets.push_back(std::move(named)); break;
      case MentionKind::definition: part.defines.push_back(std::move(named)); break;
    }
  }

  // The things of a kind that lie below a folder.
  template <class Check>
  [[nodiscard]] bool all_below(MentionKind kind, const std::string& folder, Check&& holds) const {
    for (auto at = things_.lower_bound(Mention{kind, folder}); at != things_.end(); ++at) {
      if (at->first.kind != kind || !at->first.name.starts_with(folder)) break;
      const bool counts = is_below(at->first.name, folder) && !is_aside_below(at->first.name, folder);
      if (counts && !holds(at->second)) return false;
    }
    return true;
  }

  // Whether CMake reads a file below the folder under other terms: while the part is off, that would be an edge to it.
  [[nodiscard]] bool reads_anyhow(const std::string& folder, const Terms& terms) const {
    const GuardedCall reading{nullptr, {}};
    return std::any_of(files_.files().begin(), files_.files().end(), [&](const GuardedFile& file) {
      return is_below(file.path, folder) && !is_aside_below(file.path, folder) &&
             !includes(terms_of(file, reading, options_).terms, terms);
    });
  }

  // Whether nothing below the folder is named, compiled or entered but under the terms.
  [[nodiscard]] bool is_exclusive(const std::string& folder, const Terms& terms) const {
    if (folder == "." || folder == "..") return false;
    std::size_t named = 0;
    const auto is_ours = [&](const Thing& thing) {
      if (thing.aside) return true;  // a test beside what it tests
      ++named;
      return includes(thing.terms, terms);
    };
    if (reads_anyhow(folder, terms)) return false;
    if (!all_below(MentionKind::file, folder, is_ours) || !all_below(MentionKind::folder, folder, is_ours))
      return false;
    for (const std::string_view source : build_.sources_below(folder)) {
      if (is_header(source) || !is_source_name(source) || is_aside_below(source, folder)) continue;
      if (!things_.contains(Mention{MentionKind::file, std::string(source)})) return false;
    }
    std::size_t on_disk = 0;
    for (const std::string& source : list_sources(files_.paths(), folder, {}, true)) {
      if (!is_header(source) && !is_aside_below(source, folder)) ++on_disk;
    }
    return named * 2 >= on_disk;
  }

  // Folders instead of files, where the files are all that is in them.
  void find_source_folders(GuardedPart& part) const {
    const auto by_name = [](const NamedThing& a, const NamedThing& b) { return a.name < b.name; };
    drop_nested(part.folders);
    drop_below(part.files, part.folders);
    std::map<std::string, bool> known;
    const auto exclusive = [&](const std::string& folder) {
      const auto [at, added] = known.try_emplace(folder, false);
      if (added) at->second = is_exclusive(folder, part.terms);
      return at->second;
    };
    for (const NamedThing& file : part.files) {
      std::string folder = folder_of(file.name);
      if (part.terms.empty() || !exclusive(folder)) continue;
      for (std::string above = folder_of(folder); above != "." && exclusive(above); above = folder_of(above)) {
        // A folder above is meant when it has the option's name, or gathers several.
        const bool named = shares_word(toggle_of(part.terms), last_name(above));
        const bool gathers = std::any_of(part.files.begin(), part.files.end(), [&](const NamedThing& other) {
          return is_below(other.name, above) && !is_below(other.name, folder);
        });
        if (!named && !gathers) break;
        folder = above;
      }
      part.sources.push_back({folder, file.place, file.guard});
    }
    std::sort(part.sources.begin(), part.sources.end(), by_name);
    drop_nested(part.sources);
    drop_below(part.files, part.sources);
    drop_below(part.sources, part.folders);
  }

  // Keeps what is in no other one of them. Precondition: sorted by name.
  static void drop_nested(std::vector<NamedThing>& folders) {
    std::vector<NamedThing> kept;
    for (NamedThing& one : folders) {
      const bool nested = std::any_of(kept.begin(), kept.end(),
                                      [&one](const NamedThing& other) { return is_below(one.name, other.name); });
      if (!nested) kept.push_back(std::move(one));
    }
    folders = std::move(kept);
  }

  static void drop_below(std::vector<NamedThing>& things, const std::vector<NamedThing>& folders) {
    std::erase_if(things, [&folders](const NamedThing& one) {
      return std::any_of(folders.begin(), folders.end(),
                         [&one](const NamedThing& folder) { return is_below(one.name, folder.name); });
    });
  }

  const GuardedFiles& files_;
  const CMakeOptions& options_;
  const ObservedBuild& build_;
  ListChanges changes_;
  std::vector<Naming> namings_;
  std::map<Mention, Thing> things_;
  std::map<Key, GuardedPart> parts_;
};

}  // namespace

std::vector<GuardedPart> find_guarded_parts(const GuardedFiles& files, const CMakeOptions& options,
                                            const ObservedBuild& build) {
  return PartFinder(files, options, build).find();
}

std::vector<std::string> list_libraries(const SourcePaths& paths, std::string_view folder) {
  constexpr std::size_t most_entries = 20'000;
  std::set<std::string> names;
  CMakeSources sources(paths.source_root(), paths.build_root());
  std::error_code error;
  const fs::path start = paths.absolute(folder);
  fs::recursive_directory_iterator at(start, fs::directory_options::skip_permission_denied, error);
  std::size_t seen = 0;
  for (const fs::recursive_directory_iterator end; !error && at != end; at.increment(error)) {
    if (++seen > most_entries) break;
    const std::string name = at->path().filename().string();
    if (at->is_directory(error) && is_aside_folder(name)) at.disable_recursion_pending();
    if (name != "CMakeLists.txt") continue;
    std::string buffer;
    const std::string path(paths.normalise(at->path().generic_string(), buffer));
    for (const CMakeCall& call : sources.calls(path)) {
      if (call.command != "add_library" || call.arguments.size() < 2) continue;
      const std::string& library = call.arguments[0].text;
      const std::string& type = call.arguments[1].text;
      const bool plain = !library.empty() && library.find_first_of("${}<>:;\" ") == std::string::npos;
      if (plain && type != "ALIAS" && type != "IMPORTED") names.insert(library);
    }
  }
  return {names.begin(), names.end()};
}

}  // namespace bulkhead
