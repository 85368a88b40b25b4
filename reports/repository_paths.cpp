#include "reports/repository_paths.h"

#include <fmt/format.h>

#include <filesystem>

#include "graph/source_paths.h"

namespace bulkhead {
namespace {

// `path` below `directory`, both absolute; none when it is not.
std::optional<std::string> below(std::string_view path, std::string_view directory) {
  while (directory.ends_with('/')) directory.remove_suffix(1);
  if (path == directory) return ".";
  if (!path.starts_with(directory) || path.size() <= directory.size() || path[directory.size()] != '/')
    return std::nullopt;
  return std::string(path.substr(directory.size() + 1));
}

}  // namespace

RepositoryPaths::RepositoryPaths(const Report& report) : report_(report) {
  const auto prefix = report.repository.empty() ? std::nullopt : below(report.source_root, report.repository);
  if (prefix && *prefix != ".") prefix_ = *prefix;
  const auto policy = find(report.policy.file);
  fallback_.path = policy ? *policy : find("CMakeLists.txt").value_or("CMakeLists.txt");
}

std::optional<std::string> RepositoryPaths::find(std::string_view file) const {
  if (file.empty() || is_in_build(file)) return std::nullopt;
  const bool is_policy = file == report_.policy.file && !report_.policy.path.empty();
  // As it was named is better than not at all, unless it tells of the machine.
  if (is_policy && report_.policy.path != file) {
    if (auto found = find(report_.policy.path)) return found;
  }
  if (is_outside(file)) return report_.repository.empty() ? std::nullopt : below(file, report_.repository);
  std::string path = (std::filesystem::path(prefix_) / file).lexically_normal().generic_string();
  if (path.starts_with("../") || path == "..") return std::nullopt;
  return path;
}

std::optional<RepositoryPlace> RepositoryPaths::find(const Evidence& evidence) const {
  auto path = find(evidence.file);
  if (!path) return std::nullopt;
  return RepositoryPlace{std::move(*path), evidence.line == 0 ? 1 : evidence.line};
}

RepositoryPlace RepositoryPaths::place_of(const Finding& finding) const {
  for (const Evidence& evidence : finding.evidence) {
    if (auto place = find(evidence)) return *place;
  }
  if (finding.waiver) {
    if (auto place = find(Evidence{.file = finding.waiver->file, .line = finding.waiver->line})) return *place;
  }
  return fallback_;
}

std::string percent_encode(std::string_view path) {
  std::string encoded;
  for (const char c : path) {
    const bool plain = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
                       std::string_view("/-._~").find(c) != std::string_view::npos;
    if (plain) {
      encoded += c;
    } else {
      encoded += fmt::format("%{:02X}", static_cast<unsigned char>(c));
    }
  }
  return encoded;
}

}  // namespace bulkhead
