#include <algorithm>
#include <deque>
#include <map>
#include <optional>
#include <string>

#include "graph/preprocessor.h"
#include "graph/source_lexer.h"
#include "tests/fuzz/fuzz_targets.h"

namespace bulkhead::test {
namespace {

LexedSource lex(std::string_view text, bool has_trigraphs) {
  // A copy of its own, so that sanitizers see what is read behind it.
  std::string padded(text);
  padded.append(scan_padding, '\0');
  auto source = lex_source(std::string_view(padded).substr(0, text.size()), {.has_trigraphs = has_trigraphs});
  expect_promise(source.has_value(), "what is small enough is lexed");
  return std::move(*source);
}

void check_range(IndexRange range, std::size_t size) {
  expect_promise(range.begin <= range.end && range.end <= size, "ranges lie in their arrays");
}

void check_token(const LexedSource& source, const Directive& directive, const Token& token) {
  if (token.kind == TokenKind::identifier) {
    expect_promise(token.at < source.name_count(), "an identifier has a name");
  } else if (token.kind == TokenKind::parameter) {
    expect_promise(token.at < directive.parameter_count, "a parameter is one of the macro's");
  } else {
    expect_promise(std::size_t{token.at} + token.size <= source.text().size(), "a token lies in the text");
    expect_promise(token.size > 0, "a token is not empty");
  }
}

void check_source(const LexedSource& source, std::string_view text) {
  const auto directives = source.directives();
  const auto lines = std::count_if(text.begin(), text.end(), [](char c) { return c == '\n' || c == '\r'; }) + 1;
  std::uint32_t line = 1;
  for (std::size_t i = 0; i < directives.size(); ++i) {
    const Directive& directive = directives[i];
    expect_promise(directive.line >= line && directive.line <= lines, "directives follow each other");
    line = directive.line;
    check_range(directive.operand, source.text().size());
    check_range(directive.tokens, source.tokens().size());
    if (directive.name) expect_promise((*directive.name).value() < source.name_count(), "names are known");
    const bool opens_branch = is_conditional(directive.kind) && directive.kind != DirectiveKind::endif;
    expect_promise(opens_branch ? directive.next > i && directive.next <= directives.size() : directive.next == 0,
                   "branches are linked");
    if (opens_branch && directive.next < directives.size()) {
      const DirectiveKind next = directives[directive.next].kind;
      expect_promise(is_conditional(next) && next > DirectiveKind::ifndef, "to what ends them");
    }
    for (const Token& token : source.tokens(directive)) check_token(source, directive, token);
    expect_promise(!directive_text(source, directive).empty(), "a directive can be shown");
    for (const std::string_view name : mentioned_names(source, directive)) {
      expect_promise(!name.empty(), "a name is not empty");
    }
  }
  expect_promise(source.text().size() <= text.size() * 2 + 16, "an operand is not longer than it was");
}

}  // namespace

bool fuzz_source(std::string_view input) {
  // The first file is the one to walk, others are there to be included.
  constexpr std::string_view mark = "--- ";
  std::deque<LexedSource> sources;
  std::map<std::string, std::size_t, std::less<>> names;
  bool has_include = false;
  for (std::string_view rest = input; !rest.empty() || sources.empty();) {
    std::string_view name = "main";
    if (rest.starts_with(mark)) {
      const std::string_view line = rest.substr(0, std::min(rest.find('\n'), rest.size()));
      rest.remove_prefix(std::min(line.size() + 1, rest.size()));
      name = line.substr(mark.size());
    }
    const std::size_t next = rest.find("\n--- ");
    const std::string_view text = rest.substr(0, next == std::string_view::npos ? rest.size() : next + 1);
    rest.remove_prefix(text.size());
    check_source(lex(text, true), text);
    sources.push_back(lex(text, false));
    check_source(sources.back(), text);
    for (const Directive& directive : sources.back().directives()) has_include |= is_include(directive.kind);
    names.emplace(name, sources.size() - 1);
  }

  Preprocessor preprocessor({.directives = 20'000});
  const IncludeResolver resolver{
      .enter = [&](const IncludeSite& site) -> std::optional<SourceEntry> {
        expect_promise(site.truth != Truth::no, "what is left out is not reported");
        expect_promise(site.open.size() <= 200, "the depth is bounded");
        for (const GuardingCondition& condition : site.conditions) {
          expect_promise(condition.truth != Truth::no, "what guards an include is not false");
          expect_promise(site.truth != Truth::yes || condition.truth == Truth::yes, "nor unknown, if it is certain");
          expect_promise(condition.opening <= condition.branch && condition.branch < site.from().directive,
                         "and stands before it");
        }
        const auto found = names.find(site.header.name);
        if (found == names.end()) return std::nullopt;
        return SourceEntry{SourceId(found->second), &sources[found->second]};
      },
      .has_header = [&](const HeaderName& header, const OpenSource&) { return truth_of(names.contains(header.name)); }};
  const SourceEntry main{SourceId(0), &sources[0]};
  const WalkResult first = preprocessor.walk({}, main, resolver);
  const WalkResult second = preprocessor.walk({}, main, resolver);
  expect_promise(first.directives == second.directives && first.entered == second.entered, "a walk leaves nothing");
  return has_include;
}

}  // namespace bulkhead::test
