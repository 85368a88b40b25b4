// find_command_paths(): reads a command line as a shell does, as far as that tells which files it names.
#include <algorithm>
#include <cstddef>
#include <utility>

#include "graph/ninja_build.h"

namespace bulkhead {
namespace {

// Of a directory; the system takes no longer ones, and every relative word repeats it.
constexpr std::size_t longest_directory = 4096;
constexpr int deepest_script = 4;
constexpr std::size_t deepest_parentheses = 100;

bool is_blank(char c) {
  return c == ' ' || c == '\t' || c == '\r';
}

bool is_operator(char c) {
  return std::string_view("\n&|;()<>`").find(c) != std::string_view::npos;
}

// Other words, `copy` or `cuda`, are too rarely files to be taken for one.
bool looks_like_file(std::string_view word) {
  return word.find_first_of("/.") != std::string_view::npos;
}

// The word that `text` begins with, less its quotes, and goes on behind it.
std::string take_word(std::string_view& text) {
  std::string word;
  char quote = 0;
  std::size_t at = 0;
  for (; at < text.size(); ++at) {
    const char c = text[at];
    if (quote == 0 && (is_blank(c) || is_operator(c))) break;
    // Between double quotes a backslash escapes only what means something there.
    const bool escapes = c == '\\' && quote != '\'' && at + 1 < text.size() &&
                         (quote == 0 || std::string_view("\"\\$`").find(text[at + 1]) != std::string_view::npos);
    if (escapes) {
      word.push_back(text[++at]);
    } else if (quote == 0 && (c == '"' || c == '\'')) {
      quote = c;
    } else if (quote != 0 && c == quote) {
      quote = 0;
    } else {
      word.push_back(c);
    }
  }
  text.remove_prefix(at);
  return word;
}

class CommandReader {
 public:
  void read(std::string_view text, int depth);
  std::vector<std::string> take() { return std::move(paths_); }

 private:
  // What a word means depends on those before it, back to the last operator.
  struct Command {
    std::string program{};       // empty before its word
    std::string previous{};      // the word before
    std::string directory{};     // of `cmake -E chdir`; empty for none
    bool is_echo = false;        // prints its words, and reads none of them
    bool is_redirected = false;  // the next word is a file
  };

  void read_word(const std::string& word, int depth);
  void read_script(std::string_view text, int depth);
  void add_option(std::string_view option);
  void add_value(std::string_view value);
  void add_piece(std::string_view piece);
  void add_path(std::string_view path);

  std::string directory_;  // of the last `cd`; empty for the top of the build tree
  Command command_;
  std::vector<std::string> outer_directories_;  // of the parentheses that are open
  StringPool seen_;
  std::vector<std::string> paths_;
};

std::string resolved(const std::string& directory, std::string_view path) {
  if (directory.empty() || path.starts_with('/')) return std::string(path);
  return directory + (directory.ends_with('/') ? "" : "/") + std::string(path);
}

void CommandReader::add_path(std::string_view path) {
  if (path.empty()) return;
  const std::string& directory = command_.directory.empty() ? directory_ : command_.directory;
  std::string whole = resolved(directory, path);
  const std::size_t known = seen_.size();
  if (seen_.intern(whole).value() == known) paths_.push_back(std::move(whole));
}

// A value, or one of a list: `@file` and `KEY=file` name the file.
void CommandReader::add_piece(std::string_view piece) {
  while (true) {
    const std::size_t equals = piece.find('=');
    if (equals >= std::min(piece.find('/'), piece.size())) break;
    piece.remove_prefix(equals + 1);
  }
  if (piece.starts_with('@')) piece.remove_prefix(1);
  if (!piece.starts_with('-') && looks_like_file(piece)) add_path(piece);
}

// Lists are joined by `;` in CMake, `:` in environments, `,` in options. A path may also hold these: it counts whole,
// too.
void CommandReader::add_value(std::string_view value) {
  constexpr std::string_view separators = ";:,";
  add_piece(value);
  if (value.find_first_of(separators) == std::string_view::npos) return;
  for (std::size_t begin = 0; begin <= value.size();) {
    const std::size_t end = std::min(value.find_first_of(separators, begin), value.size());
    add_piece(value.substr(begin, end - begin));
    begin = end + 1;
  }
}

void CommandReader::add_option(std::string_view option) {
  const std::size_t slash = std::min(option.find('/'), option.size());
  if (const std::size_t equals = option.find('='); equals < slash) return add_value(option.substr(equals + 1));
  if (option.find(',') < slash) return add_value(option);  // -Wl,-rpath,/a/b
  if (slash == option.size()) return;
  // -Idir/file, -I/dir, -isystem/dir: the option's name is a letter, or what stands before an absolute path.
  if (slash > 2) add_value(option.substr(2));
  if (slash > 1 && option[slash - 1] != '.') add_value(option.substr(slash));
}

void CommandReader::read_word(const std::string& word, int depth) {
  if (std::exchange(command_.is_redirected, false)) return add_path(word);
  const std::string previous = std::exchange(command_.previous, word);
  // A script, or a path with blanks.
  const auto add = [&] {
    if (word.starts_with('-')) {
      add_option(word);
    } else {
      add_value(word);
    }
    if (word.find_first_of(" \t\n") != std::string::npos) read_script(word, depth);
  };
  if (command_.program.empty()) {
    const std::size_t slash = word.find('/');
    if (word.find('=') < slash) return add();  // X=/a/b program
    command_.program = word;
    command_.is_echo = word == "echo" || word == "printf";
    // Without a slash, PATH says where it is.
    if (slash != std::string::npos) add();
    return;
  }
  if (command_.program == "cd") {
    if (word.starts_with('-')) return;
    std::string directory = resolved(directory_, word);
    if (directory.size() <= longest_directory) directory_ = std::move(directory);
    return;
  }
  if (previous == "-E") command_.is_echo = word == "echo" || word == "echo_append";
  if (previous == "chdir") {
    std::string directory = resolved(directory_, word);
    if (directory.size() <= longest_directory) command_.directory = std::move(directory);
    return;
  }
  if (!command_.is_echo) add();
}

// What one word holds: `sh -c "cat a/b"`. It changes no directory for the words after it.
void CommandReader::read_script(std::string_view text, int depth) {
  if (depth == deepest_script) return;
  const std::string directory = directory_;
  Command command = std::exchange(command_, {});
  if (!command.directory.empty()) directory_ = command.directory;
  const std::size_t outer_count = outer_directories_.size();
  read(text, depth + 1);
  outer_directories_.resize(std::min(outer_count, outer_directories_.size()));
  command_ = std::move(command);
  directory_ = directory;
}

void CommandReader::read(std::string_view text, int depth) {
  command_ = {};
  while (!text.empty()) {
    const char c = text.front();
    if (is_blank(c)) {
      text.remove_prefix(1);
    } else if (c == '#') {
      text.remove_prefix(std::min(text.find('\n'), text.size()));
    } else if (c == '<' || c == '>') {
      text.remove_prefix(1);
      while (text.starts_with('<') || text.starts_with('>') || text.starts_with('|')) text.remove_prefix(1);
      // `2>&1` names no file.
      const bool copies = text.starts_with('&');
      if (copies) text.remove_prefix(1);
      if (copies && !text.empty() && !is_blank(text.front()) && !is_operator(text.front())) take_word(text);
      command_.is_redirected = !copies;
    } else if (is_operator(c)) {
      text.remove_prefix(1);
      command_ = {};
      // Each line is a command of its own, run at the top of the build tree.
      if (c == '\n' && depth == 0) directory_.clear();
      if (c == '(' && outer_directories_.size() < deepest_parentheses) outer_directories_.push_back(directory_);
      if (c == ')' && !outer_directories_.empty()) {
        directory_ = std::move(outer_directories_.back());
        outer_directories_.pop_back();
      }
    } else {
      read_word(take_word(text), depth);
    }
  }
  command_ = {};
}

}  // namespace

std::vector<std::string> find_command_paths(std::string_view command) {
  CommandReader reader;
  reader.read(command, 0);
  return reader.take();
}

}  // namespace bulkhead
