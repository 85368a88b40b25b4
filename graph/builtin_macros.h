// Macros that a compiler has without a definition that it would print.
#pragma once

#include "graph/macro_table.h"

namespace bulkhead {

/// Makes those that `-dM -E` leaves out opaque: `__FILE__`, `__COUNTER__`, `__has_include` and their kind. Which ones
/// follows from what the table has of the compiler: `__clang__`, `__GNUC__`, `_MSC_VER`. Of an unknown compiler
/// `__has_include` and its kind are unsure. What is defined already stays.
void define_builtin_macros(MacroTable& table);

}  // namespace bulkhead
