#include "graph/include_closure.h"

#include <string>
#include <utility>

namespace bulkhead {

bool IncludeClosure::may_reach(std::span<const FileId> starts) {
  queue_.assign(starts.begin(), starts.end());
  ++round_;
  for (const FileId start : starts) mark(start);
  bool reaches = false;
  // Not left at the first hit: the headers that are missing behind it are to be counted, too.
  for (std::size_t next = 0; next < queue_.size(); ++next) reaches = follow(queue_[next]) || reaches;
  return reaches;
}

bool IncludeClosure::follow(FileId file) {
  bool reaches = false;
  const LexedSource& source = files_.lexed(file);
  const auto directives = source.directives();
  for (std::uint32_t i = 0; i < directives.size(); ++i) {
    const Directive& directive = directives[i];
    if (directive.kind == DirectiveKind::import_module) {
      reaches = parts_.provider_of(std::string(source.operand(directive))) != nullptr || reaches;
      continue;
    }
    if (!is_include(directive.kind)) continue;
    if (directive.form == IncludeForm::tokens) {
      reaches = true;
      continue;
    }
    const HeaderName header{source.operand(directive), directive.form};
    if (directive.kind == DirectiveKind::include_next) {
      for (const FileId next_file : search_.find_next(header.name)) reaches = reach(next_file) || reaches;
    }
    const HeaderSearch::Found& found = search_.find(file, i, header);
    reaches = (found.file ? reach(*found.file) : miss(file, header)) || reaches;
  }
  return reaches;
}

bool IncludeClosure::reach(FileId file) {
  if (!mark(file)) return false;
  queue_.push_back(file);
  return parts_.is_wanted(parts_.of(file));
}

bool IncludeClosure::mark(FileId file) {
  if (rounds_.size() <= file.value()) rounds_.resize(file.value() + std::size_t{1000}, 0);
  return std::exchange(rounds_[file.value()], round_) != round_;
}

bool IncludeClosure::miss(FileId file, const HeaderName& header) {
  if (!input_.unmade.empty() && input_.unmade.contains(std::string(base_name(header.name)))) {
    gaps_.add(IncludeGap::missing_header, std::string(header.name));
  }
  return parts_.meant_by(file, header.name) != nullptr;
}

}  // namespace bulkhead
