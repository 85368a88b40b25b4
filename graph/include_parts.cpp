#include "graph/include_parts.h"

#include <algorithm>
#include <array>
#include <utility>

namespace bulkhead {
namespace {

// The endings of sources that may declare a module.
constexpr std::array<std::string_view, 10> module_endings = {".cppm", ".ixx", ".mpp", ".cxxm", ".ccm",
                                                             ".c++m", ".cpp", ".cc",  ".cxx",  ".c++"};

// "a/b.h" for "../a/b.h" and "./a/b.h".
std::string_view without_climbs(std::string_view name) {
  while (name.starts_with("../") || name.starts_with("./")) name.remove_prefix(name.find('/') + 1);
  return name;
}

}  // namespace

IncludeParts::IncludeParts(const IncludeScanInput& input, SourceFiles& files) : input_(input), files_(files) {
  std::vector<const PartFile*> sorted;
  for (const PartFile& file : input.files) sorted.push_back(&file);
  std::sort(sorted.begin(), sorted.end(), [](const PartFile* a, const PartFile* b) { return a->path < b->path; });
  for (const PartFile* file : sorted) by_name_.emplace(base_name(file->path), file);
}

const FileRole& IncludeParts::of(FileId file) {
  {
    const std::lock_guard lock(mutex_);
    if (file.value() < known_.size() && known_[file.value()] != nullptr) return *known_[file.value()];
  }
  FileRole role = ask(file);
  const std::lock_guard lock(mutex_);
  if (known_.size() <= file.value()) known_.resize(file.value() + std::size_t{1000}, nullptr);
  known_[file.value()] = intern(std::move(role));
  return *known_[file.value()];
}

const FileRole& IncludeParts::of(const std::string& path) {
  {
    const std::lock_guard lock(mutex_);
    if (const auto found = by_path_.find(path); found != by_path_.end()) return *found->second;
  }
  FileRole role = input_.role_of(path);
  const std::lock_guard lock(mutex_);
  return *by_path_.try_emplace(path, intern(std::move(role))).first->second;
}

const FileRole* IncludeParts::intern(FileRole role) {
  role.silent.add(role.inside);
  return &*roles_.insert(std::move(role)).first;
}

FileRole IncludeParts::ask(FileId file) const {
  if (files_.path(file).front() != '/') return {};  // a prelude
  std::string buffer;
  FileRole role = input_.role_of(input_.paths.normalise(files_.path(file), buffer));
  // A path that leads into a part by a link belongs to it all the same.
  if (files_.real_path(file) != files_.path(file)) {
    const FileRole real = input_.role_of(input_.paths.normalise(files_.real_path(file), buffer));
    role.inside.add(real.inside);
    role.silent.add(real.silent);
  }
  return role;
}

PartSet IncludeParts::reached_by(const std::vector<std::string>& paths) {
  PartSet reached;
  for (const std::string& path : paths) reached.add(of(path).inside);
  return reached;
}

std::optional<MeantFile> IncludeParts::meant_by(FileId from, std::string_view header, const PartSet& parts) {
  const std::string_view name = without_climbs(header);
  const auto [first, last] = by_name_.equal_range(base_name(name));
  for (auto at = first; at != last; ++at) {
    const std::string_view path = at->second->path;
    const bool ends = path.ends_with(name);
    if (!ends || (path.size() != name.size() && path[path.size() - name.size() - 1] != '/')) continue;
    if (canonical(from).starts_with('/')) return std::nullopt;
    PartSet meant = without(common(at->second->unfound, parts), of(from).silent);
    if (!meant.empty()) return MeantFile{at->second, std::move(meant)};
  }
  return std::nullopt;
}

const PartFile* IncludeParts::provider_of(const std::string& module) {
  std::call_once(has_providers_, [this] { find_providers(); });
  const auto found = providers_.find(module);
  return found == providers_.end() ? nullptr : found->second;
}

void IncludeParts::find_providers() {
  for (const auto& [name, part_file] : by_name_) {
    const std::string_view path = part_file->path;
    const bool may_declare = std::any_of(module_endings.begin(), module_endings.end(),
                                         [path](std::string_view ending) { return path.ends_with(ending); });
    const OptionalFileId file = may_declare ? files_.find(input_.paths.absolute(path)) : OptionalFileId();
    if (!file) continue;
    const LexedSource& source = files_.lexed(*file);
    for (const Directive& directive : source.directives()) {
      if (directive.kind == DirectiveKind::module) providers_.emplace(source.operand(directive), part_file);
    }
  }
}

std::string IncludeParts::canonical(FileId file) const {
  std::string buffer;
  return std::string(input_.paths.normalise(files_.path(file), buffer));
}

}  // namespace bulkhead
