// What list(FILTER), list(REMOVE_ITEM) and list(TRANSFORM) do to lists of sources that other calls have filled.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "auditor/proposal/guarded_files.h"

namespace bulkhead {

/// What a call does to an element of a list.
enum class ListEffect : std::uint8_t {
  none,     ///< It stays as it is.
  maybe,    ///< It may be taken out, or become another one.
  removes,  ///< It is taken out.
};

/// What is in a list.
struct ListContent {
  std::set<std::string> paths;  ///< Canonical, see SourcePaths.
  bool is_whole = true;         ///< There is nothing else in it.
};

/// By variable.
using ListContents = std::map<std::string, ListContent, std::less<>>;

/// An element of a list, as far as it is known.
struct ListElement {
  std::vector<std::string> forms;  ///< How it may be written; at least one.
  std::string path{};              ///< Canonical, see SourcePaths; empty when it is none.
};

/// What a call does to an element. A call that is none of the three does nothing. `contents` tells what `${references}`
/// to lists that are removed mean.
[[nodiscard]] ListEffect effect_of(const GuardedFiles& files, const GuardedFile& file, const CMakeCall& call,
                                   const ListElement& element, const ListContents& contents);

/// The variable that one of the three calls changes, or any other call of set(), file(GLOB), list(APPEND) and its kind
/// fills; empty for other calls. Borrows from the call.
[[nodiscard]] std::string_view list_of(const CMakeCall& call);

/// A call that changes a list, and what it does to one element.
struct ListChange {
  const GuardedFile* file;
  const GuardedCall* call;
  bool is_certain = false;  ///< It takes the element out whenever it is made, and nothing comes in between.
  bool is_always = false;   ///< It is made whenever the call is that has put the element into the list.
};

/// The calls of a project that change lists. Borrows from the files.
class ListChanges {
 public:
  explicit ListChanges(const GuardedFiles& files);

  /// Says that a call puts a source file into its list.
  void add_element(const CMakeCall& call, const std::string& path);
  /// True for a call that fills a list whose elements are only ever taken out of other lists.
  [[nodiscard]] bool fills_removals(const CMakeCall& call) const;
  /// The calls that may change what `filling` of `file` says about a path: those on its list behind it, those on it in
  /// other files of the directory, and those on lists that this one goes into.
  [[nodiscard]] std::vector<ListChange> find(const GuardedFile& file, const GuardedCall& filling,
                                             const std::string& path) const;
  /// What list(TRANSFORM … PREPEND) puts before each word of `filling`, when that is the only change of words and is
  /// always made; empty when there is none.
  [[nodiscard]] std::string prefix_of(const GuardedFile& file, const GuardedCall& filling) const;

 private:
  struct Place {
    const GuardedFile* file;
    const GuardedCall* call;
  };

  void collect_uses(const CMakeCall& call);
  [[nodiscard]] std::optional<std::string> understood_prefix(const GuardedFile& file, const GuardedCall& filling,
                                                             const Place& place) const;

  const GuardedFiles& files_;
  std::map<std::string, std::vector<Place>, std::less<>> changes_;       // by variable
  std::map<std::string, std::set<std::string>, std::less<>> goes_into_;  // variable → those that have its elements
  ListContents contents_;
  std::set<std::string, std::less<>> removed_;  // variables whose elements list(REMOVE_ITEM) takes out of others
  std::set<std::string, std::less<>> used_;     // those that stand anywhere else
};

}  // namespace bulkhead
