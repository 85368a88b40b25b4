#include "auditor/waivers.h"

#include <fmt/format.h>

#include <algorithm>

#include "graph/source_paths.h"
#include "graph/target_type.h"

namespace bulkhead {
namespace {

constexpr std::string_view reason_to_be_written = "REASON";

std::string_view name_of(std::string_view label) {
  return label.substr(label.find(':') + 1);
}

// `*` stands for any characters, and all others for themselves.
bool matches_message(std::string_view pattern, std::string_view message) {
  const std::size_t first_star = pattern.find('*');
  if (first_star == std::string_view::npos) return pattern == message;
  if (!message.starts_with(pattern.substr(0, first_star))) return false;
  message.remove_prefix(first_star);
  pattern.remove_prefix(first_star + 1);
  for (std::size_t star = pattern.find('*'); star != std::string_view::npos; star = pattern.find('*')) {
    const std::size_t at = message.find(pattern.substr(0, star));
    if (at == std::string_view::npos) return false;
    message.remove_prefix(at + star);
    pattern.remove_prefix(star + 1);
  }
  return message.ends_with(pattern);
}

std::string quote(std::string_view text) {
  std::string quoted = "\"";
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') quoted += '\\';
    if (byte < ' ' || byte == 0x7f) {
      quoted += fmt::format("\\u{:04x}", static_cast<unsigned>(byte));
    } else {
      quoted += c;
    }
  }
  return quoted + "\"";
}

// The selector of this end alone; empty when there is none.
std::string selector_of(const FindingEnd& end) {
  const bool is_target = end.label.starts_with("target:");
  if (!is_target && !end.label.starts_with("file:")) return {};
  const std::string_view name = name_of(end.label);
  if (!is_target && is_in_build(name)) return {};  // which no glob names
  std::string text = is_target ? "target:" : "path:";
  for (const char c : name) {
    if (std::string_view("*?[]{},\\").find(c) != std::string_view::npos) text += '\\';
    text += c;
  }
  return Selector::parse(text, {}) ? text : std::string();
}

std::string policy_text_for(const Finding& finding) {
  std::string text = fmt::format("[[waiver]]\nrule = {}\n", quote(finding.rule));
  if (!finding.module.empty()) text += fmt::format("module = {}\n", quote(finding.module));
  const std::string from = finding.edge ? selector_of(finding.edge->from) : std::string();
  const std::string to = finding.edge ? selector_of(finding.edge->to) : std::string();
  if (!from.empty()) text += fmt::format("from = {}\n", quote(from));
  if (!to.empty()) text += fmt::format("to = {}\n", quote(to));
  if (from.empty() || to.empty()) {
    // What stands behind its only subject may be another number tomorrow.
    const bool is_subject = finding.subjects.size() == 1 && finding.message.starts_with(finding.subjects.front());
    text += fmt::format("message = {}\n", quote(is_subject ? finding.subjects.front() + "*" : finding.message));
  }
  return text + fmt::format("reason = {}", quote(reason_to_be_written));
}

}  // namespace

bool selects(const Selector& selector, const FindingEnd& end) {
  switch (selector.kind) {
    case SelectorKind::target: return end.label.starts_with("target:") && selector.glob->matches(name_of(end.label));
    case SelectorKind::path:
      if (end.label.starts_with("file:")) return selector.glob->matches(name_of(end.label));
      return !end.directory.empty() && selector.glob->matches(end.directory);
    case SelectorKind::module: return end.module == selector.name;
    case SelectorKind::core: return end.module.empty();
    case SelectorKind::type: return end.type == to_string(selector.type);
  }
  return false;
}

bool speaks_of(const Waiver& waiver, const Finding& finding) {
  if (waiver.rule != finding.rule) return false;
  if (!waiver.module.empty() && waiver.module != finding.module) return false;
  if ((waiver.from || waiver.to) && !finding.edge) return false;
  if (waiver.from && !selects(*waiver.from, finding.edge->from)) return false;
  if (waiver.to && !selects(*waiver.to, finding.edge->to)) return false;
  return waiver.message.empty() || matches_message(waiver.message, finding.message);
}

CommentStyle comments_at(const Finding& finding, const Evidence& evidence) {
  if (evidence.line == 0 || is_in_build(evidence.file) || is_outside(evidence.file)) return CommentStyle::none;
  if (finding.edge && finding.edge->kind == EdgeKind::include) return CommentStyle::source;
  const std::string_view file = evidence.file;
  const bool is_cmake = !evidence.command.empty() || file.ends_with("CMakeLists.txt") || file.ends_with(".cmake");
  return is_cmake ? CommentStyle::cmake : CommentStyle::none;
}

std::string waiver_text_for(const Finding& finding) {
  CommentStyle style = finding.evidence.empty() ? CommentStyle::none : comments_at(finding, finding.evidence.front());
  if (!finding.edge && finding.evidence.size() > 1) style = CommentStyle::none;  // it would take one at each place
  if (finding.module.find_first_of(" \t") != std::string::npos) style = CommentStyle::none;
  if (style == CommentStyle::none) return policy_text_for(finding);
  return fmt::format("{} bulkhead: waive {}{} -- {}", style == CommentStyle::cmake ? "#" : "//", finding.rule,
                     finding.module.empty() ? "" : " " + finding.module, reason_to_be_written);
}

}  // namespace bulkhead
