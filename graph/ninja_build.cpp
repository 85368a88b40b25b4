#include "graph/ninja_build.h"

#include <algorithm>
#include <cstddef>
#include <map>
#include <system_error>
#include <utility>

#include "graph/file_io.h"
#include "graph/ninja_text.h"

// What ninja takes and CMake never writes is refused where it would cost memory or time without bounds; the bounds are
// far above what CMake writes: five files, three variables of a file, some twenty of a statement.

namespace bulkhead {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t most_files = 64;
constexpr std::size_t longest_value = std::size_t{64} << 10;    // of a file's variable
constexpr std::size_t most_expanded = std::size_t{1} << 30;     // by variables, in all
constexpr std::size_t most_bytes = (std::size_t{2} << 30) - 1;  // so that all positions fit into 32 bits

// What `include` shares and `subninja` only lends.
struct Scope {
  const Scope* parent = nullptr;
  std::map<std::string, std::string, std::less<>> variables{};

  [[nodiscard]] std::string_view find(std::string_view name) const {
    for (const Scope* scope = this; scope != nullptr; scope = scope->parent) {
      const auto found = scope->variables.find(name);
      if (found != scope->variables.end()) return found->second;
    }
    return {};  // as ninja has it
  }
};

class BuildReader {
 public:
  BuildReader(const ReadDirectory& directory, std::string configuration, std::vector<std::string> others)
      : directory_(directory), configuration_(std::move(configuration)), others_(std::move(others)) {}

  Result<void> read(const std::string& name, Scope& scope);
  NinjaBuild take() { return std::move(build_); }

 private:
  friend class FileReader;

  [[nodiscard]] bool is_other_configuration(std::string_view rule) const;

  const ReadDirectory& directory_;
  std::string configuration_;
  std::vector<std::string> others_;  // the other configurations
  NinjaBuild build_;
  std::vector<std::string> open_files_;  // from the first to the one being read
  std::size_t file_count_ = 0;
  std::size_t size_ = 0;
  std::size_t expanded_ = 0;
  // Scratch of all statements.
  std::vector<std::string_view> paths_;
  std::vector<NinjaBinding> bindings_;
  std::string path_;
  std::string command_;
};

// Reads one file.
class FileReader {
 public:
  FileReader(BuildReader& reader, std::string_view text, std::string name, Scope& scope)
      : reader_(reader), text_(text, std::move(name)), scope_(scope) {}

  Result<void> read();

 private:
  Result<void> read_statement(std::string_view line);
  Result<void> read_include(std::string_view line, bool shares_scope);
  Result<void> read_variable(std::string_view line);
  Result<void> expand(std::string_view text, bool sees_bindings, std::string& result) const;
  Result<StringId> intern_path(std::string_view path);
  Result<void> append_script(const std::string& name, std::string& command);
  Result<StringId> intern_command();

  BuildReader& reader_;
  NinjaText text_;
  Scope& scope_;
};

// In cross-config mode the file of one configuration also holds statements of the others. Compilers and linkers name
// their configuration last: CXX_COMPILER__core_unscanned_Debug. Custom commands do not tell, and all stay: rather one
// too many than one that nobody looked at.
bool BuildReader::is_other_configuration(std::string_view rule) const {
  if (others_.empty() || rule.find("__") == std::string_view::npos) return false;
  const auto matched = [rule](const std::string& configuration) {
    const bool ends_so = rule.size() > configuration.size() && rule.ends_with(configuration) &&
                         rule[rule.size() - configuration.size() - 1] == '_';
    return ends_so ? configuration.size() : 0;
  };
  // The longest name is meant: of Debug and Fast_Debug.
  std::size_t longest_other = 0;
  for (const std::string& other : others_) longest_other = std::max(longest_other, matched(other));
  return longest_other > matched(configuration_);
}

Result<void> BuildReader::read(const std::string& name, Scope& scope) {
  const std::string shown = (directory_.path() / name).string();
  if (++file_count_ > most_files) return fail({shown}, "more than 64 files are included");
  FileBuffer buffer;  // its own: the file that includes this one is still being read
  const auto text = buffer.read(directory_, name);
  if (!text) return tl::unexpected(text.error());
  size_ += text->size();
  if (size_ > most_bytes) return fail({shown}, "build.ninja and what it includes are larger than 2 GiB");
  if (const std::size_t nul = text->find('\0'); nul != std::string_view::npos) {
    return NinjaText(*text, shown).fail_at(text->data() + nul, "a NUL byte, which no text has");
  }
  open_files_.push_back(fs::path(name).lexically_normal().string());
  auto read = FileReader(*this, *text, shown, scope).read();
  open_files_.pop_back();
  return read;
}

// Appends `text` with escapes and variables resolved: the file's, and those of the statement's own block before them
// where it sees these. Ninja lets paths see them, and the values in the block not.
Result<void> FileReader::expand(std::string_view text, bool sees_bindings, std::string& result) const {
  while (!text.empty()) {
    const std::size_t dollar = std::min(text.find('$'), text.size());
    result.append(text.substr(0, dollar));
    text.remove_prefix(dollar);
    if (text.empty()) break;
    const char* const place = text.data();
    text.remove_prefix(1);
    if (const std::size_t joined = break_size(text); joined != 0) {
      text.remove_prefix(joined);
      text.remove_prefix(count_blanks(text));
      continue;
    }
    if (text.starts_with('$') || text.starts_with(' ') || text.starts_with(':')) {
      result.push_back(text.front());
      text.remove_prefix(1);
      continue;
    }
    const bool braced = text.starts_with('{');
    if (braced) text.remove_prefix(1);
    std::size_t size = name_size(text);
    // A dot belongs to a name in braces only.
    if (!braced) size = std::min(size, text.find('.'));
    const std::string_view name = text.substr(0, size);
    text.remove_prefix(size);
    if (name.empty() || (braced && !text.starts_with('}'))) return text_.fail_at(place, "this `$` escapes nothing");
    if (braced) text.remove_prefix(1);

    const std::size_t size_before = result.size();
    const auto same_name = [name](const NinjaBinding& binding) { return binding.name == name; };
    const auto& bindings = reader_.bindings_;
    const auto own = sees_bindings ? std::find_if(bindings.rbegin(), bindings.rend(), same_name) : bindings.rend();
    if (own == bindings.rend()) {
      result.append(scope_.find(name));
    } else if (auto expanded = expand(own->value, false, result); !expanded) {
      return expanded;
    }
    reader_.expanded_ += result.size() - size_before;
    if (reader_.expanded_ > most_expanded) return text_.fail_at(place, "variables expand to more than 1 GiB");
  }
  return {};
}

Result<StringId> FileReader::intern_path(std::string_view path) {
  if (path.find('$') == std::string_view::npos) return reader_.build_.strings.intern(path);
  reader_.path_.clear();
  if (auto expanded = expand(path, true, reader_.path_); !expanded) return tl::unexpected(expanded.error());
  return reader_.build_.strings.intern(reader_.path_);
}

// CMake writes a command of 128 KiB or more into a script, and here only `/bin/sh CMakeFiles/core-3b977bd.sh <hash>`.
// Other commands begin with `cd`.
std::string_view find_script(std::string_view command) {
  constexpr std::string_view shell = "/bin/sh ";
  if (!command.starts_with(shell)) return {};
  command.remove_prefix(shell.size());
  const std::string_view script = command.substr(0, command.find(' '));
  const bool is_cmakes = script.ends_with(".sh") && script.find("CMakeFiles/") != std::string_view::npos &&
                         script.find_first_of("$\"'\\") == std::string_view::npos &&
                         std::count(command.begin(), command.end(), ' ') <= 1;
  return is_cmakes ? script : std::string_view();
}

// The script as one line, for each line of a command begins anew at the top of the build tree.
Result<void> FileReader::append_script(const std::string& name, std::string& command) {
  FileBuffer buffer;
  auto text = buffer.read(reader_.directory_, name);
  if (!text) return tl::unexpected(text.error());
  reader_.size_ += text->size();
  if (reader_.size_ > most_bytes) return fail({}, "build.ninja and its scripts are larger than 2 GiB");
  for (std::string_view rest = *text; !rest.empty();) {
    const std::size_t end = std::min(rest.find('\n'), rest.size());
    command.append(rest.substr(0, end));
    rest.remove_prefix(std::min(end + 1, rest.size()));
    if (!rest.empty()) command.append(" && ");
  }
  return {};
}

Result<StringId> FileReader::intern_command() {
  std::string& command = reader_.command_;
  command.clear();
  for (const std::string_view name : {"COMMAND", "PRE_LINK", "POST_BUILD"}) {
    const auto& bindings = reader_.bindings_;
    const auto found = std::find_if(bindings.rbegin(), bindings.rend(),
                                    [name](const NinjaBinding& binding) { return binding.name == name; });
    // CMake writes `:` for no command.
    if (found == bindings.rend() || found->value.empty() || found->value == ":") continue;
    if (!command.empty()) command.push_back('\n');
    if (const std::string_view script = find_script(found->value); !script.empty()) {
      auto appended = append_script(std::string(script), command);
      if (!appended) return text_.fail_at(script.data(), std::string(script) + ": " + appended.error().message);
      continue;
    }
    if (auto expanded = expand(found->value, false, command); !expanded) {
      return tl::unexpected(expanded.error());
    }
  }
  return reader_.build_.strings.intern(command);
}

// `line` is what follows `build`.
Result<void> FileReader::read_statement(std::string_view line) {
  const char* const place = line.data();
  if (auto taken = text_.take_bindings(reader_.bindings_); !taken) return taken;
  std::vector<std::string_view>& paths = reader_.paths_;
  paths.clear();
  bool has_implicit_outputs = false;
  for (;;) {
    const auto path = text_.take_path(line);
    if (!path) return tl::unexpected(path.error());
    if (!path->empty()) {
      paths.push_back(*path);
    } else if (line.starts_with('|') && !has_implicit_outputs) {
      has_implicit_outputs = true;
      line.remove_prefix(1);
    } else {
      break;
    }
  }
  if (!line.starts_with(':')) return text_.fail_at(line.data(), "expected `:` and a rule in this build statement");
  if (paths.empty()) return text_.fail_at(place, "expected the path of an output");
  const std::size_t output_count = paths.size();
  line.remove_prefix(1);
  line.remove_prefix(count_blanks(line));
  const std::string_view rule = line.substr(0, name_size(line));
  if (rule.empty()) return text_.fail_at(line.data(), "expected the name of a rule");
  line.remove_prefix(rule.size());

  // Phony statements are other names for files, folders of targets, and order. But a custom command without COMMAND,
  // and a custom target that has only DEPENDS, is phony as well, and nowhere else does it say which files it reads;
  // who reads its output depends on them. CMake gives such a statement, and no other phony one, its output twice, as an
  // implicit output, too, or outside of the build tree. Names of targets are no loss: CMake writes the file of a
  // library or program instead, for other targets it leaves only order, and what is left is `all`, the input of
  // `install` and its kind.
  const bool is_phony = rule == "phony";
  if (is_phony && !has_implicit_outputs && !paths.front().starts_with('/')) return {};
  if (reader_.is_other_configuration(rule)) return {};

  bool has_implicit_inputs = false;
  for (;;) {
    const auto path = text_.take_path(line);
    if (!path) return tl::unexpected(path.error());
    if (!path->empty()) {
      paths.push_back(*path);
    } else if (line.empty() || line.starts_with("||") || line.starts_with("|@")) {
      break;
    } else if (line.starts_with('|') && !has_implicit_inputs) {
      has_implicit_inputs = true;
      line.remove_prefix(1);
    } else {
      return text_.fail_at(line.data(), "expected the path of an input");
    }
  }
  if (is_phony && paths.size() == output_count) return {};  // a file that may be missing

  NinjaBuild& build = reader_.build_;
  const auto begin = static_cast<std::uint32_t>(build.paths.size());
  const auto middle = static_cast<std::uint32_t>(begin + output_count);
  for (const std::string_view path : paths) {
    const auto id = intern_path(path);
    if (!id) return tl::unexpected(id.error());
    build.paths.push_back(*id);
  }
  const auto command = intern_command();
  if (!command) return tl::unexpected(command.error());
  build.statements.push_back({.rule = build.strings.intern(rule),
                              .outputs = {begin, middle},
                              .inputs = {middle, static_cast<std::uint32_t>(build.paths.size())},
                              .command = *command});
  return {};
}

// `line` is what follows `include` or `subninja`.
Result<void> FileReader::read_include(std::string_view line, bool shares_scope) {
  reader_.bindings_.clear();
  const char* const place = line.data() + count_blanks(line);
  const auto path = text_.take_path(line);
  if (!path) return tl::unexpected(path.error());
  std::string name;
  if (auto expanded = expand(*path, false, name); !expanded) return expanded;
  if (name.empty()) return text_.fail_at(place, "expected the path of a file");
  const std::string normal = fs::path(name).lexically_normal().string();
  if (std::find(reader_.open_files_.begin(), reader_.open_files_.end(), normal) != reader_.open_files_.end()) {
    return text_.fail_at(place, name + " includes itself");
  }
  Scope own{.parent = &scope_};
  auto read = reader_.read(name, shares_scope ? scope_ : own);
  // What cannot be opened has no lines; the one that asks for it says more.
  if (!read && read.error().location.line == 0) return text_.fail_at(place, name + ": " + read.error().message);
  return read;
}

Result<void> FileReader::read_variable(std::string_view line) {
  const auto binding = text_.split_binding(line);
  if (!binding) return tl::unexpected(binding.error());
  std::string value;
  if (auto expanded = expand(binding->value, false, value); !expanded) return expanded;
  if (value.size() > longest_value) return text_.fail_at(line.data(), "the value of a variable is longer than 64 KiB");
  scope_.variables.insert_or_assign(std::string(binding->name), std::move(value));
  return {};
}

Result<void> FileReader::read() {
  for (;;) {
    if (auto skipped = text_.skip_blank_lines(); !skipped) return skipped;
    if (text_.at_end()) return {};
    const auto line = text_.take_line();
    if (!line) return tl::unexpected(line.error());
    const std::string_view word = line->substr(0, name_size(*line));
    const std::string_view after = line->substr(word.size());
    Result<void> done;
    if (word == "build") {
      done = read_statement(after);
    } else if (word == "rule" || word == "pool") {
      done = text_.take_bindings(reader_.bindings_);
    } else if (word == "include" || word == "subninja") {
      done = read_include(after, word == "include");
    } else if (word != "default") {
      done = read_variable(*line);
    }
    if (!done) return done;
  }
}

// The configurations of Ninja Multi-Config, by its files, less one.
std::vector<std::string> other_configurations(const fs::path& build, const std::string& configuration) {
  std::vector<std::string> others;
  std::error_code error;
  for (fs::directory_iterator entry(build, error), end; !error && entry != end; entry.increment(error)) {
    constexpr std::string_view prefix = "build-";
    constexpr std::string_view suffix = ".ninja";
    const std::string name = entry->path().filename().string();
    if (!name.starts_with(prefix) || !name.ends_with(suffix) || name.size() < prefix.size() + suffix.size()) continue;
    std::string other = name.substr(prefix.size(), name.size() - prefix.size() - suffix.size());
    if (!other.empty() && other != configuration) others.push_back(std::move(other));
  }
  return others;
}

}  // namespace

Result<std::optional<NinjaBuild>> read_ninja_build(const fs::path& build,
                                                   const std::optional<std::string>& configuration) {
  const std::string name = configuration ? "build-" + *configuration + ".ninja" : "build.ninja";
  std::error_code error;
  if (!fs::exists(build / name, error)) return std::nullopt;
  const auto directory = ReadDirectory::open(build);
  if (!directory) return tl::unexpected(directory.error());
  BuildReader reader(*directory, configuration.value_or(""),
                     configuration ? other_configurations(build, *configuration) : std::vector<std::string>());
  Scope scope;
  if (const auto read = reader.read(name, scope); !read) return tl::unexpected(read.error());
  return reader.take();
}

}  // namespace bulkhead
