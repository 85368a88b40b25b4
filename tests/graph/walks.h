// Translation units of sources that are given as text, for tests of the preprocessor.
#pragma once

#include <deque>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "graph/preprocessor.h"
#include "graph/source_lexer.h"

namespace bulkhead::test {

/// Files by name, all in one directory, and the walks over them.
class Walks {
 public:
  explicit Walks(const std::map<std::string, std::string>& files) {
    for (const auto& [name, text] : files) add(name, text);
  }

  void add(const std::string& name, std::string_view text) {
    std::string padded(text);
    padded.append(scan_padding, '\0');
    sources_.push_back({name, lex_source(std::string_view(padded).substr(0, text.size())).value()});
    ids_[name] = sources_.size() - 1;
  }

  [[nodiscard]] std::optional<SourceEntry> find(const std::string& name) const {
    const auto found = ids_.find(name);
    if (found == ids_.end()) return std::nullopt;
    return SourceEntry{SourceId(found->second), &sources_[found->second].source};
  }
  [[nodiscard]] const std::string& name(SourceId id) const { return sources_[id.value()].name; }

  /// Walks `main` behind `preludes`, and calls `report` for each include.
  WalkResult walk(const std::vector<std::string>& preludes, const std::string& main,
                  const std::function<void(const IncludeSite&)>& report) {
    std::vector<SourceEntry> entries;
    for (const std::string& prelude : preludes) entries.push_back(find(prelude).value());
    const IncludeResolver resolver{
        .enter =
            [&](const IncludeSite& site) {
              report(site);
              return find(std::string(site.header.name));
            },
        .has_header = [&](const HeaderName& header,
                          const OpenSource&) { return truth_of(find(std::string(header.name)).has_value()); }};
    return preprocessor_.walk(entries, find(main).value(), resolver);
  }

  [[nodiscard]] const Preprocessor& preprocessor() const { return preprocessor_; }

 private:
  struct Source {
    std::string name;
    LexedSource source;
  };
  std::deque<Source> sources_;
  std::map<std::string, std::size_t> ids_;
  Preprocessor preprocessor_;
};

}  // namespace bulkhead::test
