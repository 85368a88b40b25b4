// The macros of a translation unit: which are defined, which are not, and which nobody can know.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "graph/id.h"
#include "graph/lexed_source.h"
#include "graph/string_pool.h"
#include "graph/truth.h"

namespace bulkhead {

using SourceId =
    Id<struct SourceTag>;             ///< Of a lexed source; whoever keeps the sources gives them out, counting from 0.
using MacroId = Id<struct MacroTag>;  ///< A name, in one particular MacroTable.
using OptionalMacroId = OptionalId<struct MacroTag>;

/// A source and its id. The source has to outlive whoever walks it.
struct SourceEntry {
  SourceId id;
  const LexedSource* source;
  std::uint32_t origin = 0;  ///< Where whoever looks for headers found it; see OpenSource.
};

/// A source whose names are those of a table.
struct BoundSource {
  SourceId id;
  const LexedSource* source;
  std::vector<MacroId> names;  ///< By SourceNameId.
  OptionalMacroId guard;
  OptionalMacroId once;  ///< Stands for `#pragma once`: defined when it has been met. No source can name it.
};

enum class MacroKind : std::uint8_t {
  undefined,
  defined,
  opaque,  ///< Defined, but nobody knows as what.
  unsure,  ///< Defined or not.
};

/// What a name is at some point of a translation unit.
struct MacroState {
  MacroKind kind = MacroKind::undefined;
  std::uint32_t source = 0;     ///< A SourceId; of a defined one, and of an unsure one that has one definition or none.
  std::uint32_t directive = 0;  ///< The index of its definition there, plus 1; 0 for none.

  bool operator==(const MacroState&) const = default;
};

/// How a group of branches ends.
enum class GroupEnd : std::uint8_t {
  open,        ///< Perhaps none of its branches is taken.
  exhaustive,  ///< One is certainly taken.
  reentry,     ///< Its one branch is a header that may have been there before: a macro that is unsure because of the
               ///< definition that the branch has met again is defined either way.
};

/// Names with a meaning of their own, in conditions. Their MacroIds are these numbers.
enum class SpecialName : std::uint8_t {
  defined,
  has_include,
  has_include_next,
  true_,
  and_,
  or_,
  not_,
  xor_,
  bit_and,
  bit_or,
  complement,
  not_equal,
  cplusplus,  ///< __cplusplus
};

/// The names of all translation units that one thread walks, and the macros of the one at hand.
///
/// A group whose conditions nobody can know is walked branch by branch, each from the same beginning, as if its
/// condition were true; at its end each macro becomes what all ways to get there agree on.
class MacroTable {
 public:
  MacroTable();

  /// Forgets the macros, for the next translation unit. Names stay.
  void clear();

  MacroId intern(std::string_view name);
  /// None: not a name that any source has used so far, and so no macro.
  [[nodiscard]] OptionalMacroId find(std::string_view name) const;
  [[nodiscard]] std::string_view name(MacroId id) const { return names_[StringId(id.value())]; }

  /// Valid for the life of the table. What it was bound to before is forgotten when the source is another one.
  BoundSource& bind(const SourceEntry& entry);
  /// Precondition: it has been bound.
  [[nodiscard]] const BoundSource& bound(std::uint32_t source) const { return *sources_[source]; }

  [[nodiscard]] MacroState lookup(MacroId id) const {
    const Entry& entry = entries_[id.value()];
    return entry.unit == unit_ ? entry.state : MacroState();
  }
  [[nodiscard]] Truth is_defined(MacroId id) const;
  void set(MacroId id, MacroState state);
  /// The definition of a defined one.
  [[nodiscard]] const Directive& definition(const MacroState& state) const {
    return bound(state.source).source->directives()[state.directive - 1];
  }

  /// A group of branches of which nobody knows which one is taken. Branches do not overlap; each begins with what the
  /// macros were at the beginning of the group.
  void begin_group();
  void begin_branch();
  void end_branch();
  void end_group(GroupEnd end);
  /// Takes an unsure macro for defined, or for undefined, since the branch is not taken otherwise.
  void assume(MacroId id, bool is_defined);

  /// `#pragma push_macro` and `pop_macro`. What a branch pushes, and another one pops, is unsure.
  void push(MacroId id);
  void pop(MacroId id);

 private:
  struct Entry {
    MacroState state{};
    std::uint32_t unit = 0;  // the translation unit that it is of
  };
  struct Change {
    MacroId id;
    MacroState state;
  };
  struct Group {
    std::size_t changes_begin;   // into changes_, of the branch
    std::size_t outcomes_begin;  // into outcomes_
    std::uint32_t branch_count;
    std::uint32_t branch;  // a serial number
  };
  struct Pushed {
    MacroState state;
    std::uint32_t branch;
  };

  [[nodiscard]] MacroState join(const MacroState& a, const MacroState& b) const;
  [[nodiscard]] std::uint32_t current_branch() const { return groups_.empty() ? 0 : groups_.back().branch; }

  StringPool names_;
  std::vector<Entry> entries_;  // by MacroId
  std::uint32_t unit_ = 1;
  std::vector<std::unique_ptr<BoundSource>> sources_;  // by SourceId

  std::vector<Group> groups_;        // the innermost last
  std::vector<Change> changes_;      // of open branches: what was there before
  std::vector<Change> outcomes_;     // of closed branches of open groups: what was there at their end
  std::vector<std::uint32_t> seen_;  // by MacroId: the last branch whose outcome has it
  std::uint32_t branch_ = 0;
  std::unordered_map<std::uint32_t, std::vector<Pushed>> pushed_;  // by MacroId
};

}  // namespace bulkhead
