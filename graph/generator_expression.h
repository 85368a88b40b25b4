// Generator expressions in the lists that a capture holds: what an entry may come to, and on which condition.
#pragma once

#include <cstdint>
#include <functional>
#include <string_view>
#include <vector>

namespace bulkhead {

/// Calls `visit(entry)` for each entry of a CMake list. A `;` inside a generator expression does not separate; neither
/// does one behind a backslash or inside brackets. Empty entries are left out.
void for_each_entry(std::string_view list, const std::function<void(std::string_view entry)>& visit);

/// Whether a condition holds, as far as it can be told without CMake.
enum class ExpressionValue : std::uint8_t { no, yes, unknown };

/// How an entry of a link list uses what it names.
enum class LinkUse : std::uint8_t {
  link,     ///< As a library.
  compile,  ///< Its usage requirements only: `$<COMPILE_ONLY:x>`.
  objects,  ///< `$<TARGET_OBJECTS:x>`
  file,     ///< As a file: `$<TARGET_FILE:x>` and its kind.
};

/// Something that an entry of a list comes to when a condition holds.
struct LinkItem {
  std::string_view text;  ///< A name, a path or a flag. Borrowed from the list.
  ExpressionValue condition = ExpressionValue::yes;
  LinkUse use = LinkUse::link;
  std::string_view entry;  ///< The whole entry, for messages. Borrowed from the list.
};

/// What conditions may ask for.
struct GenexContext {
  std::string_view configuration;                            ///< Empty when there is no build type.
  std::function<bool(std::string_view name)> target_exists;  ///< Aliases included.
};

/// What the entries of a link list come to. A condition that depends on the platform, the compiler, the language or
/// properties of targets is unknown. Follows cmake-generator-expressions(7).
[[nodiscard]] std::vector<LinkItem> evaluate_link_list(std::string_view list, const GenexContext& context);

}  // namespace bulkhead
