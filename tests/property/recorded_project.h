// A recorded reply that is changed as CMake would have written it, had the project one edge more.
#pragma once

#include <filesystem>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "tests/property/chance.h"
#include "tests/support/temporary_directory.h"

namespace bulkhead::test {

/// What of a project the mutants may lead to.
struct RecordedModule {
  std::vector<std::string> targets;      ///< In the reply, by name.
  std::vector<std::string> libraries;    ///< As a link line names them: "-lopt", "/src/p/opt/libopt.a".
  std::vector<std::string> sources;      ///< Files, relative to the source root.
  std::vector<std::string> directories;  ///< Likewise.
  std::vector<std::string> definitions;
};

/// One edge that was put into the reply.
struct RecordedMutant {
  std::string kind;  ///< Of the edge, "link".
  std::string from;  ///< Label of the depender, "target:core"; empty where the reply names none.
  std::string to;    ///< For people.
  std::string file;  ///< The place that the reply names; empty for none.
  std::uint32_t line = 0;
};

class RecordedProject {
 public:
  /// Unpacks the archive of tests/replies.
  explicit RecordedProject(const std::string& archive, RecordedModule module);

  [[nodiscard]] const std::filesystem::path& build() const { return build_.path(); }
  /// Sets a cache entry for good.
  void set_cache(const std::string& name, const std::string& value);
  /// Takes the install rules of these targets, and of files below these folders, out for good.
  void forget_installs(const std::vector<std::string>& targets, const std::vector<std::string>& folders);
  /// Adds an edge of a random kind at a random target that is in `dependers`. `number` makes its line its own.
  RecordedMutant mutate(Chance& chance, const std::vector<std::string>& dependers, std::uint32_t number);
  /// Takes the last mutation back.
  void restore();
  /// The names of all targets that could get an edge onto the module without a cycle.
  [[nodiscard]] std::vector<std::string> dependers() const;

 private:
  using Json = nlohmann::ordered_json;
  struct Object {
    std::string file;
    Json json;
  };

  Json& change(const std::string& file);
  Json& change_target(const std::string& name) { return change(targets_.at(name).file); }
  void write_changes();
  [[nodiscard]] bool has_direct_edges() const { return minor_ >= 9; }
  [[nodiscard]] std::vector<std::string> heirs_of(const std::string& name) const;
  void link(const std::string& depender, const std::string& dependee, bool is_public);
  void add_reference(Json& target, const char* list, const std::string& dependee, bool with_frame = true);
  std::size_t add_frame(Json& object, const char* command);

  TemporaryDirectory build_;
  RecordedModule module_;
  std::string source_root_;
  std::string build_root_;
  int minor_ = 0;
  std::map<std::string, Object> targets_;      // by name
  std::map<std::string, std::string> names_;   // by id
  std::map<std::string, Json> directories_;    // by file
  std::map<std::string, std::string> before_;  // the text of the changed files
  std::map<std::string, Json> changed_;
  RecordedMutant mutant_;
};

}  // namespace bulkhead::test
