#include <algorithm>
#include <string>

#include "auditor/glob.h"
#include "tests/fuzz/fuzz_targets.h"

namespace bulkhead::test {
namespace {

// The same text as a glob that means nothing but itself.
std::string quoted(std::string_view text) {
  std::string result;
  for (const char c : text) {
    if (std::string_view("*?[]{},\\").find(c) != std::string_view::npos) result.push_back('\\');
    result.push_back(c);
  }
  return result;
}

}  // namespace

bool fuzz_glob(std::string_view input) {
  const std::size_t first_end = std::min(input.find('\n'), input.size());
  const std::string_view pattern = input.substr(0, first_end);
  const auto glob = Glob::parse(pattern, {"bulkhead.toml", 3, 11});
  if (!glob) {
    const Location& where = glob.error().location;
    expect_promise(where.line == 3, "a glob of one line has its errors on it");
    expect_promise(where.column >= 11 && where.column <= 11 + pattern.size(), "an error lies in the glob");
  }
  const auto everything = Glob::parse("**", {});
  expect_promise(everything.has_value(), "`**` is a glob");
  for (std::string_view rest = input.substr(first_end); rest.size() > 1;) {
    rest.remove_prefix(1);
    const std::string_view path = rest.substr(0, std::min(rest.find('\n'), rest.size()));
    rest.remove_prefix(path.size());
    expect_promise(everything->matches(path), "`**` matches everything");
    if (glob && glob->matches(path)) {
      expect_promise(path.starts_with(glob->literal_prefix()), "what matches begins with the literal prefix");
    }
    const auto literal = Glob::parse(quoted(path), {});
    if (literal) expect_promise(literal->matches(path), "a quoted path matches itself");
    if (literal) expect_promise(!literal->matches(std::string(path) + "x"), "and nothing longer");
    // An alternative adds matches, and takes none away.
    const auto either = Glob::parse("{" + std::string(pattern) + "," + quoted(path) + "}", {});
    if (either && glob && literal) {
      expect_promise(either->matches(path), "either of two alternatives is enough");
      expect_promise(!glob->matches("a/b.c") || either->matches("a/b.c"), "an alternative takes nothing away");
    }
  }
  return glob.has_value();
}

}  // namespace bulkhead::test
