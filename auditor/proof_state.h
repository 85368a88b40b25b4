// What `bulkhead prove` found out, kept in the build tree for `bulkhead scorecard`.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "auditor/policy.h"
#include "graph/build_tree.h"
#include "graph/result.h"
#include "reports/proof.h"

namespace bulkhead {

/// What was proven of a module, and of what it was proven.
struct KeptProof {
  ModuleProof proof;
  std::string inputs;  ///< See fingerprint_inputs().

  bool operator==(const KeptProof&) const = default;
};

/// The proofs of a build tree, by module.
struct ProofState {
  std::vector<KeptProof> proofs{};

  bool operator==(const ProofState&) const = default;
};

/// Where the state of a build tree lies: bulkhead-prove/state.json below it.
[[nodiscard]] std::filesystem::path proof_state_file(const std::filesystem::path& build);

/// JSON as docs/schema/bulkhead-proofs-1.json has it.
[[nodiscard]] std::string write_proof_state(const ProofState& state, std::string_view tool_version);

/// Reads what write_proof_state() wrote; an empty state where there is no file. What it does not understand is a
/// located error.
[[nodiscard]] Result<ProofState> read_proof_state(const std::filesystem::path& file);

/// A name for all that experiments with the modules of this policy depend on: CMake's version and generator, the values
/// of the cache that are not CMake's own, the policy's text, and of every file of the source tree its path, size and
/// time of change. Version control's and other build trees' directories are left out. 16 hex digits.
[[nodiscard]] std::string fingerprint_inputs(const BuildTree& tree, const Policy& policy);

/// The proofs of a build tree that still hold: nothing that they depend on has changed. Proofs that cannot be read are
/// none, too: who needs them proves anew.
[[nodiscard]] std::vector<ModuleProof> read_valid_proofs(const std::filesystem::path& build, const BuildTree& tree,
                                                         const Policy& policy);

}  // namespace bulkhead
