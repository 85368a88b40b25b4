// Text from the outside in XML 1.0.
#pragma once

#include <string>
#include <string_view>

namespace bulkhead {

/// Text that is known to be displayable, as a Picture's is, in an element or in an attribute in double quotes.
[[nodiscard]] std::string escape_xml(std::string_view text);

/// Any bytes as the text of an element: what is no UTF-8, or no character of XML, becomes U+FFFD; a line break stays
/// one.
[[nodiscard]] std::string xml_text(std::string_view text);
/// The same as the value of an attribute in double quotes.
[[nodiscard]] std::string xml_attribute(std::string_view text);

}  // namespace bulkhead
