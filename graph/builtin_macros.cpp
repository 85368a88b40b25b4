#include "graph/builtin_macros.h"

#include <charconv>
#include <string_view>

namespace bulkhead {
namespace {

// Which version of GCC is the first to have it, and whether Clang does.
struct Builtin {
  std::string_view name;
  unsigned gcc;  // 0: never
  bool has_clang;
};

// GCC 12 and Clang 14 were asked. Which version of GCC was the first, and what Microsoft's compiler has, has not been
// tried.
constexpr Builtin builtins[] = {
    {"__FILE__", 1, true},
    {"__LINE__", 1, true},
    {"__DATE__", 1, true},
    {"__TIME__", 1, true},
    {"__TIMESTAMP__", 1, true},
    {"__BASE_FILE__", 1, true},
    {"__FILE_NAME__", 12, true},
    {"__COUNTER__", 1, true},
    {"__INCLUDE_LEVEL__", 1, true},
    {"_Pragma", 1, true},
    {"__has_include", 5, true},
    {"__has_include_next", 5, true},
    {"__has_attribute", 5, true},
    {"__has_cpp_attribute", 5, true},
    {"__has_builtin", 10, true},
    {"__has_c_attribute", 11, true},
    {"__has_feature", 14, true},
    {"__has_extension", 14, true},
    {"__has_embed", 15, false},
    {"__has_declspec_attribute", 0, true},
    {"__has_warning", 0, true},
    {"__is_identifier", 0, true},
    {"__building_module", 0, true},
    {"__is_target_arch", 0, true},
    {"__is_target_vendor", 0, true},
    {"__is_target_os", 0, true},
    {"__is_target_environment", 0, true},
};

// The number that a macro is defined as; 0 for anything else.
unsigned number_of(const MacroTable& table, MacroId id) {
  const MacroState state = table.lookup(id);
  if (state.kind != MacroKind::defined) return 0;
  const BoundSource& bound = table.bound(state.source);
  const auto tokens = bound.source->tokens(table.definition(state));
  if (tokens.size() != 1 || tokens[0].kind != TokenKind::number) return 0;
  unsigned number = 0;
  const char* const digits = bound.source->text().data() + tokens[0].at;
  std::from_chars(digits, digits + tokens[0].size, number);
  return number;
}

}  // namespace

void define_builtin_macros(MacroTable& table) {
  const bool is_clang = table.is_defined(table.intern("__clang__")) == Truth::yes;
  const bool is_cplusplus = table.is_defined(table.intern("__cplusplus")) == Truth::yes;
  const bool is_microsoft = !is_clang && table.is_defined(table.intern("_MSC_VER")) == Truth::yes;
  const unsigned gcc = is_clang ? 0 : number_of(table, table.intern("__GNUC__"));
  const bool is_known = is_clang || is_microsoft || gcc != 0;
  for (const Builtin& builtin : builtins) {
    const MacroId id = table.intern(builtin.name);
    if (table.is_defined(id) != Truth::no) continue;
    bool has = is_clang ? builtin.has_clang : builtin.gcc != 0 && builtin.gcc <= gcc;
    // Clang asks for attributes by the language's own name only.
    if (is_clang && builtin.name == "__has_cpp_attribute") has = is_cplusplus;
    if (is_clang && builtin.name == "__has_c_attribute") has = !is_cplusplus;
    const bool is_standard = builtin.gcc == 1 || builtin.name == "__has_include";
    if (is_microsoft) has = is_standard || (is_cplusplus && builtin.name == "__has_cpp_attribute");
    if (has || (!is_known && builtin.gcc == 1)) {
      table.set(id, {MacroKind::opaque});
    } else if (!is_known) {
      table.set(id, {MacroKind::unsure});
    }
  }
}

}  // namespace bulkhead
