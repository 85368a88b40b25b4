#include "auditor/proposal/cmake_option.h"

#include <algorithm>
#include <array>
#include <cctype>

#include "auditor/module_states.h"
#include "auditor/toggle.h"
#include "graph/constant.h"

namespace bulkhead {
namespace {

// Commands of CMake that begin with the name of a variable, and declare no option.
constexpr std::array<std::string_view, 12> no_declarations = {
    "find_file", "find_library", "find_package",     "find_path", "find_program", "list",
    "message",   "set_property", "mark_as_advanced", "string",    "unset",        "add_definitions"};

bool is_plain_name(std::string_view text) {
  return !text.empty() && std::isdigit(static_cast<unsigned char>(text[0])) == 0 &&
         std::all_of(text.begin(), text.end(), [](unsigned char c) { return std::isalnum(c) != 0 || c == '_'; });
}

bool declares(const CMakeCall& call, bool in_cache) {
  if (call.arguments.empty() || !is_plain_name(call.arguments[0].text)) return false;
  if (call.command == "option") return true;
  if (call.command == "set") {
    const auto& arguments = call.arguments;
    const auto word = std::find_if(arguments.begin(), arguments.end(), [](const CallArgument& argument) {
      return argument.text == "CACHE" && !argument.quoted;
    });
    return word != arguments.end() && word + 1 != arguments.end() && (word + 1)->text != "INTERNAL";
  }
  if (std::find(no_declarations.begin(), no_declarations.end(), call.command) != no_declarations.end()) return false;
  const bool has_text = std::any_of(call.arguments.begin() + 1, call.arguments.end(),
                                    [](const CallArgument& argument) { return argument.quoted; });
  return has_text && (in_cache || call.command.find("option") != std::string::npos);
}

bool is_yes_or_no(std::string_view value) {
  return !value.empty() && (is_true_constant(value) || is_false_constant(value));
}

}  // namespace

CMakeOptions find_options(const GuardedFiles& files, const BuildTree& tree) {
  CMakeOptions options;
  const ToggleValues values = toggle_values(tree);
  for (const GuardedFile& file : files.files()) {
    for (const GuardedCall& guarded : file.calls) {
      const CMakeCall& call = *guarded.call;
      if (call.arguments.empty()) continue;
      const std::string& name = call.arguments[0].text;
      const auto value = values.find(name);
      if (!declares(call, value.has_value())) continue;
      const CMakeOption option{.name = name,
                               .kind = kind_of_option(name),
                               .declared = {file.path, call.line},
                               .in_cache = value.has_value(),
                               .is_switch = value ? is_yes_or_no(*value) : call.command != "set"};
      options.emplace(name, option);
    }
  }
  for (const CacheEntry& entry : tree.cache.entries()) {
    if (entry.type != "BOOL" || !is_plain_name(entry.name)) continue;
    options.emplace(entry.name, CMakeOption{.name = entry.name,
                                            .kind = kind_of_option(entry.name),
                                            .declared = {},
                                            .in_cache = true,
                                            .is_switch = true});
  }
  return options;
}

}  // namespace bulkhead
