// Waivers: findings that a person has accepted, with a reason.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "auditor/date.h"
#include "auditor/selector.h"
#include "graph/result.h"
#include "reports/finding.h"

namespace bulkhead {

/// What a waiver speaks of, by the lines of the file that it stands in.
struct WaivedLines {
  std::uint32_t own = 0;   ///< 1-based: the line of the comment.
  std::uint32_t next = 0;  ///< The line below, where the comment has a line of its own; else 0.
};

/// A `[[waiver]]` of the policy, or a comment `bulkhead: waive …`.
struct Waiver {
  std::string rule;
  std::string module{};             ///< Empty for any, and for none.
  std::optional<Selector> from{};   ///< The depender of an edge.
  std::optional<Selector> to{};     ///< The dependee.
  std::string message{};            ///< The whole of a finding's message; `*` stands for any characters. Empty for any.
  std::optional<WaivedLines> at{};  ///< Of comments.
  std::string reason{};
  std::string owner{};            ///< May be empty.
  std::optional<Date> expires{};  ///< The last day on which it waives anything.
  Location where{};               ///< Of a comment: its file is written as in Evidence.
};

/// How many days before it expires a waiver is warned of.
inline constexpr std::int32_t days_of_warning = 14;

/// True when the selector selects an end of a finding's edge. A target is also selected by the path of the directory
/// that defines it. The core is what no module owns.
[[nodiscard]] bool selects(const Selector& selector, const FindingEnd& end);

/// True when a waiver speaks of a finding, but for the lines of a comment; whether it has expired does not matter.
[[nodiscard]] bool speaks_of(const Waiver& waiver, const Finding& finding);

/// What to write in order to waive a finding: a comment for the line of its call or include, where it has one in the
/// project; else a `[[waiver]]` for the policy. "REASON" stands for what only a person knows.
[[nodiscard]] std::string waiver_text_for(const Finding& finding);

/// The comments that can stand at a place: those of CMake, those of C, or none.
enum class CommentStyle : std::uint8_t { none, cmake, source };
/// That of a finding's evidence; none where its line is not known, or lies outside the source tree.
[[nodiscard]] CommentStyle comments_at(const Finding& finding, const Evidence& evidence);

}  // namespace bulkhead
