#include "auditor/proposal/list_change.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <utility>

#include "auditor/cmake_regex.h"
#include "auditor/proposal/folder_path.h"

namespace bulkhead {
namespace {

constexpr std::array<std::string_view, 3> changing = {"FILTER", "REMOVE_ITEM", "TRANSFORM"};
constexpr std::array<std::string_view, 3> filling = {"APPEND", "PREPEND", "INSERT"};

template <std::size_t count>
bool is_one_of(std::string_view word, const std::array<std::string_view, count>& words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

bool is_change(const CMakeCall& call) {
  return call.command == "list" && call.arguments.size() > 2 && is_one_of(call.arguments[0].text, changing);
}

bool has_word(const CMakeCall& call, std::string_view word) {
  return std::any_of(call.arguments.begin(), call.arguments.end(),
                     [word](const CallArgument& argument) { return argument.text == word; });
}

// What CMake makes of escapes in an argument: `\\.` is `\.`.
std::string unescape(std::string_view text) {
  std::string plain;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool escapes = text[i] == '\\' && i + 1 < text.size() && text[i + 1] != ';' &&
                         std::isalnum(static_cast<unsigned char>(text[i + 1])) == 0;
    plain += escapes ? text[++i] : text[i];
  }
  return plain;
}

// list(FILTER list INCLUDE|EXCLUDE REGEX regex)
ListEffect effect_of_filter(const GuardedFiles& files, const GuardedFile& file, const CMakeCall& call,
                            const ListElement& element) {
  constexpr std::size_t mode = 2;
  constexpr std::size_t expression = 4;
  if (call.arguments.size() <= expression) return ListEffect::none;  // CMake refuses it
  const auto text = files.expand(file, call.arguments[expression].text);
  if (!text) return ListEffect::maybe;
  const auto regex = CMakeRegex::compile(unescape(*text), {});
  if (!regex) return ListEffect::maybe;
  const bool excludes = call.arguments[mode].text == "EXCLUDE";
  const auto goes = [&](const std::string& form) { return regex->matches(form) == excludes; };
  const auto& forms = element.forms;
  if (std::all_of(forms.begin(), forms.end(), goes)) return ListEffect::removes;
  return std::any_of(forms.begin(), forms.end(), goes) ? ListEffect::maybe : ListEffect::none;
}

// The name of the variable when the text is nothing but a reference to it.
std::string_view referred(std::string_view text) {
  const bool refers = text.starts_with("${") && text.find('}') == text.size() - 1;
  return refers ? text.substr(2, text.size() - 3) : std::string_view();
}

// list(REMOVE_ITEM list value…): equal texts go, and not equal paths.
ListEffect effect_of_removal(const GuardedFiles& files, const GuardedFile& file, const CMakeCall& call,
                             const ListElement& element, const ListContents& contents) {
  ListEffect effect = ListEffect::none;
  for (std::size_t i = 2; i < call.arguments.size(); ++i) {
    const std::string& item = call.arguments[i].text;
    if (const auto list = contents.find(referred(item)); list != contents.end()) {
      if (list->second.paths.contains(element.path)) return ListEffect::removes;
      if (!list->second.is_whole) effect = ListEffect::maybe;
      continue;
    }
    const auto text = files.expand(file, item);
    if (!text) {
      effect = ListEffect::maybe;
      continue;
    }
    for (std::size_t begin = 0; begin <= text->size();) {
      const std::size_t end = std::min(text->find(';', begin), text->size());
      const std::string one = text->substr(begin, end - begin);
      if (std::find(element.forms.begin(), element.forms.end(), one) != element.forms.end()) return ListEffect::removes;
      if (!element.path.empty() && files.resolve(file, one) == element.path) effect = ListEffect::maybe;
      begin = end + 1;
    }
  }
  return effect;
}

bool changes_words(const CMakeCall& call) {
  const std::string& action = call.arguments[2].text;
  const bool elsewhere = has_word(call, "OUTPUT_VARIABLE");
  return call.arguments[0].text == "TRANSFORM" && action != "STRIP" && action != "GENEX_STRIP" && !elsewhere;
}

// How a source file may be written in a list: file(GLOB) gives absolute paths, people write what they like.
ListElement element_of(const GuardedFiles& files, const GuardedFile& file, const CMakeCall& call,
                       const std::string& path) {
  const std::string absolute = files.paths().absolute(path);
  if (call.command == "file" && !has_word(call, "RELATIVE")) return {{absolute}, path};
  std::vector<std::string> forms = {absolute};
  if (file.directory != "." && is_below(path, file.directory)) {
    forms.push_back(path.substr(file.directory.size() + 1));
  }
  forms.push_back(path);
  return {std::move(forms), path};
}

// Whether a call between the two reads the list, and so has what the later one would change.
bool is_read_between(const GuardedCall* begin, const GuardedCall* end, std::string_view list) {
  const std::string reference = "${" + std::string(list) + "}";
  return std::any_of(begin + 1, end, [&](const GuardedCall& between) {
    const CMakeCall& call = *between.call;
    return call.command != "message" && std::any_of(call.arguments.begin(), call.arguments.end(), [&](const auto& one) {
             return one.text == list ? list_of(call) != list : one.text.find(reference) != std::string::npos;
           });
  });
}

bool is_made_with(const GuardedCall& change, const GuardedCall& other) {
  return std::all_of(change.guards.begin(), change.guards.end(), [&other](const Guard& guard) {
    return std::find(other.guards.begin(), other.guards.end(), guard) != other.guards.end();
  });
}

}  // namespace

ListEffect effect_of(const GuardedFiles& files, const GuardedFile& file, const CMakeCall& call,
                     const ListElement& element, const ListContents& contents) {
  if (!is_change(call)) return ListEffect::none;
  if (call.arguments[0].text == "FILTER") return effect_of_filter(files, file, call, element);
  if (call.arguments[0].text == "REMOVE_ITEM") return effect_of_removal(files, file, call, element, contents);
  return changes_words(call) ? ListEffect::maybe : ListEffect::none;
}

std::string_view list_of(const CMakeCall& call) {
  if (call.arguments.size() < 2) return {};
  const std::string& first = call.arguments[0].text;
  if (call.command == "set") return first;
  const bool fills = (call.command == "file" && first.starts_with("GLOB")) ||
                     (call.command == "list" && is_one_of(first, filling)) || is_change(call);
  return fills ? std::string_view(call.arguments[1].text) : std::string_view();
}

ListChanges::ListChanges(const GuardedFiles& files) : files_(files) {
  for (const GuardedFile& file : files.files()) {
    for (const GuardedCall& guarded : file.calls) {
      const CMakeCall& call = *guarded.call;
      collect_uses(call);
      const std::string list(list_of(call));
      if (list.empty()) continue;
      if (is_change(call)) {
        changes_[list].push_back({&file, &guarded});
        continue;
      }
      for (const CallArgument& argument : call.arguments) {
        const std::string_view source = referred(argument.text);
        if (!files.expand(file, argument.text)) contents_[list].is_whole = false;
        if (!source.empty() && source != list) goes_into_[std::string(source)].insert(list);
      }
    }
  }
}

void ListChanges::collect_uses(const CMakeCall& call) {
  const bool removes = is_change(call) && call.arguments[0].text == "REMOVE_ITEM";
  const std::string_view own = list_of(call);
  for (std::size_t i = 0; i < call.arguments.size(); ++i) {
    const std::string& text = call.arguments[i].text;
    // foreach(x IN LISTS list), and functions of the project, take a list by its name.
    if (text != own) used_.insert(text);
    for (std::size_t at = text.find("${"); at != std::string::npos; at = text.find("${", at + 1)) {
      const std::size_t end = text.find('}', at);
      if (end == std::string::npos) break;
      (removes && i > 1 ? removed_ : used_).insert(text.substr(at + 2, end - at - 2));
    }
  }
}

bool ListChanges::fills_removals(const CMakeCall& call) const {
  const std::string_view list = list_of(call);
  return removed_.contains(list) && !used_.contains(list);
}

void ListChanges::add_element(const CMakeCall& call, const std::string& path) {
  const std::string_view list = list_of(call);
  if (!list.empty()) contents_[std::string(list)].paths.insert(path);
}

std::vector<ListChange> ListChanges::find(const GuardedFile& file, const GuardedCall& filling,
                                          const std::string& path) const {
  std::vector<ListChange> found;
  const std::string_view own = list_of(*filling.call);
  if (own.empty() || changes_.empty()) return found;
  std::vector<std::string> lists = {std::string(own)};
  for (std::size_t next = 0; next < lists.size(); ++next) {
    const auto further = goes_into_.find(lists[next]);
    if (further == goes_into_.end()) continue;
    for (const std::string& list : further->second) {
      if (std::find(lists.begin(), lists.end(), list) == lists.end()) lists.push_back(list);
    }
  }
  std::optional<ListElement> element;
  for (const std::string& list : lists) {
    const auto changes = changes_.find(list);
    if (changes == changes_.end()) continue;
    for (const Place& place : changes->second) {
      // Other directories have variables of their own.
      if (place.file->directory != file.directory) continue;
      const bool here = place.file == &file;
      const bool is_own = list == own;
      if (here && is_own && place.call < &filling) continue;
      if (here && is_own && understood_prefix(file, filling, place)) continue;
      if (!element) element = element_of(files_, file, *filling.call, path);
      const ListEffect effect = effect_of(files_, *place.file, *place.call->call, *element, contents_);
      if (effect == ListEffect::none) continue;
      const bool plain =
          here && is_own && !filling.in_body && !place.call->in_body && !is_read_between(&filling, place.call, list);
      found.push_back({.file = place.file,
                       .call = place.call,
                       .is_certain = plain && effect == ListEffect::removes,
                       .is_always = plain && is_made_with(*place.call, filling)});
    }
  }
  return found;
}

std::optional<std::string> ListChanges::understood_prefix(const GuardedFile& file, const GuardedCall& filling,
                                                          const Place& place) const {
  constexpr std::size_t plain_size = 4;  // TRANSFORM list PREPEND text
  const CMakeCall& call = *place.call->call;
  const bool in_order = place.file == &file && place.call > &filling;
  if (!in_order || filling.in_body || place.call->in_body || !is_made_with(*place.call, filling)) return std::nullopt;
  if (filling.call->command == "file" || call.arguments.size() != plain_size || !changes_words(call)) {
    return std::nullopt;
  }
  if (call.arguments[2].text != "PREPEND") return std::nullopt;
  if (is_read_between(&filling, place.call, list_of(call))) return std::nullopt;
  return files_.expand(file, call.arguments[3].text);
}

std::string ListChanges::prefix_of(const GuardedFile& file, const GuardedCall& filling) const {
  const auto changes = changes_.find(list_of(*filling.call));
  if (changes == changes_.end()) return {};
  std::string prefix;
  for (const Place& place : changes->second) {
    if (const auto one = understood_prefix(file, filling, place)) prefix.insert(0, *one);
  }
  return prefix;
}

}  // namespace bulkhead
