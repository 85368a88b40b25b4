// unused-policy: a part of the policy matched nothing. No rule passes by checking nothing.

#include <fmt/format.h>

#include "auditor/evidence.h"
#include "auditor/rule.h"
#include "auditor/rule_scopes.h"
#include "auditor/source_tree.h"

namespace bulkhead {
namespace {

// Whether a glob or selector that matched nothing in the graph may still be right. What a module that is off owns need
// not be in the build; its files must be on disk all the same.
bool may_be_right(const RuleInput& input, const MatchCount& match) {
  const bool off = match.what != "set_aside" && !input.on[match.module];
  const bool is_path = match.what == "path" || match.text.starts_with("path:");
  if (!is_path) return off;
  const std::string_view pattern =
      match.what == "path" ? std::string_view(match.text) : std::string_view(match.text).substr(5);
  const auto glob = Glob::parse(pattern, match.where);
  const auto on_disk = glob ? input.disk.matches(*glob) : std::nullopt;
  return on_disk.value_or(off);
}

// The same for a selector of a general rule. A module is one whether or not it has something in the build.
bool may_be_right(const RuleInput& input, const Selector& selector) {
  if (selector.kind == SelectorKind::module) return true;
  if (selector.kind != SelectorKind::path) return false;
  return input.disk.matches(*selector.glob).value_or(false);
}

Evidence show_policy(const RuleInput& input, const Location& where, std::string mark) {
  return {.file = shown_path(input.sources.paths(), where.file), .line = where.line, .mark = std::move(mark)};
}

// A rule that has selectors, and still no edge that could break it.
std::string_view say_idle(const RuleScope& scope) {
  const bool from_targets = scope.rule->kind != RuleKind::visibility;
  if (from_targets && scope.dependers == 0 && scope.from.other_count() == 0 && !scope.sees_includes()) {
    return "there is no target whose edges it could look at, so it checked nothing";
  }
  return {};
}

void add_rules(const RuleInput& input, std::vector<Finding>& findings) {
  for (const RuleScope& scope : input.scopes.all()) {
    const GeneralRule& rule = *scope.rule;
    const std::size_t before = findings.size();
    for (const SelectorCount& one : scope.selectors) {
      if (one.count != 0 || may_be_right(input, *one.selector)) continue;
      Finding finding{
          .rule = {},
          .name = rule.label(),
          .message = fmt::format("rule '{}': {} '{}' matched nothing", rule.label(), one.key, one.selector->text),
          .help = "correct it, or take it out: what matches nothing protects nothing"};
      finding.evidence.push_back(show_policy(input, one.selector->where, one.selector->text));
      findings.push_back(std::move(finding));
    }
    if (findings.size() != before || say_idle(scope).empty()) continue;
    Finding finding{.rule = {},
                    .name = rule.label(),
                    .message = fmt::format("rule '{}': {}", rule.label(), say_idle(scope)),
                    .help = "dependers that are dependees of the rule themselves do not count; correct its selectors"};
    finding.evidence.push_back(show_policy(input, rule.where, {}));
    findings.push_back(std::move(finding));
  }
}

}  // namespace

std::vector<Finding> run_unused_policy(const RuleInput& input) {
  std::vector<Finding> findings;
  if (input.policy.modules.empty() && input.policy.rules.empty()) {
    Finding finding{.rule = {},
                    .message = "the policy has no module and no rule, so nothing was checked",
                    .help = "add a [[module]] with a name, a toggle and its paths, or a rule such as [[forbidden]]"};
    finding.evidence.push_back(show_policy(input, {.file = input.policy.file}, {}));
    findings.push_back(std::move(finding));
  }
  for (const MatchCount& match : input.modules.matches()) {
    if (match.count != 0 || may_be_right(input, match)) continue;
    const bool of_module = match.what != "set_aside";
    Finding finding{.rule = {},
                    .message = of_module ? fmt::format("module {}: {} '{}' matched nothing",
                                                       input.policy.modules[match.module].name, match.what, match.text)
                                         : fmt::format("set_aside '{}' matched nothing", match.text),
                    .help = "correct it, or take it out: what matches nothing protects nothing"};
    if (of_module) finding.module = input.policy.modules[match.module].name;
    finding.evidence.push_back(show_policy(input, match.where, match.text));
    findings.push_back(std::move(finding));
  }
  add_rules(input, findings);
  return findings;
}

RuleCount count_unused_policy(const RuleInput& input) {
  return {.modules = static_cast<std::uint32_t>(input.policy.modules.size())};
}

}  // namespace bulkhead
