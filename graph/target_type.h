// The types of target, as the codemodel names them.
#pragma once

#include <cstdint>
#include <string_view>

namespace bulkhead {

enum class TargetType : std::uint8_t {
  executable,
  static_library,
  shared_library,
  module_library,
  object_library,
  interface_library,
  unknown_library,  ///< IMPORTED UNKNOWN, since CMake 4.3.
  utility,
  other,  ///< A type that this version of Bulkhead does not know.
};

/// "STATIC_LIBRARY", as in the codemodel.
[[nodiscard]] std::string_view to_string(TargetType type);
/// The type of that name; `other` for a new one.
[[nodiscard]] TargetType parse_target_type(std::string_view name);

}  // namespace bulkhead
