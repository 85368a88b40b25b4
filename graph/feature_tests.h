// What a compiler answers to `__has_feature(x)` and its kind, kept as macros that no source can name by accident.
#pragma once

#include <string>
#include <string_view>

namespace bulkhead {

/// A source that asks about everything that headers are known to ask: features, builtins, attributes. It is to be
/// preprocessed (`-E`) for feature_answers(). What is not in its tables stays unknown.
[[nodiscard]] const std::string& feature_questions();

/// The answers as `#define` lines, from what the compiler made of the questions. Lines of any other kind are skipped.
[[nodiscard]] std::string feature_answers(std::string_view output);

/// The name of the macro that holds the answer to `operation(name)`: "__has_attribute$noreturn". Attributes and
/// features have `__noreturn__` for a second name.
[[nodiscard]] std::string feature_macro(std::string_view operation, std::string_view name);

}  // namespace bulkhead
