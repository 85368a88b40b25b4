// An experiment: the project configured in a scratch tree, with some variables set, from some source tree.
#pragma once

#include <chrono>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "auditor/seeded_cache.h"
#include "auditor/toggle_flip.h"
#include "graph/result.h"

namespace bulkhead {

/// What to configure, and where.
struct Experiment {
  std::filesystem::path tree;    ///< The scratch tree; what is beside it with the same beginning belongs to it, too.
  std::filesystem::path source;  ///< Absolute. The user's, or a shadow of it.
  Assignments assignments{};     ///< What changes from the user's configuration.
};

/// What all experiments with a build tree have in common.
struct ExperimentSetting {
  std::string cmake;             ///< The program.
  std::filesystem::path build;   ///< The user's build tree, absolute; read only.
  std::filesystem::path source;  ///< The user's source tree, absolute.
  std::string inputs;            ///< See fingerprint_inputs(): of what finished experiments still hold.
  Seed seed = Seed::with_checks;
  std::chrono::seconds limit{};  ///< For each configure; zero for none.
};

/// What came out.
struct ExperimentEnd {
  bool configured = false;
  bool timed_out = false;
  bool reused = false;                 ///< It had been made before, by a run that did not get further.
  std::string errors{};                ///< What cmake printed to stderr.
  std::vector<std::string> written{};  ///< Files of the user's source tree that came or changed meanwhile; sorted.
  std::optional<int> interruption{};  ///< The signal by which this process was asked to stop; then nothing else counts.
};

/// Makes the experiment, unless it is there already, finished and with the same inputs. Nothing but the scratch tree
/// and what is beside it is written, unless the project's own configure does. Fails when there is no cache to begin
/// with, and when cmake cannot be run.
[[nodiscard]] Result<ExperimentEnd> make_experiment(const ExperimentSetting& setting, const Experiment& experiment);

}  // namespace bulkhead
