// bulkhead configure: runs cmake so that it answers, and audits the tree.

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <memory>
#include <system_error>
#include <utility>

#include "auditor/commands/command.h"
#include "auditor/injection.h"
#include "auditor/process.h"
#include "graph/file_io.h"

namespace bulkhead {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view command_name = "configure";

struct ConfigureOptions {
  CheckOptions check;
  std::string cmake = "cmake";
  bool no_check = false;
};

/// A directory of its own below the system's temporary one, removed with all that is in it.
class ScratchDirectory {
 public:
  static Result<ScratchDirectory> make() {
    std::error_code error;
    std::string name = (fs::temp_directory_path(error) / "bulkhead-XXXXXX").string();
    if (error) return fail({}, "there is no temporary directory: " + error.message(), "set TMPDIR to one");
    if (::mkdtemp(name.data()) == nullptr) {
      return fail({name}, fmt::format("cannot create this directory: {}", std::strerror(errno)),
                  "set TMPDIR to another");
    }
    return ScratchDirectory(std::move(name));
  }
  ScratchDirectory(ScratchDirectory&& other) noexcept : path_(std::exchange(other.path_, {})) {}
  ScratchDirectory& operator=(ScratchDirectory&&) = delete;
  ~ScratchDirectory() {
    std::error_code ignored;
    if (!path_.empty()) fs::remove_all(path_, ignored);
  }

  [[nodiscard]] const fs::path& path() const { return path_; }
  [[nodiscard]] fs::path operator/(const char* name) const { return path_ / name; }

 private:
  explicit ScratchDirectory(fs::path path) : path_(std::move(path)) {}
  fs::path path_;
};

// The words that make cmake do something else than configure; some would take what we add for a file to write to.
std::optional<Error> find_other_mode(const std::vector<std::string>& arguments) {
  constexpr std::array words = {"--build",        "--install", "--open", "--workflow",
                                "--find-package", "-E",        "-N",     "--system-information"};
  constexpr std::array<std::string_view, 2> beginnings = {"-P", "--help"};
  for (const std::string& argument : arguments) {
    const auto begins = [&argument](std::string_view beginning) { return argument.starts_with(beginning); };
    if (std::find(words.begin(), words.end(), argument) == words.end() &&
        std::none_of(beginnings.begin(), beginnings.end(), begins)) {
      continue;
    }
    return fail({}, fmt::format("cmake {} does not configure", argument),
                "give the arguments of a configure: bulkhead configure -S . -B build")
        .value();
  }
  return std::nullopt;
}

// Ours follow; an option that still waits for its value would swallow them.
std::optional<Error> find_lonely_option(const std::vector<std::string>& arguments) {
  constexpr std::array with_value = {"-S", "-B", "-C", "-D",       "-U",          "-G",
                                     "-T", "-A", "-H", "--preset", "--toolchain", "--install-prefix"};
  if (std::find(with_value.begin(), with_value.end(), arguments.back()) == with_value.end()) return std::nullopt;
  return fail({}, fmt::format("cmake's {} lacks its value", arguments.back())).value();
}

Result<std::string> read_answer(const fs::path& path) {
  FileBuffer buffer;
  const auto text = buffer.read(path);
  if (!text) return tl::unexpected(text.error());
  return std::string(*text);
}

/// Runs cmake, and returns the build tree that it configured. `interruption` becomes the signal that asked us to stop.
Result<fs::path> run_cmake(const ConfigureOptions& options, const std::vector<std::string>& arguments,
                           const CommonOptions& common, std::optional<int>& interruption) {
  const auto scratch = ScratchDirectory::make();
  if (!scratch) return tl::unexpected(scratch.error());
  const auto script = write_injection(scratch->path());
  if (!script) return tl::unexpected(script.error());
  std::vector<std::string> command = {options.cmake};
  command.insert(command.end(), arguments.begin(), arguments.end());
  command.insert(command.end(), {"-C", script->string()});

  // Our stdout is for the report.
  const auto ended = run_process(command, common.quiet ? ProcessOutput::dropped : ProcessOutput::to_stderr);
  if (!ended) {
    Error error = ended.error();
    error.hint = "install CMake, or name its program with --cmake";
    return tl::unexpected(std::move(error));
  }
  interruption = ended->interruption;
  if (ended->signal) {
    return fail({}, fmt::format("cmake was ended by signal {} ({}), so there is nothing to audit", *ended->signal,
                                ::strsignal(*ended->signal)));
  }
  if (ended->status != 0) {
    return fail({}, fmt::format("cmake failed with exit status {}, so there is nothing to audit", ended->status),
                "mend what it says above");
  }
  const auto build = read_answer(*scratch / "build");
  if (!build) {
    return fail({}, "cmake configured nothing, so there is nothing to audit",
                "give the arguments of a configure: bulkhead configure -S . -B build");
  }
  std::error_code ignored;
  if (fs::exists(*scratch / "without-capture", ignored) && !common.quiet) {
    fmt::print(stderr, "configure: CMake {} cannot take the capture, 3.24 can; what only it shows stays unseen\n",
               read_answer(*scratch / "without-capture").value_or("before 3.24"));
  }
  return *build;
}

Result<ExitStatus> run_configure(const ConfigureOptions& options, const std::vector<std::string>& arguments,
                                 const CommonOptions& common) {
  const auto outputs = parse_outputs(options.check.formats);  // a wrong word is told before cmake takes its time
  if (!outputs) return tl::unexpected(outputs.error());
  if (arguments.empty()) {
    return fail({}, "there are no arguments for cmake", "give those of a configure: bulkhead configure -S . -B build");
  }
  if (auto wrong = find_other_mode(arguments)) return tl::unexpected(std::move(*wrong));
  if (auto wrong = find_lonely_option(arguments)) return tl::unexpected(std::move(*wrong));

  std::optional<int> interruption;
  const auto build = run_cmake(options, arguments, common, interruption);
  if (interruption) die_of(*interruption);
  if (!build) return tl::unexpected(build.error());
  // After this point the tree is configured, as if cmake had been run by hand.

  if (options.no_check) {
    if (!common.quiet) fmt::print(stderr, "next: bulkhead check -B {}\n", build->string());
    return ExitStatus::clean;
  }
  CheckOptions check = options.check;
  check.tree.build = *build;
  return check_tree(check, *outputs, common);
}

// An option of this command line, by the word that names it.
const CLI::Option* find_option(const CLI::App& app, const CLI::App& command, const std::string& word) {
  const std::string name = word.starts_with("--") ? word.substr(0, word.find('=')) : word;
  if (!name.starts_with("-")) return nullptr;
  const CLI::Option* const own = command.get_option_no_throw(name);
  return own != nullptr ? own : app.get_option_no_throw(name);
}

class UsageFormatter : public CLI::Formatter {
 public:
  std::string make_usage(const CLI::App*, std::string name) const override {
    return fmt::format("Usage: {} [OPTIONS] [--] CMAKE-ARGUMENT...\n", name);
  }
};

}  // namespace

std::vector<std::string> take_cmake_arguments(const CLI::App& app, std::vector<std::string>& words) {
  const CLI::App& command = *app.get_subcommand(std::string(command_name));
  bool is_ours = false;
  for (auto word = words.begin(); word != words.end(); ++word) {
    if (!is_ours && *word == command_name) {
      is_ours = true;
    } else if (const CLI::Option* const option = find_option(app, command, *word)) {
      const bool waits = option->get_items_expected_max() > 0 && word->find('=') == std::string::npos;
      if (waits && std::next(word) != words.end()) ++word;
    } else if (is_ours) {
      std::vector<std::string> taken(*word == "--" ? std::next(word) : word, words.end());
      words.erase(word, words.end());
      return taken;
    } else {
      return {};  // another command, or a mistake
    }
  }
  return {};
}

void add_configure(CLI::App& app, const CommonOptions& common, const std::vector<std::string>& cmake_arguments,
                   RunCommand& run) {
  auto options = std::make_shared<ConfigureOptions>();
  CLI::App* const command =
      app.add_subcommand(std::string(command_name), "Run cmake so that it answers, and audit the build tree");
  add_policy_options(*command, options->check.tree);
  add_report_options(*command, options->check);
  command->add_option("--cmake", options->cmake, "The program to run")->type_name("PROGRAM")->capture_default_str();
  command->add_flag("--no-check", options->no_check, "Configure only");
  command->footer(
      "Options end at -- or at the first word that is none of them; what follows goes to cmake as it is.\n"
      "Puts the query and the capture into the build tree, where they stay; the project is not edited.\n"
      "cmake's output goes to stderr; -q drops its status messages.\n\n"
      "Exit status: 0 no error found, 1 errors found, 2 cmake failed or could not audit.\n\n"
      "Example: bulkhead configure --format json=report.json -S . -B build -DUSE_CUDA=OFF");
  command->formatter(std::make_shared<UsageFormatter>());
  command->callback([options, &common, &cmake_arguments, &run] {
    run = [options, &common, &cmake_arguments] { return run_configure(*options, cmake_arguments, common); };
  });
}

}  // namespace bulkhead
