// CODEOWNERS: who owns the files of a repository, as GitHub and GitLab read it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "auditor/glob.h"
#include "graph/result.h"

namespace bulkhead {

/// Whose rules a file follows. They differ in how a pattern with a folder in it is anchored, in sections and in `!`.
/// Sources: GitHub's "About code owners", GitLab's "Code Owners syntax and error handling".
enum class CodeOwnersSyntax : std::uint8_t { github, gitlab };

/// The owners of a file.
struct FileOwners {
  std::vector<std::string> names;  ///< "@user", "@group/team", "@@role" or an address; sorted, each once.
  std::uint32_t line = 0;          ///< Of the pattern that decides, the last one of several sections; 0 when none does.
};

/// A CODEOWNERS file. Immutable.
class CodeOwners {
 public:
  /// Parses `text`. Lines that are no rules are left out, as both sites do; see bad_lines(). `file` is for evidence.
  CodeOwners(std::string_view text, std::string file, CodeOwnersSyntax syntax);

  /// The owners of a path relative to the repository: of the last pattern that matches, with GitLab those of each
  /// section.
  [[nodiscard]] FileOwners owners_of(std::string_view path) const;
  [[nodiscard]] const std::string& file() const { return file_; }
  /// The lines that are neither rules nor headings nor comments, ascending from 1.
  [[nodiscard]] const std::vector<std::uint32_t>& bad_lines() const { return bad_lines_; }

 private:
  struct Rule {
    std::vector<Glob> globs;
    std::vector<std::string> owners;
    std::uint32_t line;
    bool is_exclusion;
  };
  struct Section {
    std::string name;  // lower case; that of the lines before the first heading is empty
    std::vector<std::string> default_owners;
    std::vector<Rule> rules;
  };

  bool read_heading(std::string_view line);
  bool read_rule(std::string_view line, std::uint32_t number);
  Section& section(const std::string& name);

  std::string file_;
  CodeOwnersSyntax syntax_;
  std::vector<Section> sections_;
  std::size_t current_ = 0;
  std::vector<std::uint32_t> bad_lines_;
};

/// Reads the file of the repository that `source_root` lies in, where the sites look for it: in `.github`, at the top,
/// in `docs` or in `.gitlab`. A file that is not in the folder of one of the sites is GitLab's when it has headings.
/// None when there is none. Paths are relative to `top`.
struct FoundCodeOwners {
  CodeOwners owners;
  std::string top;  ///< The repository's top directory, absolute.
};
[[nodiscard]] std::optional<FoundCodeOwners> find_code_owners(const std::string& source_root);

}  // namespace bulkhead
