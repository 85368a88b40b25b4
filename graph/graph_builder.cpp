#include "graph/graph_builder.h"

#include <span>
#include <unordered_map>
#include <utility>

namespace bulkhead {
namespace {

// Where a batch's ids went in the joined arrays.
struct Remap {
  std::vector<StringId> strings;
  std::uint32_t first_frame = 0;

  [[nodiscard]] StringId operator()(StringId id) const { return strings[id.value()]; }
  [[nodiscard]] std::optional<FrameId> frame(FrameIndex index) const {
    if (index == no_frame) return std::nullopt;
    return FrameId(first_frame + index);
  }
};

// Where a target is: which batch, and which of its targets.
struct Place {
  std::uint32_t batch = 0;
  std::uint32_t position = 0;
};

bool is_object_file(std::string_view path) { return path.ends_with(".o") || path.ends_with(".obj"); }

// The target that makes an object file, by CMake's layout: DIR/CMakeFiles/NAME.dir/….
std::string_view object_owner(std::string_view path) {
  constexpr std::string_view folder = "CMakeFiles/";
  constexpr std::string_view suffix = ".dir/";
  const std::size_t begin = path.find(folder);
  if (begin == std::string_view::npos) return {};
  const std::string_view rest = path.substr(begin + folder.size());
  const std::size_t end = rest.find(suffix);
  return end == std::string_view::npos ? std::string_view{} : rest.substr(0, end);
}

// What an entry of `dependencies` is, before codemodel 2.9 says so: by the call that made it, else by the types.
EdgeKind derived_kind(std::string_view command, TargetType depender, TargetType dependee) {
  if (command == "add_dependencies" || command == "add_custom_command" || command == "add_custom_target") {
    return EdgeKind::order;
  }
  if (depender == TargetType::utility || dependee == TargetType::utility) return EdgeKind::order;
  if (dependee == TargetType::object_library) return EdgeKind::object;
  if (command.empty() && dependee == TargetType::executable) return EdgeKind::order;
  // Without a call: the inside of a cycle of static libraries, which CMake breaks into a chain.
  return EdgeKind::link;
}

EdgeKind kind_of(ReferenceList list, TargetType dependee) {
  switch (list) {
    case ReferenceList::link_libraries:
    case ReferenceList::interface_link_libraries:
      return dependee == TargetType::object_library ? EdgeKind::object : EdgeKind::link;
    case ReferenceList::compile_dependencies:
    case ReferenceList::interface_compile_dependencies: return EdgeKind::compile;
    case ReferenceList::object_dependencies: return EdgeKind::object;
    case ReferenceList::order_dependencies:
    case ReferenceList::dependencies: break;
  }
  return EdgeKind::order;
}

class Builder {
 public:
  explicit Builder(GraphSources sources) : sources_(std::move(sources)) {}

  TargetGraph build() {
    join_strings();
    join_frames();
    place_targets();
    add_directories();
    add_targets();
    // After this point every target's name, type and artifacts are known.
    for (std::size_t i = 0; i < parts_.targets.size(); ++i) add_edges(TargetId(i));
    add_install_edges();
    add_configure_edges();
    parts_.info = std::move(sources_.info);
    return TargetGraph(std::move(parts_));
  }

 private:
  void join_strings() {
    std::vector<TargetBatch>& batches = sources_.batches;
    remaps_.resize(batches.size());
    // The largest pool is kept as it is; the others' strings are added to it.
    std::size_t largest = 0;
    for (std::size_t i = 0; i < batches.size(); ++i) {
      if (batches[i].strings.size() > batches[largest].strings.size()) largest = i;
    }
    if (!batches.empty()) parts_.strings = std::move(batches[largest].strings);
    for (std::size_t i = 0; i < batches.size(); ++i) {
      std::vector<StringId>& map = remaps_[i].strings;
      const std::size_t count = i == largest ? parts_.strings.size() : batches[i].strings.size();
      map.reserve(count);
      for (std::size_t id = 0; id < count; ++id) {
        map.push_back(i == largest ? StringId(id) : parts_.strings.intern(batches[i].strings[StringId(id)]));
      }
    }
  }

  void join_frames() {
    std::size_t count = 0;
    for (const TargetBatch& batch : sources_.batches) count += batch.frames.size();
    parts_.frames.reserve(count);
    for (std::size_t i = 0; i < sources_.batches.size(); ++i) {
      Remap& remap = remaps_[i];
      remap.first_frame = static_cast<std::uint32_t>(parts_.frames.size());
      for (TargetGraphParts::Frame frame : sources_.batches[i].frames) {
        frame.file = remap(frame.file);
        frame.command = remap(frame.command);
        if (frame.parent) frame.parent = FrameId(remap.first_frame + frame.parent->value());
        parts_.frames.push_back(frame);
      }
    }
  }

  void place_targets() {
    places_.resize(sources_.configuration.targets.size());
    std::size_t most_edges = sources_.cmake_files.inputs.size();
    std::size_t references = 0;
    for (std::size_t i = 0; i < sources_.batches.size(); ++i) {
      const std::vector<DecodedTarget>& targets = sources_.batches[i].targets;
      for (std::size_t position = 0; position < targets.size(); ++position) {
        places_[targets[position].index] = {static_cast<std::uint32_t>(i), static_cast<std::uint32_t>(position)};
      }
      parts_.source_count += static_cast<std::uint32_t>(sources_.batches[i].source_count);
      const TargetBatch& batch = sources_.batches[i];
      most_edges += batch.references.size() + batch.sources.size() + batch.includes.size() + batch.definitions.size() +
                    batch.installed_files.size();
      references += batch.references.size();
    }
    parts_.edges.reserve(most_edges);  // but for the few libraries of link lines
    parts_.dependencies.reserve(references);
  }

  void add_directories() {
    std::string buffer;
    for (const CodemodelDirectory& directory : sources_.configuration.directories) {
      const StringId source = parts_.strings.intern(sources_.paths.normalise(directory.source, buffer));
      const StringId build =
          parts_.strings.intern(sources_.paths.normalise(directory.build, sources_.paths.build_root(), buffer));
      parts_.directories.push_back({source, build, directory.parent});
    }
  }

  void add_targets() {
    const std::vector<CodemodelTarget>& named = sources_.configuration.targets;
    parts_.targets.reserve(named.size());
    for (std::size_t i = 0; i < named.size(); ++i) {
      const TargetBatch& batch = sources_.batches[places_[i].batch];
      const Remap& remap = remaps_[places_[i].batch];
      const DecodedTarget& decoded = batch.targets[places_[i].position];
      const auto first_artifact = static_cast<std::uint32_t>(parts_.artifacts.size());
      for (std::uint32_t at = decoded.artifacts.begin; at < decoded.artifacts.end; ++at) {
        const StringId path = remap(batch.artifacts[at]);
        parts_.artifacts.push_back(path);
        artifact_owners_.emplace(path.value(), TargetId(i));
      }
      const StringId name = parts_.strings.intern(named[i].name);
      names_.emplace(parts_.strings[name], TargetId(i));
      parts_.targets.push_back({.name = name,
                                .source_directory = remap(decoded.source_directory),
                                .build_directory = remap(decoded.build_directory),
                                .frame = remap.frame(decoded.frame),
                                .artifacts = {first_artifact, static_cast<std::uint32_t>(parts_.artifacts.size())},
                                .type = decoded.type,
                                .imported = decoded.imported,
                                .abstract = decoded.abstract});
    }
    parts_.dependency_offsets.reserve(named.size() + 1);
    parts_.dependency_offsets.push_back(0);
    depended_.assign(named.size(), 0);
    seen_.assign(named.size(), 0);
    first_edge_to_.assign(named.size(), 0);
  }

  void add_edges(TargetId id) {
    const Place place = places_[id.value()];
    const TargetBatch& batch = sources_.batches[place.batch];
    const Remap& remap = remaps_[place.batch];
    const DecodedTarget& decoded = batch.targets[place.position];
    mark_ = id.value() + 1;
    library_edges_.clear();

    add_target_edges(id, batch, remap, decoded);
    for (std::uint32_t at = decoded.sources.begin; at < decoded.sources.end; ++at) {
      const TracedText& source = batch.sources[at];
      const StringId path = remap(source.text);
      if (is_object_file(parts_.strings[path]) && add_object_edge(id, path, remap.frame(source.frame))) {
        continue;
      }
      add(id, Endpoint::file(path), remap.frame(source.frame), EdgeKind::source);
    }
    for (std::uint32_t at = decoded.includes.begin; at < decoded.includes.end; ++at) {
      const TracedText& include = batch.includes[at];
      add(id, Endpoint::file(remap(include.text)), remap.frame(include.frame), EdgeKind::include_dir);
    }
    for (std::uint32_t at = decoded.definitions.begin; at < decoded.definitions.end; ++at) {
      const TracedText& definition = batch.definitions[at];
      add(id, Endpoint::definition(remap(definition.text)), remap.frame(definition.frame), EdgeKind::define);
    }
    for (std::uint32_t at = decoded.fragments.begin; at < decoded.fragments.end; ++at) {
      const TracedText& fragment = batch.fragments[at];
      add_library_edge(id, remap(fragment.text), remap.frame(fragment.frame), Known::derived);
    }
  }

  void add_target_edges(TargetId id, const TargetBatch& batch, const Remap& remap, const DecodedTarget& decoded) {
    const bool direct = sources_.codemodel.minor >= 9;
    for (std::uint32_t at = decoded.references.begin; at < decoded.references.end; ++at) {
      const TargetReference& reference = batch.references[at];
      const std::optional<FrameId> frame = remap.frame(reference.frame);
      if (reference.is_fragment) {
        add_library_edge(id, remap(StringId(reference.target)), frame, Known::declared);
        continue;
      }
      const TargetId dependee(reference.target);
      const TargetType dependee_type = parts_.targets[dependee.value()].type;
      if (reference.list == ReferenceList::dependencies) {
        parts_.dependencies.push_back({dependee, frame});
        depended_[dependee.value()] = mark_;
        if (direct) continue;
        const std::string_view command =
            frame ? parts_.strings[parts_.frames[frame->value()].command] : std::string_view{};
        const EdgeKind kind = derived_kind(command, decoded.type, dependee_type);
        add_target_edge(id, dependee, frame, kind, Known::derived);
      } else {
        add_direct_edge(id, dependee, frame, kind_of(reference.list, dependee_type));
      }
    }
    parts_.dependency_offsets.push_back(static_cast<std::uint32_t>(parts_.dependencies.size()));
  }

  void add_target_edge(TargetId id, TargetId dependee, std::optional<FrameId> frame, EdgeKind kind, Known known) {
    if (seen_[dependee.value()] != mark_) {
      seen_[dependee.value()] = mark_;
      first_edge_to_[dependee.value()] = static_cast<std::uint32_t>(parts_.edges.size());
    }
    parts_.edges.push_back({Endpoint::target(id), Endpoint::target(dependee), frame, kind, known, false});
  }

  // The edges from the target at hand to `dependee`, and perhaps others behind them.
  std::span<Edge> edges_since_first_to(TargetId dependee) {
    if (seen_[dependee.value()] != mark_) return {};
    return std::span(parts_.edges).subspan(first_edge_to_[dependee.value()]);
  }

  // A target that is linked also stands in compileDependencies, and a PUBLIC one in the interface lists: one edge each.
  void add_direct_edge(TargetId id, TargetId dependee, std::optional<FrameId> frame, EdgeKind kind) {
    const bool links = kind == EdgeKind::link || kind == EdgeKind::object;
    for (Edge& edge : edges_since_first_to(dependee)) {
      if (edge.to != Endpoint::target(dependee)) continue;
      if (edge.kind == kind && edge.frame == frame) return;
      if (kind == EdgeKind::compile && (edge.kind == EdgeKind::link || edge.kind == EdgeKind::object)) return;
      if (links && edge.kind == EdgeKind::compile) {
        edge.kind = kind;
        return;
      }
    }
    add_target_edge(id, dependee, frame, kind, Known::declared);
  }

  // An object file among the sources is an edge onto the OBJECT library that makes it. False when no target does.
  bool add_object_edge(TargetId id, StringId path, std::optional<FrameId> frame) {
    const auto owner = names_.find(object_owner(parts_.strings[path]));
    if (owner == names_.end()) return false;
    for (Edge& edge : edges_since_first_to(owner->second)) {
      if (edge.to != Endpoint::target(owner->second)) continue;
      if (edge.kind == EdgeKind::order && !edge.frame) edge.kind = EdgeKind::object;
      if (!edge.frame) edge.frame = frame;
      return true;
    }
    add_target_edge(id, owner->second, frame, EdgeKind::object, Known::derived);
    return true;
  }

  // The link line names the call that brought a library in, where `dependencies` names the depender's own.
  void trace(TargetId dependee, std::optional<FrameId> frame) {
    if (!frame) return;
    for (Edge& edge : edges_since_first_to(dependee)) {
      if (edge.to != Endpoint::target(dependee) || edge.kind != EdgeKind::link || edge.traced) continue;
      edge.frame = frame;
      edge.traced = true;
      return;
    }
  }

  // A word of the link line.
  void add_library_edge(TargetId id, StringId word, std::optional<FrameId> frame, Known known) {
    const Endpoint to = library_of(word, parts_.targets[id.value()].build_directory);
    if (to.is_target() && known == Known::derived) {
      if (to.target_id() == id || sources_.codemodel.minor >= 9) return;  // linkLibraries says it all
      if (depended_[to.index()] == mark_) {
        trace(to.target_id(), frame);
        return;
      }
    }
    for (const std::size_t position : library_edges_) {
      Edge& edge = parts_.edges[position];
      if (edge.to != to) continue;
      if (!edge.frame) edge.frame = frame;
      return;
    }
    library_edges_.push_back(parts_.edges.size());
    parts_.edges.push_back({Endpoint::target(id), to, frame, EdgeKind::file_link, known, false});
  }

  // Paths on the link line are relative to the top build directory with Ninja, to the target's own with Makefiles.
  Endpoint library_of(StringId word, StringId build_directory) {
    const bool per_directory = sources_.info.generator.find("Makefiles") != std::string::npos;
    const std::uint64_t base = per_directory ? build_directory.value() : 0;
    const auto [found, is_new] = libraries_.try_emplace((base << 32) | word.value(), Endpoint::library(word));
    if (!is_new) return found->second;

    const std::string text(parts_.strings[word]);
    Endpoint& endpoint = found->second;
    if (text.starts_with("-l") && !text.starts_with("-l:")) {
      endpoint = Endpoint::library(parts_.strings.intern(std::string_view(text).substr(2)));
    } else if (const bool is_name = text.find_first_of("/.:") == std::string::npos; is_name) {
      endpoint = Endpoint::library(word);  // codemodel >= 2.9 writes `rt` where the linker is told -lrt
    } else if (text.starts_with("-l:")) {
      endpoint = Endpoint::library(parts_.strings.intern(std::string_view(text).substr(3)));
    } else {
      std::string buffer;
      const std::string directory = per_directory ? sources_.paths.absolute(parts_.strings[build_directory])
                                                  : sources_.paths.build_root();
      const StringId path = parts_.strings.intern(sources_.paths.normalise(text, directory, buffer));
      const auto owner = artifact_owners_.find(path.value());
      endpoint = owner != artifact_owners_.end() ? Endpoint::target(owner->second) : Endpoint::file(path);
    }
    return endpoint;
  }

  void add(TargetId from, Endpoint to, std::optional<FrameId> frame, EdgeKind kind) {
    parts_.edges.push_back({Endpoint::target(from), to, frame, kind, Known::derived, false});
  }

  // The CMake file of a directory is what depends on the files that it installs.
  void add_install_edges() {
    std::vector<Place> places(parts_.directories.size());
    std::vector<bool> decoded(parts_.directories.size(), false);
    for (std::size_t i = 0; i < sources_.batches.size(); ++i) {
      for (std::size_t position = 0; position < sources_.batches[i].directories.size(); ++position) {
        const std::uint32_t index = sources_.batches[i].directories[position].index;
        places[index] = {static_cast<std::uint32_t>(i), static_cast<std::uint32_t>(position)};
        decoded[index] = true;
      }
    }
    for (std::size_t index = 0; index < places.size(); ++index) {
      if (!decoded[index]) continue;
      const TargetBatch& batch = sources_.batches[places[index].batch];
      const Remap& remap = remaps_[places[index].batch];
      const DecodedDirectory& directory = batch.directories[places[index].position];
      const Endpoint from = Endpoint::file(cmake_file_of(parts_.directories[index]));
      for (std::uint32_t at = directory.installed_files.begin; at < directory.installed_files.end; ++at) {
        const TracedText& file = batch.installed_files[at];
        parts_.edges.push_back(
            {from, Endpoint::file(remap(file.text)), remap.frame(file.frame), EdgeKind::install, Known::derived, false});
      }
      for (std::uint32_t at = directory.installed_targets.begin; at < directory.installed_targets.end; ++at) {
        const TargetReference& target = batch.references[at];
        parts_.edges.push_back({from, Endpoint::target(TargetId(target.target)), remap.frame(target.frame),
                                EdgeKind::install, Known::derived, false});
      }
    }
  }

  // What CMake read, and from where: by the backtraces that lead through a file, else by the directories, else from the
  // top.
  void add_configure_edges() {
    std::unordered_map<std::uint32_t, FrameId> readers;  // a file → the frame of a call that read it
    for (const TargetGraphParts::Frame& frame : parts_.frames) {
      if (frame.line == 0 && frame.parent) readers.emplace(frame.file.value(), *frame.parent);
    }
    std::unordered_map<std::uint32_t, StringId> entered;  // a directory's CMakeLists.txt → its parent's
    for (const Directory& directory : parts_.directories) {
      if (!directory.parent) continue;
      entered.emplace(cmake_file_of(directory).value(), cmake_file_of(parts_.directories[*directory.parent]));
    }
    const StringId top = parts_.strings.intern("CMakeLists.txt");
    std::string buffer;
    for (const std::string& input : sources_.cmake_files.inputs) {
      const StringId file = parts_.strings.intern(sources_.paths.normalise(input, buffer));
      if (file == top) continue;
      StringId reader = top;
      std::optional<FrameId> frame;
      if (const auto found = readers.find(file.value()); found != readers.end()) {
        frame = found->second;
        reader = parts_.frames[frame->value()].file;
      } else if (const auto parent = entered.find(file.value()); parent != entered.end()) {
        reader = parent->second;
      }
      parts_.edges.push_back(
          {Endpoint::file(reader), Endpoint::file(file), frame, EdgeKind::configure, Known::derived, false});
    }
  }

  StringId cmake_file_of(const Directory& directory) {
    const std::string_view source = parts_.strings[directory.source];
    if (source == ".") return parts_.strings.intern("CMakeLists.txt");
    return parts_.strings.intern(std::string(source) + "/CMakeLists.txt");
  }

  GraphSources sources_;
  TargetGraphParts parts_;
  std::vector<Remap> remaps_;
  std::vector<Place> places_;
  std::unordered_map<std::string_view, TargetId> names_;
  std::unordered_map<std::uint32_t, TargetId> artifact_owners_;
  std::unordered_map<std::uint64_t, Endpoint> libraries_;  // base and word of a link line → what it names

  // About the target at hand; an entry counts when it equals mark_.
  std::vector<std::uint32_t> depended_;       // stands in `dependencies`
  std::vector<std::uint32_t> seen_;           // has an edge
  std::vector<std::uint32_t> first_edge_to_;  // its position, where seen_
  std::vector<std::size_t> library_edges_;    // positions of file-link edges
  std::uint32_t mark_ = 0;
};

}  // namespace

TargetGraph build_graph(GraphSources sources) { return Builder(std::move(sources)).build(); }

}  // namespace bulkhead
