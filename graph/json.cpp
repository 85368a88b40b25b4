#include "graph/json.h"

#include <algorithm>

namespace bulkhead {

Location locate(std::string_view file, std::string_view text, std::size_t offset) {
  const std::string_view before = text.substr(0, std::min(offset, text.size()));
  const auto line = static_cast<std::uint32_t>(std::count(before.begin(), before.end(), '\n') + 1);
  const std::size_t last_newline = before.rfind('\n');
  const std::size_t column = last_newline == std::string_view::npos ? before.size() : before.size() - last_newline - 1;
  return {std::string(file), line, static_cast<std::uint32_t>(column + 1)};
}

Error json_error(const JsonText& json, std::string message, const char* position) {
  Location where{std::string(json.file)};
  if (json.text.empty()) {
    message = "the file is empty";
  } else if (position != nullptr && position >= json.text.data() && position <= json.text.data() + json.text.size()) {
    where = locate(json.file, json.text, static_cast<std::size_t>(position - json.text.data()));
  }
  const std::string noun(json.noun);
  return Error{std::move(where), "cannot read this " + noun + ": " + message,
               "configure the build tree again; if it stays, the " + noun + " is truncated or not CMake's"};
}

}  // namespace bulkhead
