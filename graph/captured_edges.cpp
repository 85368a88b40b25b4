#include "graph/captured_edges.h"

#include <algorithm>
#include <optional>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "graph/generator_expression.h"
#include "graph/link_words.h"

namespace bulkhead {
namespace {

bool is_linked(TargetType type) {
  return type == TargetType::executable || type == TargetType::static_library || type == TargetType::shared_library ||
         type == TargetType::module_library || type == TargetType::object_library;
}

// True for a word of a list that is a file rather than a name.
bool is_path(std::string_view word) {
  return word.find('/') != std::string_view::npos;
}

class CaptureJoiner {
 public:
  CaptureJoiner(const Capture& capture, const SourcePaths& paths, TargetGraphParts& parts, AddedEdges& added)
      : capture_(capture), paths_(paths), parts_(parts), added_(added), has_2_9_(parts.info.codemodel_minor >= 9) {
    context_.configuration = parts.info.configuration;
    context_.target_exists = [this](std::string_view name) { return find_target(name).has_value(); };
  }

  void join() {
    for (const CapturedPair& alias : capture_.aliases) aliases_.emplace(text(alias.name), text(alias.value));
    for (std::size_t i = 0; i < parts_.targets.size(); ++i) {
      const Target& target = parts_.targets[i];
      by_name_[parts_.strings[target.name]].push_back({TargetId(i), parts_.strings[target.source_directory]});
    }
    std::vector<OptionalTargetId> ids;
    for (const CapturedTarget& captured : capture_.targets) ids.push_back(place(captured));
    index_artifacts();
    // After this point every name in a list can be looked up.
    for (std::size_t i = 0; i < ids.size(); ++i) {
      if (ids[i]) add_edges_of(capture_.targets[i], *ids[i]);
    }
  }

 private:
  struct Named {
    TargetId id;
    std::string_view directory;  // that made it; borrowed from the pool
  };

  [[nodiscard]] std::string_view text(StringId id) const { return capture_.strings[id]; }

  StringId intern_path(std::string_view path) {
    return parts_.strings.intern(paths_.normalise(path, paths_.build_root(), buffer_));
  }

  // A list with the name of the configuration in place of `$<CONFIG>`, which stands inside paths as well.
  [[nodiscard]] std::string_view list_of(const CapturedTarget& captured, CapturedProperty property) {
    return expand(text(captured[property]));
  }

  [[nodiscard]] std::string_view expand(std::string_view list) {
    constexpr std::string_view name = "$<CONFIG>";
    if (list.find(name) == std::string_view::npos) return list;
    std::string expanded(list);
    for (std::size_t at = expanded.find(name); at != std::string::npos; at = expanded.find(name, at)) {
      expanded.replace(at, name.size(), context_.configuration);
      at += context_.configuration.size();
    }
    return expanded_[expanded_.intern(expanded)];
  }

  // The target of the graph that a captured one is; a new one where the reply lists none.
  OptionalTargetId place(const CapturedTarget& captured) {
    const std::string_view name = text(captured.name);
    const CapturedDirectory& directory = capture_.directories[captured.directory];
    const StringId source = intern_path(text(directory.source));
    if (const auto known = by_name_.find(name); known != by_name_.end()) {
      // Only IMPORTED targets may share a name, each in a directory of its own.
      const auto same = std::find_if(known->second.begin(), known->second.end(), [&](const Named& one) {
        return !captured.imported || one.directory == parts_.strings[source];
      });
      if (same != known->second.end()) return same->id;
    }
    // Since 2.9 the reply lists all. Before, what it lacks is IMPORTED, or INTERFACE without sources.
    if (has_2_9_ || !(captured.imported || captured.type == TargetType::interface_library)) return {};
    const TargetId id(parts_.targets.size());
    const StringId interned = parts_.strings.intern(name);
    const auto first_artifact = static_cast<std::uint32_t>(parts_.artifacts.size());
    for_each_entry(text(captured[CapturedProperty::imported_location]),
                   [this](std::string_view path) { parts_.artifacts.push_back(intern_path(path)); });
    parts_.targets.push_back({.name = interned,
                              .source_directory = source,
                              .build_directory = intern_path(text(directory.binary)),
                              .frame = {},
                              .artifacts = {first_artifact, static_cast<std::uint32_t>(parts_.artifacts.size())},
                              .type = captured.type,
                              .imported = captured.imported,
                              .abstract = true});
    by_name_[parts_.strings[interned]].push_back({id, parts_.strings[source]});
    return id;
  }

  void index_artifacts() {
    for (std::size_t i = 0; i < parts_.targets.size(); ++i) {
      const IndexRange range = parts_.targets[i].artifacts;
      for (std::uint32_t at = range.begin; at < range.end; ++at) {
        artifact_owners_.try_emplace(parts_.artifacts[at].value(), TargetId(i));
      }
    }
  }

  // The target that a name means in the directory at hand: the nearest of those that share it.
  [[nodiscard]] std::optional<TargetId> find_target(std::string_view name) const {
    if (const auto alias = aliases_.find(name); alias != aliases_.end()) name = alias->second;
    const auto found = by_name_.find(name);
    if (found == by_name_.end()) return std::nullopt;
    const Named* nearest = &found->second.front();
    for (const Named& one : found->second) {
      const bool above =
          directory_ == one.directory || one.directory == "." ||
          (directory_.starts_with(one.directory) && directory_.substr(one.directory.size()).starts_with('/'));
      if (above && one.directory.size() >= nearest->directory.size()) nearest = &one;
    }
    return nearest->id;
  }

  void add_edges_of(const CapturedTarget& captured, TargetId id) {
    directory_ = parts_.strings[parts_.targets[id.value()].source_directory];
    const auto list = [&](CapturedProperty property) { return list_of(captured, property); };
    // What stands in both lists is one edge, which those who link the target inherit.
    std::unordered_set<std::string_view> own_entries;
    for (const LinkItem& item : evaluate_link_list(list(CapturedProperty::link_libraries), context_)) {
      if (item.condition == ExpressionValue::yes) own_entries.insert(item.text);
    }
    std::unordered_set<std::string_view> interface_entries;
    for (const CapturedProperty property :
         {CapturedProperty::interface_link_libraries, CapturedProperty::interface_link_libraries_direct}) {
      add_link_list(id, list(property), true, own_entries, &interface_entries);
    }
    add_link_list(id, list(CapturedProperty::link_libraries), false, interface_entries, nullptr);
    for (const CapturedProperty property : {CapturedProperty::link_options, CapturedProperty::interface_link_options}) {
      for (const LinkItem& item : evaluate_link_list(list(property), context_)) {
        if (item.condition == ExpressionValue::yes) add_words(id, item.text, false);
      }
    }
    for_each_entry(list(CapturedProperty::manually_added_dependencies), [&](std::string_view name) {
      add_target_edge(id, name.substr(0, name.find("::@")), EdgeKind::order);
    });
    add_target_edge(id, list(CapturedProperty::precompile_headers_reuse_from), EdgeKind::order);
    for (const CapturedProperty property : {CapturedProperty::sources, CapturedProperty::interface_sources}) {
      for (const LinkItem& item : evaluate_link_list(list(property), context_)) {
        if (item.use == LinkUse::objects && item.condition == ExpressionValue::yes) {
          add_target_edge(id, item.text, EdgeKind::object);
        }
      }
    }
    add_files(id, list(CapturedProperty::link_depends));
    for (std::uint32_t at = captured.object_depends.begin; at < captured.object_depends.end; ++at) {
      add_files(id, expand(text(capture_.object_depends[at].depends)));
    }
    if (!captured.imported) add_requirements(id, captured);
  }

  // What a target demands of those who link it and does not use itself shows at them only, with the call that linked
  // it.
  void add_requirements(TargetId id, const CapturedTarget& captured) {
    const auto each = [&](CapturedProperty property, auto&& add) {
      for (const LinkItem& item : evaluate_link_list(list_of(captured, property), context_)) {
        if (item.condition == ExpressionValue::yes && item.use == LinkUse::link) add(item.text);
      }
    };
    each(CapturedProperty::interface_include_directories, [&](std::string_view path) {
      added_.add({id, Endpoint::file(intern_path(path)), EdgeKind::include_dir, true});
    });
    each(CapturedProperty::interface_compile_definitions, [&](std::string_view definition) {
      const std::string_view name = definition.starts_with("-D") ? definition.substr(2) : definition;
      added_.add({id, Endpoint::definition(parts_.strings.intern(name)), EdgeKind::define, true});
    });
    CompileWords options;  // one for all: an option's value may be the next entry
    each(CapturedProperty::interface_compile_options, [&](std::string_view option) {
      options.read(option, [&](CompileWord kind, std::string_view word) {
        if (kind == CompileWord::definition) {
          added_.add({id, Endpoint::definition(parts_.strings.intern(word)), EdgeKind::define, true});
        } else {
          const EdgeKind edge = kind == CompileWord::file ? EdgeKind::source : EdgeKind::include_dir;
          added_.add({id, Endpoint::file(intern_path(word)), edge, true});
        }
      });
    });
    each(CapturedProperty::interface_sources, [&](std::string_view path) {
      added_.add({id, Endpoint::file(intern_path(path)), EdgeKind::source, true});
    });
  }

  // What a static library links PRIVATE stands in its interface as well, for the linker of whoever links it.
  static LinkScope scope_of(const LinkItem& item, bool in_interface,
                            const std::unordered_set<std::string_view>& others) {
    if (!in_interface || item.entry.starts_with("$<LINK_ONLY:")) return LinkScope::private_link;
    return others.contains(item.text) ? LinkScope::public_link : LinkScope::interface_link;
  }

  // `others` are the entries of the other list, which has been added before when this is not the interface; those of
  // this list go to `entries`.
  void add_link_list(TargetId id, std::string_view list, bool in_interface,
                     const std::unordered_set<std::string_view>& others,
                     std::unordered_set<std::string_view>* entries) {
    for (const LinkItem& item : evaluate_link_list(list, context_)) {
      if (entries != nullptr && item.condition == ExpressionValue::yes) entries->insert(item.text);
      const std::optional<TargetId> target = find_target(item.text);
      if (item.condition != ExpressionValue::yes) {
        // Whether a target that is built is linked can be told by `dependencies`, and by the fields of 2.9. They do not
        // say it of an OBJECT library, which has no linker to ask, nor of one that is not built.
        const TargetType depender = parts_.targets[id.value()].type;
        const bool has_linker = depender != TargetType::object_library && depender != TargetType::interface_library;
        const bool shows = has_linker && !(has_2_9_ && in_interface) &&
                           (has_2_9_ || (target && !parts_.targets[target->value()].abstract));
        // The private links of a static library stand in its link list as well, as they are written.
        const bool repeated = item.entry.starts_with("$<LINK_ONLY:");
        if ((item.condition == ExpressionValue::no || !shows) && !repeated) {
          parts_.conditional_names.push_back({id, parts_.strings.intern(target ? name_of(*target) : item.text),
                                              parts_.strings.intern(item.entry),
                                              item.condition == ExpressionValue::no});
        }
        if (item.condition == ExpressionValue::no && target && parts_.info.multi_config) {
          added_.add({id, Endpoint::target(*target), EdgeKind::link, in_interface, true});
        }
        continue;
      }
      if (has_2_9_ || (!in_interface && others.contains(item.text))) continue;  // the fields of 2.9 say it all
      const LinkScope scope = scope_of(item, in_interface, others);
      if (!target) {
        add_words(id, item.text, in_interface);
      } else if (item.use == LinkUse::compile) {
        added_.add({id, Endpoint::target(*target), EdgeKind::compile, in_interface});
      } else if (item.use == LinkUse::file) {
        added_.add({id, Endpoint::target(*target), EdgeKind::file_link, in_interface});
      } else {
        const bool objects =
            item.use == LinkUse::objects || parts_.targets[target->value()].type == TargetType::object_library;
        const EdgeKind kind = objects ? EdgeKind::object : EdgeKind::link;
        added_.add({id, Endpoint::target(*target), kind, in_interface, false, scope});
      }
    }
  }

  [[nodiscard]] std::string_view name_of(TargetId id) const { return parts_.strings[parts_.targets[id.value()].name]; }

  void add_target_edge(TargetId id, std::string_view name, EdgeKind kind) {
    if (name.empty() || has_2_9_) return;
    if (const auto target = find_target(name)) added_.add({id, Endpoint::target(*target), kind});
  }

  // Libraries that are no targets: a path, `-lname`, a bare name.
  void add_words(TargetId id, std::string_view entry, bool in_interface) {
    if (has_2_9_) return;
    const auto add = [&](Endpoint to) { added_.add({id, to, EdgeKind::file_link, in_interface}); };
    if (!entry.starts_with('-') && !is_path(entry)) {
      add(Endpoint::library(parts_.strings.intern(entry)));
      return;
    }
    for_each_link_word(entry, [&](std::string_view word) {
      if (word.starts_with("-l")) {
        add(Endpoint::library(parts_.strings.intern(word.substr(word.starts_with("-l:") ? 3 : 2))));
      } else {
        add(end_of(word));
      }
    });
  }

  [[nodiscard]] Endpoint end_of(std::string_view path) {
    const StringId interned = intern_path(path);
    const auto owner = artifact_owners_.find(interned.value());
    return owner != artifact_owners_.end() ? Endpoint::target(owner->second) : Endpoint::file(interned);
  }

  void add_files(TargetId id, std::string_view list) {
    for (const LinkItem& item : evaluate_link_list(list, context_)) {
      if (item.condition != ExpressionValue::yes) continue;
      const auto target = item.use == LinkUse::file ? find_target(item.text) : std::nullopt;
      added_.add({id, target ? Endpoint::target(*target) : end_of(item.text), EdgeKind::command});
    }
  }

  const Capture& capture_;
  const SourcePaths& paths_;
  TargetGraphParts& parts_;
  AddedEdges& added_;
  const bool has_2_9_;
  GenexContext context_;
  StringPool expanded_;
  std::unordered_map<std::string_view, std::vector<Named>> by_name_;
  std::unordered_map<std::string_view, std::string_view> aliases_;
  std::unordered_map<std::uint32_t, TargetId> artifact_owners_;  // by StringId of the artifact's path
  std::string_view directory_;                                   // of the target whose lists are read
  std::string buffer_;
};

}  // namespace

bool fits(const Capture& capture, const TargetGraphParts& parts) {
  std::unordered_set<std::string_view> captured;
  std::size_t linked = 0;
  for (const CapturedTarget& target : capture.targets) {
    if (target.imported || !is_linked(target.type)) continue;
    captured.insert(capture.strings[target.name]);
  }
  for (const Target& target : parts.targets) {
    if (target.imported || !is_linked(target.type)) continue;
    if (!captured.contains(parts.strings[target.name])) return false;
    ++linked;
  }
  return linked == captured.size();
}

void add_captured(const Capture& capture, const SourcePaths& paths, TargetGraphParts& parts, AddedEdges& added) {
  CaptureJoiner(capture, paths, parts, added).join();
}

}  // namespace bulkhead
