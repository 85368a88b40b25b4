// A worker's share of the reply: target and directory objects, decoded into flat arrays.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "graph/codemodel.h"
#include "graph/id.h"
#include "graph/json.h"
#include "graph/result.h"
#include "graph/source_paths.h"
#include "graph/string_pool.h"
#include "graph/target_graph.h"

namespace bulkhead {

/// The list of a target object that a reference stands in.
enum class ReferenceList : std::uint8_t {
  dependencies,
  link_libraries,  // this one and those below: codemodel >= 2.9
  interface_link_libraries,
  compile_dependencies,
  interface_compile_dependencies,
  object_dependencies,
  order_dependencies,
};

/// Position of a frame in TargetBatch::frames, or none.
using FrameIndex = std::uint32_t;
inline constexpr FrameIndex no_frame = 0xffff'ffffU;

/// An entry that names a target, or a fragment that names a library.
struct TargetReference {
  std::uint32_t
      target;  ///< Position in CodemodelConfiguration::targets; for a fragment: position in TargetBatch::libraries.
  FrameIndex frame;
  ReferenceList list;
  bool is_fragment;
};

/// A text with the call that brought it in: a source, an include directory, a definition or an installed file. Paths
/// are canonical, see SourcePaths.
struct TracedText {
  StringId text;
  FrameIndex frame;

  bool operator==(const TracedText&) const = default;
};

/// A library that a link line names.
struct LinkedLibrary {
  StringId text;  ///< A bare name, `foo` of `-lfoo`, or a canonical path, see SourcePaths.
  FrameIndex frame;
  bool is_path;
};

/// What the paths in link fragments are relative to: a fact of the generator.
enum class LinkPaths : std::uint8_t {
  from_top,     ///< The top build directory (Ninja and most others).
  from_target,  ///< The build directory of the target (Makefiles).
};

/// What a target object says, as far as the graph needs it. Ranges point into the arrays of the batch.
struct DecodedTarget {
  std::uint32_t index;  ///< Position in CodemodelConfiguration::targets.
  TargetType type = TargetType::other;
  bool imported = false;
  bool abstract = false;
  FrameIndex frame = no_frame;
  StringId source_directory{0};
  StringId build_directory{0};
  IndexRange artifacts{};
  IndexRange references{};
  IndexRange sources{};      ///< Compiled, listed or precompiled; without the `.rule` files of custom commands.
  IndexRange commands{};     ///< Of custom commands attached to the target: the first output of each.
  IndexRange includes{};     ///< Without repetition.
  IndexRange definitions{};  ///< Without repetition.
  IndexRange fragments{};    ///< Into `libraries`: those of link.commandFragments.
};

/// What a directory object says: install rules.
struct DecodedDirectory {
  std::uint32_t index;  ///< Position in CodemodelConfiguration::directories.
  IndexRange installed_files{};
  IndexRange installed_targets{};  ///< Into `references`.
};

/// Decodes objects one after the other and keeps what they say in few, large arrays. One per thread.
class TargetBatch {
 public:
  /// The arguments outlive the batch.
  TargetBatch(const CodemodelConfiguration& configuration, const SourcePaths& paths, LinkPaths link_paths);

  /// Whether to fill DecodedTarget::commands, which only matters together with build.ninja.
  bool wants_commands = false;

  /// Decodes the object of the target at `index`.
  Result<void> decode_target(std::uint32_t index, const JsonText& json);
  /// Decodes the object of the directory at `index`.
  Result<void> decode_directory(std::uint32_t index, const JsonText& json);

  StringPool strings;
  std::vector<DecodedTarget> targets;
  std::vector<DecodedDirectory> directories;
  std::vector<TargetReference> references;
  std::vector<TracedText> sources;
  std::vector<StringId> commands;
  std::vector<TracedText> includes;
  std::vector<TracedText> definitions;
  std::vector<LinkedLibrary> libraries;
  std::vector<TracedText> installed_files;
  std::vector<StringId> artifacts;
  std::vector<TargetGraphParts::Frame> frames;  ///< Their ids are positions in this batch.
  std::uint64_t source_count = 0;               ///< Entries of `sources`, all of them.

 private:
  using Object = simdjson::ondemand::object;
  using Array = simdjson::ondemand::array;
  using Value = simdjson::ondemand::value;

  void decode_target_object(Object json, DecodedTarget& target);
  void decode_backtraces(Object json);
  void decode_references(Array json, ReferenceList list);
  std::uint32_t find_target(std::string_view id, std::uint32_t previous);
  void decode_sources(Array json);
  void decode_compile_groups(Array json);
  void decode_link(Object json);
  void decode_installers(Array json);
  LinkedLibrary to_library(std::string_view word, FrameIndex frame);
  void resolve_libraries(std::uint32_t first, StringId build_directory);

  [[nodiscard]] FrameIndex to_frame(std::uint32_t local) const;
  void check_frames(std::uint32_t largest) const;
  StringId intern_source_path(std::string_view raw);

  const CodemodelConfiguration& configuration_;
  const SourcePaths& paths_;
  LinkPaths link_paths_;
  simdjson::ondemand::parser parser_;
  std::string path_buffer_;
  std::vector<OptionalTargetId> followers_;  // by target: the one that stood behind it in a list, last time

  // of the object that is being decoded
  std::uint32_t first_frame_ = 0;
  mutable std::uint32_t largest_frame_ = 0;  // 1 + the largest node that was referred to; checked at the end
  std::vector<StringId> files_;
  std::vector<StringId> commands_;
  std::vector<LinkedLibrary> fragments_;  // of the link line; behind the libraries that references point to
};

}  // namespace bulkhead
