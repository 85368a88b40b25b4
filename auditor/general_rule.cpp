#include "auditor/general_rule.h"

namespace bulkhead {
namespace {

std::string list(const std::vector<Selector>& selectors) {
  std::string text;
  for (const Selector& selector : selectors) text += (text.empty() ? "" : ", ") + selector.text;
  return text.empty() ? "nothing" : text;
}

std::string list(const std::vector<RuleGroup>& groups, std::string_view between) {
  std::string text;
  for (const RuleGroup& group : groups) {
    if (!text.empty()) text += between;
    text += list(group.selectors);
  }
  return text;
}

}  // namespace

std::string_view code_of(RuleKind kind) {
  return kind == RuleKind::within_view ? "within-view" : table_of(kind);
}

std::string_view table_of(RuleKind kind) {
  switch (kind) {
    case RuleKind::acyclic: return "acyclic";
    case RuleKind::allowed: return "allowed";
    case RuleKind::forbidden: return "forbidden";
    case RuleKind::independent: return "independent";
    case RuleKind::layers: return "layers";
    case RuleKind::required: return "required";
    case RuleKind::visibility: return "visibility";
    case RuleKind::within_view: return "within_view";
  }
  return "";
}

std::string GeneralRule::label() const {
  if (!name.empty()) return name;
  switch (kind) {
    case RuleKind::acyclic:
      if (!from.empty()) return list(from);
      return over == CycleScope::targets ? "targets" : over == CycleScope::folders ? "folders" : "modules";
    case RuleKind::layers: return list(groups, " > ");
    case RuleKind::independent: return each ? "each of " + list(from) : list(groups, " | ");
    default: return list(from) + " -> " + list(to);
  }
}

}  // namespace bulkhead
