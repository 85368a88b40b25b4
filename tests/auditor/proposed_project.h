// Projects that a test writes, CMake files and reply, and what bulkhead init proposes for them: no CMake runs here.
#pragma once

#include <algorithm>
#include <filesystem>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "auditor/proposal/proposal.h"
#include "graph/build_tree.h"
#include "tests/support/reply_writer.h"
#include "tests/support/temporary_directory.h"

namespace bulkhead::test {

/// A source tree, and a build tree whose reply fits it.
class ProposedProject {
 public:
  ProposedProject() {
    reply_.source_root = directory_ / "source";
    reply_.build_root = directory_ / "build";
    reply_.cmake_files = std::vector<InputSpec>{};
  }

  /// A file that the configure has not read.
  void write(const std::string& path, const std::string& text = "\n") const {
    write_file(directory_.path() / "source" / path, text);
  }
  /// A CMake file that the configure has read.
  void write_cmake(const std::string& path, const std::string& text) {
    write(path, text);
    const bool known = std::any_of(reply_.cmake_files->begin(), reply_.cmake_files->end(),
                                   [&path](const InputSpec& input) { return input.path == path; });
    if (!known) reply_.cmake_files->push_back({path});
  }
  /// An entry of the cache.
  void set(const std::string& name, const std::string& value, const std::string& type = "BOOL") {
    reply_.cache.push_back({name, value, type});
  }
  /// A directory that CMake entered, with a library in it.
  void add_library(const std::string& folder, const std::string& name, const std::vector<std::string>& sources = {},
                   const std::vector<std::string>& links = {}) {
    ConfigurationSpec& configuration = reply_.configurations.front();
    configuration.directories.push_back({.source = folder, .build = folder, .parent = 0});
    TargetSpec target{.name = name, .directory = static_cast<std::uint32_t>(configuration.directories.size() - 1)};
    for (const std::string& source : sources) target.sources.push_back({source});
    for (const std::string& library : links) target.link_libraries.push_back({library});
    if (!links.empty()) reply_.codemodel_minor = 9;  // which has direct links
    configuration.targets.push_back(target);
  }
  /// A library that the top CMakeLists.txt makes.
  void add_top_library(const std::string& name, const std::vector<std::string>& sources) {
    TargetSpec target{.name = name};
    for (const std::string& source : sources) target.sources.push_back({source});
    reply_.configurations.front().targets.push_back(target);
  }
  /// What CMake builds first, as replies before codemodel 2.9 list it.
  void need(const std::string& from, const std::string& to) {
    for (TargetSpec& target : reply_.configurations.front().targets) {
      if (target.name == from) target.dependencies.push_back({to, {}});
    }
  }
  /// Writes the reply anew and reads it.
  [[nodiscard]] BuildTree read() const {
    std::filesystem::remove_all(directory_ / "build");
    write_reply(reply_, directory_ / "build");
    auto tree = read_build_tree(directory_ / "build", {});
    if (!tree) throw std::runtime_error(tree.error().message);
    return std::move(*tree);
  }
  /// What is proposed for it as it is now.
  [[nodiscard]] Proposal propose() const {
    auto proposal = propose_policy(read());
    if (!proposal) throw std::runtime_error(proposal.error().message);
    return std::move(*proposal);
  }

 private:
  TemporaryDirectory directory_;
  ReplySpec reply_;
};

/// The module of that name, or null. Borrows from the proposal.
inline const ProposedModule* find_module(const Proposal& proposal, const std::string& name) {
  const auto found = std::find_if(proposal.modules.begin(), proposal.modules.end(),
                                  [&name](const ProposedModule& module) { return module.name == name; });
  return found == proposal.modules.end() ? nullptr : &*found;
}

/// "name [confidence]: toggle: paths", a line each.
inline std::string describe(const Proposal& proposal) {
  constexpr const char* confidences[] = {"sure", "likely", "guess"};
  std::string text;
  for (const ProposedModule& module : proposal.modules) {
    text += module.name + " [" + confidences[static_cast<std::size_t>(module.confidence)] + "]: " + module.toggle + ":";
    for (const std::string& path : module.paths) text += " " + path;
    for (const std::string& target : module.targets) text += " target:" + target;
    for (const std::string& define : module.defines) text += " define:" + define;
    text += "\n";
  }
  return text;
}

}  // namespace bulkhead::test
