#include "graph/target_type.h"

#include <array>
#include <utility>

namespace bulkhead {
namespace {

constexpr std::array<std::pair<TargetType, std::string_view>, 9> names = {{
    {TargetType::executable, "EXECUTABLE"},
    {TargetType::static_library, "STATIC_LIBRARY"},
    {TargetType::shared_library, "SHARED_LIBRARY"},
    {TargetType::module_library, "MODULE_LIBRARY"},
    {TargetType::object_library, "OBJECT_LIBRARY"},
    {TargetType::interface_library, "INTERFACE_LIBRARY"},
    {TargetType::unknown_library, "UNKNOWN_LIBRARY"},
    {TargetType::utility, "UTILITY"},
    {TargetType::other, "OTHER"},
}};

}  // namespace

std::string_view to_string(TargetType type) {
  for (const auto& [known, name] : names) {
    if (known == type) return name;
  }
  return "OTHER";
}

TargetType parse_target_type(std::string_view name) {
  for (const auto& [type, known] : names) {
    if (known == name) return type;
  }
  return TargetType::other;
}

}  // namespace bulkhead
