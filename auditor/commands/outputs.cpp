#include "auditor/commands/outputs.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <utility>

#include "auditor/nearest.h"

namespace bulkhead {

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

Result<void> deliver(std::string_view format, const std::string& file, std::string_view text,
                     const CommonOptions& common) {
  if (file.empty()) return print(text);
  if (auto written = write_file(file, text); !written) return written;
  if (!common.quiet) fmt::print(stderr, "{}: written to {}\n", format, file);
  return {};
}

}  // namespace bulkhead
