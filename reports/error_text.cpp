#include "reports/error_text.h"

#include <fmt/format.h>

#include "reports/excerpt.h"

namespace bulkhead {

std::string write_error(const Error& error, const Style& style) {
  std::string text = fmt::format("{} {}\n", style(Colour::red, "error:"), style(Colour::bold, error.message));
  const Location& where = error.location;
  if (!where.file.empty()) {
    std::string place = where.file;
    if (where.line != 0) place += fmt::format(":{}", where.line);
    if (where.line != 0 && where.column != 0) place += fmt::format(":{}", where.column);
    text += fmt::format("  {} {}\n", style(Colour::blue, "-->"), place);
    // A reply is one long machine-made text; only what people write is worth an excerpt.
    if (!where.file.ends_with(".json")) {
      TextFiles files;
      text += write_excerpt(files, {.path = where.file, .line = where.line, .column = where.column}, style);
    }
  }
  if (!error.hint.empty()) text += fmt::format("  {} {}\n", style(Colour::blue, "= help:"), error.hint);
  return text;
}

}  // namespace bulkhead
