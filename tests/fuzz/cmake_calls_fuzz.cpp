#include <algorithm>
#include <string>

#include "graph/cmake_call.h"
#include "graph/link_words.h"
#include "tests/fuzz/fuzz_targets.h"

namespace bulkhead::test {
namespace {

// The other splitters of foreign text; they need no fuzzer of their own.
void split_words(std::string_view input) {
  std::size_t size = 0;
  for_each_word(input, [&](std::string_view word) { size += word.size(); });
  expect_promise(size <= input.size(), "words are parts of the fragment");
  for_each_link_word(input, [](std::string_view word) { expect_promise(!word.empty(), "a library has a name"); });
  CompileWords().read(input, [&](CompileWord, std::string_view word) {
    expect_promise(word.size() <= input.size(), "words are parts of the fragment");
  });
}

}  // namespace

bool fuzz_cmake_calls(std::string_view input) {
  const std::vector<CMakeCall> calls = parse_cmake_calls(input);
  const auto line_count = static_cast<std::uint32_t>(std::count(input.begin(), input.end(), '\n') + 1);
  std::uint32_t last_line = 1;
  for (const CMakeCall& call : calls) {
    expect_promise(!call.command.empty(), "a call has a command");
    expect_promise(call.line >= last_line && call.line <= line_count, "calls are in order, on lines that exist");
    last_line = call.line;
    const CMakeCall* const found = find_call(calls, call.line);
    expect_promise(found != nullptr && found->line == call.line, "find_call() finds a call by its line");
    std::uint32_t argument_line = call.line;
    for (const CallArgument& argument : call.arguments) {
      expect_promise(argument.line >= argument_line && argument.line <= line_count, "arguments are in order");
      expect_promise(argument.column >= 1 && argument.column <= input.size() + 1, "columns exist");
      argument_line = argument.line;
      if (argument.text.empty()) continue;
      expect_promise(find_argument(call, argument.text) != nullptr, "find_argument() finds an argument by its text");
    }
  }
  split_words(input);
  return !calls.empty();
}

}  // namespace bulkhead::test
