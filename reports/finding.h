// What a rule says: one finding per cause, with all that a reader needs in order to act.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "graph/edge_kind.h"
#include "graph/target_graph.h"

namespace bulkhead {

enum class Severity : std::uint8_t { warning, error };
/// "warning" or "error".
[[nodiscard]] std::string_view to_string(Severity severity);

/// A finding is exactly one of these.
enum class Status : std::uint8_t {
  fresh,   ///< Written "new".
  known,   ///< In the baseline.
  waived,  ///< Accepted by a person, with a reason.
};
/// "new", "known" or "waived".
[[nodiscard]] std::string_view to_string(Status status);

/// One end of the offending edge, or a stop on the way.
struct FindingEnd {
  std::string label;        ///< "target:core", "file:src/a.cpp", "library:foo", "definition:USE_X".
  std::string type;         ///< "STATIC_LIBRARY"; empty when this is no target.
  std::string module{};     ///< The module that owns it; empty for the core.
  std::string directory{};  ///< The source directory that defines a target, "core"; empty when this is no target.

  bool operator==(const FindingEnd&) const = default;
};

/// The offending edge.
struct FindingEdge {
  EdgeKind kind = EdgeKind::link;
  FindingEnd from;
  FindingEnd to;
  Known known = Known::declared;

  bool operator==(const FindingEdge&) const = default;
};

/// A CMake call that shows what the finding says. No excerpt: writers read the file if it is there.
struct Evidence {
  std::string file;                       ///< Relative to the source root; empty when the reply names no line.
  std::uint32_t line = 0;                 ///< 1-based; 0 when unknown.
  std::string command{};                  ///< "target_link_libraries"; may be empty.
  std::vector<std::string> stack{};       ///< "file:line", outermost first, this call's own frames included.
  std::vector<std::string> conditions{};  ///< Around the line, outermost first: "core/a.cpp:3: #ifdef USE_CUDA".
  std::string mark{};                     ///< The word of the call to point at, "cuda_rt"; may be empty.

  bool operator==(const Evidence&) const = default;
};

/// Why a finding is accepted, by whom, and where it is written.
struct AppliedWaiver {
  std::string reason;
  std::string owner{};     ///< May be empty.
  std::string expires{};   ///< The last day, "2027-03-31"; may be empty.
  std::string file;        ///< Of the policy, or of the comment; as in Evidence.
  std::uint32_t line = 0;  ///< 1-based; 0 when unknown.

  bool operator==(const AppliedWaiver&) const = default;
};

/// One thing that a rule says. Text fields carry no layout and no trailing full stop.
struct Finding {
  std::string rule;  ///< "off-edge".
  Severity severity = Severity::error;
  Status status = Status::fresh;
  std::string module{};  ///< May be empty: not every finding is about one module.
  std::string name{};    ///< Of the general rule that says so, see GeneralRule::label(); else empty.
  std::string configuration{};
  std::optional<FindingEdge> edge{};       ///< None for findings that are not about an edge.
  std::vector<std::string> path{};         ///< Labels, depender first; evidence[i] shows the hop from path[i].
  std::vector<FindingEnd> inherited_by{};  ///< Targets that have the edge only because the depender has it. Sorted.
  std::vector<Evidence> evidence{};
  bool conditional = false;  ///< The edge stands under a condition that cannot be told; then it is a warning.
  std::string message;       ///< "core links cuda_rt of module cuda, which is off".
  std::string help{};        ///< The usual repair.
  std::string why{};         ///< Why the policy has this rule, in its own words; may be empty.
  /// Where there is no edge: what it is about, one thing each, in words that stay when others come and go,
  /// "target:cuda_rt". Empty when the message alone says it.
  std::vector<std::string> subjects{};
  std::string fingerprint{};              ///< 16 hex digits over rule, module, kind and ends; see fingerprint_of().
  std::string waiver_text{};              ///< What to write in order to waive it; lines end in '\n' but the last.
  std::optional<AppliedWaiver> waiver{};  ///< Of a waived one.

  bool operator==(const Finding&) const = default;
};

/// A name for the finding that survives changes of lines and of other findings: of rule, module, edge kind and both
/// ends; where there is no edge, of rule, module and subjects, or of the message. It is the same in every
/// configuration. The name of a general rule counts, too.
[[nodiscard]] std::string fingerprint_of(const Finding& finding);

/// The fingerprint of these fields: FNV-1a (64 bit, Fowler/Noll/Vo), each field ended by a zero byte.
[[nodiscard]] std::string fingerprint_of(std::span<const std::string_view> fields);

/// The order in which findings are shown: new ones first, then known, then waived ones; of these errors first, then by
/// rule, module, configuration, place, ends.
[[nodiscard]] bool shown_before(const Finding& a, const Finding& b);

}  // namespace bulkhead
