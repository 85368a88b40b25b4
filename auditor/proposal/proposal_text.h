// A proposal as a commented bulkhead.toml.
#pragma once

#include <span>
#include <string>

#include "auditor/proposal/proposal.h"

namespace bulkhead {

/// The JSON Schema of policies, which editors fetch.
inline constexpr std::string_view policy_schema_url =
    "https://raw.githubusercontent.com/bulkhead/bulkhead/main/docs/schema/bulkhead-policy-1.json";

/// The whole file: sure modules as they are, all others commented out, each with its evidence. Ends in a line break.
[[nodiscard]] std::string write_proposal(const Proposal& proposal);

/// The `[[layers]]` table alone, each folder as `path:folder/**`.
[[nodiscard]] std::string write_layers(const std::vector<FolderLayer>& layers);

/// What write_layers() calls the rule.
inline constexpr std::string_view layers_name = "folders";

/// The tables of what is set aside and of modules alone, without comments and with none commented out: what the file
/// would say if all were active.
[[nodiscard]] std::string write_tables(const std::vector<ProposedAside>& asides,
                                       std::span<const ProposedModule* const> modules);

}  // namespace bulkhead
