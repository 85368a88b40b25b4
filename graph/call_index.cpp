#include "graph/call_index.h"

#include <cctype>

namespace bulkhead {
namespace {

// A part of what find_argument() takes for characters of words: a run of these that a word has, an argument that names
// the word has as a whole run, too.
bool is_run_character(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_';
}

// The next run from `at` on, which is left behind it; empty when there is none.
std::string_view next_run(std::string_view text, std::size_t& at) {
  while (at < text.size() && !is_run_character(text[at])) ++at;
  const std::size_t begin = at;
  while (at < text.size() && is_run_character(text[at])) ++at;
  return text.substr(begin, at - begin);
}

// The longest one is the rarest, mostly.
std::string_view longest_run(std::string_view text) {
  std::string_view longest;
  std::size_t at = 0;
  for (std::string_view run = next_run(text, at); !run.empty(); run = next_run(text, at)) {
    if (run.size() > longest.size()) longest = run;
  }
  return longest;
}

}  // namespace

CallIndex::Calls& CallIndex::calls_of(std::string_view file) {
  if (const auto found = by_file_.find(file); found != by_file_.end()) return found->second;
  Calls& calls = by_file_[std::string(file)];
  for (const CMakeCall& call : sources_.calls(file)) {
    calls[{}].push_back(&call);  // for words without a run
    for (const CallArgument& argument : call.arguments) {
      std::size_t at = 0;
      for (std::string_view run = next_run(argument.text, at); !run.empty(); run = next_run(argument.text, at)) {
        std::vector<const CMakeCall*>& with_run = calls[run];
        if (with_run.empty() || with_run.back() != &call) with_run.push_back(&call);
      }
    }
  }
  return calls;
}

const std::vector<std::string_view>& CallIndex::files_naming(std::string_view word) {
  if (files_by_run_.empty()) {
    for (const std::string_view file : files_) {
      for (const auto& [run, calls] : calls_of(file)) {
        std::vector<std::string_view>& files = files_by_run_[run];
        if (files.empty() || files.back() != file) files.push_back(file);
      }
    }
  }
  const auto found = files_by_run_.find(longest_run(word));
  return found == files_by_run_.end() ? no_files_ : found->second;
}

const std::vector<const CMakeCall*>& CallIndex::calls(std::string_view file, std::string_view word) {
  const Calls& calls = calls_of(file);
  const auto found = calls.find(longest_run(word));
  return found == calls.end() ? none_ : found->second;
}

}  // namespace bulkhead
