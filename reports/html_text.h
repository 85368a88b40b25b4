// Text for HTML: any bytes in, escaped and valid text out.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace bulkhead {

/// One line of text for an element or a quoted attribute: displayable(), with `&`, `<`, `>` and both quotes escaped.
[[nodiscard]] std::string escape_html(std::string_view text);

/// The same for text of several lines: '\n' stays.
[[nodiscard]] std::string escape_html_lines(std::string_view text);

/// JSON for an element `<script type="application/json">`: valid UTF-8 is expected; nothing in it can end the element.
[[nodiscard]] std::string escape_script(std::string_view json);

/// `bytes` in base64, with padding (RFC 4648).
[[nodiscard]] std::string to_base64(std::string_view bytes);

/// "target:core" without its prefix; "-lfoo" for a library.
[[nodiscard]] std::string bare_label(std::string_view label);

/// "1 target", "1,234 targets": the number with the noun, and an `s` where it needs one.
[[nodiscard]] std::string count_html(std::uint64_t count, std::string_view noun);

}  // namespace bulkhead
