#include "graph/include_closure.h"

#include <string>
#include <utility>

namespace bulkhead {

PartSet IncludeClosure::find_reached(std::span<const FileId> starts, const PartSet& parts) {
  parts_asked_ = parts;
  reached_ = {};
  queue_.assign(starts.begin(), starts.end());
  ++round_;
  for (const FileId start : starts) mark(start);
  // Not left when all are reached: the headers that are missing behind that are to be counted, too.
  for (std::size_t next = 0; next < queue_.size(); ++next) follow(queue_[next]);
  reached_.keep(parts);
  return std::move(reached_);
}

void IncludeClosure::follow(FileId file) {
  const LexedSource& source = files_.lexed(file);
  const auto directives = source.directives();
  for (std::uint32_t i = 0; i < directives.size(); ++i) {
    const Directive& directive = directives[i];
    if (directive.kind == DirectiveKind::import_module) {
      const PartFile* const provider = parts_.provider_of(std::string(source.operand(directive)));
      if (provider != nullptr) reached_.add(provider->parts);
      continue;
    }
    if (!is_include(directive.kind)) continue;
    if (directive.form == IncludeForm::tokens) {
      reached_.add(parts_asked_);
      continue;
    }
    const HeaderName header{source.operand(directive), directive.form};
    if (directive.kind == DirectiveKind::include_next) {
      for (const FileId next_file : search_.find_next(header.name)) reach(next_file);
    }
    const HeaderSearch::Found& found = search_.find(file, i, header);
    if (found.file) {
      reach(*found.file);
    } else {
      miss(file, header);
    }
  }
}

void IncludeClosure::reach(FileId file) {
  if (!mark(file)) return;
  queue_.push_back(file);
  const PartSet& inside = parts_.of(file).inside;
  if (!inside.empty()) reached_.add(inside);
}

bool IncludeClosure::mark(FileId file) {
  if (rounds_.size() <= file.value()) rounds_.resize(file.value() + std::size_t{1000}, 0);
  return std::exchange(rounds_[file.value()], round_) != round_;
}

void IncludeClosure::miss(FileId file, const HeaderName& header) {
  if (!input_.unmade.empty() && input_.unmade.contains(std::string(base_name(header.name)))) {
    gaps_.add(IncludeGap::missing_header, std::string(header.name), parts_asked_);
  }
  if (const auto meant = parts_.meant_by(file, header.name, parts_asked_)) reached_.add(meant->parts);
}

}  // namespace bulkhead
