#include "auditor/prover.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <utility>

#include "auditor/cmake_errors.h"
#include "auditor/module_states.h"
#include "auditor/module_trials.h"
#include "auditor/module_users.h"
#include "auditor/promises.h"
#include "auditor/rule.h"
#include "graph/saved_graph.h"

namespace bulkhead {
namespace {

Policy as_s0(const Policy& policy) {
  Policy copy = policy;
  for (Module& module : copy.modules) module.stage = "S0";
  return copy;
}

// Whether the rule asks modules of that stage; of one without a stage, the promises of S0 are told nevertheless.
bool is_asked(const Finding& finding, const std::string& stage) {
  const Rule* const rule = find_rule(finding.rule);
  if (rule == nullptr || rule->stages.empty()) return true;
  if (stage.empty()) return rule->seen_while == SeenWhile::proven;
  return rule->stages.find(stage) != std::string_view::npos;
}

/// The experiments with one module.
class ModuleProver {
 public:
  ModuleProver(const ProveInput& input, const Policy& strict, std::size_t index, const BuildTree& current,
               Proven& proven)
      : input_(input),
        strict_(strict),
        module_(input.policy.modules[index]),
        index_(index),
        trials_(input, index, current, proven),
        proven_(proven) {}

  Result<ProvenModule> run() {
    ModuleExperiments facts{.module = module_.name};
    auto off = trials_.try_state(false);
    if (!off) return tl::unexpected(off.error());
    auto on = trials_.try_state(true);
    if (!on) return tl::unexpected(on.error());
    auto removal =
        off->tree ? trials_.try_removal(*off->tree) : Removal{.evidence = "it cannot be turned off: " + off->trouble};
    if (!removal) return tl::unexpected(removal.error());
    facts.removal = removal->errors;
    bool is_uncertain = false;
    if (on->tree && off->tree) {
      const auto diff = diff_graphs(save_graph(*off->tree), save_graph(*on->tree));
      if (!diff) return tl::unexpected(diff.error());
      facts.flip = *diff;
      is_uncertain =
          std::any_of(diff->edges.begin(), diff->edges.end(), [](const EdgeChange& one) { return one.uncertain; });
      facts.generated = compare_generated_files(off->tree->directory, on->tree->directory);
    }
    return judge(*on, *off, *removal, facts, is_uncertain);
  }

 private:
  // What one tree shows; its findings about the module join the report.
  Result<ModuleProof> judge_tree(const BuildTree& tree, bool on, const ModuleExperiments* facts) {
    AuditOptions options = input_.options;
    if (facts != nullptr) options.experiments.push_back(*facts);
    const auto report = audit(tree, strict_, options);
    if (!report) return tl::unexpected(report.error());
    const auto states = evaluate_toggles(input_.policy, toggle_values(tree));
    if (!states) return tl::unexpected(states.error());
    const auto users = find_users(tree, input_.policy, options.inventory, *states, {index_});
    const PromiseInput judging{tree, input_.policy, *report, *report, input_.tree_options, options.inventory};
    ModuleProof proof = judge_promises(judging, index_, on, users.front());
    for (const Finding& finding : report->findings) {
      if (finding.module == module_.name && is_asked(finding, module_.stage)) add_finding(finding);
    }
    for (const ModuleReport& one : report->modules) {
      if (one.name != module_.name || on) continue;
      proven_.report.modules.push_back(one);
      proven_.report.modules.back().stage = module_.stage;
    }
    if (facts != nullptr) count(*report);
    return proof;
  }

  void add_finding(const Finding& finding) {
    const bool is_known =
        std::any_of(proven_.report.findings.begin(), proven_.report.findings.end(), [&](const Finding& one) {
          return one.fingerprint == finding.fingerprint && one.configuration == finding.configuration;
        });
    if (!is_known) proven_.report.findings.push_back(finding);
  }

  // Each finding counts once, however many configurations have it, and whether or not it is waived.
  void count(const Report& report) {
    std::set<std::string> seen;
    for (const Finding& finding : report.findings) {
      if (finding.rule != "disruption" || finding.module != module_.name || !seen.insert(finding.fingerprint).second)
        continue;
      if (first_disruption_.empty()) first_disruption_ = finding.message;
    }
    disruptions_ = seen.size();
  }

  [[nodiscard]] std::string command() const { return prove_command(module_.name, input_.tree_options); }

  [[nodiscard]] PromiseProof judge_disruption(const TriedTree& on, const TriedTree& off, const ModuleExperiments& facts,
                                              bool is_uncertain) const {
    PromiseProof proof{.promise = Promise::disruption, .command = command()};
    if (!on.tree || !off.tree) {
      proof.evidence = !on.tree ? on.trouble : off.trouble;
    } else if (disruptions_ != 0) {
      proof.state = PromiseState::broken;
      proof.evidence = first_disruption_;
      if (disruptions_ > 1)
        proof.evidence += fmt::format(", and {} more finding{}", disruptions_ - 1, disruptions_ == 2 ? "" : "s");
    } else if (is_uncertain || !facts.flip.remarks.empty()) {
      proof.evidence =
          facts.flip.remarks.empty() ? "some edges may differ only for how they were read" : facts.flip.remarks.front();
    } else {
      // Not kept: a flag that comes with the module would not have been seen.
      proof.evidence = fmt::format(
          "turning it on changes {} edge{} and {} target{}: all are its own or declared; compile flags were not "
          "compared",
          facts.flip.edges.size(), facts.flip.edges.size() == 1 ? "" : "s", facts.flip.targets.size(),
          facts.flip.targets.size() == 1 ? "" : "s");
    }
    return proof;
  }

  Result<ProvenModule> judge(const TriedTree& on, const TriedTree& off, const Removal& removal,
                             const ModuleExperiments& facts, bool is_uncertain) {
    std::optional<ModuleProof> while_off;
    std::optional<ModuleProof> while_on;
    if (off.tree) {
      auto judged = judge_tree(*off.tree, false, on.tree ? nullptr : &facts);
      if (!judged) return tl::unexpected(judged.error());
      while_off = std::move(*judged);
    }
    if (on.tree) {
      auto judged = judge_tree(*on.tree, true, &facts);
      if (!judged) return tl::unexpected(judged.error());
      while_on = std::move(*judged);
    }
    if (!while_off && !while_on) {
      return fail(module_.toggle_where,
                  fmt::format("module {} can be neither turned on nor off: {}", module_.name, off.trouble));
    }
    ModuleProof proof = while_on ? *while_on : *while_off;
    for (PromiseProof& one : proof.promises) {
      switch (one.promise) {
        case Promise::toggle: one = judge_toggle(off, while_off); break;
        case Promise::disruption: one = judge_disruption(on, off, facts, is_uncertain); break;
        case Promise::removal: one = judge_removal(removal, while_off); break;
        case Promise::isolation:
        case Promise::support: break;
      }
    }
    return ProvenModule{.proof = std::move(proof), .experiments = trials_.told()};
  }

  [[nodiscard]] PromiseProof judge_toggle(const TriedTree& off, const std::optional<ModuleProof>& while_off) const {
    PromiseProof proof{.promise = Promise::toggle, .command = command()};
    if (while_off) {
      proof = while_off->promises.front();
      proof.command = command();
    } else {
      if (off.is_failure) proof.state = PromiseState::broken;
      proof.evidence = off.trouble;
    }
    return proof;
  }

  // That a project configures says nothing of headers: only where the audit proves that nothing of the core leads to
  // the module is there nothing that the compiler could miss.
  [[nodiscard]] PromiseProof judge_removal(const Removal& removal, const std::optional<ModuleProof>& while_off) const {
    PromiseProof proof{
        .promise = Promise::removal, .state = removal.state, .evidence = removal.evidence, .command = command()};
    const bool is_isolated = while_off && while_off->promises.front().state == PromiseState::kept;
    if (proof.state == PromiseState::kept && !is_isolated) {
      proof.state = PromiseState::unproven;
      proof.evidence += "; but while it is off: " + while_off->promises.front().evidence;
    }
    return proof;
  }

  const ProveInput& input_;
  const Policy& strict_;
  const Module& module_;
  std::size_t index_;
  ModuleTrials trials_;
  Proven& proven_;
  std::size_t disruptions_ = 0;
  std::string first_disruption_;
};

// The project as it is: what all comparisons begin with.
Result<BuildTree> configure_current(const ProveInput& input, Proven& proven) {
  input.tell("as it is");
  const auto end = make_experiment(input.setting, {.tree = input.work / "as-it-is", .source = input.setting.source});
  if (!end) return tl::unexpected(end.error());
  if (end->interruption) {
    proven.interruption = end->interruption;
    return fail({}, "stopped by a signal");
  }
  proven.written = end->written;
  if (!end->configured) {
    const auto errors = parse_cmake_errors(end->errors, input.setting.source.generic_string());
    return fail(
        {}, "the project does not configure as it is: " + (end->timed_out ? "the time was over" : say_first(errors)),
        "configure the build tree again; if that works, try --fresh");
  }
  return read_build_tree(input.work / "as-it-is", {});
}

void finish(Proven& proven) {
  std::sort(proven.written.begin(), proven.written.end());
  proven.written.erase(std::unique(proven.written.begin(), proven.written.end()), proven.written.end());
  std::stable_sort(proven.report.findings.begin(), proven.report.findings.end(), shown_before);
}

}  // namespace

Result<Proven> prove_modules(const ProveInput& input, const std::vector<std::size_t>& modules) {
  Proven proven;
  const auto current = configure_current(input, proven);
  if (proven.interruption) return proven;
  if (!current) return tl::unexpected(current.error());
  auto report = audit(*current, input.policy, input.options);
  if (!report) return tl::unexpected(report.error());
  proven.report = std::move(*report);
  proven.report.findings.clear();
  proven.report.modules.clear();
  proven.report.rules.clear();
  proven.report.module_rules.clear();
  proven.report.baseline.reset();
  // After this point the report holds what is found about modules, and nothing else.
  const Policy strict = as_s0(input.policy);
  for (const std::size_t index : modules) {
    auto module = ModuleProver(input, strict, index, *current, proven).run();
    if (proven.interruption) break;
    if (!module) return tl::unexpected(module.error());
    proven.modules.push_back(std::move(*module));
  }
  finish(proven);
  return proven;
}

}  // namespace bulkhead
