// Small File API replies, written from C++ data in CMake's own shape: what a test says is what the reply says.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "graph/target_graph.h"
#include "tests/support/replies.h"

namespace bulkhead::test {

/// A node of a backtrace graph; `parent` is its position in the same list. A frame without a line is a file itself.
struct FrameSpec {
  std::string file;
  std::uint32_t line = 0;
  std::string command{};
  std::optional<std::uint32_t> parent{};
};

/// A text and the node of the call that brought it in.
struct TracedSpec {
  std::string text;
  std::optional<std::uint32_t> frame{};
};

/// One element of `compileGroups`.
struct CompileGroupSpec {
  std::vector<TracedSpec> includes{};
  std::vector<TracedSpec> defines{};
  std::vector<TracedSpec> fragments{};
  std::vector<TracedSpec> precompile_headers{};
};

/// A target object. Lists that are empty are left out, as CMake leaves them out.
struct TargetSpec {
  std::string name;
  std::string type = "STATIC_LIBRARY";
  std::uint32_t directory = 0;
  std::vector<FrameSpec> frames{};
  std::optional<std::uint32_t> frame{};
  std::vector<TracedSpec> dependencies{};    ///< Names of targets, as in the lists below.
  std::vector<TracedSpec> link_libraries{};  ///< From here on: codemodel >= 2.9. What names no target is a fragment.
  std::vector<TracedSpec> interface_link_libraries{};
  std::vector<TracedSpec> compile_dependencies{};
  std::vector<TracedSpec> interface_compile_dependencies{};
  std::vector<TracedSpec> object_dependencies{};
  std::vector<TracedSpec> order_dependencies{};
  std::vector<TracedSpec> sources{};
  std::vector<CompileGroupSpec> compile_groups{};
  std::vector<TracedSpec> link_fragments{};
  std::vector<std::string> artifacts{};
  bool imported = false;
  bool abstract = false;
};

/// An element of a directory's `installers`.
struct InstallerSpec {
  std::string type;                    ///< "file", "target", "export", "script", …
  std::vector<std::string> paths{};    ///< "from" or "from>to".
  std::string target{};                ///< Name of a target, or an id that no target has.
  std::vector<std::string> exports{};  ///< Likewise.
  std::string script{};
  std::optional<std::uint32_t> frame{};
};

struct DirectorySpec {
  std::string source = ".";
  std::string build = ".";
  std::optional<std::uint32_t> parent{};
  std::vector<FrameSpec> frames{};
  std::vector<InstallerSpec> installers{};
};

struct ConfigurationSpec {
  std::string name = "Release";
  std::vector<TargetSpec> targets{};
  std::vector<DirectorySpec> directories{DirectorySpec{}};
};

struct CacheSpec {
  std::string name;
  std::string value;
  std::string type = "BOOL";
};

/// An element of the cmakeFiles object's `inputs`.
struct InputSpec {
  std::string path;
  bool is_cmake = false;
  bool is_generated = false;
};

struct ReplySpec {
  std::string stamp = "2026-01-01T00-00-00-0000";  ///< Of the index's name.
  std::string cmake_version = "3.25.1";
  std::string generator = "Ninja";
  bool multi_config = false;
  std::uint32_t codemodel_minor = 4;
  std::string source_root = "/src/project";
  std::string build_root = "/build/project";
  std::vector<ConfigurationSpec> configurations{ConfigurationSpec{}};
  std::vector<CacheSpec> cache{};
  std::optional<std::vector<InputSpec>> cmake_files{};  ///< No such object when there is none.
};

/// The file of a target's object: "target-core-Release.json".
[[nodiscard]] std::string target_file(const std::string& target, const std::string& configuration = "Release");
/// The id that a target of that name has.
[[nodiscard]] std::string target_id(const std::string& target);

/// The text of a target object.
[[nodiscard]] std::string target_text(const TargetSpec& target, const ReplySpec& reply,
                                      const ConfigurationSpec& configuration);

/// Writes the whole reply into the build tree. What lies there stays, unless it has the same name.
void write_reply(const ReplySpec& reply, const std::filesystem::path& build);

/// Writes the reply into a scratch directory and reads the graph of its first configuration. Throws when that fails.
[[nodiscard]] TargetGraph graph_of(const ReplySpec& reply);
/// The same for a reply with one configuration, "Release".
[[nodiscard]] TargetGraph graph_of(std::vector<TargetSpec> targets, ReplySpec reply = {});

/// An edge as text: "target:app -> target:core [link, derived] CMakeLists.txt:3"; the place is that of the innermost
/// call, and is left out when there is none. "traced" follows "derived" where it is.
[[nodiscard]] std::string describe(const TargetGraph& graph, const Edge& edge);
/// All edges, in the order of the graph.
[[nodiscard]] std::vector<std::string> describe_edges(const TargetGraph& graph);
/// The edges of one target.
[[nodiscard]] std::vector<std::string> describe_edges(const TargetGraph& graph, const std::string& from);

}  // namespace bulkhead::test
