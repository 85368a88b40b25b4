#include "graph/target_batch.h"

#include <algorithm>
#include <span>

#include "graph/link_words.h"

namespace bulkhead {
namespace {

std::uint32_t size_of(std::size_t size) {
  return static_cast<std::uint32_t>(size);
}

// Adds what the range [first, end) does not hold yet. A target's lists are short or repeat the same few values.
void add_once(std::vector<TracedText>& texts, std::uint32_t first, TracedText text) {
  const auto begin = texts.begin() + first;
  if (std::find(begin, texts.end(), text) == texts.end()) texts.push_back(text);
}

// True for the header that CMake makes of those to precompile, and includes ahead of each source: that target's own, or
// one of the target whose header it reuses, which is an edge already.
bool is_precompiled_header(std::string_view path) {
  return path.substr(path.rfind('/') + 1).starts_with("cmake_pch.") &&
         path.find("CMakeFiles/") != std::string_view::npos;
}

// A command's name as CMake takes it: backtraces have it as it is written.
std::string in_lower_case(std::string_view name) {
  std::string lower(name);
  for (char& c : lower) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return lower;
}

}  // namespace

TargetBatch::TargetBatch(const CodemodelConfiguration& configuration, const SourcePaths& paths, LinkPaths link_paths)
    : configuration_(configuration), paths_(paths), link_paths_(link_paths) {
  // Address space costs nothing until it is touched; moving to a larger array touches both.
  const std::size_t count = configuration.targets.size();
  targets.reserve(count);
  references.reserve(count * 24);
  frames.reserve(count * 12);
  sources.reserve(count * 8);
  includes.reserve(count * 8);
  definitions.reserve(count * 8);
  libraries.reserve(count * 8);
  strings.intern({});  // what the ids of a DecodedTarget stand for until the object says otherwise
}

Result<void> TargetBatch::decode_target(std::uint32_t index, const JsonText& json) {
  DecodedTarget target{.index = index};
  target.artifacts.begin = size_of(artifacts.size());
  target.references.begin = size_of(references.size());
  target.sources.begin = size_of(sources.size());
  target.commands.begin = size_of(commands.size());
  target.includes.begin = size_of(includes.size());
  target.definitions.begin = size_of(definitions.size());
  const std::uint32_t first_library = size_of(libraries.size());
  fragments_.clear();
  first_frame_ = size_of(frames.size());
  largest_frame_ = 0;
  auto decoded = decode_json(parser_, json, [&](Object object) { decode_target_object(object, target); });
  if (!decoded) return decoded;
  target.artifacts.end = size_of(artifacts.size());
  target.references.end = size_of(references.size());
  target.sources.end = size_of(sources.size());
  target.commands.end = size_of(commands.size());
  target.includes.end = size_of(includes.size());
  target.definitions.end = size_of(definitions.size());
  target.fragments.begin = size_of(libraries.size());
  libraries.insert(libraries.end(), fragments_.begin(), fragments_.end());
  target.fragments.end = size_of(libraries.size());
  if (link_paths_ == LinkPaths::from_target) resolve_libraries(first_library, target.build_directory);
  targets.push_back(target);
  return {};
}

Result<void> TargetBatch::decode_directory(std::uint32_t index, const JsonText& json) {
  DecodedDirectory directory{.index = index};
  directory.installed_files.begin = size_of(installed_files.size());
  directory.installed_targets.begin = size_of(references.size());
  first_frame_ = size_of(frames.size());
  largest_frame_ = 0;
  auto decoded = decode_json(parser_, json, [&](Object object) {
    for (auto field : object) {
      const auto key = field.key().value();
      if (is_key(key, "backtraceGraph")) decode_backtraces(field.value());
      if (is_key(key, "installers")) decode_installers(field.value());
    }
    check_frames(largest_frame_);
  });
  if (!decoded) return decoded;
  directory.installed_files.end = size_of(installed_files.size());
  directory.installed_targets.end = size_of(references.size());
  directories.push_back(directory);
  return {};
}

void TargetBatch::decode_target_object(Object json, DecodedTarget& target) {
  for (auto field : json) {
    const auto key = field.key().value();
    if (is_key(key, "dependencies")) {
      decode_references(field.value(), ReferenceList::dependencies);
    } else if (is_key(key, "sources")) {
      decode_sources(field.value());
    } else if (is_key(key, "backtraceGraph")) {
      decode_backtraces(field.value());
    } else if (is_key(key, "link")) {
      decode_link(field.value());
    } else if (is_key(key, "compileGroups")) {
      decode_compile_groups(field.value());
    } else if (is_key(key, "orderDependencies")) {
      decode_references(field.value(), ReferenceList::order_dependencies);
    } else if (is_key(key, "linkLibraries")) {
      decode_references(field.value(), ReferenceList::link_libraries);
    } else if (is_key(key, "interfaceLinkLibraries")) {
      decode_references(field.value(), ReferenceList::interface_link_libraries);
    } else if (is_key(key, "compileDependencies")) {
      decode_references(field.value(), ReferenceList::compile_dependencies);
    } else if (is_key(key, "interfaceCompileDependencies")) {
      decode_references(field.value(), ReferenceList::interface_compile_dependencies);
    } else if (is_key(key, "objectDependencies")) {
      decode_references(field.value(), ReferenceList::object_dependencies);
    } else if (is_key(key, "type")) {
      target.type = parse_target_type(field.value());
    } else if (is_key(key, "imported")) {
      target.imported = field.value().get_bool();
    } else if (is_key(key, "abstract")) {
      target.abstract = field.value().get_bool();
    } else if (is_key(key, "backtrace")) {
      target.frame = to_frame(to_index(field.value()));
    } else if (is_key(key, "paths")) {
      Object directories_of_target = field.value();
      for (auto path : directories_of_target) {
        const auto what = path.key().value();
        if (is_key(what, "source")) target.source_directory = intern_source_path(path.value());
        if (is_key(what, "build")) {
          target.build_directory =
              strings.intern(paths_.normalise(std::string_view(path.value()), paths_.build_root(), path_buffer_));
        }
      }
    } else if (is_key(key, "artifacts")) {
      for (Object artifact : field.value().get_array()) {
        artifacts.push_back(
            strings.intern(paths_.normalise(std::string_view(artifact["path"]), paths_.build_root(), path_buffer_)));
      }
    }
  }
  check_frames(largest_frame_);
}

void TargetBatch::decode_backtraces(Object json) {
  files_.clear();
  commands_.clear();
  // The arrays come in alphabetical order (commands, files, nodes), as all objects that CMake writes.
  for (auto field : json) {
    const auto key = field.key().value();
    if (is_key(key, "commands")) {
      for (std::string_view command : field.value().get_array()) {
        commands_.push_back(strings.intern(in_lower_case(command)));
      }
    } else if (is_key(key, "files")) {
      for (std::string_view file : field.value().get_array()) files_.push_back(intern_source_path(file));
    } else if (is_key(key, "nodes")) {
      const StringId no_command = strings.intern({});
      for (Object node : field.value().get_array()) {
        TargetGraphParts::Frame frame{.file = no_command, .command = no_command, .parent = {}, .line = 0};
        for (auto part : node) {
          const auto what = part.key().value();
          if (is_key(what, "file")) {
            const std::uint32_t number = to_index(part.value());
            if (number >= files_.size()) throw DecodeError("a backtrace node's file is out of range");
            frame.file = files_[number];
          } else if (is_key(what, "command")) {
            const std::uint32_t number = to_index(part.value());
            if (number >= commands_.size()) throw DecodeError("a backtrace node's command is out of range");
            frame.command = commands_[number];
          } else if (is_key(what, "line")) {
            // -1 stands for the end of the file, where cmake_language(DEFER) makes its calls.
            const std::int64_t line = part.value().get_int64();
            if (line > 0xffff'ffff) throw DecodeError("a number is too large");
            frame.line = line < 0 ? 0 : static_cast<std::uint32_t>(line);
          } else if (is_key(what, "parent")) {
            const std::uint32_t number = to_index(part.value());
            // CMake adds a parent before its children; demanding it keeps every walk finite.
            if (number >= frames.size() - first_frame_) throw DecodeError("a backtrace node's parent is out of range");
            frame.parent = FrameId(first_frame_ + number);
          }
        }
        frames.push_back(frame);
      }
    }
  }
}

void TargetBatch::decode_references(Array json, ReferenceList list) {
  followers_.resize(configuration_.ids.size() + 1);
  std::uint32_t previous = size_of(configuration_.ids.size());  // the beginning of a list
  for (Object entry : json) {
    TargetReference reference{.target = 0, .frame = no_frame, .list = list, .is_fragment = false};
    std::string_view id;
    for (auto field : entry) {
      const auto key = field.key().value();
      if (is_key(key, "id")) {
        id = field.value();
      } else if (is_key(key, "backtrace")) {
        reference.frame = to_frame(to_index(field.value()));
      } else if (is_key(key, "fragment")) {
        libraries.push_back(to_library(field.value(), no_frame));
        reference.target = size_of(libraries.size() - 1);
        reference.is_fragment = true;
      }
    }
    if (id.empty() && !reference.is_fragment) throw DecodeError("an entry names neither a target nor a library");
    if (!reference.is_fragment) {
      reference.target = find_target(id, previous);
      previous = reference.target;
    }
    references.push_back(reference);
  }
}

// The same targets follow each other in list after list: a look at the last one that followed spares most look-ups,
// each of which waits for memory.
std::uint32_t TargetBatch::find_target(std::string_view id, std::uint32_t previous) {
  OptionalTargetId& follower = followers_[previous];
  if (!follower || configuration_.ids[StringId((*follower).value())] != id) {
    const std::optional<StringId> found = configuration_.ids.find(id);
    if (!found) throw DecodeError("no target has the id '" + std::string(id) + "'");
    follower = TargetId(found->value());
  }
  return (*follower).value();
}

void TargetBatch::decode_sources(Array json) {
  for (Object entry : json) {
    ++source_count;
    FrameIndex frame = no_frame;
    std::string_view path;
    for (auto field : entry) {
      const auto key = field.key().value();
      if (is_key(key, "path")) path = field.value();
      if (is_key(key, "backtrace")) frame = to_frame(to_index(field.value()));
    }
    // A custom command's mark, no file: half of the sources of a project with many custom targets.
    constexpr std::string_view mark = ".rule";
    if (path.ends_with(mark)) {
      if (wants_commands) commands.push_back(intern_source_path(path.substr(0, path.size() - mark.size())));
      continue;
    }
    sources.push_back({intern_source_path(path), frame});
  }
}

void TargetBatch::decode_compile_groups(Array json) {
  const std::uint32_t first_include = targets.empty() ? 0 : targets.back().includes.end;
  const std::uint32_t first_source = targets.empty() ? 0 : targets.back().sources.end;
  const std::uint32_t first_definition = targets.empty() ? 0 : targets.back().definitions.end;
  const auto traced = [this](Object entry, const char* name, auto&& add) {
    FrameIndex frame = no_frame;
    std::string_view text;
    for (auto field : entry) {
      const auto key = field.key().value();
      if (is_key(key, name)) text = field.value();
      if (is_key(key, "backtrace")) frame = to_frame(to_index(field.value()));
    }
    add(text, frame);
  };
  for (Object group : json) {
    for (auto field : group) {
      const auto key = field.key().value();
      if (is_key(key, "includes")) {
        for (Object entry : field.value().get_array()) {
          traced(entry, "path", [&](std::string_view path, FrameIndex frame) {
            add_once(includes, first_include, {intern_source_path(path), frame});
          });
        }
      } else if (is_key(key, "defines")) {
        for (Object entry : field.value().get_array()) {
          traced(entry, "define", [&](std::string_view text, FrameIndex frame) {
            add_once(definitions, first_definition, {strings.intern(text), frame});
          });
        }
      } else if (is_key(key, "precompileHeaders")) {
        for (Object entry : field.value().get_array()) {
          traced(entry, "header", [&](std::string_view path, FrameIndex frame) {
            sources.push_back({intern_source_path(path), frame});
          });
        }
      } else if (is_key(key, "compileCommandFragments")) {
        CompileWords words;  // an option and its value may be fragments of their own
        for (Object entry : field.value().get_array()) {
          traced(entry, "fragment", [&](std::string_view fragment, FrameIndex frame) {
            words.read(fragment, [&](CompileWord kind, std::string_view word) {
              if (kind == CompileWord::definition) {
                add_once(definitions, first_definition, {strings.intern(word), frame});
                return;
              }
              const std::string_view path = paths_.normalise(word, paths_.build_root(), path_buffer_);
              if (kind == CompileWord::include_directory) {
                add_once(includes, first_include, {strings.intern(path), frame});
              } else if (!is_precompiled_header(path)) {
                add_once(sources, first_source, {strings.intern(path), frame});
              }
            });
          });
        }
      }
    }
  }
}

void TargetBatch::decode_link(Object json) {
  for (auto field : json) {
    if (!is_key(field.key().value(), "commandFragments")) continue;
    for (Object entry : field.value().get_array()) {
      FrameIndex frame = no_frame;
      std::string_view fragment;
      for (auto part : entry) {
        const auto key = part.key().value();
        if (is_key(key, "fragment")) fragment = part.value();
        if (is_key(key, "backtrace")) frame = to_frame(to_index(part.value()));
      }
      for_each_link_word(fragment, [&](std::string_view word) { fragments_.push_back(to_library(word, frame)); });
    }
  }
}

// codemodel >= 2.9 writes `rt` in linkLibraries where the linker is told -lrt.
LinkedLibrary TargetBatch::to_library(std::string_view word, FrameIndex frame) {
  if (word.starts_with("-l")) return {strings.intern(word.substr(word.starts_with("-l:") ? 3 : 2)), frame, false};
  if (word.find_first_of("/.") == std::string_view::npos) return {strings.intern(word), frame, false};
  // Where the base is the target's build directory, that is not known yet: see resolve_libraries().
  if (link_paths_ == LinkPaths::from_target) return {strings.intern(word), frame, true};
  return {strings.intern(paths_.normalise(word, paths_.build_root(), path_buffer_)), frame, true};
}

void TargetBatch::resolve_libraries(std::uint32_t first, StringId build_directory) {
  if (first == libraries.size()) return;
  const std::string base = paths_.absolute(strings[build_directory]);
  for (LinkedLibrary& library : std::span(libraries).subspan(first)) {
    if (!library.is_path) continue;
    library.text = strings.intern(paths_.normalise(std::string(strings[library.text]), base, path_buffer_));
  }
}

void TargetBatch::decode_installers(Array json) {
  for (Object installer : json) {
    const std::size_t first_file = installed_files.size();
    const std::size_t first_target = references.size();
    FrameIndex frame = no_frame;
    bool names_files = false;
    // An INTERFACE library without sources is installed, but is no target before codemodel 2.9.
    const auto add_target = [this](std::string_view id) {
      const std::optional<StringId> found = configuration_.ids.find(id);
      if (!found) return;
      references.push_back(
          {.target = found->value(), .frame = no_frame, .list = ReferenceList::dependencies, .is_fragment = false});
    };
    for (auto field : installer) {
      const auto key = field.key().value();
      if (is_key(key, "backtrace")) {
        frame = to_frame(to_index(field.value()));
      } else if (is_key(key, "paths")) {
        for (auto path : field.value().get_array()) {
          // A string, or {"from": …, "to": …} where the name changes on the way.
          Value value = path.value();
          const bool renamed = value.type() == simdjson::ondemand::json_type::object;
          const std::string_view from = renamed ? std::string_view(value["from"]) : std::string_view(value);
          installed_files.push_back({intern_source_path(from), no_frame});
        }
      } else if (is_key(key, "type")) {
        const std::string_view type = field.value();
        names_files = type == "file" || type == "directory" || type == "fileSet" || type == "cxxModuleBmi";
      } else if (is_key(key, "targetId")) {
        add_target(field.value());
      } else if (is_key(key, "exportTargets")) {
        for (Object target : field.value().get_array()) add_target(target["id"]);
      } else if (is_key(key, "scriptFile")) {
        installed_files.push_back({intern_source_path(field.value()), no_frame});
      }
    }
    // The paths of an installed target are its artifacts, which the target stands for.
    if (!names_files && references.size() != first_target) installed_files.resize(first_file, {StringId(0), no_frame});
    for (std::size_t i = first_file; i < installed_files.size(); ++i) installed_files[i].frame = frame;
    for (std::size_t i = first_target; i < references.size(); ++i) references[i].frame = frame;
  }
}

FrameIndex TargetBatch::to_frame(std::uint32_t local) const {
  if (local == no_frame) throw DecodeError("a backtrace is out of range");  // and adding 1 would make it 0
  largest_frame_ = std::max(largest_frame_, local + 1);
  return first_frame_ + local;
}

// Backtraces may be referred to before the graph that holds them has been seen.
void TargetBatch::check_frames(std::uint32_t largest) const {
  if (largest > frames.size() - first_frame_) throw DecodeError("a backtrace is out of range");
}

StringId TargetBatch::intern_source_path(std::string_view raw) {
  return strings.intern(paths_.normalise(raw, path_buffer_));
}

}  // namespace bulkhead
