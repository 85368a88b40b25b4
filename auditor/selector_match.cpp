#include "auditor/selector_match.h"

#include <algorithm>

#include "auditor/inventory.h"

namespace bulkhead {

bool EndSet::contains_path(std::string_view path) const {
  return selectors_ != nullptr && std::any_of(selectors_->begin(), selectors_->end(), [&](const Selector& selector) {
           return matcher_->matches_path(selector, path);
         });
}

bool EndSet::may_hold_files() const {
  return selectors_ != nullptr && std::any_of(selectors_->begin(), selectors_->end(), [](const Selector& selector) {
           return selector.kind == SelectorKind::path || selector.kind == SelectorKind::module;
         });
}

bool SelectorMatcher::is_module(const Selector& selector, Owner owner) const {
  return owner.is_module() && policy_.modules[owner.module_index()].name == selector.name;
}

bool SelectorMatcher::matches(const Selector& selector, Endpoint endpoint) const {
  switch (selector.kind) {
    case SelectorKind::core: return endpoint.is_target() && modules_.owner(endpoint).is_core();
    case SelectorKind::module: return is_module(selector, modules_.owner(endpoint));
    case SelectorKind::type: return endpoint.is_target() && graph_[endpoint.target_id()].type == selector.type;
    case SelectorKind::target: {
      if (!selector.name.empty()) return endpoint.is_target() && graph_.name(endpoint.target_id()) == selector.name;
      if (endpoint.kind() == EndpointKind::definition) return false;
      if (endpoint.is_target()) return selector.glob->matches(graph_.name(endpoint.target_id()));
      const std::string_view text = graph_.text(endpoint.string_id());
      const std::string_view name = endpoint.kind() == EndpointKind::library ? text : library_name(text);
      return !name.empty() && selector.glob->matches(name);
    }
    case SelectorKind::path: break;
  }
  if (endpoint.is_target()) {
    return selector.glob->matches(modules_.source_of(graph_.text(graph_[endpoint.target_id()].source_directory)));
  }
  return endpoint.kind() == EndpointKind::file &&
         selector.glob->matches(modules_.source_of(graph_.text(endpoint.string_id())));
}

bool SelectorMatcher::matches_path(const Selector& selector, std::string_view path) const {
  if (selector.kind == SelectorKind::path) return selector.glob->matches(modules_.source_of(path));
  return selector.kind == SelectorKind::module && is_module(selector, modules_.path_owner(path));
}

std::vector<Endpoint> SelectorMatcher::all_ends() const {
  std::vector<Endpoint> ends;
  for (std::size_t i = 0; i < graph_.targets().size(); ++i) ends.push_back(Endpoint::target(TargetId(i)));
  std::vector<bool> seen;
  for (const Edge& edge : graph_.edges()) {
    for (const Endpoint end : {edge.from, edge.to}) {
      if (end.is_target()) continue;
      if (end.bits() >= seen.size()) seen.resize(end.bits() + 1, false);
      if (seen[end.bits()]) continue;
      seen[end.bits()] = true;
      ends.push_back(end);
    }
  }
  return ends;
}

EndSet SelectorMatcher::select(const std::vector<Selector>& selectors, const std::vector<Endpoint>& ends,
                               std::vector<std::uint32_t>& counts) const {
  EndSet set;
  set.matcher_ = this;
  set.selectors_ = &selectors;
  for (const Selector& selector : selectors) {
    std::uint32_t count = 0;
    for (const Endpoint end : ends) {
      if (!matches(selector, end)) continue;
      ++count;
      if (end.bits() >= set.ends_.size()) set.ends_.resize(end.bits() + 1, false);
      if (set.ends_[end.bits()]) continue;
      set.ends_[end.bits()] = true;
      ++(end.is_target() ? set.target_count_ : set.other_count_);
    }
    counts.push_back(count);
  }
  return set;
}

}  // namespace bulkhead
