#include "graph/include_list.h"

#include <algorithm>
#include <map>
#include <optional>
#include <string>

#include "graph/include_units.h"
#include "graph/preprocessor.h"

namespace bulkhead {

std::vector<IncludeList> list_includes(std::span<const CompileGroup> groups, std::span<const Toolchain> toolchains,
                                       const SourcePaths& paths, std::vector<IncludeGapCount>& gaps) {
  SourceFiles files;
  const IncludeUnits found = find_include_units(groups, toolchains, paths, files, 1);
  std::vector<IncludeList> lists;
  Preprocessor preprocessor;
  std::optional<HeaderSearch> search;
  std::uint32_t searched = 0;
  for (const IncludeUnit& unit : found.units) {
    const CompileEnvironment& environment = found.environments[unit.environment];
    if (!search || searched != unit.environment) search.emplace(files, environment.path);
    searched = unit.environment;
    std::map<std::uint32_t, bool> certain;  // by FileId
    IncludeList& list = lists.emplace_back(IncludeList{unit.target, files.path(unit.file)});
    IncludeResolver resolver;
    resolver.enter = [&](const IncludeSite& site) -> std::optional<SourceEntry> {
      const FileId from(site.from().id.value());
      const std::string place = files.path(from) + ':' + std::to_string(site.directive().line);
      if (site.problem != IncludeProblem::none || site.header.form == IncludeForm::none) {
        if (site.kind != DirectiveKind::import_module) list.unknown.push_back(place);
        return std::nullopt;
      }
      const HeaderSearch::Found header = search->find(site.from(), site.header);
      if (!header.file) {
        if (site.truth == Truth::yes) list.missing.push_back(place + ": " + std::string(site.header.name));
        return std::nullopt;
      }
      bool& is_certain = certain[(*header.file).value()];
      is_certain = is_certain || site.truth == Truth::yes;
      return header.entry();
    };
    resolver.has_header = [&](const HeaderName& header, const OpenSource& from) {
      if (header.form == IncludeForm::none) return Truth::unknown;
      return truth_of(search->find(from, header).file.has_value());
    };
    std::vector<SourceEntry> preludes;
    for (const FileId prelude : environment.preludes) preludes.push_back(files.entry_of(prelude));
    static_cast<void>(preprocessor.walk(preludes, files.entry_of(unit.file), resolver));
    for (const auto& [file, is_certain] : certain) list.files.push_back({files.path(FileId(file)), is_certain});
    std::sort(list.files.begin(), list.files.end());
  }
  std::string buffer;
  const PartSet all(0);
  IncludeGaps found_gaps;
  for (const auto& sources : {found.unread, found.missing}) {
    for (const UnreadSource& source : sources) {
      found_gaps.add(source.gap, std::string(paths.normalise(source.path, buffer)), all);
    }
  }
  gaps = found_gaps.counts(all);
  return lists;
}

}  // namespace bulkhead
