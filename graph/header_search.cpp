#include "graph/header_search.h"

#include <span>
#include <utility>

namespace bulkhead {

HeaderSearch::HeaderSearch(SourceFiles& files, const SearchPath& path)
    : files_(files), directories_(path.quote), quote_count_(path.quote.size()) {
  directories_.insert(directories_.end(), path.angle.begin(), path.angle.end());
}

const HeaderSearch::Found& HeaderSearch::find(FileId includer, std::uint32_t directive, const HeaderName& header) {
  if (by_directive_.size() <= includer.value()) by_directive_.resize(includer.value() + std::size_t{1000});
  std::vector<Slot>& slots = by_directive_[includer.value()];
  if (slots.size() <= directive) slots.resize(files_.lexed(includer).directives().size());
  Slot& slot = slots[directive];
  if (!slot.is_known) {
    slot.found = find(includer, header);
    slot.is_known = true;
  }
  return slot.found;
}

HeaderSearch::Found HeaderSearch::find(const OpenSource& from, const HeaderName& header) {
  if (!header.is_next) return find(FileId(from.id.value()), header);
  const bool skips_quote = from.origin == 0 && header.form == IncludeForm::angle;
  return find_along(skips_quote ? quote_count_ : from.origin, header.name);
}

HeaderSearch::Found HeaderSearch::find(FileId includer, const HeaderName& header) {
  const bool is_quote = header.form == IncludeForm::quote;
  if (is_quote) {
    if (const OptionalFileId file = files_.find(files_.directory_of(includer), header.name)) return to_found(*file, 0);
  }
  std::string key(is_quote ? "\"" : "<");
  key += header.name;
  const auto [known, is_new] = along_path_.try_emplace(std::move(key));
  if (is_new) known->second = find_along(is_quote ? 0 : quote_count_, header.name);
  return known->second;
}

HeaderSearch::Found HeaderSearch::find_along(std::size_t first, std::string_view name) {
  const auto found = files_.find(std::span(directories_).subspan(first), name);
  if (!found) return {};
  return to_found(found->file, name.starts_with('/') ? 0 : first + found->directory + 1);
}

std::vector<FileId> HeaderSearch::find_next(std::string_view name) {
  std::vector<FileId> files;
  for (const DirectoryId directory : directories_) {
    if (const OptionalFileId file = files_.find(directory, name)) files.push_back(*file);
  }
  return files;
}

HeaderSearch::Found HeaderSearch::to_found(FileId file, std::size_t origin) {
  return {file, &files_.lexed(file), static_cast<std::uint32_t>(origin)};
}

}  // namespace bulkhead
