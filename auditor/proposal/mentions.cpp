#include "auditor/proposal/mentions.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <filesystem>
#include <system_error>

#include "auditor/proposal/observed_build.h"

namespace bulkhead {
namespace {

namespace fs = std::filesystem;

// Commands that speak of files which some other call gives to a target, or which are no sources.
constexpr std::array<std::string_view, 27> silent_commands = {"add_custom_command",
                                                              "add_custom_target",
                                                              "add_dependencies",
                                                              "add_test",
                                                              "check_include_file",
                                                              "configure_file",
                                                              "execute_process",
                                                              "export",
                                                              "get_filename_component",
                                                              "include",
                                                              "include_directories",
                                                              "install",
                                                              "mark_as_advanced",
                                                              "message",
                                                              "project",
                                                              "set_property",
                                                              "set_source_files_properties",
                                                              "set_target_properties",
                                                              "set_tests_properties",
                                                              "source_group",
                                                              "string",
                                                              "target_include_directories",
                                                              "target_link_libraries",
                                                              "try_compile",
                                                              "try_run",
                                                              "unset",
                                                              "find_path"};

constexpr std::array<std::string_view, 8> show_words = {"group",   "format", "lint",      "tidy",
                                                        "install", "doc",    "translate", "message"};

bool is_silent(const CMakeCall& call) {
  if (std::find(silent_commands.begin(), silent_commands.end(), call.command) != silent_commands.end()) return true;
  if (call.command.starts_with("check_") || call.command.find("install") != std::string::npos) return true;
  if (call.arguments.empty()) return true;
  const std::string& first = call.arguments[0].text;
  if (call.command == "file") return !first.starts_with("GLOB");
  if (call.command == "list") return first != "APPEND" && first != "PREPEND" && first != "INSERT";
  return false;
}

// Functions that lay files out for people or editors.
bool is_for_show(std::string_view command) {
  if (std::find(silent_commands.begin(), silent_commands.end(), command) != silent_commands.end()) return true;
  return std::any_of(show_words.begin(), show_words.end(),
                     [command](std::string_view word) { return command.find(word) != std::string_view::npos; });
}

// A glob whose files only go into source groups, custom commands, formatters and the like; what nobody uses by name may
// be used anyhow.
bool is_glob_for_show(const GuardedFiles& files, const CMakeCall& call) {
  if ((call.command != "file" && call.command.find("glob") == std::string::npos) || call.arguments.size() < 3) {
    return false;
  }
  const auto* const users = files.users_of(call.arguments[1].text);
  return users != nullptr && std::all_of(users->begin(), users->end(), is_for_show);
}

bool is_name(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](unsigned char c) {
    return std::isalnum(c) != 0 || c == '_' || c == '-' || c == '.' || c == '+';
  });
}

bool has_word(const CMakeCall& call, std::string_view word) {
  return std::any_of(call.arguments.begin(), call.arguments.end(),
                     [word](const CallArgument& argument) { return argument.text == word; });
}

// add_library(), add_executable(), and functions of projects with such names, such as add_llvm_library().
void mention_target(const GuardedFiles& files, const GuardedFile& file, const CMakeCall& call,
                    std::vector<Mention>& mentions) {
  if (call.command.find("add_") == std::string::npos) return;
  const bool library = call.command.ends_with("library") || call.command.ends_with("plugin");
  const bool executable = call.command.ends_with("executable") || call.command.ends_with("tool");
  if ((!library && !executable) || has_word(call, "IMPORTED") || has_word(call, "ALIAS")) return;
  // A function of the project has sources for the target that it makes, or makes none.
  const bool of_cmake = call.command == "add_library" || call.command == "add_executable";
  const bool has_source =
      std::any_of(call.arguments.begin() + 1, call.arguments.end(), [](const CallArgument& argument) {
        return is_source_name(argument.text) || argument.text.find("${") != std::string::npos;
      });
  if (!of_cmake && !has_source) return;
  const auto name = files.expand(file, call.arguments[0].text);
  const bool for_tests = name && (name->starts_with("gtest") || name->starts_with("gmock"));
  if (name && is_name(*name) && !for_tests)
    mentions.push_back({library ? MentionKind::library : MentionKind::executable, *name});
}

void mention_definition(std::string_view text, std::vector<Mention>& mentions) {
  if (text.starts_with("-D")) text.remove_prefix(2);
  const std::string name(text.substr(0, text.find('=')));
  const bool plain = is_name(name) && std::isdigit(static_cast<unsigned char>(name[0])) == 0 &&
                     name.find('-') == std::string::npos && name.find('.') == std::string::npos;
  if (plain) mentions.push_back({MentionKind::definition, name});
}

void mention_definitions(const CMakeCall& call, std::vector<Mention>& mentions) {
  const bool of_target = call.command == "target_compile_definitions";
  for (std::size_t i = of_target ? 1 : 0; i < call.arguments.size(); ++i) {
    const std::string& text = call.arguments[i].text;
    if (text == "PRIVATE" || text == "PUBLIC" || text == "INTERFACE") continue;
    if (call.command == "add_definitions" && !text.starts_with("-D")) continue;
    mention_definition(text, mentions);
  }
}

// The files that one word of a call means.
void mention_files(const GuardedFiles& files, const GuardedFile& file, std::string_view text, bool recursive,
                   std::vector<Mention>& mentions) {
  const std::string_view base = text.substr(text.rfind('/') + 1);
  const bool wild = base.find('*') != std::string_view::npos;
  if (!is_source_name(base) && !(wild && base == "*")) return;
  const auto path = files.resolve(file, text);
  if (!path || is_in_build(*path)) return;
  if (wild) {
    const std::size_t slash = path->rfind('/');
    const std::string folder = slash == std::string::npos ? "." : path->substr(0, slash);
    if (folder.find('*') != std::string::npos) return;
    const std::string_view pattern = std::string_view(*path).substr(slash == std::string::npos ? 0 : slash + 1);
    for (std::string& one : list_sources(files.paths(), folder, pattern, recursive)) {
      mentions.push_back({MentionKind::file, std::move(one)});
    }
    return;
  }
  std::error_code error;
  if (fs::is_regular_file(files.paths().absolute(*path), error)) mentions.push_back({MentionKind::file, *path});
}

}  // namespace

std::vector<Mention> mentions_of(const GuardedFiles& files, const GuardedFile& file, const CMakeCall& call,
                                 std::string_view prefix) {
  std::vector<Mention> mentions;
  if (is_silent(call) || is_glob_for_show(files, call)) return mentions;
  if (enters_directories(call)) {
    std::error_code error;
    for (const CallArgument& argument : call.arguments) {
      const auto path = files.resolve(file, argument.text);
      if (path && !is_in_build(*path) && *path != file.directory &&
          fs::is_regular_file(files.paths().absolute(*path) + "/CMakeLists.txt", error)) {
        mentions.push_back({MentionKind::folder, *path});
      }
      if (call.command == "add_subdirectory") break;  // what follows is the build directory
    }
    return mentions;
  }
  if (call.command == "add_definitions" || call.command == "add_compile_definitions" ||
      call.command == "target_compile_definitions") {
    mention_definitions(call, mentions);
    return mentions;
  }
  mention_target(files, file, call, mentions);
  const bool recursive = has_word(call, "GLOB_RECURSE") || call.command.find("recurse") != std::string::npos;
  for (const CallArgument& argument : call.arguments) {
    // A quoted list.
    for (std::size_t begin = 0; begin <= argument.text.size();) {
      const std::size_t end = std::min(argument.text.find(';', begin), argument.text.size());
      const std::string word = std::string(prefix) + argument.text.substr(begin, end - begin);
      mention_files(files, file, word, recursive, mentions);
      begin = end + 1;
    }
  }
  return mentions;
}

}  // namespace bulkhead
