#include "graph/header_search.h"

#include <span>

namespace bulkhead {

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

HeaderSearch::Found HeaderSearch::find(FileId includer, const HeaderName& header) {
  const OptionalFileId file = find_file(includer, header);
  if (!file) return {};
  return {file, &files_.lexed(*file)};
}

OptionalFileId HeaderSearch::find_file(FileId includer, const HeaderName& header) {
  if (header.is_next) return find_next(includer, header.name);
  if (header.form == IncludeForm::quote) {
    if (const OptionalFileId file = files_.find(files_.directory_of(includer), header.name)) return file;
  }
  std::string key(header.form == IncludeForm::quote ? "\"" : "<");
  key += header.name;
  return find_along(key, header);
}

OptionalFileId HeaderSearch::find_along(const std::string& key, const HeaderName& header) {
  const auto [known, is_new] = along_path_.try_emplace(key);
  if (is_new) {
    if (header.form == IncludeForm::quote) known->second = files_.find(std::span(path_.quote), header.name);
    if (!known->second) known->second = files_.find(std::span(path_.angle), header.name);
  }
  return known->second;
}

// Behind the directory that the includer was found in: the deepest one of the path that it is below.
OptionalFileId HeaderSearch::find_next(FileId includer, std::string_view name) {
  const std::string& path = files_.path(includer);
  std::size_t deepest = 0;
  std::size_t behind = 0;
  for (std::size_t i = 0; i < path_.angle.size(); ++i) {
    const std::string directory = files_.path(path_.angle[i]);
    if (directory.size() > deepest && path.starts_with(directory) && path[directory.size()] == '/') {
      deepest = directory.size();
      behind = i + 1;
    }
  }
  return files_.find(std::span(path_.angle).subspan(behind), name);
}

}  // namespace bulkhead
