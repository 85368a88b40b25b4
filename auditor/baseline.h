// The baseline: findings that were there when a project adopted Bulkhead. It only shrinks.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "graph/result.h"
#include "reports/finding.h"

namespace bulkhead {

/// One line of a baseline: a thing that a rule says something about. Texts as in Finding.
struct BaselineEntry {
  std::string rule;
  std::string module{};       ///< May be empty.
  std::string name{};         ///< Of the general rule; likewise.
  std::string kind{};         ///< Of the edge; empty when there is none.
  std::string from{};         ///< Likewise.
  std::string to{};           ///< Likewise.
  std::string subject{};      ///< One of Finding::subjects, or the message; empty when there is an edge.
  std::string fingerprint{};  ///< Of these fields: its key.
  std::uint32_t line = 0;     ///< 1-based, in the file that it was read from; 0 for a new one.
};

/// All entries of a file.
struct Baseline {
  std::string file{};                    ///< For messages.
  std::vector<BaselineEntry> entries{};  ///< In the order of written_before(); no two of one fingerprint.
};

/// The name of the file, which lies beside the policy.
inline constexpr std::string_view baseline_file_name = "bulkhead.baseline";

/// The entries that make a finding known: one, but for a finding with several subjects. It is known when all are there.
[[nodiscard]] std::vector<BaselineEntry> entries_of(const Finding& finding);

/// Reads a baseline. A merge conflict, two entries of one fingerprint, a fingerprint that is not that of its line, and
/// whatever else is no entry are located errors. Blank lines are skipped, and the order of lines does not matter.
[[nodiscard]] Result<Baseline> read_baseline(const std::filesystem::path& file);

/// The same for a text; `file` is for messages.
[[nodiscard]] Result<Baseline> parse_baseline(std::string_view text, const std::string& file);

/// The order of the lines of a file: by rule, module, ends and kind.
[[nodiscard]] bool written_before(const BaselineEntry& a, const BaselineEntry& b);

/// The text of a baseline: a JSON object a line, each line ended, sorted, each fingerprint once. Nothing in it depends
/// on other entries, so that versions merge line by line. Bytes that are no UTF-8 become U+FFFD.
[[nodiscard]] std::string write_baseline(std::vector<BaselineEntry> entries);

/// For people: "off-edge: core -> cuda_rt [link] of module cuda".
[[nodiscard]] std::string describe(const BaselineEntry& entry);

}  // namespace bulkhead
