#include "auditor/prover.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <utility>

#include "auditor/cmake_errors.h"
#include "auditor/module_states.h"
#include "auditor/module_users.h"
#include "auditor/modules.h"
#include "auditor/promises.h"
#include "auditor/rule.h"
#include "auditor/shadow_tree.h"
#include "graph/saved_graph.h"

namespace bulkhead {
namespace {

namespace fs = std::filesystem;

/// The process was asked to stop; caught where the run ends.
struct Interrupted {
  int signal;
};

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

std::string say_assignments(const Assignments& assignments) {
  std::string text;
  for (const auto& [name, value] : assignments) text += fmt::format("{}{}={}", text.empty() ? "" : " ", name, value);
  return text;
}

std::string say_error(const CMakeError& error) {
  if (error.place.file.empty()) return error.message;
  return fmt::format("{} ({}:{})", error.message, error.place.file, error.place.line);
}

std::string say_first(const std::vector<CMakeError>& errors) {
  if (errors.empty()) return "CMake fails, and does not say where";
  std::string text = say_error(errors.front());
  if (errors.size() > 1) text += fmt::format(", and {} more", errors.size() - 1);
  return text;
}

// A directory's name for a module.
std::string folder_of(const std::string& module) {
  std::string folder;
  for (const char c : module) {
    const bool is_plain =
        (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
    folder += is_plain ? c : '_';
  }
  if (folder == module) return folder;
  const std::string_view name = module;
  return folder + "-" + fingerprint_of({&name, 1});
}

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
        current_(current),
        proven_(proven) {
    folder_ = input.work / folder_of(module_.name);
  }

  Result<ProvenModule> run() {
    ModuleExperiments facts{.module = module_.name};
    auto off = try_state(false);
    if (!off) return tl::unexpected(off.error());
    auto on = try_state(true);
    if (!on) return tl::unexpected(on.error());
    auto removal =
        off->tree ? try_removal(*off->tree) : Removal{.evidence = "it cannot be turned off: " + off->trouble};
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
  void tell(const std::string& what) const { input_.tell(fmt::format("module {}: {}", module_.name, what)); }

  Result<ExperimentEnd> make(const Experiment& experiment) {
    auto end = make_experiment(input_.setting, experiment);
    if (!end) return end;
    if (end->interruption) throw Interrupted{*end->interruption};
    proven_.written.insert(proven_.written.end(), end->written.begin(), end->written.end());
    return end;
  }

  [[nodiscard]] std::vector<CMakeError> errors_of(const ExperimentEnd& end, const fs::path& source) const {
    if (end.timed_out)
      return {{.place = {.file = {}},
               .message = fmt::format("cmake was not done after {} s", input_.setting.limit.count())}};
    return parse_cmake_errors(end.errors, source.generic_string());
  }

  void note(std::string name, std::string result) { told_.push_back({std::move(name), std::move(result)}); }

  // The project with the module on or off. A failure of cmake is a TriedTree without a tree.
  Result<TriedTree> try_state(bool wanted) {
    const std::string name = wanted ? "on" : "off";
    const ToggleValues values = toggle_values(current_);
    const auto flip =
        find_flip(module_, wanted, [&values](std::string_view variable) { return values.find(variable); });
    TriedTree tried;
    if (!flip) {
      tried.trouble =
          fmt::format("no value of {} is found that makes '{}' {}",
                      module_.toggle.variables().empty() ? "a variable" : module_.toggle.variables().front(),
                      module_.toggle.text(), wanted ? "true" : "false");
      note(name, "not tried: " + tried.trouble);
      return tried;
    }
    Experiment experiment{.tree = flip->empty() ? input_.work / "as-it-is" : folder_ / name,
                          .source = input_.setting.source,
                          .assignments = *flip};
    if (!wanted) off_assignments_ = *flip;
    tell(flip->empty() ? fmt::format("{}, as it is", name) : fmt::format("{}, with {}", name, say_assignments(*flip)));
    const auto end = make(experiment);
    if (!end) return tl::unexpected(end.error());
    const std::string with = flip->empty() ? "as it is" : say_assignments(*flip);
    if (!end->configured) {
      tried.is_failure = !end->timed_out;
      tried.trouble =
          fmt::format("with {} it does not configure: {}", with, say_first(errors_of(*end, experiment.source)));
      note(name, tried.trouble);
      return tried;
    }
    auto tree = read_build_tree(experiment.tree, {});
    if (!tree) return tl::unexpected(tree.error());
    return check_state(wanted, std::move(*tree), with);
  }

  // The project may set the variable itself, whatever the command line says.
  Result<TriedTree> check_state(bool wanted, BuildTree tree, const std::string& with) {
    const std::string name = wanted ? "on" : "off";
    const auto on = evaluate_toggles(input_.policy, toggle_values(tree));
    if (!on) return tl::unexpected(on.error());
    TriedTree tried;
    if ((*on)[index_] != wanted) {
      tried.trouble = fmt::format("with {} the project turns it {} by itself", with, wanted ? "off" : "on");
      note(name, tried.trouble);
      return tried;
    }
    std::string others;
    const auto before = evaluate_toggles(input_.policy, toggle_values(current_));
    for (std::size_t i = 0; before && i < on->size(); ++i) {
      if (i == index_ || (*before)[i] == (*on)[i]) continue;
      others += fmt::format("; this turns module {} {}, too", input_.policy.modules[i].name, (*on)[i] ? "on" : "off");
    }
    note(name, fmt::format("configured, {}{}", with, others));
    tried.tree = std::move(tree);
    return tried;
  }

  Result<Removal> try_removal(const BuildTree& off) {
    Removal removal;
    const auto is_outside = [](const PolicyGlob& path) { return path.glob.text().starts_with("../"); };
    if (module_.paths.empty()) removal.evidence = "the policy gives it no paths";
    if (std::any_of(module_.paths.begin(), module_.paths.end(), is_outside))
      removal.evidence = "it has paths outside of the source directory";
    if (!removal.evidence.empty()) {
      note("removed", "not tried: " + removal.evidence);
      return removal;
    }
    const ModuleMap modules(off.graphs.front(), input_.policy, input_.options.inventory);
    const auto end = configure_shadow("removed", [this, &modules](const std::string& path) {
      return modules.path_owner(path) == Owner::module(index_);
    });
    if (!end) return tl::unexpected(end.error());
    if (left_out_ == 0) {
      removal.evidence = "none of its files is there";
    } else if (end->configured) {
      removal.state = PromiseState::kept;
      removal.evidence = fmt::format("it configures without the {} file{} of it; nothing was built", left_out_,
                                     left_out_ == 1 ? "" : "s");
      if (const auto read = find_original(folder_ / "removed"); !read.empty()) {
        removal.state = PromiseState::unproven;
        removal.evidence = fmt::format("the configure finds its way back into the source tree: it reads {}", read);
      }
    } else {
      return judge_failure(*end);
    }
    note("removed", removal.evidence);
    return removal;
  }

  // A project may fail in a shadow tree for other reasons than that something is not there.
  Result<Removal> judge_failure(const ExperimentEnd& end) {
    Removal removal;
    const std::size_t left_out = left_out_;
    removal.errors = errors_of(end, folder_ / "removed-source");
    const auto whole = configure_shadow("whole", [](const std::string&) { return false; });
    if (!whole) return tl::unexpected(whole.error());
    if (!whole->configured || end.timed_out) {
      removal.evidence = end.timed_out ? say_first(removal.errors)
                                       : "it does not configure in a linked copy of the source tree either: " +
                                             say_first(errors_of(*whole, folder_ / "whole-source"));
      removal.errors.clear();
    } else {
      removal.state = PromiseState::broken;
      removal.evidence =
          fmt::format("without the {} file{} of it: {}", left_out, left_out == 1 ? "" : "s", say_first(removal.errors));
    }
    note("removed", removal.evidence);
    return removal;
  }

  Result<ExperimentEnd> configure_shadow(const std::string& name,
                                         const std::function<bool(const std::string&)>& is_left_out) {
    tell(name == "removed" ? "removed" : "removed, once more with all files");
    const fs::path shadow = folder_ / (name + "-source");
    std::error_code error;
    fs::remove_all(shadow, error);
    if (error) return fail({shadow.string()}, "cannot remove this directory: " + error.message());
    const auto made = make_shadow_tree(input_.setting.source, input_.setting.build, shadow, is_left_out);
    if (!made) return tl::unexpected(made.error());
    left_out_ = made->left_out;
    if (left_out_ == 0 && name == "removed") return ExperimentEnd{};
    return make({.tree = folder_ / name, .source = shadow, .assignments = off_assignments_});
  }

  // A CMake file of the user's source tree that a configure of the shadow read; empty when there is none.
  [[nodiscard]] std::string find_original(const fs::path& tree) const {
    const auto read = read_build_tree(tree, {});
    if (!read) return "what cannot be told: " + read.error().message;
    const std::string root = input_.setting.source.generic_string() + "/";
    const std::string work = input_.work.generic_string() + "/";
    const std::string build = input_.setting.build.generic_string() + "/";
    const auto is_original = [&](std::string_view path) {
      return path.starts_with(root) && !path.starts_with(work) && !path.starts_with(build);
    };
    for (const std::string& file : read->cmake_files.inputs) {
      if (is_original(file)) return file.substr(root.size());
    }
    for (const TargetGraph& graph : read->graphs) {
      for (const Edge& edge : graph.edges()) {
        if (edge.kind != EdgeKind::source || edge.to.kind() != EndpointKind::file) continue;
        if (is_original(graph.text(edge.to.string_id()))) return std::string(graph.text(edge.to.string_id()));
      }
    }
    return {};
  }

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
    return ProvenModule{.proof = std::move(proof), .experiments = std::move(told_)};
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
  const BuildTree& current_;
  Proven& proven_;
  fs::path folder_;
  Assignments off_assignments_;
  std::size_t left_out_ = 0;
  std::size_t disruptions_ = 0;
  std::string first_disruption_;
  std::vector<ToldExperiment> told_;
};

// The project as it is: what all comparisons begin with.
Result<BuildTree> configure_current(const ProveInput& input, Proven& proven) {
  input.tell("as it is");
  const auto end = make_experiment(input.setting, {.tree = input.work / "as-it-is", .source = input.setting.source});
  if (!end) return tl::unexpected(end.error());
  if (end->interruption) throw Interrupted{*end->interruption};
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
  try {
    const auto current = configure_current(input, proven);
    if (!current) return tl::unexpected(current.error());
    auto report = audit(*current, input.policy, input.options);
    if (!report) return tl::unexpected(report.error());
    proven.report = std::move(*report);
    proven.report.findings.clear();
    proven.report.modules.clear();
    proven.report.rules.clear();
    proven.report.baseline.reset();
    // After this point the report holds what is found about modules, and nothing else.
    const Policy strict = as_s0(input.policy);
    for (const std::size_t index : modules) {
      auto module = ModuleProver(input, strict, index, *current, proven).run();
      if (!module) return tl::unexpected(module.error());
      proven.modules.push_back(std::move(*module));
    }
  } catch (const Interrupted& interrupted) {
    proven.interruption = interrupted.signal;
  }
  finish(proven);
  return proven;
}

}  // namespace bulkhead
