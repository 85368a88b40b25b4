// Walks the directives of a translation unit as a compiler's preprocessor does, and says which headers it includes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "graph/condition.h"
#include "graph/lexed_source.h"
#include "graph/macro_table.h"
#include "graph/truth.h"

namespace bulkhead {

/// A condition that guards a place: that of the branch of a group that the place is in.
struct GuardingCondition {
  std::uint32_t opening;  ///< The directive that opens the group: #if, #ifdef, #ifndef.
  std::uint32_t branch;   ///< The one that opens the branch; that, or #elif, #else and their kind.
  Truth truth;            ///< Whether the branch is taken, as far as this group goes; never `no`.
};

/// A source that is being walked.
struct OpenSource {
  SourceId id;
  const LexedSource* source;
  std::uint32_t directive;   ///< Where the walk stands: of the last one an include, of the others what they include.
  std::uint32_t origin = 0;  ///< As the SourceEntry had it by which this was entered.
};

/// Why an include could not be looked at.
enum class IncludeProblem : std::uint8_t {
  none,
  unknown_name,  ///< The name is made of macros that nobody can know.
  too_deep,      ///< 200 are open, where GCC gives up, too.
};

/// An include in a region that is not certainly left out. Valid during the call that it is given to.
struct IncludeSite {
  HeaderName header{};
  DirectiveKind kind = DirectiveKind::include;  ///< is_include() of it, or import_module, whose name is the header's.
  Truth truth = Truth::yes;                     ///< Whether the translation unit certainly includes it.
  IncludeProblem problem = IncludeProblem::none;
  std::span<const OpenSource> open{};               ///< From the first source to the one that the include is in.
  std::span<const GuardingCondition> conditions{};  ///< In the source that the include is in, the innermost last.

  [[nodiscard]] const OpenSource& from() const { return open.back(); }
  [[nodiscard]] const Directive& directive() const { return from().source->directives()[from().directive]; }
};

/// What a walk asks of whoever knows directories.
struct IncludeResolver {
  /// Which source an include enters; none when there is no such file, or it does not matter. Called for every include
  /// that is not certainly left out, also of a header that will not be entered again. With a problem, and for
  /// import_module, what it returns is not heeded.
  std::function<std::optional<SourceEntry>(const IncludeSite&)> enter;
  /// What `__has_include` comes out as; `from` is the source with the condition. Unknown where there is no function.
  std::function<Truth(const HeaderName&, const OpenSource& from)> has_header;
};

/// How much work a walk may take.
struct WalkLimits {
  /// A translation unit of LLVM looks at 17,000 on average, at 40 ns each.
  std::size_t directives = 10'000'000;
};

/// How a walk went.
struct WalkResult {
  std::size_t directives = 0;  ///< That were looked at.
  std::size_t entered = 0;     ///< Sources; each time counts.
  bool is_complete = true;     ///< Otherwise it took too much work, and includes may be missing.
  bool has_bounded = false;  ///< A header was not entered yet again under unknown conditions. What it includes has been
                             ///< reported before, but macros may have been others then.
};

/// Walks one translation unit after the other; one per thread. It keeps the names of all sources that it has met, so
/// that a header's names are looked up once.
///
/// Regions whose condition is unknown are walked, and their includes have an unknown truth. Within such a region its
/// condition is taken for true; behind it a macro is known as far as all branches agree on it. A header whose include
/// guard is unsure, because an unknown region had it, is entered again, as if it had not been there, and joined with
/// the case that it had: an include that is certain is so, whatever came before.
class Preprocessor {
 public:
  explicit Preprocessor(const WalkLimits& limits = {}) : limits_(limits), evaluator_(table_) {}

  /// Walks `main`, behind the preludes: sources that define what the compiler predefines (`-dM -E`), and what the
  /// command line defines, undefines and includes. All have ids of their own, and outlive the preprocessor, or are not
  /// used again under the same id.
  WalkResult walk(std::span<const SourceEntry> preludes, const SourceEntry& main, const IncludeResolver& resolver);

  /// The macros at the end of the last walk.
  [[nodiscard]] const MacroTable& macros() const { return table_; }

 private:
  struct Group {
    Truth taken;                // whether a branch before, or this one, is taken, if the region is
    Truth outer;                // of the region that the group is in
    Truth here;                 // of the branch, all in all
    bool is_branching = false;  // the table has a group for it
    bool is_open = false;       // and a branch
    OptionalMacroId tested{};   // of an opening that asks only whether this is defined
    bool is_tested_defined = false;
  };
  struct Frame {
    BoundSource* bound;
    std::size_t groups_begin;  // into groups_
    Truth truth;               // of its include
    std::uint32_t at = 0;      // the next directive
    bool is_reentry = false;   // because its guard is unsure; the table has a group for it
  };
  // Of a source, in the translation unit at hand.
  struct Visits {
    std::uint32_t unit = 0;
    std::uint16_t unknown = 0;  // entered under an unknown condition
    std::uint16_t unsure = 0;   // of these, because of an unsure guard
  };

  void run(const SourceEntry& entry);
  void open(BoundSource& bound, Truth truth, std::uint32_t origin);
  void close();
  void walk_directive(const Directive& directive, std::uint32_t index);
  void open_group(const Directive& directive, std::uint32_t index);
  void next_branch(const Directive& directive, std::uint32_t index);
  void close_group();
  void begin_branch(Group& group, bool is_first);
  [[nodiscard]] Truth evaluate(const Directive& directive);
  void include(const Directive& directive);
  void enter(const SourceEntry& entry, bool is_import);
  Visits& visits_of(SourceId id);
  MacroId once_of(BoundSource& bound);

  [[nodiscard]] Frame& frame() { return frames_.back(); }
  // Otherwise #include_next is no more than #include.
  [[nodiscard]] bool is_included() const { return open_.size() > 1; }
  [[nodiscard]] Truth here() const {
    return groups_.size() > frames_.back().groups_begin ? groups_.back().here : frames_.back().truth;
  }
  [[nodiscard]] MacroId macro_of(const Directive& directive) { return frame().bound->names[(*directive.name).value()]; }

  WalkLimits limits_;
  MacroTable table_;
  ConditionEvaluator evaluator_;
  const IncludeResolver* resolver_ = nullptr;
  HasHeader has_header_;
  WalkResult result_;

  std::vector<Frame> frames_;
  std::vector<OpenSource> open_;               // beside frames_
  std::vector<Group> groups_;                  // of all frames
  std::vector<GuardingCondition> conditions_;  // beside groups_
  std::vector<Visits> visits_;                 // by SourceId
  std::uint32_t unit_ = 0;
};

}  // namespace bulkhead
