// Headless Chromium, driven by the scripts of tests/npm.
#pragma once

#include <string>
#include <string_view>

namespace bulkhead::test {

/// The browser that BULKHEAD_TEST_BROWSER names, else chromium, chromium-browser or google-chrome; empty where there is
/// none.
[[nodiscard]] std::string find_browser();

/// Why pages cannot be opened here; empty where they can.
[[nodiscard]] std::string why_no_browser();

/// What a check of tests/npm/html.mjs objects to in an HTML report; `json` is the JSON report of the same audit. Empty
/// when all is well. Only to be called where why_no_browser() is empty.
[[nodiscard]] std::string check_page(std::string_view check, std::string_view html, std::string_view json);

}  // namespace bulkhead::test
