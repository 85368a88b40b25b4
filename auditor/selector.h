// Selectors: which targets and files a part of the policy or of a command line speaks of.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "auditor/glob.h"
#include "graph/result.h"
#include "graph/target_type.h"

namespace bulkhead {

enum class SelectorKind : std::uint8_t { target, path, module, core, type };

/// `target:GLOB`, `path:GLOB`, `module:NAME`, `core` or `type:STATIC_LIBRARY`.
struct Selector {
  SelectorKind kind = SelectorKind::core;
  std::optional<Glob> glob{};           ///< For target and path.
  std::string name{};                   ///< For module; for target: if not empty, this one alone, whatever is in it.
  TargetType type = TargetType::other;  ///< For type.
  std::string text{};                   ///< As it was written.
  Location where{};

  /// Parses `text`; an Error's column counts from `where.column` on. A module's name is not looked up here.
  static Result<Selector> parse(std::string_view text, const Location& where);
};

}  // namespace bulkhead
