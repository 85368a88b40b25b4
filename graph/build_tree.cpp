#include "graph/build_tree.h"

#include <algorithm>
#include <future>
#include <mutex>
#include <thread>
#include <utility>

#include "graph/cmake_files.h"
#include "graph/codemodel.h"
#include "graph/graph_builder.h"
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
                                              const SourcePaths& paths, std::size_t thread_count) {
  std::vector<TargetBatch> batches;
  std::vector<FileBuffer> buffers;
  batches.reserve(thread_count);
  buffers.reserve(thread_count);
  const bool makefiles = reply.index.generator.find("Makefiles") != std::string::npos;
  for (std::size_t i = 0; i < thread_count; ++i) {
    batches.emplace_back(configuration, paths, makefiles ? LinkPaths::from_target : LinkPaths::from_top);
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

Result<BuildTree> read_once(const Reply& reply, const ReadOptions& options, std::size_t thread_count) {
  // The codemodel is by far the largest of these four; the others are read beside it.
  BuildTree tree;
  CMakeFiles cmake_files;
  auto others = std::async(thread_count > 1 ? std::launch::async : std::launch::deferred, [&]() -> Result<void> {
    auto cache = read_cache(reply);
    if (!cache) return tl::unexpected(cache.error());
    auto files = read_cmake_files(reply);
    if (!files) return tl::unexpected(files.error());
    auto toolchains = read_toolchains(reply);
    if (!toolchains) return tl::unexpected(toolchains.error());
    tree.cache = std::move(*cache);
    tree.toolchains = std::move(*toolchains);
    cmake_files = std::move(*files);
    return {};
  });
  const auto codemodel = read_codemodel(reply);
  const auto read = others.get();
  if (!codemodel) return tl::unexpected(codemodel.error());
  if (!read) return tl::unexpected(read.error());
  tree.has_cmake_files = cmake_files.present;

  const auto chosen = choose(*codemodel, options.configurations);
  if (!chosen) return tl::unexpected(chosen.error());
  const SourcePaths paths(codemodel->source_root, codemodel->build_root);
  for (const CodemodelConfiguration* const configuration : *chosen) {
    auto batches = read_objects(reply, *configuration, paths, thread_count);
    if (!batches) return tl::unexpected(batches.error());
    tree.graphs.push_back(build_graph({.codemodel = *codemodel,
                                       .configuration = *configuration,
                                       .paths = paths,
                                       .cmake_files = cmake_files,
                                       .info = {.source_root = paths.source_root(),
                                                .build_root = paths.build_root(),
                                                .configuration = configuration->name,
                                                .cmake_version = reply.index.cmake_version,
                                                .generator = reply.index.generator,
                                                .codemodel_major = codemodel->major,
                                                .codemodel_minor = codemodel->minor,
                                                .multi_config = reply.index.multi_config},
                                       .batches = std::move(*batches),
                                       .threads = thread_count}));
  }
  return tree;
}

}  // namespace

Result<BuildTree> read_build_tree(const std::filesystem::path& build, const ReadOptions& options) {
  const std::size_t thread_count =
      options.threads != 0 ? options.threads : std::max<std::size_t>(1, std::thread::hardware_concurrency());
  std::string last_index;
  for (;;) {
    const auto reply = read_reply(build);
    if (!reply) return tl::unexpected(reply.error());
    auto tree = read_once(*reply, options, thread_count);
    // A failure may only mean that CMake wrote a new reply and removed the old one; then there is a new index.
    if (tree || reply->index.file == last_index) return tree;
    last_index = reply->index.file;
  }
}

}  // namespace bulkhead
