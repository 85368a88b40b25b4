#include "graph/graph_builder.h"

#include <algorithm>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "graph/captured_edges.h"
#include "graph/command_edges.h"
#include "graph/joined_batches.h"
#include "graph/parallel.h"
#include "graph/target_edges.h"

namespace bulkhead {
namespace {

class Builder {
 public:
  explicit Builder(GraphSources sources) : sources_(std::move(sources)) {
    joined_.direct_edges = sources_.codemodel.minor >= 9;
    joined_.batches = std::move(sources_.batches);
  }

  TargetGraph build() {
    parts_.info = std::move(sources_.info);
    join_strings();
    join_frames();
    place_targets();
    add_directories();
    add_targets();
    join_capture();
    index_targets();
    join_ninja();
    // After this point every target's name, type and artifacts are known.
    add_edges();
    add_install_edges();
    add_configure_edges();
    return TargetGraph(std::move(parts_));
  }

 private:
  void join_strings() {
    std::vector<TargetBatch>& batches = joined_.batches;
    joined_.remaps.resize(batches.size());
    // The largest pool is kept as it is; the others' strings are added to it.
    std::size_t largest = 0;
    for (std::size_t i = 0; i < batches.size(); ++i) {
      if (batches[i].strings.size() > batches[largest].strings.size()) largest = i;
    }
    if (!batches.empty()) parts_.strings = std::move(batches[largest].strings);
    for (std::size_t i = 0; i < batches.size(); ++i) {
      std::vector<StringId>& map = joined_.remaps[i].strings;
      const std::size_t count = i == largest ? parts_.strings.size() : batches[i].strings.size();
      map.reserve(count);
      for (std::size_t id = 0; id < count; ++id) {
        map.push_back(i == largest ? StringId(id) : parts_.strings.intern(batches[i].strings[StringId(id)]));
      }
    }
  }

  void join_frames() {
    std::size_t count = 0;
    for (const TargetBatch& batch : joined_.batches) count += batch.frames.size();
    parts_.frames.reserve(count);
    for (std::size_t i = 0; i < joined_.batches.size(); ++i) {
      Remap& remap = joined_.remaps[i];
      remap.first_frame = static_cast<std::uint32_t>(parts_.frames.size());
      for (TargetGraphParts::Frame frame : joined_.batches[i].frames) {
        frame.file = remap(frame.file);
        frame.command = remap(frame.command);
        if (frame.parent) frame.parent = FrameId(remap.first_frame + (*frame.parent).value());
        parts_.frames.push_back(frame);
      }
    }
  }

  void place_targets() {
    joined_.places.resize(sources_.configuration.targets.size());
    for (std::size_t i = 0; i < joined_.batches.size(); ++i) {
      const std::vector<DecodedTarget>& targets = joined_.batches[i].targets;
      for (std::size_t position = 0; position < targets.size(); ++position) {
        joined_.places[targets[position].index] = {static_cast<std::uint32_t>(i), static_cast<std::uint32_t>(position)};
      }
      parts_.source_count += static_cast<std::uint32_t>(joined_.batches[i].source_count);
    }
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
      const auto [batch, remap, decoded] = joined_.at(TargetId(i));
      const auto first_artifact = static_cast<std::uint32_t>(parts_.artifacts.size());
      for (std::uint32_t at = decoded.artifacts.begin; at < decoded.artifacts.end; ++at) {
        parts_.artifacts.push_back(remap(batch.artifacts[at]));
      }
      const StringId name = parts_.strings.intern(named[i].name);
      parts_.targets.push_back({.name = name,
                                .source_directory = remap(decoded.source_directory),
                                .build_directory = remap(decoded.build_directory),
                                .frame = remap.frame(decoded.frame),
                                .artifacts = {first_artifact, static_cast<std::uint32_t>(parts_.artifacts.size())},
                                .type = decoded.type,
                                .imported = decoded.imported,
                                .abstract = decoded.abstract});
    }
  }

  // The targets of the capture come last, so that a target's id stays its position in the codemodel.
  void join_capture() {
    if (sources_.capture == nullptr || !fits(*sources_.capture, parts_)) return;
    add_captured(*sources_.capture, sources_.paths, parts_, joined_.added);
    parts_.captured = true;
    joined_.captured = !joined_.direct_edges;
  }

  void join_ninja() {
    if (sources_.ninja != nullptr) add_commands(*sources_.ninja, sources_.paths, joined_, parts_, joined_.added);
    joined_.names.resize(parts_.strings.size());
    joined_.artifact_owners.resize(parts_.strings.size());
    joined_.added.sort(parts_.targets.size());
  }

  void index_targets() {
    joined_.names.resize(parts_.strings.size());
    joined_.artifact_owners.resize(parts_.strings.size());
    const auto claim = [](OptionalTargetId& owner, std::size_t target) {
      if (!owner) owner = TargetId(target);
    };
    for (std::size_t i = 0; i < parts_.targets.size(); ++i) {
      const Target& target = parts_.targets[i];
      claim(joined_.names[target.name.value()], i);
      for (std::uint32_t at = target.artifacts.begin; at < target.artifacts.end; ++at) {
        claim(joined_.artifact_owners[parts_.artifacts[at].value()], i);
      }
    }
  }

  // Each thread makes the edges of its own range of targets; put one behind the other, they are in order. The first
  // range has room for all: what is not written twice does not touch memory twice.
  void add_edges() {
    const std::size_t count = parts_.targets.size();
    const std::size_t share = std::max<std::size_t>(1, (count + sources_.threads - 1) / sources_.threads);
    std::vector<TargetRange> ranges;
    for (std::size_t begin = 0; begin < count; begin += share) {
      ranges.push_back(measure(joined_, begin, std::min(begin + share, count)));
    }
    if (ranges.empty()) ranges.push_back({});
    for (std::size_t i = 1; i < ranges.size(); ++i) {
      ranges.front().edge_room += ranges[i].edge_room;
      ranges.front().dependency_room += ranges[i].dependency_room;
    }
    ranges.front().edge_room += sources_.cmake_files.inputs.size();
    for (const TargetBatch& batch : joined_.batches) ranges.front().edge_room += batch.installed_files.size();

    std::vector<TargetEdges> made(ranges.size());
    for_each_slice(ranges.size(), 1, sources_.threads, [&](std::size_t, std::size_t begin, std::size_t) {
      made[begin] = make_target_edges(joined_, parts_, ranges[begin]);
    });
    parts_.edges = std::move(made.front().edges);
    parts_.dependencies = std::move(made.front().dependencies);
    parts_.dependency_offsets.reserve(count + 1);
    parts_.dependency_offsets.push_back(0);
    for (std::size_t i = 0; i < made.size(); ++i) {
      const TargetEdges& part = made[i];
      if (i != 0) {
        parts_.edges.insert(parts_.edges.end(), part.edges.begin(), part.edges.end());
        parts_.dependencies.insert(parts_.dependencies.end(), part.dependencies.begin(), part.dependencies.end());
      }
      for (const std::uint32_t size : part.dependency_counts) {
        parts_.dependency_offsets.push_back(parts_.dependency_offsets.back() + size);
      }
    }
  }

  // The CMake file of a directory is what depends on the files that it installs.
  void add_install_edges() {
    std::vector<JoinedBatches::Place> places(parts_.directories.size());
    std::vector<bool> decoded(parts_.directories.size(), false);
    for (std::size_t i = 0; i < joined_.batches.size(); ++i) {
      for (std::size_t position = 0; position < joined_.batches[i].directories.size(); ++position) {
        const std::uint32_t index = joined_.batches[i].directories[position].index;
        places[index] = {static_cast<std::uint32_t>(i), static_cast<std::uint32_t>(position)};
        decoded[index] = true;
      }
    }
    for (std::size_t index = 0; index < places.size(); ++index) {
      if (!decoded[index]) continue;
      const TargetBatch& batch = joined_.batches[places[index].batch];
      const Remap& remap = joined_.remaps[places[index].batch];
      const DecodedDirectory& directory = batch.directories[places[index].position];
      const Endpoint from = Endpoint::file(cmake_file_of(parts_.directories[index]));
      for (std::uint32_t at = directory.installed_files.begin; at < directory.installed_files.end; ++at) {
        const TracedText& file = batch.installed_files[at];
        parts_.edges.push_back({from, Endpoint::file(remap(file.text)), remap.frame(file.frame), EdgeKind::install,
                                Known::derived, false});
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
    std::vector<FrameIndex> readers(parts_.strings.size(),
                                    no_frame);  // a file → the frame of the first call that read it
    for (const TargetGraphParts::Frame& frame : parts_.frames) {
      if (frame.line != 0 || !frame.parent) continue;
      FrameIndex& reader = readers[frame.file.value()];
      if (reader == no_frame || comes_before(*frame.parent, FrameId(reader))) reader = (*frame.parent).value();
    }
    std::unordered_map<std::uint32_t, StringId> entered;  // a directory's CMakeLists.txt → its parent's
    for (const Directory& directory : parts_.directories) {
      if (!directory.parent) continue;
      entered.emplace(cmake_file_of(directory).value(), cmake_file_of(parts_.directories[*directory.parent]));
    }
    const StringId top = parts_.strings.intern("CMakeLists.txt");
    std::unordered_set<std::uint32_t> read;
    std::string buffer;
    for (const std::string& input : sources_.cmake_files.inputs) {
      const StringId file = parts_.strings.intern(sources_.paths.normalise(input, buffer));
      if (file == top || !read.insert(file.value()).second) continue;  // configure_file() may read it again and again
      StringId reader = top;
      OptionalFrameId frame;
      if (file.value() < readers.size() && readers[file.value()] != no_frame) {
        frame = FrameId(readers[file.value()]);
        reader = parts_.frames[(*frame).value()].file;
      } else if (const auto parent = entered.find(file.value()); parent != entered.end()) {
        reader = parent->second;
      }
      parts_.edges.push_back(
          {Endpoint::file(reader), Endpoint::file(file), frame, EdgeKind::configure, Known::derived, false});
    }
  }

  // An order of calls by what they say. Their ids depend on which thread decoded them.
  [[nodiscard]] bool comes_before(FrameId left, FrameId right) const {
    OptionalFrameId a = left;
    OptionalFrameId b = right;
    while (a && b && *a != *b) {
      const TargetGraphParts::Frame& one = parts_.frames[(*a).value()];
      const TargetGraphParts::Frame& other = parts_.frames[(*b).value()];
      if (one.file != other.file) return parts_.strings[one.file] < parts_.strings[other.file];
      if (one.line != other.line) return one.line < other.line;
      if (one.command != other.command) return parts_.strings[one.command] < parts_.strings[other.command];
      a = one.parent;
      b = other.parent;
    }
    return !a && b;
  }

  StringId cmake_file_of(const Directory& directory) {
    const std::string_view source = parts_.strings[directory.source];
    if (source == ".") return parts_.strings.intern("CMakeLists.txt");
    return parts_.strings.intern(std::string(source) + "/CMakeLists.txt");
  }

  GraphSources sources_;
  TargetGraphParts parts_;
  JoinedBatches joined_;
};

}  // namespace

TargetGraph build_graph(GraphSources sources) {
  return Builder(std::move(sources)).build();
}

}  // namespace bulkhead
