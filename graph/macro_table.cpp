#include "graph/macro_table.h"

#include <algorithm>
#include <string>

namespace bulkhead {
namespace {

// In the order of SpecialName.
constexpr std::string_view special_names[] = {
    "defined", "__has_include", "__has_include_next", "true", "and", "or", "not", "xor", "bitand", "bitor",
    "compl",   "not_eq",        "__cplusplus"};

}  // namespace

MacroTable::MacroTable() {
  for (const std::string_view name : special_names) intern(name);
}

void MacroTable::clear() {
  if (++unit_ == 0) {  // 2^32 translation units later
    std::fill(entries_.begin(), entries_.end(), Entry());
    unit_ = 1;
  }
  groups_.clear();
  changes_.clear();
  outcomes_.clear();
  pushed_.clear();
}

MacroId MacroTable::intern(std::string_view name) {
  const StringId id = names_.intern(name);
  if (id.value() == entries_.size()) {
    entries_.emplace_back();
    seen_.emplace_back(0);
  }
  return MacroId(id.value());
}

OptionalMacroId MacroTable::find(std::string_view name) const {
  const auto id = names_.find(name);
  if (!id) return std::nullopt;
  return MacroId(id->value());
}

BoundSource& MacroTable::bind(const SourceEntry& entry) {
  if (entry.id.value() >= sources_.size()) sources_.resize(entry.id.value() + std::size_t{1});
  std::unique_ptr<BoundSource>& bound = sources_[entry.id.value()];
  if (bound != nullptr && bound->source == entry.source) return *bound;
  const LexedSource& source = *entry.source;
  std::vector<MacroId> names;
  names.reserve(source.name_count());
  for (std::size_t i = 0; i < source.name_count(); ++i) names.push_back(intern(source.name(SourceNameId(i))));
  OptionalMacroId guard;
  if (source.guard()) guard = names[(*source.guard()).value()];
  bound = std::make_unique<BoundSource>(BoundSource{entry.id, entry.source, std::move(names), guard, std::nullopt});
  return *bound;
}

Truth MacroTable::is_defined(MacroId id) const {
  switch (lookup(id).kind) {
    case MacroKind::undefined: return Truth::no;
    case MacroKind::unsure: return Truth::unknown;
    default: return Truth::yes;
  }
}

void MacroTable::set(MacroId id, MacroState state) {
  Entry& entry = entries_[id.value()];
  if (!groups_.empty()) changes_.push_back({id, lookup(id)});
  entry = {state, unit_};
}

void MacroTable::begin_group() {
  groups_.push_back({changes_.size(), outcomes_.size(), 0, current_branch()});
}

void MacroTable::begin_branch() {
  Group& group = groups_.back();
  group.changes_begin = changes_.size();
  group.branch = ++branch_;
  ++group.branch_count;
}

void MacroTable::end_branch() {
  const Group& group = groups_.back();
  // From the last change of a macro to the first one, before which it was what it becomes again.
  while (changes_.size() > group.changes_begin) {
    const Change& change = changes_.back();
    if (seen_[change.id.value()] != group.branch) {
      seen_[change.id.value()] = group.branch;
      outcomes_.push_back({change.id, lookup(change.id)});
    }
    entries_[change.id.value()] = {change.state, unit_};
    changes_.pop_back();
  }
}

void MacroTable::end_group(GroupEnd end) {
  const Group group = groups_.back();
  groups_.pop_back();
  const auto begin = outcomes_.begin() + static_cast<std::ptrdiff_t>(group.outcomes_begin);
  std::stable_sort(begin, outcomes_.end(), [](const Change& a, const Change& b) { return a.id < b.id; });
  for (auto first = begin; first != outcomes_.end();) {
    MacroState joined = first->state;
    auto last = first;
    for (; last != outcomes_.end() && last->id == first->id; ++last) joined = join(joined, last->state);
    const MacroState before = lookup(first->id);
    const bool is_met_again = end == GroupEnd::reentry && joined.kind == MacroKind::defined &&
                              before == MacroState{MacroKind::unsure, joined.source, joined.directive};
    // A branch that left it alone, or no branch at all.
    const bool is_left_alone = end == GroupEnd::open || last - first < group.branch_count;
    if (is_left_alone && !is_met_again) joined = join(joined, before);
    set(first->id, joined);
    first = last;
  }
  outcomes_.erase(begin, outcomes_.end());
}

MacroState MacroTable::join(const MacroState& a, const MacroState& b) const {
  if (a == b) return a;
  const auto is_there = [](const MacroState& state) {
    return state.kind == MacroKind::defined || state.kind == MacroKind::opaque;
  };
  if (is_there(a) && is_there(b)) {
    if (a.kind == MacroKind::opaque || b.kind == MacroKind::opaque) return {MacroKind::opaque};
    const Directive& first = definition(a);
    const Directive& second = definition(b);
    const bool is_same = bound(a.source).source->operand(first) == bound(b.source).source->operand(second);
    return is_same && !first.is_unusable && !second.is_unusable ? a : MacroState{MacroKind::opaque};
  }
  // Its definition, if it has one, is that of either, or of both.
  const auto has_none = [](const MacroState& state) { return state.kind == MacroKind::undefined; };
  const auto is_same = a.source == b.source && a.directive == b.directive;
  if (has_none(b) || is_same) return {MacroKind::unsure, a.source, a.directive};
  if (has_none(a)) return {MacroKind::unsure, b.source, b.directive};
  return {MacroKind::unsure};
}

void MacroTable::assume(MacroId id, bool is_defined) {
  if (lookup(id).kind != MacroKind::unsure) return;
  set(id, {is_defined ? MacroKind::opaque : MacroKind::undefined});
}

void MacroTable::push(MacroId id) {
  pushed_[id.value()].push_back({lookup(id), current_branch()});
}

void MacroTable::pop(MacroId id) {
  const auto found = pushed_.find(id.value());
  if (found == pushed_.end() || found->second.empty()) return;
  const Pushed pushed = found->second.back();
  found->second.pop_back();
  set(id, pushed.branch == current_branch() ? pushed.state : MacroState{MacroKind::unsure});
}

}  // namespace bulkhead
