// The paths of a report as CI systems want them: relative to the top of the repository.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "reports/report.h"

namespace bulkhead {

/// A line of a file of the repository, to show a finding at.
struct RepositoryPlace {
  std::string path;        ///< Relative to the top of the repository; the bytes of the file's name.
  std::uint32_t line = 1;  ///< 1-based; 1 when no line is known.
};

/// Turns the files of a report into paths below the top of its repository, and of the source tree where there is none.
class RepositoryPaths {
 public:
  /// Borrows the report, which must outlive it.
  explicit RepositoryPaths(const Report& report);

  /// The path of a file, as in Evidence; none for what is not in the repository, such as generated files.
  [[nodiscard]] std::optional<std::string> find(std::string_view file) const;
  /// The line that evidence names; none when its file is not in the repository.
  [[nodiscard]] std::optional<RepositoryPlace> find(const Evidence& evidence) const;
  /// Where to show a finding: at the first line that its evidence names, else at its waiver, else where fallback()
  /// says.
  [[nodiscard]] RepositoryPlace place_of(const Finding& finding) const;
  /// Where to show what has no place: at the top of the policy, else of the project's CMakeLists.txt.
  [[nodiscard]] const RepositoryPlace& fallback() const { return fallback_; }

 private:
  const Report& report_;
  std::string prefix_;  // of the source tree in the repository, "llvm"; may be empty
  RepositoryPlace fallback_;
};

/// The path as the path of a URI (RFC 3986): each byte but letters, digits, "/" and "-._~" as "%XX".
[[nodiscard]] std::string percent_encode(std::string_view path);

}  // namespace bulkhead
