// The project's CMake files, with what has to hold for each to be read, and what the paths in them mean.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "graph/build_tree.h"
#include "graph/cmake_sources.h"
#include "graph/guarded_call.h"

namespace bulkhead {

/// A line of a CMake file.
struct CallPlace {
  std::string file{};      ///< Canonical, see SourcePaths. Empty for none.
  std::uint32_t line = 0;  ///< 1-based.

  auto operator<=>(const CallPlace&) const = default;
};

/// A guard, and the file that it stands in.
struct PlacedGuard {
  Guard guard;
  std::string file;  ///< Canonical, see SourcePaths.
};

/// A CMake file that the last configure read, or would have read with other options.
struct GuardedFile {
  std::string path;                 ///< Canonical, see SourcePaths.
  std::string directory;            ///< Canonical: CMAKE_CURRENT_SOURCE_DIR while it is read.
  std::vector<GuardedCall> calls;   ///< Borrowed from the CMakeSources.
  std::vector<PlacedGuard> guards;  ///< What has to hold for it to be read; only what is the same for all readers.
};

/// True when a call enters directories: add_subdirectory(), or a project's own function with such a name.
[[nodiscard]] bool enters_directories(const CMakeCall& call);

/// The CMake files of a build tree: those that the last configure read, and those on disk that their calls would enter
/// or include under other conditions, so that a part that is off is known as well as one that is on. Reads only what
/// lies in the source tree or beside it.
class GuardedFiles {
 public:
  /// Both must outlive this object.
  GuardedFiles(CMakeSources& sources, const BuildTree& tree);

  /// Sorted by path.
  [[nodiscard]] std::span<const GuardedFile> files() const { return files_; }
  /// The NAME of the top project(); empty when it has none that is plain.
  [[nodiscard]] const std::string& project() const { return project_; }
  /// `text` with its `${references}` replaced, as `file` would see them: directories, cache entries, and variables that
  /// have one value in the whole project. None when one is left.
  [[nodiscard]] std::optional<std::string> expand(const GuardedFile& file, std::string_view text) const;
  /// The canonical path that `text` means in `file`; none when it is made of unknown variables or of generator
  /// expressions. Nothing says that it exists.
  [[nodiscard]] std::optional<std::string> resolve(const GuardedFile& file, std::string_view text) const;
  /// The commands of the calls that refer to a variable as `${variable}`, in any file; null when none does.
  [[nodiscard]] const std::set<std::string_view>* users_of(std::string_view variable) const;
  [[nodiscard]] const SourcePaths& paths() const { return sources_.paths(); }

 private:
  // A set() of a variable: its text, none where that is more than one word or known only to a caller, and its file.
  struct Assigned {
    std::optional<std::string> text;
    std::size_t file;

    bool operator==(const Assigned&) const = default;
  };
  struct Reading {
    std::size_t reader;  // position in files_
    const GuardedCall* call;
  };

  void read(const std::set<std::string>& paths);
  void add_file(std::string_view path);
  [[nodiscard]] std::set<std::string> find_unread() const;
  void collect_variables();
  void collect_users(const CMakeCall& call);
  void find_readings();
  void read_includes(std::size_t reader, const GuardedCall& call, std::vector<std::size_t>& queue);
  void inherit_guards();
  [[nodiscard]] std::optional<std::size_t> find_file(std::string_view path) const;
  [[nodiscard]] std::optional<std::size_t> find_module(std::string_view name) const;
  [[nodiscard]] std::optional<std::string> assigned_value(const GuardedFile& file,
                                                          const std::vector<Assigned>& assigned, int depth) const;
  [[nodiscard]] std::optional<std::string> value_of(const GuardedFile& file, std::string_view name, int depth) const;
  [[nodiscard]] std::optional<std::string> expand(const GuardedFile& file, std::string_view text, int depth) const;

  CMakeSources& sources_;
  const BuildTree& tree_;
  std::string project_;
  std::vector<GuardedFile> files_;
  std::vector<std::vector<Reading>> readings_;  // by file
  std::set<std::string> project_folders_;       // where project() is called
  std::map<std::string, std::vector<Assigned>, std::less<>> variables_;
  std::map<std::string, std::set<std::string_view>, std::less<>> users_;
};

}  // namespace bulkhead
