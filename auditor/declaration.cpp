#include "auditor/declaration.h"

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <system_error>
#include <vector>

#include "graph/file_io.h"

namespace bulkhead {
namespace {

namespace fs = std::filesystem;

bool is_declaration(const CMakeCall& call, std::string_view module) {
  constexpr std::string_view name = "bulkhead_module";
  const bool is_call =
      std::equal(call.command.begin(), call.command.end(), name.begin(), name.end(), [](char a, char b) {
        return std::tolower(static_cast<unsigned char>(a)) == b;  // as CMake compares names of commands
      });
  if (!is_call || call.arguments.empty()) return false;
  const bool by_keyword = call.arguments.front().text == "NAME" && call.arguments.size() > 1;
  return call.arguments[by_keyword ? 1 : 0].text == module;
}

// A directory's name is no pattern.
std::string escape_glob(std::string_view path) {
  std::string escaped;
  for (const char c : path) {
    if (std::string_view("*?[]{},\\").find(c) != std::string_view::npos) escaped += '\\';
    escaped += c;
  }
  return escaped;
}

}  // namespace

Declaration::Declaration(std::string file, std::string_view module, std::string_view directory,
                         std::string_view source_root)
    : file_(std::move(file)), directory_(directory), source_root_(source_root) {
  std::error_code ignored;
  if (!fs::is_regular_file(file_, ignored)) return;  // such as a pipe, which might never end
  FileBuffer buffer;
  const auto text = buffer.read(fs::path(file_));
  if (!text) return;
  std::vector<CMakeCall> calls = parse_cmake_calls(*text);
  std::erase_if(calls, [module](const CMakeCall& call) { return !is_declaration(call, module); });
  if (calls.size() == 1) call_ = std::move(calls.front());
}

Location Declaration::where() const {
  return {file_, call_ ? call_->line : 0};
}

Location Declaration::find(std::string_view argument) const {
  if (call_) {
    for (const CallArgument& one : call_->arguments) {
      if (one.text == argument) return {file_, one.line, one.column};
    }
  }
  return where();
}

std::string Declaration::from_root(std::string_view glob) const {
  if (fs::path(glob).is_absolute()) {
    std::string way;
    for (fs::path root(source_root_); root.has_relative_path(); root = root.parent_path(), way += "../") {
      const std::string below = root.generic_string() + '/';
      if (glob.starts_with(below)) return way + std::string(glob.substr(below.size()));
    }
    return std::string(glob);
  }
  fs::path base(directory_);
  for (;;) {
    if (glob.starts_with("../")) {
      base = base.parent_path();
      glob.remove_prefix(3);
    } else if (glob.starts_with("./")) {
      glob.remove_prefix(2);
    } else {
      break;
    }
  }
  const std::string directory = base.lexically_relative(source_root_).generic_string();
  if (directory == "." || directory.empty()) return std::string(glob);
  return escape_glob(directory) + '/' + std::string(glob);
}

}  // namespace bulkhead
