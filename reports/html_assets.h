// The script and the style of the HTML report, which the program carries. They are made from reports/html/ and stand in
// reports/html/generated/; cmake/EmbedText.cmake writes the definitions.
#pragma once

#include <string_view>

namespace bulkhead {

extern const std::string_view report_script;       ///< generated/report.js
extern const std::string_view report_style;        ///< generated/report.css
extern const std::string_view report_script_hash;  ///< generated/report.js.hash: "sha256-…", for script-src
extern const std::string_view report_style_hash;   ///< generated/report.css.hash: "sha256-…", for style-src

}  // namespace bulkhead
