#include "auditor/applied_waivers.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>

#include "auditor/evidence.h"
#include "auditor/nearest.h"
#include "auditor/rule.h"
#include "graph/file_io.h"
#include "graph/source_paths.h"

namespace bulkhead {
namespace {

std::string hint_for(std::string_view word, const std::vector<std::string_view>& known) {
  const auto meant = nearest(word, known);
  return meant ? fmt::format("did you mean '{}'?", *meant) : std::string();
}

// "the waiver of off-edge for module cuda, from target:core".
std::string describe(const Waiver& waiver) {
  std::string text = "the waiver of " + waiver.rule;
  if (!waiver.module.empty()) text += " for module " + waiver.module;
  if (waiver.from) text += " from " + waiver.from->text;
  if (waiver.to) text += " to " + waiver.to->text;
  return text;
}

bool is_of_targets(const std::optional<Selector>& selector) {
  return selector && (selector->kind == SelectorKind::target || selector->kind == SelectorKind::type);
}

// The kinds of edge that calls of a command make; all that a CMake file can, for other commands.
std::vector<EdgeKind> kinds_of_command(std::string_view command) {
  if (command == "target_link_libraries") {
    return {EdgeKind::link, EdgeKind::compile, EdgeKind::object, EdgeKind::file_link};
  }
  if (command == "target_include_directories" || command == "include_directories") return {EdgeKind::include_dir};
  if (command == "target_compile_definitions" || command == "add_compile_definitions") return {EdgeKind::define};
  if (command == "add_dependencies") return {EdgeKind::order};
  if (command == "add_subdirectory" || command == "include") return {EdgeKind::configure};
  if (command == "install") return {EdgeKind::install};
  std::vector<EdgeKind> kinds(edge_kinds.begin(), edge_kinds.end());
  std::erase(kinds, EdgeKind::include);
  return kinds;
}

std::string say_days(std::int32_t days) {
  return days == 0 ? "today" : days == 1 ? "tomorrow" : fmt::format("in {} days", days);
}

}  // namespace

AppliedWaivers::AppliedWaivers(const SuppressInput& input, const std::vector<Finding>& findings)
    : input_(input), waivers_(input.policy.waivers), styles_(waivers_.size(), CommentStyle::none) {
  for (std::size_t i = 0; i < waivers_.size(); ++i) of_policy_.push_back(i);
  std::set<std::pair<std::string, CommentStyle>> files;
  for (const TargetGraph& graph : input.tree.graphs) {
    for (const std::string_view file : project_files(graph)) {
      if (!is_in_build(file)) files.emplace(file, CommentStyle::cmake);
    }
  }
  for (const Finding& finding : findings) {
    for (const Evidence& evidence : finding.evidence) {
      const CommentStyle style = comments_at(finding, evidence);
      if (style != CommentStyle::none) files.emplace(evidence.file, style);
    }
  }
  for (const auto& [file, style] : files) read_comments(file, style);
  is_used_.resize(waivers_.size());
}

void AppliedWaivers::read_comments(const std::string& file, CommentStyle style) {
  FileBuffer buffer;
  const auto text = buffer.read(input_.sources.paths().absolute(file));
  if (!text) return;  // the sources need not be at hand
  WaiverComments comments = read_waiver_comments(*text, file, style);
  mistakes_.insert(mistakes_.end(), comments.mistakes.begin(), comments.mistakes.end());
  for (Waiver& waiver : comments.waivers) {
    if (const auto checked = check(waiver); !checked) {
      mistakes_.push_back(checked.error());
      continue;
    }
    by_file_[file].push_back(waivers_.size());
    waivers_.push_back(std::move(waiver));
    styles_.push_back(style);
  }
}

Result<void> AppliedWaivers::check(const Waiver& waiver) const {
  const Rule* const rule = find_rule(waiver.rule);
  if (rule == nullptr) {
    std::vector<std::string_view> codes;
    for (const Rule& one : catalogue()) codes.push_back(one.code);
    return fail(waiver.where, fmt::format("there is no rule '{}'", waiver.rule), hint_for(waiver.rule, codes));
  }
  if (rule->about != About::project) {
    return fail(waiver.where, fmt::format("no finding of {} is about this line", waiver.rule),
                "waive it by a [[waiver]] in the policy");
  }
  std::vector<std::string_view> names;
  for (const Module& module : input_.policy.modules) names.push_back(module.name);
  if (!waiver.module.empty() && std::find(names.begin(), names.end(), waiver.module) == names.end()) {
    return fail(waiver.where, fmt::format("there is no module '{}'", waiver.module), hint_for(waiver.module, names));
  }
  if (input_.policy.waivers_expire && !waiver.expires) {
    return fail(waiver.where, "this waiver never expires, and the policy wants waivers_expire",
                "add ', until YYYY-MM-DD' to it");
  }
  return {};
}

bool AppliedWaivers::stands_at(const Waiver& waiver, const Finding& finding, const Evidence& evidence) const {
  if (evidence.file != waiver.where.file) return false;
  const auto is_meant = [&waiver](std::uint32_t line) {
    return line != 0 && (line == waiver.at->own || line == waiver.at->next);
  };
  const CommentStyle style = comments_at(finding, evidence);
  if (style == CommentStyle::none) return false;
  if (is_meant(evidence.line)) return true;
  if (style != CommentStyle::cmake || evidence.mark.empty()) return false;
  // In a call of several lines, the one with the word that the finding is about.
  const CMakeCall* const call = input_.sources.call_at(evidence.file, evidence.line);
  const CallArgument* const argument = call == nullptr ? nullptr : find_argument(*call, evidence.mark);
  return argument != nullptr && is_meant(argument->line);
}

bool AppliedWaivers::stands_at(const Waiver& waiver, const Finding& finding) const {
  if (!waiver.at) return true;
  const auto is_here = [&](const Evidence& evidence) { return stands_at(waiver, finding, evidence); };
  if (finding.edge) return std::any_of(finding.evidence.begin(), finding.evidence.end(), is_here);
  // Each place is about something else.
  return !finding.evidence.empty() && std::all_of(finding.evidence.begin(), finding.evidence.end(), is_here);
}

std::vector<EdgeKind> AppliedWaivers::kinds_of(std::size_t position) const {
  const Waiver& waiver = waivers_[position];
  if (styles_[position] == CommentStyle::source) return {EdgeKind::include};
  if (styles_[position] == CommentStyle::cmake) {
    // Inside a call it speaks of that call, too.
    const CMakeCall* const call =
        find_call(input_.sources.calls(waiver.where.file), waiver.at->next != 0 ? waiver.at->next : waiver.at->own);
    return kinds_of_command(call == nullptr ? std::string_view() : call->command);
  }
  std::vector<EdgeKind> kinds;
  for (const EdgeKind kind : edge_kinds) {
    const bool is_from_file = kind == EdgeKind::include || kind == EdgeKind::configure || kind == EdgeKind::install;
    const bool is_to_text = kind == EdgeKind::include || kind == EdgeKind::include_dir || kind == EdgeKind::define ||
                            kind == EdgeKind::source || kind == EdgeKind::configure;
    if ((is_from_file && is_of_targets(waiver.from)) || (is_to_text && is_of_targets(waiver.to))) continue;
    kinds.push_back(kind);
  }
  return kinds;
}

bool AppliedWaivers::has_expired(const Waiver& waiver) const {
  return waiver.expires && *waiver.expires < input_.options.today;
}

void AppliedWaivers::apply(std::vector<Finding>& findings) {
  for (Finding& finding : findings) {
    std::vector<std::size_t> candidates = of_policy_;
    for (const Evidence& evidence : finding.evidence) {
      const auto found = by_file_.find(evidence.file);
      if (found != by_file_.end()) candidates.insert(candidates.end(), found->second.begin(), found->second.end());
    }
    for (const std::size_t i : candidates) {
      const Waiver& waiver = waivers_[i];
      if (!speaks_of(waiver, finding) || !stands_at(waiver, finding)) continue;
      is_used_[i] = true;
      if (has_expired(waiver) || finding.status == Status::waived) continue;
      finding.status = Status::waived;
      finding.waiver = AppliedWaiver{.reason = waiver.reason,
                                     .owner = waiver.owner,
                                     .expires = waiver.expires ? to_string(*waiver.expires) : std::string(),
                                     .file = shown_path(input_.sources.paths(), waiver.where.file),
                                     .line = waiver.where.line};
      if (waiver.at) finding.waiver->file = waiver.where.file;
    }
  }
}

Finding AppliedWaivers::make_fault(const Waiver& waiver, Severity severity, const std::string& what,
                                   std::string help) const {
  Finding finding{.rule = "unused-policy",
                  .severity = severity,
                  .module = waiver.module,
                  .message = fmt::format("{} {}", describe(waiver), what),
                  .help = std::move(help)};
  const std::string& file = waiver.where.file;
  finding.evidence.push_back({.file = waiver.at ? file : shown_path(input_.sources.paths(), file),
                              .line = waiver.where.line,
                              .mark = waiver.at ? "waive" : ""});
  return finding;
}

std::vector<Finding> AppliedWaivers::find_faults(const Coverage& coverage) const {
  std::vector<Finding> faults;
  for (std::size_t i = 0; i < waivers_.size(); ++i) {
    const Waiver& waiver = waivers_[i];
    const Rule* const rule = find_rule(waiver.rule);
    if (has_expired(waiver)) {
      faults.push_back(make_fault(waiver, Severity::error,
                                  fmt::format("has expired on {}, and waives nothing", to_string(*waiver.expires)),
                                  "mend what it waived and take it out, or have it renewed by its owner"));
    } else if (!is_used_[i]) {
      // What a tree cannot show differs from tree to tree.
      if (rule == nullptr || rule->about == About::tree) continue;
      const bool names_dependee = waiver.module.empty() && waiver.to && waiver.to->kind == SelectorKind::module;
      const std::string& module = names_dependee ? waiver.to->name : waiver.module;
      if (!coverage.find_gap(*rule, module, kinds_of(i)).empty()) continue;
      faults.push_back(make_fault(waiver, Severity::warning, "waives nothing in this build tree",
                                  "take it out, unless a tree with other options or on another system needs it"));
    } else if (waiver.expires && waiver.expires->days - input_.options.today.days <= days_of_warning) {
      const std::int32_t days = waiver.expires->days - input_.options.today.days;
      faults.push_back(make_fault(waiver, Severity::warning,
                                  fmt::format("expires {}, on {}", say_days(days), to_string(*waiver.expires)),
                                  "mend what it waives, or have it renewed by its owner"));
    }
  }
  for (const Error& mistake : mistakes_) {
    Finding finding{.rule = "unused-policy",
                    .severity = Severity::warning,
                    .message = mistake.message + "; this comment waives nothing",
                    .help = mistake.hint};
    finding.evidence.push_back({.file = mistake.location.file, .line = mistake.location.line, .mark = "bulkhead"});
    faults.push_back(std::move(finding));
  }
  return faults;
}

}  // namespace bulkhead
