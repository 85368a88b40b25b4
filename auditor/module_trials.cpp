#include "auditor/module_trials.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "auditor/module_states.h"
#include "auditor/modules.h"
#include "auditor/shadow_tree.h"
#include "auditor/toggle_flip.h"

namespace bulkhead {
namespace {

namespace fs = std::filesystem;

std::string say_assignments(const Assignments& assignments) {
  std::string text;
  for (const auto& [name, value] : assignments) text += fmt::format("{}{}={}", text.empty() ? "" : " ", name, value);
  return text;
}

std::string say_error(const CMakeError& error) {
  if (error.place.file.empty()) return error.message;
  return fmt::format("{} ({}:{})", error.message, error.place.file, error.place.line);
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

}  // namespace

std::string say_first(const std::vector<CMakeError>& errors) {
  if (errors.empty()) return "CMake fails, and does not say where";
  std::string text = say_error(errors.front());
  if (errors.size() > 1) text += fmt::format(", and {} more", errors.size() - 1);
  return text;
}

ModuleTrials::ModuleTrials(const ProveInput& input, std::size_t index, const BuildTree& current, Proven& proven)
    : input_(input),
      module_(input.policy.modules[index]),
      index_(index),
      current_(current),
      proven_(proven),
      folder_(input.work / folder_of(module_.name)) {}

void ModuleTrials::tell(const std::string& what) const {
  input_.tell(fmt::format("module {}: {}", module_.name, what));
}

Result<ExperimentEnd> ModuleTrials::make(const Experiment& experiment) {
  auto end = make_experiment(input_.setting, experiment);
  if (!end) return end;
  if (end->interruption) {
    proven_.interruption = end->interruption;
    return fail({}, "stopped by a signal");
  }
  proven_.written.insert(proven_.written.end(), end->written.begin(), end->written.end());
  return end;
}

std::vector<CMakeError> ModuleTrials::errors_of(const ExperimentEnd& end, const fs::path& source) const {
  if (end.timed_out)
    return {
        {.place = {.file = {}}, .message = fmt::format("cmake was not done after {} s", input_.setting.limit.count())}};
  return parse_cmake_errors(end.errors, source.generic_string());
}

void ModuleTrials::note(std::string name, std::string result) {
  told_.push_back({std::move(name), std::move(result)});
}

Result<TriedTree> ModuleTrials::try_state(bool wanted) {
  const std::string name = wanted ? "on" : "off";
  const ToggleValues values = toggle_values(current_);
  const auto flip = find_flip(module_, wanted, [&values](std::string_view variable) { return values.find(variable); });
  TriedTree tried;
  if (!flip) {
    tried.trouble = fmt::format("no value of {} is found that makes '{}' {}",
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
Result<TriedTree> ModuleTrials::check_state(bool wanted, BuildTree tree, const std::string& with) {
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

Result<Removal> ModuleTrials::try_removal(const BuildTree& off) {
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
Result<Removal> ModuleTrials::judge_failure(const ExperimentEnd& end) {
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

Result<ExperimentEnd> ModuleTrials::configure_shadow(const std::string& name,
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
std::string ModuleTrials::find_original(const fs::path& tree) const {
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

}  // namespace bulkhead
