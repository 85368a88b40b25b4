#include "graph/build_tree.h"

#include <algorithm>
#include <chrono>
#include <future>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>

#include "graph/capture.h"
#include "graph/cmake_files.h"
#include "graph/codemodel.h"
#include "graph/graph_builder.h"
#include "graph/ninja_build.h"
#include "graph/parallel.h"
#include "graph/target_batch.h"

namespace bulkhead {
namespace {

// Enough to keep the threads busy at the end, few enough that the counter they share stays quiet.
constexpr std::size_t files_per_slice = 16;

// The first failure in the order of the files, whichever thread met it.
class FirstFailure {
 public:
  void record(std::size_t position, Error error) {
    const std::lock_guard lock(mutex_);
    if (!error_ || position < position_) {
      position_ = position;
      error_ = std::move(error);
    }
  }
  [[nodiscard]] const std::optional<Error>& error() const { return error_; }

 private:
  std::mutex mutex_;
  std::size_t position_ = 0;
  std::optional<Error> error_;
};

// A batch knows the bare name of its file.
Error with_directory(const Reply& reply, Error error) {
  error.location.file = (reply.directory.path() / error.location.file).string();
  return error;
}

Result<std::vector<TargetBatch>> read_objects(const Reply& reply, const CodemodelConfiguration& configuration,
                                              const SourcePaths& paths, bool wants_commands, std::size_t thread_count) {
  std::vector<TargetBatch> batches;
  std::vector<FileBuffer> buffers;
  batches.reserve(thread_count);
  buffers.reserve(thread_count);
  const bool makefiles = reply.index.generator.find("Makefiles") != std::string::npos;
  for (std::size_t i = 0; i < thread_count; ++i) {
    batches.emplace_back(configuration, paths, makefiles ? LinkPaths::from_target : LinkPaths::from_top);
    batches.back().wants_commands = wants_commands;
    buffers.emplace_back();
  }
  const std::size_t target_count = configuration.targets.size();
  FirstFailure failure;
  const auto read_one = [&](std::size_t worker, std::size_t position) -> Result<void> {
    const bool is_target = position < target_count;
    const auto index = static_cast<std::uint32_t>(is_target ? position : position - target_count);
    const std::string& name = is_target ? configuration.targets[index].file : configuration.directories[index].file;
    // Of a directory only its install rules matter; its object exists since codemodel 2.3.
    if (name.empty() || (!is_target && !configuration.directories[index].has_install_rule)) return {};
    const auto text = buffers[worker].read(reply.directory, name);
    if (!text) return tl::unexpected(text.error());
    const JsonText json{name, *text};
    auto decoded =
        is_target ? batches[worker].decode_target(index, json) : batches[worker].decode_directory(index, json);
    if (!decoded) return tl::unexpected(with_directory(reply, std::move(decoded.error())));
    return {};
  };
  for_each_slice(target_count + configuration.directories.size(), files_per_slice, thread_count,
                 [&](std::size_t worker, std::size_t begin, std::size_t end) {
                   for (std::size_t position = begin; position < end; ++position) {
                     auto read = read_one(worker, position);
                     if (!read) failure.record(position, std::move(read.error()));
                   }
                 });
  if (failure.error()) return tl::unexpected(*failure.error());
  return batches;
}

Result<std::vector<const CodemodelConfiguration*>> choose(const Codemodel& codemodel,
                                                          const std::vector<std::string>& wanted) {
  std::vector<const CodemodelConfiguration*> chosen;
  if (wanted.empty()) {
    for (const CodemodelConfiguration& configuration : codemodel.configurations) chosen.push_back(&configuration);
    return chosen;
  }
  for (const std::string& name : wanted) {
    const auto found = std::find_if(codemodel.configurations.begin(), codemodel.configurations.end(),
                                    [&name](const CodemodelConfiguration& one) { return one.name == name; });
    if (found == codemodel.configurations.end()) {
      std::string known;
      for (const CodemodelConfiguration& one : codemodel.configurations) {
        known += (known.empty() ? "'" : ", '") + one.name + "'";
      }
      return fail({}, "the build tree has no configuration '" + name + "'", "it has " + known);
    }
    chosen.push_back(&*found);
  }
  return chosen;
}

// The cache entry in which the capture leaves its stamp, see cmake/BulkheadCapture.cmake.
constexpr std::string_view stamp_entry = "BULKHEAD_CAPTURE_STAMP";

// True when the configure that wrote the reply wrote the capture, too: CMake read the capture's script then, and the
// cache holds the stamp.
bool is_of_reply(const Capture& capture, const BuildTree& tree, const SourcePaths& paths) {
  return was_read(tree.cmake_files, capture.script, paths) &&
         tree.cache.find(stamp_entry) == std::optional<std::string_view>(capture.stamp);
}

// CMake writes build.ninja first and the reply last, in one generate step: a younger build.ninja is of another one.
CommandState find_commands(const std::filesystem::path& build, const Reply& reply) {
  if (reply.index.generator.find("Ninja") == std::string::npos) return CommandState::no_ninja;
  std::error_code error;
  const auto file = reply.index.multi_config ? "CMakeFiles/common.ninja" : "build.ninja";
  const auto written = std::filesystem::last_write_time(build / file, error);
  if (error) return CommandState::missing;
  const auto replied = std::filesystem::last_write_time(reply.directory.path() / reply.index.file, error);
  constexpr auto coarsest_clock = std::chrono::seconds(2);  // of file systems
  return !error && written > replied + coarsest_clock ? CommandState::stale : CommandState::used;
}

Result<std::optional<NinjaBuild>> read_commands(const std::filesystem::path& build, const BuildTree& tree,
                                                const Reply& reply, const std::string& configuration) {
  if (tree.inputs.commands != CommandState::used) return std::nullopt;
  return read_ninja_build(build, reply.index.multi_config ? std::optional(configuration) : std::nullopt);
}

// Every graph has found the capture to fit, or it is of no use.
void use_capture(const Capture& capture, BuildTree& tree) {
  const bool fits =
      std::all_of(tree.graphs.begin(), tree.graphs.end(), [](const TargetGraph& graph) { return graph.is_captured(); });
  tree.inputs.capture = fits ? CaptureState::used : CaptureState::foreign;
  if (!fits) return;
  for (const CapturedPair& variable : capture.variables) {
    tree.variables.push_back({.name = std::string(capture.strings[variable.name]),
                              .value = std::string(capture.strings[variable.value]),
                              .type = {}});
  }
}

Result<BuildTree> read_once(const std::filesystem::path& build, const Reply& reply, const ReadOptions& options,
                            std::size_t thread_count) {
  // The codemodel is by far the largest of these four; the others are read beside it.
  BuildTree tree;
  std::optional<Capture> capture;
  auto others = std::async(thread_count > 1 ? std::launch::async : std::launch::deferred, [&]() -> Result<void> {
    auto cache = read_cache(reply);
    if (!cache) return tl::unexpected(cache.error());
    auto files = read_cmake_files(reply);
    if (!files) return tl::unexpected(files.error());
    auto toolchains = read_toolchains(reply);
    if (!toolchains) return tl::unexpected(toolchains.error());
    auto captured = read_capture(build);
    if (!captured) return tl::unexpected(captured.error());
    capture = std::move(*captured);
    tree.cache = std::move(*cache);
    tree.toolchains = std::move(*toolchains);
    tree.cmake_files = std::move(*files);
    return {};
  });
  auto codemodel = read_codemodel(reply);
  const auto read = others.get();
  if (!codemodel) return tl::unexpected(codemodel.error());
  if (!read) return tl::unexpected(read.error());
  tree.inputs.cmake_files = tree.cmake_files.present;

  const auto chosen = choose(*codemodel, options.configurations);
  if (!chosen) return tl::unexpected(chosen.error());
  const SourcePaths paths(codemodel->source_root, codemodel->build_root);
  tree.inputs.commands = find_commands(build, reply);
  if (capture && !is_of_reply(*capture, tree, paths)) {
    tree.inputs.capture = CaptureState::foreign;
    capture.reset();
  }
  for (const CodemodelConfiguration* const configuration : *chosen) {
    auto commands = std::async(thread_count > 1 ? std::launch::async : std::launch::deferred,
                               [&] { return read_commands(build, tree, reply, configuration->name); });
    auto batches = read_objects(reply, *configuration, paths, tree.inputs.commands == CommandState::used, thread_count);
    const auto ninja = commands.get();
    if (!batches) return tl::unexpected(batches.error());
    if (!ninja) return tl::unexpected(ninja.error());
    if (tree.inputs.commands == CommandState::used && !*ninja) tree.inputs.commands = CommandState::missing;
    tree.graphs.push_back(build_graph({.codemodel = *codemodel,
                                       .configuration = *configuration,
                                       .paths = paths,
                                       .cmake_files = tree.cmake_files,
                                       .info = {.source_root = paths.source_root(),
                                                .build_root = paths.build_root(),
                                                .configuration = configuration->name,
                                                .cmake_version = reply.index.cmake_version,
                                                .generator = reply.index.generator,
                                                .codemodel_major = codemodel->major,
                                                .codemodel_minor = codemodel->minor,
                                                .multi_config = reply.index.multi_config},
                                       .capture = capture ? &*capture : nullptr,
                                       .ninja = *ninja ? &**ninja : nullptr,
                                       .batches = std::move(*batches),
                                       .threads = thread_count}));
  }
  if (capture) use_capture(*capture, tree);
  for (const CodemodelConfiguration* const configuration : *chosen) {
    tree.configurations.push_back(static_cast<std::size_t>(configuration - codemodel->configurations.data()));
  }
  tree.codemodel = std::move(*codemodel);
  tree.directory = build;
  return tree;
}

}  // namespace

Result<BuildTree> read_build_tree(const std::filesystem::path& build, const ReadOptions& options) {
  const std::size_t thread_count =
      options.threads != 0 ? options.threads : std::max<std::size_t>(1, std::thread::hardware_concurrency());
  std::string last_index;
  for (;;) {
    auto reply = read_reply(build);
    if (!reply) return tl::unexpected(reply.error());
    auto tree = read_once(build, *reply, options, thread_count);
    if (tree) {
      tree->reply = std::move(*reply);
      return tree;
    }
    // A failure may only mean that CMake wrote a new reply and removed the old one; then there is a new index.
    if (reply->index.file == last_index) return tree;
    last_index = reply->index.file;
  }
}

}  // namespace bulkhead
