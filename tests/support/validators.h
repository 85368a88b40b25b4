// Other people's programs that judge what Bulkhead writes: those of tests/npm, and xmllint.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace bulkhead::test {

/// True when node is there, and the packages of tests/npm are installed.
[[nodiscard]] bool has_npm_packages();
/// What to say where they are not.
inline constexpr const char* no_npm_packages =
    "skipped: the packages of tests/npm are not installed (./run install test)";

/// What the validators of SARIF object to in each of these logs; an empty text for a valid one. Throws when they cannot
/// say. Only to be called when has_npm_packages().
[[nodiscard]] std::vector<std::string> validate_sarif(const std::vector<std::string>& logs);
/// What Mermaid reads in each of these flowcharts; see tests/npm/mermaid.mjs. Likewise.
[[nodiscard]] nlohmann::json read_mermaid(const std::vector<std::string>& charts);

/// True when xmllint is there.
[[nodiscard]] bool has_xmllint();
inline constexpr const char* no_xmllint = "skipped: there is no xmllint (./run install test)";

/// What xmllint objects to in each of these documents; empty for a valid one. With a name of tests/schemas it has to
/// obey that schema, too.
[[nodiscard]] std::vector<std::string> validate_xml(const std::vector<std::string>& documents,
                                                    const std::string& schema = {});

}  // namespace bulkhead::test
