#include "auditor/promises.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <set>
#include <string_view>
#include <utility>

#include "auditor/modules.h"
#include "graph/source_paths.h"
#include "reports/finding_text.h"

namespace bulkhead {
namespace {

std::string plural(std::uint64_t count, std::string_view noun) {
  return fmt::format("{} {}{}", count, noun, count == 1 ? "" : "s");
}

// A word of a command line that a shell takes for one.
std::string shell_word(std::string_view text) {
  constexpr std::string_view harmless = "+,-./:=@_%";
  const bool is_plain = !text.empty() && std::all_of(text.begin(), text.end(), [harmless](char c) {
    const bool is_alphanumeric = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
    return is_alphanumeric || harmless.find(c) != std::string_view::npos;
  });
  if (is_plain) return std::string(text);
  std::string quoted = "'";
  for (const char c : text) quoted += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return quoted + "'";
}

std::string make_command(std::string_view words, const std::vector<std::string>& tree_options) {
  std::string text = fmt::format("bulkhead {}", words);
  for (const std::string& option : tree_options) text += " " + shell_word(option);
  return text;
}

// One of several things: the first, and how many more.
std::string first_of(const std::vector<std::string>& things) {
  if (things.size() < 2) return things.empty() ? std::string() : things.front();
  return fmt::format("{} and {} more", things.front(), things.size() - 1);
}

class Judge {
 public:
  Judge(const PromiseInput& input, std::size_t index, bool on, const ModuleUsers& users)
      : input_(input), module_(input.policy.modules[index]), index_(index), on_(on), users_(users) {}

  [[nodiscard]] PromiseProof judge(Promise promise) const {
    switch (promise) {
      case Promise::toggle: return judge_toggle();
      case Promise::disruption:
        return make(promise, PromiseState::unproven,
                    "not tried: it takes two configurations, one with it on and one with it off", prove());
      case Promise::removal:
        return make(promise, PromiseState::unproven, "not tried: it takes a source tree without its paths", prove());
      case Promise::isolation: return judge_isolation();
      case Promise::support: return judge_support();
    }
    return {};
  }

 private:
  static PromiseProof make(Promise promise, PromiseState state, std::string evidence, std::string command) {
    return {.promise = promise, .state = state, .evidence = std::move(evidence), .command = std::move(command)};
  }

  [[nodiscard]] std::string command(std::string_view words) const { return make_command(words, input_.tree_options); }
  [[nodiscard]] std::string prove() const { return prove_command(module_.name, input_.tree_options); }

  // The findings of a rule that are about the module, each once, in the order of the report.
  [[nodiscard]] std::vector<const Finding*> find(const Report& report, std::string_view rule) const {
    std::vector<const Finding*> findings;
    std::set<std::string_view> seen;
    for (const Finding& finding : report.findings) {
      if (finding.rule != rule || finding.conditional) continue;
      // A file of the module that another one compiles may be laid to the other one.
      const bool is_end = finding.edge && (finding.edge->to.module == module_.name);
      const bool is_own = finding.module == module_.name || (rule == "namespace" && is_end);
      if (is_own && seen.insert(finding.fingerprint).second) findings.push_back(&finding);
    }
    return findings;
  }

  // The first finding with its place, and how many there are.
  [[nodiscard]] std::string say(const std::vector<const Finding*>& findings) const {
    const Finding& first = *findings.front();
    std::string text = first.message;
    std::vector<std::string> notes;
    const std::string place = first.evidence.empty() ? std::string() : say_site(first.evidence.front());
    if (!place.empty()) notes.push_back(place);
    if (input_.tree.graphs.size() > 1 && !first.configuration.empty()) notes.push_back("in " + first.configuration);
    if (first.status != Status::fresh) notes.emplace_back(to_string(first.status));
    if (!notes.empty()) text += fmt::format(" ({})", fmt::join(notes, "; "));
    if (findings.size() > 1) text += fmt::format(", and {}", plural(findings.size() - 1, "more finding"));
    return text;
  }

  [[nodiscard]] PromiseProof judge_toggle() const {
    const std::string check = command("check");
    auto findings = find(input_.report, "off-edge");
    for (const Finding* const one : find(input_.report, "off-target")) findings.push_back(one);
    if (!findings.empty()) return make(Promise::toggle, PromiseState::broken, say(findings), check);
    if (on_) {
      return make(Promise::toggle, PromiseState::unproven,
                  "it is on: only a configuration in which it is off can show that the core does without it", prove());
    }
    std::uint64_t edges = 0;
    std::uint64_t sources = 0;
    bool is_isolated = true;
    std::set<EdgeKind> blind;
    std::string note;
    for (const ModuleReport& one : input_.report.modules) {
      if (one.name != module_.name) continue;
      edges += one.edges_checked;
      sources += one.sources_scanned;
      is_isolated = is_isolated && one.verdict == Verdict::isolated;
      blind.insert(one.blind_spots.begin(), one.blind_spots.end());
      if (note.empty()) note = one.note;
    }
    std::string evidence =
        fmt::format("it is off, and {}{} of the core checked: none leads to it", plural(edges, "edge"),
                    sources == 0 ? "" : fmt::format(" and the includes of {}", plural(sources, "source")));
    if (is_isolated) return make(Promise::toggle, PromiseState::kept, std::move(evidence), check);
    if (!blind.empty()) evidence += "; not visible: " + say_kinds({blind.begin(), blind.end()});
    if (!note.empty()) evidence += "; " + note;
    return make(Promise::toggle, PromiseState::unproven, std::move(evidence), check + " -v");
  }

  [[nodiscard]] PromiseProof judge_isolation() const {
    const std::string name = shell_word("module:" + module_.name);
    const auto findings = find(input_.as_s0, "namespace");
    if (!findings.empty()) {
      // Without a stage, the rule is silent when `check` runs it.
      const bool is_inward = findings.front()->edge->to.module == module_.name;
      return make(Promise::isolation, PromiseState::broken, say(findings),
                  !find(input_.report, "namespace").empty()
                      ? command("check")
                      : command(fmt::format("{} {} --kinds source", is_inward ? "refs" : "deps", name)));
    }
    if (module_.paths.empty())
      return make(Promise::isolation, PromiseState::unproven, "the policy gives it no paths", "");
    if (!on_) {
      return make(Promise::isolation, PromiseState::unproven,
                  "it is off: only a configuration in which it is on shows what its targets compile", prove());
    }
    return judge_seen_isolation(name);
  }

  // The module is on, and no file is where it should not be, as far as its targets are seen.
  [[nodiscard]] PromiseProof judge_seen_isolation(const std::string& name) const {
    std::set<std::string_view> targets;
    std::set<std::string_view> files;
    std::vector<std::string> elsewhere;
    for (const TargetGraph& graph : input_.tree.graphs) {
      const ModuleMap owners(graph, input_.policy, input_.inventory);
      for (const TargetId target : owners.targets_of(index_)) {
        targets.insert(graph.name(target));
        const std::string_view directory = graph.text(graph[target].source_directory);
        const bool is_inside = owners.path_owner(directory) == Owner::module(index_);
        if (!is_inside && !graph[target].imported) elsewhere.emplace_back(graph.name(target));
        for (const Edge& edge : graph.edges_from(target)) {
          if (edge.kind != EdgeKind::source || edge.to.kind() != EndpointKind::file) continue;
          const std::string_view file = graph.text(edge.to.string_id());
          // Others that are no finding are handed on by libraries of the core.
          if (owners.path_owner(file) == Owner::module(index_) && !is_in_build(file)) files.insert(file);
        }
      }
    }
    const std::string more = command(fmt::format("deps {} --kinds source", name));
    if (files.empty())
      return make(Promise::isolation, PromiseState::unproven, "no target of it compiles a file of the source tree here",
                  more);
    std::sort(elsewhere.begin(), elsewhere.end());
    elsewhere.erase(std::unique(elsewhere.begin(), elsewhere.end()), elsewhere.end());
    std::string evidence =
        fmt::format("{} of it compile{} {}, all in its paths; neither the core nor another module compiles one",
                    plural(targets.size(), "target"), targets.size() == 1 ? "s" : "", plural(files.size(), "file"));
    if (!elsewhere.empty()) evidence += fmt::format("; defined outside its paths: {}", first_of(elsewhere));
    return make(Promise::isolation, PromiseState::kept, std::move(evidence), more);
  }

  // Whether enough owners are known, not only whether the rule is silent: it is, too, where no file is at hand.
  [[nodiscard]] bool has_owners() const {
    const std::set<std::string_view> owners(module_.owners.begin(), module_.owners.end());
    if (owners.size() >= input_.policy.min_owners) return true;
    SourceTree disk(input_.report.source_root);
    const ModuleMap owned(input_.tree.graphs.front(), input_.policy, input_.inventory);
    return std::any_of(module_.paths.begin(), module_.paths.end(), [&](const PolicyGlob& path) {
      const auto files = disk.files(path.glob);
      return std::any_of(files.begin(), files.end(),
                         [&](const std::string& file) { return owned.path_owner(file) == Owner::module(index_); });
    });
  }

  [[nodiscard]] std::string say_owners() const {
    const std::set<std::string_view> owners(module_.owners.begin(), module_.owners.end());
    const std::string asked = fmt::format("{} asked for", input_.policy.min_owners);
    if (owners.size() < input_.policy.min_owners) return fmt::format("owners in CODEOWNERS, {}", asked);
    return fmt::format("{}, {}", plural(owners.size(), "owner"), asked);
  }

  [[nodiscard]] std::string say_users() const {
    std::vector<std::string> parts;
    if (!users_.targets.empty()) parts.push_back("used by " + first_of(users_.targets));
    if (!users_.mentions.empty()) {
      const NamingPlace& first = users_.mentions.front();
      const std::size_t more = users_.mentions.size() - 1;
      parts.push_back(fmt::format(
          "{} names {}{}", first.file, first.name,
          more == 0
              ? ""
              : fmt::format(", and {} so", more == 1 ? "1 more file does" : fmt::format("{} more files do", more))));
    }
    return fmt::format("{}", fmt::join(parts, "; "));
  }

  [[nodiscard]] std::string say_no_users() const {
    const std::string_view targets =
        on_ ? "no target outside it is seen to use it" : "which targets use it is seen while it is on";
    return fmt::format("{}, and {}", targets,
                       users_.searched ? "no document, test or example is found that names it"
                                       : "the sources, which may name it, are not at hand");
  }

  [[nodiscard]] PromiseProof judge_support() const {
    const std::string refs = command("refs " + shell_word("module:" + module_.name));
    const auto findings = find(input_.as_s0, "owners");
    std::string users = say_users();
    if (users.empty()) users = say_no_users();
    if (!findings.empty()) {
      // Who has no stage, or has left S0, was not asked for them.
      const PromiseState state = module_.stage == "S0" ? PromiseState::broken : PromiseState::unproven;
      return make(Promise::support, state, say(findings) + "; " + users, "bulkhead explain owners");
    }
    const bool has_users = !users_.targets.empty() || !users_.mentions.empty();
    if (!has_owners()) {
      return make(Promise::support, PromiseState::unproven, "its files are not at hand, and CODEOWNERS is about files",
                  refs);
    }
    return make(Promise::support, has_users ? PromiseState::kept : PromiseState::unproven, say_owners() + "; " + users,
                refs);
  }

  const PromiseInput& input_;
  const Module& module_;
  std::size_t index_;
  bool on_;
  const ModuleUsers& users_;
};

}  // namespace

std::string prove_command(const std::string& module, const std::vector<std::string>& tree_options) {
  return make_command("prove " + shell_word(module), tree_options);
}

ModuleProof judge_promises(const PromiseInput& input, std::size_t index, bool on, const ModuleUsers& users) {
  const Module& module = input.policy.modules[index];
  const Judge judge(input, index, on, users);
  ModuleProof proof{.module = module.name, .stage = module.stage};
  for (const Promise promise : promises) proof.promises.push_back(judge.judge(promise));
  return proof;
}

void add_proof(const ModuleProof& experiments, ModuleProof& proof) {
  for (const PromiseProof& proven : experiments.promises) {
    for (PromiseProof& known : proof.promises) {
      if (known.promise != proven.promise) continue;
      const bool is_settled = known.state == PromiseState::broken && proven.state != PromiseState::broken;
      const bool knows_less = proven.state == PromiseState::unproven && known.state == PromiseState::kept;
      if (!is_settled && !knows_less) known = proven;
    }
  }
}

}  // namespace bulkhead
