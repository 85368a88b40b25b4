#include "graph/compiler.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <iterator>
#include <set>
#include <sstream>
#include <utility>

#include "graph/feature_tests.h"
#include "graph/parallel.h"
#include "graph/program_output.h"

namespace bulkhead {
namespace {

struct Language {
  std::string_view cmake;
  std::string_view compiler;
};
constexpr std::array languages = {
    Language{"ASM", "assembler-with-cpp"},
    Language{"C", "c"},
    Language{"CUDA", "cuda"},
    Language{"CXX", "c++"},
    Language{"HIP", "hip"},
    Language{"OBJC", "objective-c"},
    Language{"OBJCXX", "objective-c++"},
};

// Options that take the next word, and have nothing to do with predefined macros or the compiler's own directories.
constexpr std::array<std::string_view, 14> dropped_with_value = {
    "-I",         "-D", "-U",  "-include", "-imacros", "-isystem", "-iquote",
    "-idirafter", "-o", "-MF", "-MT",      "-MQ",      "-x",       "-Xlinker"};
constexpr std::array<std::string_view, 4> kept_with_value = {"-target", "-isysroot", "-arch", "--sysroot"};

// Flags that begin like those that define macros, and define none, in any version of GCC and Clang: what projects often
// set for some of their targets only, each time a compiler the less to be asked.
constexpr std::array<std::string_view, 19> without_macros = {"-fsyntax-only",
                                                             "-ffunction-sections",
                                                             "-fdata-sections",
                                                             "-fno-semantic-interposition",
                                                             "-fvisibility=hidden",
                                                             "-fno-lifetime-dse",
                                                             "-fno-common",
                                                             "-fno-strict-aliasing",
                                                             "-fvisibility=default",
                                                             "-fstrict-aliasing",
                                                             "-pedantic",
                                                             "-pedantic-errors",
                                                             "-fvisibility-inlines-hidden",
                                                             "-fno-omit-frame-pointer",
                                                             "-fomit-frame-pointer",
                                                             "-fno-lto",
                                                             "-funwind-tables",
                                                             "-ftrivial-auto-var-init=pattern",
                                                             "-ftls-model=initial-exec"};

bool matters(std::string_view word) {
  if (std::find(without_macros.begin(), without_macros.end(), word) != without_macros.end()) return false;
  if (word.starts_with("-fdiagnostics") || word.starts_with("-fplugin")) return false;
  for (const std::string_view beginning :
       {"-std", "-m", "-f", "-O", "-pthread", "-ansi", "--target", "--sysroot", "-stdlib", "-nostd", "--gcc-toolchain",
        "-march", "-traditional", "-undef", "-no-integrated-cpp", "--cuda", "-p"}) {
    if (word.starts_with(beginning)) return true;
  }
  return false;
}

std::vector<std::string> choose_words(const std::vector<std::string>& words) {
  std::vector<std::string> chosen;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const std::string_view word = words[i];
    if (std::find(dropped_with_value.begin(), dropped_with_value.end(), word) != dropped_with_value.end()) {
      ++i;
    } else if (std::find(kept_with_value.begin(), kept_with_value.end(), word) != kept_with_value.end()) {
      chosen.push_back(words[i]);
      if (i + 1 < words.size()) chosen.push_back(words[++i]);
    } else if (matters(word)) {
      std::erase(chosen, words[i]);  // said again, it counts where it is said last
      chosen.push_back(words[i]);
    }
  }
  return chosen;
}

// The directories that `-v` lists, a blank before each.
std::vector<std::string> read_directories(const std::string& text, std::string_view heading) {
  std::vector<std::string> directories;
  std::size_t at = text.find(heading);
  if (at == std::string::npos) return directories;
  std::istringstream lines(text.substr(text.find('\n', at) + 1));
  for (std::string line; std::getline(lines, line) && line.starts_with(' ');) {
    const std::size_t end = line.find(" (framework directory)");
    if (end == std::string::npos) {
      directories.push_back(std::filesystem::path(line.substr(1)).lexically_normal().string());
      if (directories.back().size() > 1 && directories.back().ends_with('/')) directories.back().pop_back();
    }
  }
  return directories;
}

// The headers that line markers say were entered: `# 1 "/usr/include/stdc-predef.h" 1 3 4`.
std::vector<std::string> read_headers(const std::string& text) {
  std::vector<std::string> headers;
  constexpr std::string_view begin = "# 1 \"";
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    const std::size_t end = line.find("\" 1", begin.size());
    if (!line.starts_with(begin) || end == std::string::npos || line[begin.size()] != '/') continue;
    const std::filesystem::path path = line.substr(begin.size(), end - begin.size());
    headers.push_back(path.lexically_normal().string());
  }
  return headers;
}

// The compiler, its flags, and the language as -x has it.
std::vector<std::string> to_command(const CompilerQuestion& question) {
  std::vector<std::string> command = {question.compiler};
  std::vector<std::string> chosen = choose_words(*question.words);
  std::move(chosen.begin(), chosen.end(), std::back_inserter(command));
  command.emplace_back("-x");
  command.emplace_back(preprocessed_language(question.language).value_or("c++"));
  return command;
}

Result<CompilerFacts> run_compiler(const std::vector<std::string>& words) {
  std::vector<std::string> command = words;
  command.insert(command.end(), {"-E", "-dM", "-v", "/dev/null"});
  const auto output = read_program_output(command, {"LC_ALL=C"});
  if (!output) return tl::unexpected(output.error());
  constexpr std::string_view quote_heading = "#include \"...\" search starts here:";
  constexpr std::string_view angle_heading = "#include <...> search starts here:";
  if (output->status != 0 || output->err.find(angle_heading) == std::string::npos) {
    return fail({}, "the compiler " + command.front() + " does not tell its macros");
  }
  CompilerFacts facts{
      output->out, {}, read_directories(output->err, quote_heading), read_directories(output->err, angle_heading)};
  command = words;
  command.insert(command.end(), {"-E", "-w", "-"});
  const auto answers = read_program_output(command, {"LC_ALL=C"}, feature_questions());
  if (answers && answers->status == 0) {
    facts.macros += feature_answers(answers->out);
    facts.forced_headers = read_headers(answers->out);
  }
  return facts;
}

}  // namespace

std::optional<std::string_view> preprocessed_language(std::string_view language) {
  const auto found = std::find_if(languages.begin(), languages.end(),
                                  [language](const Language& one) { return one.cmake == language; });
  if (found == languages.end()) return std::nullopt;
  return found->compiler;
}

const Result<CompilerFacts>& CompilerProbe::ask(const CompilerQuestion& question) {
  std::vector<std::string> command = to_command(question);
  auto found = answers_.find(command);
  if (found == answers_.end()) {
    Result<CompilerFacts> answer = run_compiler(command);
    found = answers_.emplace(std::move(command), std::move(answer)).first;
  }
  return found->second;
}

void CompilerProbe::ask_ahead(const std::vector<CompilerQuestion>& questions, std::size_t thread_count) {
  std::set<std::vector<std::string>> wanted;
  for (const CompilerQuestion& question : questions) {
    std::vector<std::string> command = to_command(question);
    if (!answers_.contains(command)) wanted.insert(std::move(command));
  }
  const std::vector<std::vector<std::string>> commands(wanted.begin(), wanted.end());
  std::vector<std::optional<Result<CompilerFacts>>> answers(commands.size());
  for_each_slice(commands.size(), 1, thread_count, [&](std::size_t, std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end; ++i) answers[i] = run_compiler(commands[i]);
  });
  for (std::size_t i = 0; i < commands.size(); ++i) answers_.emplace(commands[i], std::move(*answers[i]));
}

}  // namespace bulkhead
