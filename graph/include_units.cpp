#include "graph/include_units.h"

#include <algorithm>
#include <array>
#include <map>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>

namespace bulkhead {
namespace {

// Headers and resources stand in compile groups, too; these languages have files that include others.
constexpr std::array<std::string_view, 4> unread_languages = {"Fortran", "CSharp", "ISPC", "Swift"};

class UnitFinder {
 public:
  UnitFinder(std::span<const Toolchain> toolchains, const SourcePaths& paths, SourceFiles& files)
      : toolchains_(toolchains), files_(files), environments_(files, paths.build_root()) {}

  void ask_ahead(std::span<const CompileGroup> groups, std::size_t thread_count) {
    std::vector<CompilerQuestion> questions;
    for (const CompileGroup& group : groups) {
      std::string compiler = preprocessed_language(group.language) ? compiler_of(group) : std::string();
      if (!compiler.empty()) questions.push_back({std::move(compiler), group.language, &group.words});
    }
    environments_.ask_ahead(questions, thread_count);
  }

  void add(const CompileGroup& group) {
    if (!preprocessed_language(group.language)) {
      if (std::find(unread_languages.begin(), unread_languages.end(), group.language) != unread_languages.end()) {
        leave_out(IncludeGap::language, group);
      }
      return;
    }
    const std::string compiler = compiler_of(group);
    auto environment = compiler.empty() ? fail({}, "the reply names no compiler") : environments_.make(group, compiler);
    if (!environment) {
      leave_out(IncludeGap::compiler, group);
      return;
    }
    const std::uint32_t index = intern(std::move(*environment));
    for (const std::string& source : group.sources) {
      if (const OptionalFileId file = files_.find(source)) {
        found_.units.push_back({group.target, *file, index});
      } else {
        found_.missing.push_back({group.target, source, IncludeGap::missing_source});
      }
    }
  }

  IncludeUnits take() {
    std::sort(found_.units.begin(), found_.units.end(), [](const IncludeUnit& a, const IncludeUnit& b) {
      return std::tuple(a.environment, a.target, a.file) < std::tuple(b.environment, b.target, b.file);
    });
    return std::move(found_);
  }

 private:
  // The program; empty when the reply names none.
  [[nodiscard]] std::string compiler_of(const CompileGroup& group) const {
    const auto toolchain = std::find_if(toolchains_.begin(), toolchains_.end(),
                                        [&group](const Toolchain& one) { return one.language == group.language; });
    return toolchain == toolchains_.end() ? std::string() : toolchain->compiler_path;
  }

  void leave_out(IncludeGap gap, const CompileGroup& group) {
    for (const std::string& source : group.sources) found_.unread.push_back({group.target, source, gap});
  }

  std::uint32_t intern(CompileEnvironment environment) {
    std::vector<std::uint32_t> key;
    for (const DirectoryId id : environment.path.quote) key.push_back(id.value());
    key.push_back(0xffff'ffffU);
    for (const DirectoryId id : environment.path.angle) key.push_back(id.value());
    key.push_back(0xffff'ffffU);
    for (const FileId id : environment.preludes) key.push_back(id.value());
    const auto next = static_cast<std::uint32_t>(found_.environments.size());
    const auto [known, is_new] = known_.try_emplace(std::move(key), next);
    if (is_new) found_.environments.push_back(std::move(environment));
    return known->second;
  }

  std::span<const Toolchain> toolchains_;
  SourceFiles& files_;
  CompileEnvironments environments_;
  std::map<std::vector<std::uint32_t>, std::uint32_t> known_;
  IncludeUnits found_;
};

}  // namespace

IncludeUnits find_include_units(std::span<const CompileGroup> groups, std::span<const Toolchain> toolchains,
                                const SourcePaths& paths, SourceFiles& files, std::size_t thread_count) {
  UnitFinder finder(toolchains, paths, files);
  finder.ask_ahead(groups, thread_count);
  for (const CompileGroup& group : groups) finder.add(group);
  return finder.take();
}

}  // namespace bulkhead
