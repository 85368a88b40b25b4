// Texts of cmake/ and docs/ that the program carries, so that it does not depend on where it is installed.
// cmake/EmbedText.cmake writes the definitions.
#pragma once

#include <string_view>

namespace bulkhead {

extern const std::string_view capture_text;  ///< cmake/BulkheadCapture.cmake
extern const std::string_view inject_text;   ///< cmake/BulkheadInject.cmake

// docs/rules/<code>.md
extern const std::string_view acyclic_page;
extern const std::string_view allowed_page;
extern const std::string_view blind_spot_page;
extern const std::string_view core_edge_page;
extern const std::string_view disruption_page;
extern const std::string_view forbidden_page;
extern const std::string_view independent_page;
extern const std::string_view layers_page;
extern const std::string_view module_edge_page;
extern const std::string_view namespace_page;
extern const std::string_view off_edge_page;
extern const std::string_view off_target_page;
extern const std::string_view owners_page;
extern const std::string_view removal_page;
extern const std::string_view replaced_edge_page;
extern const std::string_view required_page;
extern const std::string_view unused_policy_page;
extern const std::string_view visibility_page;
extern const std::string_view within_view_page;

}  // namespace bulkhead
