#include "graph/compile_environment.h"

#include <algorithm>
#include <filesystem>
#include <sstream>
#include <utility>

namespace bulkhead {
namespace {

namespace fs = std::filesystem;

// What the words of a command line say to a preprocessor, in their order.
struct CommandLine {
  std::string text;                     // as directives
  std::vector<std::string> forced{};    // -include
  std::vector<std::string> quote{};     // -iquote
  std::vector<std::string> includes{};  // -I
  std::vector<std::string> system{};    // -isystem
  std::vector<std::string> after{};     // -idirafter
};

// `-DX` defines 1, `-DX=` nothing, `-DF(x)=x` a function-like macro.
std::string define_line(std::string_view definition) {
  const std::size_t equals = definition.find('=');
  std::string line = "#define " + std::string(definition.substr(0, equals)) + ' ';
  line += equals == std::string_view::npos ? "1" : definition.substr(equals + 1);
  // A line end would end the directive.
  std::replace(line.begin(), line.end(), '\n', ' ');
  return line + '\n';
}

// The value of an option that is one word with it, or the next one.
bool take(const std::vector<std::string>& words, std::size_t& at, std::string_view option, std::string& value) {
  const std::string_view word = words[at];
  if (!word.starts_with(option)) return false;
  if (word.size() > option.size()) {
    value = word.substr(option.size());
    return true;
  }
  if (at + 1 >= words.size()) return false;
  value = words[++at];
  return true;
}

// Without what passes words on to the compiler proper, or to the preprocessor.
std::vector<std::string> unwrap(const std::vector<std::string>& words) {
  std::vector<std::string> unwrapped;
  for (const std::string& word : words) {
    if (word == "-Xclang" || word == "-Xpreprocessor") continue;
    if (!word.starts_with("-Wp,")) {
      unwrapped.push_back(word);
      continue;
    }
    std::istringstream parts(word.substr(4));
    for (std::string part; std::getline(parts, part, ',');) unwrapped.push_back(part);
  }
  return unwrapped;
}

CommandLine read_words(const CompileGroup& group) {
  CommandLine line;
  for (const std::string& definition : group.definitions) line.text += define_line(definition);
  const std::vector<std::string> words = unwrap(group.words);
  std::string value;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (words[i] == "-include-pch") {
      ++i;  // the headers that it was made of are forced, too
    } else if (take(words, i, "-include", value) || take(words, i, "-imacros", value)) {
      line.forced.push_back(value);
    } else if (take(words, i, "-isystem", value)) {
      line.system.push_back(value);
    } else if (take(words, i, "-iquote", value)) {
      line.quote.push_back(value);
    } else if (take(words, i, "-idirafter", value)) {
      line.after.push_back(value);
    } else if (take(words, i, "-I", value)) {
      line.includes.push_back(value);
    } else if (take(words, i, "-D", value)) {
      line.text += define_line(value);
    } else if (take(words, i, "-U", value)) {
      line.text += "#undef " + value + '\n';
    }
  }
  const bool forces_precompiled = std::any_of(line.forced.begin(), line.forced.end(), [](const std::string& header) {
    return header.find("cmake_pch") != std::string::npos;
  });
  if (!forces_precompiled) {
    for (const std::string& header : group.precompiled_headers) line.forced.push_back(header);
  }
  return line;
}

}  // namespace

FileId CompileEnvironments::prelude(const std::string& text, const std::string& name) {
  const auto found = preludes_.find(text);
  if (found != preludes_.end()) return found->second;
  return preludes_.emplace(text, files_.add_text(name, text)).first->second;
}

std::vector<DirectoryId> CompileEnvironments::to_ids(const std::vector<std::string>& directories) {
  std::vector<DirectoryId> ids;
  for (const std::string& directory : directories) {
    const DirectoryId id = files_.directory((fs::path(build_root_) / directory).string());
    if (std::find(ids.begin(), ids.end(), id) == ids.end())
      ids.push_back(id);  // of two that are alike the first counts
  }
  return ids;
}

Result<CompileEnvironment> CompileEnvironments::make(const CompileGroup& group, const std::string& compiler) {
  const Result<CompilerFacts>& facts = probe_.ask({compiler, group.language, &group.words});
  if (!facts) return tl::unexpected(facts.error());
  CommandLine line = read_words(group);

  CompileEnvironment environment;
  std::vector<std::string> quote = line.quote;
  quote.insert(quote.end(), facts->quote_directories.begin(), facts->quote_directories.end());
  environment.path.quote = to_ids(quote);

  std::vector<std::string> system = group.system_includes;
  system.insert(system.end(), line.system.begin(), line.system.end());
  system.insert(system.end(), facts->angle_directories.begin(), facts->angle_directories.end());
  system.insert(system.end(), line.after.begin(), line.after.end());
  const std::vector<DirectoryId> system_ids = to_ids(system);
  std::vector<std::string> user = group.includes;
  user.insert(user.end(), line.includes.begin(), line.includes.end());
  for (const DirectoryId id : to_ids(user)) {
    // What is a system directory, too, keeps its place there.
    if (std::find(system_ids.begin(), system_ids.end(), id) == system_ids.end()) environment.path.angle.push_back(id);
  }
  environment.path.angle.insert(environment.path.angle.end(), system_ids.begin(), system_ids.end());

  environment.preludes.push_back(prelude(facts->macros, "<the compiler's macros>"));
  std::string forced;
  for (const std::string& header : facts->forced_headers) forced += "#include \"" + header + "\"\n";
  if (!forced.empty()) environment.preludes.push_back(prelude(forced, "<the compiler's headers>"));
  for (const std::string& header : line.forced) {
    if (header.starts_with('<') || header.starts_with('"')) {
      line.text += "#include " + header + '\n';
      continue;
    }
    const std::string path = (fs::path(build_root_) / header).lexically_normal().string();
    line.text += "#include \"" + (files_.find(path) ? path : header) + "\"\n";
  }
  environment.preludes.push_back(prelude(line.text, "<command line>"));
  return environment;
}

}  // namespace bulkhead
