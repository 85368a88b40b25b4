// The build graph of one configuration: targets, edges with evidence, and what the inputs could not show.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "graph/edge_kind.h"
#include "graph/id.h"
#include "graph/string_pool.h"
#include "graph/target_type.h"

namespace bulkhead {

/// What stands at one end of an edge.
enum class EndpointKind : std::uint8_t {
  target,      ///< Index of a target.
  file,        ///< StringId of a path, see SourcePaths. A directory, for `include_dir`. As a depender: a CMake file.
  library,     ///< StringId of a bare library name: `foo` of `-lfoo`.
  definition,  ///< StringId of a preprocessor definition: `USE_X` or `USE_X=1`.
};

/// One end of an edge: a kind and an index, in 32 bits.
class Endpoint {
 public:
  constexpr Endpoint(EndpointKind kind, std::uint32_t index)
      : bits_((index << kind_bits) | static_cast<std::uint32_t>(kind)) {}
  static constexpr Endpoint target(TargetId id) { return {EndpointKind::target, id.value()}; }
  static constexpr Endpoint file(StringId path) { return {EndpointKind::file, path.value()}; }
  static constexpr Endpoint library(StringId name) { return {EndpointKind::library, name.value()}; }
  static constexpr Endpoint definition(StringId text) { return {EndpointKind::definition, text.value()}; }

  [[nodiscard]] constexpr EndpointKind kind() const { return static_cast<EndpointKind>(bits_ & kind_mask); }
  [[nodiscard]] constexpr bool is_target() const { return kind() == EndpointKind::target; }
  /// Precondition: is_target().
  [[nodiscard]] constexpr TargetId target_id() const { return TargetId(index()); }
  /// Precondition: kind() is file, library or definition.
  [[nodiscard]] constexpr StringId string_id() const { return StringId(index()); }
  [[nodiscard]] constexpr std::uint32_t index() const { return bits_ >> kind_bits; }
  /// A number that no other endpoint of the graph has.
  [[nodiscard]] constexpr std::uint32_t bits() const { return bits_; }
  constexpr auto operator<=>(const Endpoint&) const = default;

 private:
  static constexpr std::uint32_t kind_bits = 2;
  static constexpr std::uint32_t kind_mask = (1U << kind_bits) - 1;
  std::uint32_t bits_;
};

/// How an edge is known.
enum class Known : std::uint8_t {
  declared,  ///< Read from the fields of codemodel >= 2.9 that list direct edges only.
  derived,   ///< Read from a list that CMake has evaluated: it holds what is inherited as well.
};

/// "declared" or "derived".
[[nodiscard]] std::string_view to_string(Known known);

/// The keyword of target_link_libraries() that a link was made with.
enum class LinkScope : std::uint8_t {
  unknown,         ///< The inputs do not say, or the edge is no link.
  private_link,    ///< Used by the depender alone.
  interface_link,  ///< Only passed on to those who link the depender.
  public_link,     ///< Both.
};

/// Depender → dependee.
struct Edge {
  Endpoint from;
  Endpoint to;
  OptionalFrameId frame;  ///< The call that made the edge; none when the reply does not say.
  EdgeKind kind;
  Known known;
  bool traced =
      false;  ///< Derived, but `frame` is of the link line: the call that brought the dependee in, whoever made it.
  LinkScope scope = LinkScope::unknown;
};

/// An entry of `dependencies`: what must be built first, closed over link interfaces.
struct Dependency {
  TargetId target;
  OptionalFrameId frame;
};

/// A target of the configuration.
struct Target {
  StringId name;
  StringId source_directory;  ///< Where it is defined, see SourcePaths.
  StringId build_directory;   ///< Likewise, below `<build>`.
  OptionalFrameId frame;      ///< The call that created it.
  IndexRange artifacts;       ///< See TargetGraph::artifacts().
  TargetType type;
  bool imported = false;
  bool abstract = false;  ///< Not part of the build system itself: INTERFACE without sources, or IMPORTED.
};

/// One call on the way from a CMakeLists.txt to the call that did something.
struct CallFrame {
  std::string_view file;     ///< See SourcePaths. Borrowed from the graph.
  std::string_view command;  ///< `target_link_libraries`, in lower case; empty for the file itself. Borrowed from the
                             ///< graph.
  std::uint32_t line = 0;    ///< 1-based; 0 for the file itself.

  bool operator==(const CallFrame&) const = default;
};

/// A directory that add_subdirectory() entered, or the top.
struct Directory {
  StringId source;                      ///< See SourcePaths.
  StringId build;                       ///< Likewise, below `<build>`.
  std::optional<std::uint32_t> parent;  ///< Index of the directory that entered this one.
};

/// Where the graph was read from.
struct BuildInfo {
  std::string source_root;    ///< Absolute.
  std::string build_root;     ///< Absolute.
  std::string configuration;  ///< Empty when there is no build type.
  std::string cmake_version;  ///< "3.25.1"
  std::string generator;      ///< "Ninja"
  std::uint32_t codemodel_major = 2;
  std::uint32_t codemodel_minor = 0;
  bool multi_config = false;
};

/// A name in a link list of a target that is no edge, or may be none: it stands in a generator expression whose
/// condition is false, or cannot be told here.
struct ConditionalName {
  TargetId from;
  StringId name;          ///< Of a target or a library; the target may not exist.
  StringId expression;    ///< The whole entry, as it is written.
  bool is_false = false;  ///< Else the condition cannot be told.
};

/// The arrays behind a TargetGraph, to be filled by a builder. Sorted as TargetGraph's accessors promise.
struct TargetGraphParts {
  BuildInfo info;
  StringPool strings;
  std::vector<Target> targets;
  std::vector<Edge> edges;
  std::vector<StringId> artifacts;
  std::vector<Directory> directories;

  struct Frame {
    StringId file;
    StringId command;
    OptionalFrameId parent;
    std::uint32_t line;
  };
  std::vector<Frame> frames;

  std::vector<Dependency> dependencies;
  std::vector<std::uint32_t> dependency_offsets;  ///< One more than there are targets.
  std::uint32_t source_count = 0;

  std::vector<ConditionalName> conditional_names;
  /// Every target that links has its own edges from the capture, and `dependencies` only explains what is left.
  bool captured = false;
};

/// An immutable directed multigraph. Cheap to move, never copied. All views borrow from the graph.
class TargetGraph {
 public:
  /// Takes the arrays over and indexes them. Precondition: `edges` is sorted by target of the depender, the edges whose
  /// depender is a file come last, and every id is in range.
  explicit TargetGraph(TargetGraphParts parts);

  [[nodiscard]] const BuildInfo& info() const { return parts_.info; }
  [[nodiscard]] std::span<const Target> targets() const { return parts_.targets; }
  [[nodiscard]] std::span<const Edge> edges() const { return parts_.edges; }
  [[nodiscard]] std::span<const Directory> directories() const { return parts_.directories; }
  [[nodiscard]] const Target& operator[](TargetId id) const { return parts_.targets[id.value()]; }
  [[nodiscard]] const Edge& operator[](EdgeId id) const { return parts_.edges[id.value()]; }

  [[nodiscard]] std::string_view text(StringId id) const { return parts_.strings[id]; }
  [[nodiscard]] const StringPool& strings() const { return parts_.strings; }
  [[nodiscard]] std::string_view name(TargetId id) const { return text((*this)[id].name); }
  /// The first target of that name, in the reply's order.
  [[nodiscard]] std::optional<TargetId> find_target(std::string_view name) const;

  /// The edges whose depender is this target, contiguous.
  [[nodiscard]] std::span<const Edge> edges_from(TargetId id) const;
  /// The edges whose dependee is this target, in order of depender.
  [[nodiscard]] std::span<const EdgeId> edges_to(TargetId id) const;
  /// The edges whose depender is a CMake file (`configure`, `install`).
  [[nodiscard]] std::span<const Edge> edges_from_files() const;
  /// The position of an edge that one of the accessors above returned.
  [[nodiscard]] EdgeId id_of(const Edge& edge) const {
    return EdgeId(static_cast<std::size_t>(&edge - parts_.edges.data()));
  }

  /// `dependencies` as CMake lists them: everything that is built before the target for its sake.
  [[nodiscard]] std::span<const Dependency> dependencies(TargetId id) const;
  [[nodiscard]] std::size_t dependency_count() const { return parts_.dependencies.size(); }
  /// The number of entries in all targets' `sources`.
  [[nodiscard]] std::size_t source_count() const { return parts_.source_count; }
  /// The files that the target makes, see SourcePaths.
  [[nodiscard]] std::span<const StringId> artifacts(TargetId id) const;

  /// The calls that lead to a frame, outermost first; frames without a line (the files themselves) are left out.
  [[nodiscard]] std::vector<CallFrame> call_stack(FrameId id) const;
  /// The call in the project that a reader should look at: the outermost one that is not a mere include(),
  /// add_subdirectory() or find_package(); when there is none, the innermost. None for an empty stack.
  [[nodiscard]] std::optional<CallFrame> call_site(FrameId id) const;

  /// True when the edges between targets are direct ones: codemodel >= 2.9, or a capture that fits the reply.
  [[nodiscard]] bool has_direct_edges() const { return parts_.info.codemodel_minor >= 9 || parts_.captured; }
  /// True when a capture was joined: the edges that it declares, the targets that only it knows.
  [[nodiscard]] bool is_captured() const { return parts_.captured; }
  /// Names in link lists that stand under a condition, in order of depender. Empty without a capture.
  [[nodiscard]] std::span<const ConditionalName> conditional_names() const { return parts_.conditional_names; }

 private:
  TargetGraphParts parts_;
  std::vector<std::uint32_t> out_offsets_;  // one more than there are targets; what follows is the files' edges
  std::vector<std::uint32_t> in_offsets_;
  std::vector<EdgeId> in_edges_;
  std::vector<TargetId> by_name_;  // sorted by the name's StringId, then id
};

/// "target:core", "file:src/a.cpp", "library:foo", "definition:USE_X".
[[nodiscard]] std::string to_label(const TargetGraph& graph, Endpoint endpoint);

}  // namespace bulkhead
