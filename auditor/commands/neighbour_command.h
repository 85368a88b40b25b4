// What `bulkhead refs` and `bulkhead deps` share: all but the direction.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "auditor/commands/answer.h"
#include "auditor/commands/command.h"
#include "auditor/neighbours.h"

namespace bulkhead {

/// The options of one of the two commands.
struct NeighbourOptions {
  AnswerOptions answer{};
  Side side = Side::dependers;
  std::string of{};
  bool transitive = false;
  std::optional<std::uint32_t> depth{};
};

/// Adds the options, and sets `run` when the user chose the command. `options` outlives the command line.
void add_neighbour_options(CLI::App& command, const std::shared_ptr<NeighbourOptions>& options,
                           const CommonOptions& common, RunCommand& run);

}  // namespace bulkhead
