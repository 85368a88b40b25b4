#include "graph/include_walker.h"

#include <algorithm>
#include <utility>

#include "graph/source_paths.h"

namespace bulkhead {
namespace {

// "#ifndef X" with "#define X" behind it: what keeps a header from being included twice says nothing of the project.
bool is_include_guard(const LexedSource& source, std::uint32_t at) {
  const auto directives = source.directives();
  return directives[at].kind == DirectiveKind::ifndef && at + 1 < directives.size() &&
         directives[at + 1].kind == DirectiveKind::define && directives[at + 1].name == directives[at].name;
}

// The conditions around an include, in its own file.
std::vector<IncludeCondition> show_conditions(const IncludeSite& site, const std::string& file) {
  std::vector<IncludeCondition> conditions;
  const LexedSource& source = *site.from().source;
  for (const GuardingCondition& condition : site.conditions) {
    if (is_include_guard(source, condition.branch)) continue;
    const Directive& branch = source.directives()[condition.branch];
    std::string text = directive_text(source, branch);
    if (branch.kind == DirectiveKind::else_) {
      text += " of " + directive_text(source, source.directives()[condition.opening]);
    }
    IncludeCondition shown{{file, branch.line}, std::move(text), {}, condition.truth == Truth::yes};
    for (const std::uint32_t at : {condition.opening, condition.branch}) {
      for (const std::string_view name : mentioned_names(source, source.directives()[at])) {
        shown.names.emplace_back(name);
      }
      if (condition.opening == condition.branch) break;
    }
    conditions.push_back(std::move(shown));
  }
  return conditions;
}

}  // namespace

IncludeWalker::IncludeWalker(const IncludeScanInput& input, SourceFiles& files, IncludeParts& parts, PartSetPool& sets,
                             IncludeGaps& gaps)
    : input_(input), files_(files), parts_(parts), sets_(sets), gaps_(gaps) {
  resolver_.enter = [this](const IncludeSite& site) { return enter(site); };
  resolver_.has_header = [this](const HeaderName& header, const OpenSource& from) {
    if (header.form == IncludeForm::none) return Truth::unknown;
    return truth_of(search_->find(from, header).file.has_value());
  };
}

void IncludeWalker::walk(const IncludeUnit& unit, const CompileEnvironment& environment, HeaderSearch& search,
                         const RecordedIncludes* recorded, PartSet parts) {
  unit_ = &unit;
  search_ = &search;
  recorded_ = recorded;
  asked_ = std::move(parts);
  found_.clear();
  std::vector<SourceEntry> preludes;
  for (const FileId prelude : environment.preludes) preludes.push_back(files_.entry_of(prelude));
  const WalkResult result = preprocessor_.walk(preludes, files_.entry_of(unit.file), resolver_);
  const bool is_whole = result.is_complete && !result.has_bounded;
  if (recorded == nullptr && !is_whole) gaps_.add(IncludeGap::too_much_work, parts_.canonical(unit.file), asked_);
  if (recorded != nullptr && !recorded->is_shared) {
    add_unfound(unit.target, parts_.canonical(unit.file), *recorded);
  }
}

std::optional<SourceEntry> IncludeWalker::enter(const IncludeSite& site) {
  const FileId from(site.from().id.value());
  if (site.kind == DirectiveKind::import_module) {
    import(site);
    return std::nullopt;
  }
  if (site.problem == IncludeProblem::unknown_name) {
    if (recorded_ == nullptr && site.truth != Truth::no) {
      gaps_.add(IncludeGap::unknown_name, parts_.canonical(from) + ':' + std::to_string(site.directive().line),
                without(asked_, parts_.of(from).silent));
    }
    return std::nullopt;
  }
  if (site.problem != IncludeProblem::none || site.header.form == IncludeForm::none) return std::nullopt;
  const bool is_plain = site.directive().form != IncludeForm::tokens && !site.header.is_next;
  const HeaderSearch::Found found =
      is_plain ? search_->find(from, site.from().directive, site.header) : search_->find(site.from(), site.header);
  if (!found.file) {
    miss(site);
    return std::nullopt;
  }
  meet(site, *found.file);
  return found.entry();
}

void IncludeWalker::meet(const IncludeSite& site, FileId file) {
  const PartSet& inside = parts_.of(file).inside;
  if (inside.empty()) return;
  PartSet parts = common(inside, asked_);
  if (parts.empty()) return;
  std::string header = parts_.canonical(file);
  if (recorded_ != nullptr) found_.insert(header);
  parts.remove(parts_.of(FileId(site.from().id.value())).silent);
  if (parts.empty()) return;
  IncludeEdge edge;
  edge.is_certain = site.truth == Truth::yes;
  if (recorded_ != nullptr) {
    if (!std::binary_search(recorded_->files.begin(), recorded_->files.end(), header)) return;
    edge.is_certain = true;
  }
  edge.file = std::move(header);
  add_edge(site, std::move(edge), parts);
}

void IncludeWalker::miss(const IncludeSite& site) {
  // Where the last build has compiled the source, that does without the header.
  if (recorded_ != nullptr || input_.unmade.contains(std::string(base_name(site.header.name)))) return;
  const auto meant = parts_.meant_by(FileId(site.from().id.value()), site.header.name, asked_);
  if (!meant) return;
  IncludeEdge edge;
  edge.file = meant->file->path;
  edge.is_found = false;
  add_edge(site, std::move(edge), meant->parts);
}

void IncludeWalker::import(const IncludeSite& site) {
  const PartFile* const provider = parts_.provider_of(std::string(site.header.name));
  if (provider == nullptr) return;
  const PartSet parts = without(common(provider->parts, asked_), parts_.of(FileId(site.from().id.value())).silent);
  if (parts.empty()) return;
  IncludeEdge edge;
  edge.file = provider->path;
  edge.is_certain = site.truth == Truth::yes;
  add_edge(site, std::move(edge), parts);
}

void IncludeWalker::add_edge(const IncludeSite& site, IncludeEdge edge, const PartSet& parts) {
  const std::string& path = files_.path(FileId(site.from().id.value()));
  if (path.front() != '/') return;  // an option's include: that is an edge of the target, by its kind `source`
  edge.part = sets_.intern(parts);
  edge.place = {parts_.canonical(FileId(site.from().id.value())), site.directive().line};
  edge.name = site.header.name;
  edge.targets = {unit_->target};
  edge.source_count = 1;
  for (const OpenSource& open : site.open) {
    edge.chain.push_back({parts_.canonical(FileId(open.id.value())), open.source->directives()[open.directive].line});
  }
  edge.conditions = show_conditions(site, edge.place.file);
  edges_.add(std::move(edge));
}

void IncludeWalker::take(TargetId target, const std::string& source, const RecordedIncludes& recorded, PartSet parts) {
  asked_ = std::move(parts);
  found_.clear();
  std::string buffer;
  add_unfound(target, std::string(input_.paths.normalise(source, buffer)), recorded);
}

void IncludeWalker::add_unfound(TargetId target, const std::string& source, const RecordedIncludes& recorded) {
  for (const std::string& path : recorded.files) {
    const PartSet parts = common(parts_.of(path).inside, asked_);
    if (parts.empty() || found_.contains(path)) continue;
    IncludeEdge edge;
    edge.part = sets_.intern(parts);
    edge.place = {source, 0};
    edge.name = base_name(path);
    edge.file = path;
    edge.is_certain = true;
    edge.chain = {edge.place};
    edge.targets = {target};
    edge.source_count = 1;
    edges_.add(std::move(edge));
  }
}

}  // namespace bulkhead
