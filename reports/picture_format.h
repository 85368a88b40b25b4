// The formats that any picture can be written in. To add one: a writer, and a line in picture_format.cpp.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "graph/result.h"
#include "reports/picture.h"

namespace bulkhead {

/// Renders a whole picture. Deterministic: the same picture gives the same bytes.
using WritePicture = Result<std::string> (*)(const Picture& picture);

/// A format's name on the command line, and what writes it.
struct PictureFormat {
  std::string_view name;
  std::string_view summary;  ///< One line for --help.
  WritePicture write;
};

/// All formats, in the order of --help.
[[nodiscard]] std::span<const PictureFormat> picture_formats();

Result<std::string> render_mermaid(const Picture& picture);
Result<std::string> render_graphml(const Picture& picture);

}  // namespace bulkhead
