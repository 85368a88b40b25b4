// "Did you mean ...?": the known word that a mistyped one most likely stands for.
#pragma once

#include <optional>
#include <span>
#include <string_view>

namespace bulkhead {

/// The word of `known` that is most similar to `word`, or nothing when none is near enough to be worth a hint. An edit
/// is an insertion, a deletion, a replacement or a swap of two neighbours; at most one edit for each three bytes of the
/// longer word is near enough, and a difference in case counts as a third of an edit. Of equally near words the
/// alphabetically first wins, whatever the order of `known`. Borrows from `known`.
[[nodiscard]] std::optional<std::string_view> nearest(std::string_view word, std::span<const std::string_view> known);

}  // namespace bulkhead
