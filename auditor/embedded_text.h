// Texts of cmake/ that the program carries, so that it does not depend on where it is installed. cmake/EmbedText.cmake
// writes the definitions.
#pragma once

#include <string_view>

namespace bulkhead {

extern const std::string_view capture_text;  ///< cmake/BulkheadCapture.cmake
extern const std::string_view inject_text;   ///< cmake/BulkheadInject.cmake

}  // namespace bulkhead
