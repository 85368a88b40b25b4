// The words of compile and link command fragments that name something: libraries, definitions, directories, files.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace bulkhead {

/// Calls `visit(word)` for each word of a command fragment, split at blanks as a shell does; quotes are taken off.
template <class Visit>
void for_each_word(std::string_view fragment, Visit&& visit) {
  // Most fragments are one word; a loop without branches sees that sixteen characters at a time.
  bool one_plain_word = !fragment.empty();
  for (const char c : fragment) {
    one_plain_word &= (c != ' ') & (c != '\t') & (c != '\n') & (c != '"') & (c != '\'') & (c != '\\');
  }
  if (one_plain_word) {
    visit(fragment);
    return;
  }
  std::size_t at = 0;
  std::string unquoted;
  while (at < fragment.size()) {
    while (at < fragment.size() && (fragment[at] == ' ' || fragment[at] == '\t' || fragment[at] == '\n')) ++at;
    const std::size_t begin = at;
    bool plain = true;
    char quote = 0;
    for (; at < fragment.size(); ++at) {
      const char c = fragment[at];
      if (quote == 0 && (c == ' ' || c == '\t' || c == '\n')) break;
      if (c == '"' || c == '\'' || c == '\\') plain = false;
      if (c == '\\' && quote != '\'' && at + 1 < fragment.size()) {
        ++at;
      } else if (quote != 0) {
        if (c == quote) quote = 0;
      } else if (c == '"' || c == '\'') {
        quote = c;
      }
    }
    const std::string_view word = fragment.substr(begin, at - begin);
    if (word.empty()) continue;
    if (plain) {
      visit(word);
      continue;
    }
    unquoted.clear();
    quote = 0;
    for (std::size_t i = 0; i < word.size(); ++i) {
      const char c = word[i];
      if (c == '\\' && quote != '\'' && i + 1 < word.size()) {
        unquoted.push_back(word[++i]);
      } else if (quote == 0 && (c == '"' || c == '\'')) {
        quote = c;
      } else if (quote != 0 && c == quote) {
        quote = 0;
      } else {
        unquoted.push_back(c);
      }
    }
    visit(std::string_view(unquoted));
  }
}

/// True for a word of a link line, or of `-Wl,`, that names a library: `-lname` or something that looks like a file.
inline bool names_library(std::string_view word) {
  return word.starts_with("-l") || (!word.starts_with('-') && word.find_first_of("./") != std::string_view::npos);
}

/// True for an option of a compiler or linker whose value is the next word.
inline bool takes_value(std::string_view option) {
  constexpr std::array<std::string_view, 14> options = {"-L",     "-u",          "-z",      "-Xlinker", "-F",
                                                        "-arch",  "-isysroot",   "-target", "-o",       "-e",
                                                        "-rpath", "-rpath-link", "-soname", "-Map"};
  return std::find(options.begin(), options.end(), option) != options.end();
}

/// The path that an option of a compiler or linker names behind its `=`, `--version-script=dir/x.map`, or joined to
/// `-T`; empty when there is none. Without a `/` in it a value is rarely a file. What is written, or only looked for
/// when the program runs, does not count.
inline std::string_view path_of_option(std::string_view option) {
  if (option.starts_with("-T") && option.find_first_of("/.") != std::string_view::npos) return option.substr(2);
  constexpr std::array<std::string_view, 8> others = {
      "rpath", "rpath-link", "Map", "soname", "output", "out-implib", "dependency-file", "dynamic-linker"};
  const std::size_t equals = option.find('=');
  if (equals == std::string_view::npos) return {};
  const std::string_view name = option.substr(std::min(option.find_first_not_of('-'), equals));
  if (std::find(others.begin(), others.end(), name.substr(0, name.find('='))) != others.end()) return {};
  const std::string_view value = option.substr(equals + 1);
  return value.find('/') == std::string_view::npos ? std::string_view{} : value;
}

/// Calls `visit(word)` for each word of a link fragment that names a library or another file that is read: a path,
/// `-lname`, a linker's spelling of either (`-Wl,…,path`, `-l name`, `-framework Name`), and the path of an option
/// (`-T x.ld`, `-Wl,--version-script=dir/x.map`, `@dir/words`). Other options are skipped.
template <class Visit>
void for_each_link_word(std::string_view fragment, Visit&& visit) {
  bool value_next = false;
  bool name_next = false;
  bool part_is_value = false;  // it may follow in the next word: "-Wl,-rpath -Wl,/opt/lib"
  for_each_word(fragment, [&](std::string_view word) {
    if (name_next) {
      name_next = false;
      visit(std::string_view("-l" + std::string(word)));
    } else if (value_next) {
      value_next = false;
    } else if (word.starts_with("-Wl,")) {
      // "-Wl,--push-state,--as-needed,libopt.a,--pop-state": the parts are the linker's own words.
      for (std::size_t begin = 4; begin <= word.size();) {
        const std::size_t end = std::min(word.find(',', begin), word.size());
        const std::string_view part = word.substr(begin, end - begin);
        begin = end + 1;
        if (!part_is_value && names_library(part)) visit(part);
        if (const std::string_view path = path_of_option(part); !path.empty()) visit(path);
        part_is_value = !part_is_value && takes_value(part);
      }
    } else if (word == "-l" || word == "-framework") {
      name_next = true;
    } else if (names_library(word)) {
      visit(word.substr(word.starts_with('@') ? 1 : 0));
    } else {
      if (const std::string_view path = path_of_option(word); !path.empty()) visit(path);
      value_next = takes_value(word);
    }
  });
}

/// What a word of a compile command means.
enum class CompileWord : std::uint8_t {
  definition,
  include_directory,
  file,  ///< Compiled ahead of each source: `-include`, `-imacros`.
};

/// Reads the fragments of one compile command, in their order.
class CompileWords {
 public:
  /// Calls `visit(kind, text)` for each `-D`, `-I`, `-isystem`, `-iquote`, `-idirafter`, `-include` and `-imacros`. The
  /// value of an option may be in the next fragment.
  template <class Visit>
  void read(std::string_view fragment, Visit&& visit) {
    // Nearly every fragment is one of `-std=…` or a long line of warnings; leave these alone.
    const auto mentions = [fragment](std::string_view text) { return fragment.find(text) != std::string_view::npos; };
    if (!next_ && !mentions("-D") && !mentions("-I") && !mentions("-i")) return;
    for_each_word(fragment, [&](std::string_view word) { read_word(word, visit); });
  }

 private:
  template <class Visit>
  void read_word(std::string_view word, Visit&& visit) {
    constexpr std::array<std::string_view, 4> directory_options = {"-I", "-isystem", "-iquote", "-idirafter"};
    constexpr std::array<std::string_view, 4> file_options = {"-include", "--include", "-imacros", "--imacros"};
    if (next_) {
      visit(*next_, word);
      next_.reset();
      return;
    }
    for (const std::string_view option : file_options) {
      if (word == option) {
        next_ = CompileWord::file;
      } else if (word.starts_with(option) && word.substr(option.size()).starts_with('=')) {
        visit(CompileWord::file, word.substr(option.size() + 1));
      }
    }
    // The value stands in the next word, or joined on.
    if (word == "-D") {
      next_ = CompileWord::definition;
    } else if (word.starts_with("-D")) {
      visit(CompileWord::definition, word.substr(2));
    }
    for (const std::string_view option : directory_options) {
      if (word == option) {
        next_ = CompileWord::include_directory;
      } else if (word.starts_with(option)) {
        visit(CompileWord::include_directory, word.substr(option.size()));
      }
    }
  }

  std::optional<CompileWord> next_;  // what the next word is, behind an option whose value it is
};

}  // namespace bulkhead
