#include <string>

#include "graph/graph_builder.h"
#include "graph/target_batch.h"
#include "tests/fuzz/explore.h"
#include "tests/fuzz/fuzz_targets.h"

namespace bulkhead::test {
namespace {

// Three targets in two directories.
Codemodel small_codemodel() {
  Codemodel codemodel;
  codemodel.source_root = "/src";
  codemodel.build_root = "/src/build";
  CodemodelConfiguration configuration;
  configuration.name = "Release";
  for (const char* const name : {".", "opt"}) {
    CodemodelDirectory directory;
    directory.source = directory.build = name;
    configuration.directories.push_back(directory);
  }
  configuration.directories.back().parent = 0;
  for (const char* const name : {"app", "core", "opt"}) {
    configuration.ids.intern(std::string(name) + "::@");
    configuration.targets.push_back({name, std::string(name) + ".json", 0});
  }
  codemodel.configurations.push_back(std::move(configuration));
  return codemodel;
}

constexpr std::string_view fixed_target = R"({
  "artifacts": [{"path": "lib/libcore.a"}], "backtrace": 1,
  "backtraceGraph": {"commands": ["add_library"], "files": ["CMakeLists.txt"],
                     "nodes": [{"file": 0}, {"command": 0, "file": 0, "line": 2, "parent": 0}]},
  "dependencies": [{"backtrace": 1, "id": "opt::@"}], "name": "core", "type": "STATIC_LIBRARY"
})";

// simdjson reads beyond the end. An allocation of exactly that size lets a sanitizer see it read further.
Result<void> decode(TargetBatch& batch, std::uint32_t index, bool is_directory, std::string_view text) {
  std::string padded;
  padded.reserve(text.size() + json_padding);
  padded.append(text).append(json_padding, '\0');
  const JsonText json{"input.json", std::string_view(padded).substr(0, text.size())};
  return is_directory ? batch.decode_directory(index, json) : batch.decode_target(index, json);
}

bool decode_and_build(std::string_view input, bool is_directory, LinkPaths link_paths, std::uint32_t minor) {
  Codemodel codemodel = small_codemodel();
  codemodel.minor = minor;
  const CodemodelConfiguration& configuration = codemodel.configurations.front();
  const SourcePaths paths(codemodel.source_root, codemodel.build_root);
  std::vector<TargetBatch> batches;
  batches.emplace_back(configuration, paths, link_paths);
  batches.emplace_back(configuration, paths, link_paths);
  const bool fixed = decode(batches[0], 1, false, fixed_target).has_value();
  expect_promise(fixed, "a good target is good");
  if (is_directory) static_cast<void>(decode(batches[0], 0, false, fixed_target));
  const auto decoded = decode(batches[0], is_directory ? 1 : 0, is_directory, input);
  if (!decoded) {
    expect_promise(decoded.error().location.file == "input.json", "an error names the file");
    return false;
  }
  const bool last = decode(batches[1], 2, false, fixed_target).has_value();
  expect_promise(last, "a good target is good");
  CMakeFiles cmake_files{.inputs = {"CMakeLists.txt", "opt/CMakeLists.txt", "cmake/x.cmake"}, .present = true};
  explore(build_graph({.codemodel = codemodel,
                       .configuration = configuration,
                       .paths = paths,
                       .cmake_files = cmake_files,
                       .info = {.source_root = paths.source_root(),
                                .build_root = paths.build_root(),
                                .configuration = "Release",
                                .cmake_version = "3.25.1",
                                .generator = "Ninja",
                                .codemodel_minor = minor},
                       .batches = std::move(batches)}));
  return true;
}

}  // namespace

bool fuzz_target(std::string_view input) {
  const bool is_directory = input.starts_with(' ');
  const bool taken = decode_and_build(input, is_directory, LinkPaths::from_top, 4);
  const bool taken_again = decode_and_build(input, is_directory, LinkPaths::from_target, 9);
  expect_promise(taken == taken_again, "what an object may say does not depend on the generator");
  return taken;
}

}  // namespace bulkhead::test
