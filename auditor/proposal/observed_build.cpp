#include "auditor/proposal/observed_build.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <system_error>

#include "auditor/glob.h"

namespace bulkhead {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t most_files = 20'000;
constexpr std::array<std::string_view, 30> source_extensions = {
    "c", "cc",  "cp",  "cxx", "cpp", "c++", "C",   "cu",  "cuh", "m",   "mm",  "s",  "S",  "asm",   "f",
    "F", "f90", "F90", "h",   "hh",  "hpp", "hxx", "inc", "inl", "ipp", "tcc", "cl", "td", "metal", "ispc"};

bool has_wildcard(std::string_view text) {
  return text.find_first_of("*?[") != std::string_view::npos;
}

}  // namespace

bool is_source_name(std::string_view name) {
  const std::size_t dot = name.rfind('.');
  if (dot == std::string_view::npos) return false;
  const std::string_view extension = name.substr(dot + 1);
  return std::find(source_extensions.begin(), source_extensions.end(), extension) != source_extensions.end();
}

ObservedBuild::ObservedBuild(const BuildTree& tree) : tree_(tree) {
  for (const TargetGraph& graph : tree.graphs) {
    for (const Directory& directory : graph.directories()) folders_.insert(graph.text(directory.source));
    for (const Edge& edge : graph.edges()) {
      if (edge.kind == EdgeKind::source && edge.to.kind() == EndpointKind::file) {
        sources_.insert(graph.text(edge.to.string_id()));
      }
    }
  }
  for (const Target& target : graph().targets()) {
    if (!target.imported) target_folders_.push_back(graph().text(target.source_directory));
  }
  std::sort(target_folders_.begin(), target_folders_.end());
}

bool ObservedBuild::enters_below(std::string_view folder) const {
  const auto at = folders_.lower_bound(folder);
  return std::any_of(at, folders_.end(), [folder](std::string_view one) { return is_below(one, folder); });
}

std::vector<std::string_view> ObservedBuild::sources_below(std::string_view folder) const {
  std::vector<std::string_view> found;
  for (auto at = folder == "." ? sources_.begin() : sources_.lower_bound(folder); at != sources_.end(); ++at) {
    if (is_below(*at, folder)) {
      found.push_back(*at);
    } else if (!at->starts_with(folder) && folder != ".") {
      break;
    }
  }
  return found;
}

std::size_t ObservedBuild::targets_below(std::string_view folder) const {
  return static_cast<std::size_t>(std::count_if(target_folders_.begin(), target_folders_.end(),
                                                [folder](std::string_view one) { return is_below(one, folder); }));
}

std::string_view ObservedBuild::folder_of_target(std::string_view name) const {
  const auto target = graph().find_target(name);
  return target ? graph().text(graph()[*target].source_directory) : std::string_view();
}

std::vector<std::string> list_sources(const SourcePaths& paths, std::string_view folder, std::string_view pattern,
                                      bool recursive) {
  std::vector<std::string> files;
  const auto glob = has_wildcard(pattern) ? std::optional(Glob::parse(pattern, {})) : std::nullopt;
  if (glob && !*glob) return files;
  std::error_code error;
  const fs::path start = paths.absolute(folder);
  fs::recursive_directory_iterator at(start, fs::directory_options::skip_permission_denied, error);
  std::size_t seen = 0;
  for (const fs::recursive_directory_iterator end; !error && at != end; at.increment(error)) {
    if (++seen > most_files) break;
    const std::string name = at->path().filename().string();
    if (at->is_directory(error)) {
      if (!recursive || name == ".git") at.disable_recursion_pending();
      continue;
    }
    if (!is_source_name(name) || (glob && !(*glob)->matches(name))) continue;
    const std::string below = at->path().lexically_relative(start).generic_string();
    files.push_back(join_path(folder, below));
  }
  std::sort(files.begin(), files.end());
  return files;
}

}  // namespace bulkhead
