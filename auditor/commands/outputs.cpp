#include "auditor/commands/outputs.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <system_error>
#include <utility>

#include "auditor/nearest.h"

namespace bulkhead {
namespace {

constexpr std::uintmax_t most_summary = std::uintmax_t{1024} * 1024;  // bytes

// Read before there is any thread.
std::string_view environment(const char* variable) {
  const char* const value = std::getenv(variable);
  return value == nullptr ? std::string_view() : std::string_view(value);
}

// The format that the CI system around us reads in its log; empty when there is none.
std::string_view format_of_log() {
  if (environment("GITHUB_ACTIONS") == "true") return "github";
  if (!environment("TF_BUILD").empty()) return "azure";
  if (!environment("TEAMCITY_VERSION").empty()) return "teamcity";
  return "";
}

bool is_blank(char c) {
  return c == ' ' || c == '\t' || c == '\r';
}

}  // namespace

Result<std::vector<ChosenFormat>> choose_formats(const std::vector<std::string>& arguments,
                                                 const std::vector<std::string_view>& names, std::string_view command) {
  std::vector<ChosenFormat> chosen;
  bool uses_stdout = false;
  for (const std::string& argument : arguments) {
    const std::size_t equals = argument.find('=');
    const std::string name = argument.substr(0, equals);
    const auto found = std::find(names.begin(), names.end(), name);
    if (found == names.end()) {
      const auto meant = nearest(name, names);
      return fail({},
                  command.empty() ? fmt::format("there is no format '{}'", name)
                                  : fmt::format("{} has no format '{}'", command, name),
                  meant ? fmt::format("did you mean {}?", *meant) : "formats: " + list_names(names));
    }
    ChosenFormat one{static_cast<std::size_t>(found - names.begin()),
                     equals == std::string::npos ? std::string() : argument.substr(equals + 1)};
    if (equals != std::string::npos && one.file.empty()) return fail({}, fmt::format("'{}' names no file", argument));
    if (one.file.empty() && std::exchange(uses_stdout, true)) {
      return fail({}, "two formats would go to the standard output",
                  fmt::format("give one of them a file: --format json={}.json", command.empty() ? "report" : command));
    }
    chosen.push_back(std::move(one));
  }
  return chosen;
}

std::string list_names(const std::vector<std::string_view>& names) {
  return fmt::format("{}", fmt::join(names, ", "));
}

std::vector<Output> default_outputs() {
  const std::string_view of_log = format_of_log();
  if (of_log.empty()) return {{find_format("text"), {}}};
  return {{find_format("text"), {}, true}, {find_format(of_log), {}}};
}

Result<void> deliver(std::string_view format, const std::string& file, std::string_view text,
                     const CommonOptions& common) {
  if (file.empty()) return print(text);
  if (auto written = write_file(file, text); !written) return written;
  if (!common.quiet) fmt::print(stderr, "{}: written to {}\n", format, file);
  return {};
}

std::string defuse(std::string_view text) {
  std::string harmless;
  bool begins = true;  // nothing but blanks in the line so far
  for (std::size_t i = 0; i < text.size(); ++i) {
    harmless += text[i];
    const bool is_double = i + 1 < text.size() && text[i] == text[i + 1];
    if (is_double && (text[i] == '#' || (text[i] == ':' && begins))) harmless += ' ';
    begins = text[i] == '\n' || text[i] == '\r' || (begins && is_blank(text[i]));
  }
  return harmless;
}

Result<void> append_job_summary(const Report& report, const WriteOptions& options, const CommonOptions& common) {
  const std::string file(environment("GITHUB_STEP_SUMMARY"));
  if (file.empty()) return {};
  const auto text = write_markdown(report, options);
  if (!text) return tl::unexpected(text.error());
  std::error_code error;
  const std::uintmax_t size = std::filesystem::file_size(file, error);
  if (!error && size + text->size() > most_summary) {
    if (!common.quiet) fmt::print(stderr, "github: the job's summary is full, so the report is not in it\n");
    return {};
  }
  std::ofstream summary(file, std::ios::binary | std::ios::app);
  summary << *text;
  summary.close();
  if (!summary) return fail({file}, "cannot write this file", "unset GITHUB_STEP_SUMMARY to do without it");
  return {};
}

}  // namespace bulkhead
