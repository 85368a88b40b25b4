// The experiments with one module: the project with it on, off, and without its files.
#pragma once

#include <cstddef>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "auditor/cmake_errors.h"
#include "auditor/experiment.h"
#include "auditor/prover.h"
#include "graph/build_tree.h"
#include "graph/result.h"
#include "reports/proof.h"

namespace bulkhead {

/// A tree of an experiment, and why there is none.
struct TriedTree {
  std::optional<BuildTree> tree{};
  std::string trouble{};    ///< Why there is none, or it does not count; in words without full stop.
  bool is_failure = false;  ///< CMake failed: the project's own trouble.
};

/// What is known of the removal.
struct Removal {
  PromiseState state = PromiseState::unproven;
  std::string evidence{};
  std::vector<CMakeError> errors{};
};

/// Configures the project for one module. Borrows all arguments. What a configure wrote into the source tree, and the
/// signal that asked to stop, go into `proven`; after a signal every experiment fails.
class ModuleTrials {
 public:
  ModuleTrials(const ProveInput& input, std::size_t index, const BuildTree& current, Proven& proven);

  /// The project with the module on or off. A failure of CMake, or a toggle that cannot be turned, is a TriedTree
  /// without a tree.
  Result<TriedTree> try_state(bool wanted);
  /// The project with the module off, and its files gone. Precondition: try_state(false) gave `off`.
  Result<Removal> try_removal(const BuildTree& off);
  /// What was tried so far, to be told.
  [[nodiscard]] const std::vector<ToldExperiment>& told() const { return told_; }

 private:
  void tell(const std::string& what) const;
  void note(std::string name, std::string result);
  Result<ExperimentEnd> make(const Experiment& experiment);
  [[nodiscard]] std::vector<CMakeError> errors_of(const ExperimentEnd& end, const std::filesystem::path& source) const;
  Result<TriedTree> check_state(bool wanted, BuildTree tree, const std::string& with);
  Result<Removal> judge_failure(const ExperimentEnd& end);
  Result<ExperimentEnd> configure_shadow(const std::string& name,
                                         const std::function<bool(const std::string&)>& is_left_out);
  [[nodiscard]] std::string find_original(const std::filesystem::path& tree) const;

  const ProveInput& input_;
  const Module& module_;
  std::size_t index_;
  const BuildTree& current_;
  Proven& proven_;
  std::filesystem::path folder_;
  Assignments off_assignments_;
  std::size_t left_out_ = 0;
  std::vector<ToldExperiment> told_;
};

/// The first of the errors, and how many there are.
[[nodiscard]] std::string say_first(const std::vector<CMakeError>& errors);

}  // namespace bulkhead
