#include "auditor/waiver_comments.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

namespace bulkhead {
namespace {

constexpr std::string_view marker = "bulkhead:";
constexpr std::string_view how_to_write =
    "write 'bulkhead: waive RULE MODULE -- REASON', and perhaps ', until YYYY-MM-DD'";

std::string_view trim(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(" \t");
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t") - begin + 1);
}

// Takes the first word off `text`.
std::string_view take_word(std::string_view& text) {
  text = trim(text);
  const std::string_view word = text.substr(0, text.find_first_of(" \t"));
  text.remove_prefix(word.size());
  return word;
}

/// A comment for Bulkhead, without its marker.
struct Comment {
  std::string_view text;
  Location where;     // of the marker
  bool has_own_line;  // nothing stands before it
};

// True for what begins a comment, and perhaps has code before it that holds no open string.
bool opens_comment(std::string_view before, CommentStyle style, bool& has_own_line) {
  before = trim(before);
  const std::string_view opening = style == CommentStyle::cmake ? "#" : before.ends_with("/*") ? "/*" : "//";
  if (!before.ends_with(opening)) return false;
  // `##` and `///` open comments, too.
  before.remove_suffix(opening.size());
  while (before.ends_with(opening.back())) before.remove_suffix(1);
  before = trim(before);
  has_own_line = before.empty();
  bool is_open = false;
  for (std::size_t i = 0; i < before.size(); ++i) {
    if (before[i] == '\\') {
      ++i;
    } else if (before[i] == '"') {
      is_open = !is_open;
    } else if (!is_open && before.substr(i).starts_with(style == CommentStyle::cmake ? "#" : "//")) {
      return false;  // within another comment
    }
  }
  return !is_open;
}

// The comment on a line, if there is one.
std::optional<Comment> find_comment(std::string_view line, const Location& start, CommentStyle style) {
  for (std::size_t at = line.find(marker); at != std::string_view::npos; at = line.find(marker, at + 1)) {
    bool has_own_line = false;
    if (!opens_comment(line.substr(0, at), style, has_own_line)) continue;
    std::string_view text = line.substr(at + marker.size());
    if (style == CommentStyle::source) {
      const std::size_t end = text.find("*/");
      if (end != std::string_view::npos && trim(line.substr(0, at)).ends_with("/*")) text = text.substr(0, end);
    }
    return Comment{trim(text), {start.file, start.line, static_cast<std::uint32_t>(at + 1)}, has_own_line};
  }
  return std::nullopt;
}

// Takes `, owner NAME` and `, until DATE` off the end of the reason.
Result<void> take_clauses(std::string_view reason, Waiver& waiver) {
  for (std::size_t comma = reason.rfind(','); comma != std::string_view::npos; comma = reason.rfind(',')) {
    std::string_view clause = reason.substr(comma + 1);
    const std::string_view word = take_word(clause);
    const std::string_view value = trim(clause);
    const bool is_one_word = !value.empty() && value.find_first_of(" \t") == std::string_view::npos;
    if (word == "owner" && is_one_word && waiver.owner.empty()) {
      waiver.owner = value;
    } else if (word == "until" && !waiver.expires && !value.empty() && value[0] >= '0' && value[0] <= '9') {
      waiver.expires = parse_date(value);
      if (!waiver.expires) {
        return fail(waiver.where, fmt::format("'{}' is no day", value), "write it as YYYY-MM-DD: until 2027-03-31");
      }
    } else {
      break;  // a part of the reason
    }
    reason = trim(reason.substr(0, comma));
  }
  waiver.reason = reason;
  if (waiver.reason.empty()) return fail(waiver.where, "this waiver has no reason", std::string(how_to_write));
  return {};
}

Result<Waiver> parse_comment(const Comment& comment) {
  std::string_view text = comment.text;
  if (const std::string_view verb = take_word(text); verb != "waive") {
    return fail(comment.where, fmt::format("'{}' is nothing that a comment can ask for", verb),
                std::string(how_to_write));
  }
  const std::size_t dashes = text.find(" --");
  const bool has_reason = dashes != std::string_view::npos &&
                          (dashes + 3 == text.size() || text[dashes + 3] == ' ' || text[dashes + 3] == '\t');
  if (!has_reason) return fail(comment.where, "this waiver has no reason", std::string(how_to_write));
  std::string_view names = text.substr(0, dashes);
  Waiver waiver{.rule = std::string(take_word(names)), .where = comment.where};
  waiver.module = take_word(names);
  if (waiver.rule.empty()) return fail(comment.where, "this waiver names no rule", std::string(how_to_write));
  if (const std::string_view rest = trim(names); !rest.empty()) {
    return fail(comment.where, fmt::format("'{}' is too much: a comment names a rule and a module", rest),
                std::string(how_to_write));
  }
  if (auto taken = take_clauses(trim(text.substr(dashes + 3)), waiver); !taken) return tl::unexpected(taken.error());
  waiver.at = WaivedLines{.own = comment.where.line};
  return waiver;
}

}  // namespace

WaiverComments read_waiver_comments(std::string_view text, const std::string& file, CommentStyle style) {
  WaiverComments found;
  std::vector<std::size_t> waiting;  // waivers in the lines just above, which have lines of their own
  std::uint32_t number = 1;
  std::size_t counted = 0;  // where the line `number` begins
  for (std::size_t at = text.find(marker); at != std::string_view::npos; at = text.find(marker, counted)) {
    const std::size_t begin = text.substr(0, at).rfind('\n') + 1;  // npos + 1 is 0
    const auto lines = std::count(text.begin() + static_cast<std::ptrdiff_t>(counted),
                                  text.begin() + static_cast<std::ptrdiff_t>(begin), '\n');
    number += static_cast<std::uint32_t>(lines);
    const std::size_t end = std::min(text.find('\n', at), text.size());
    std::string_view line = text.substr(begin, end - begin);
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (lines > 0) waiting.clear();
    if (const auto comment = find_comment(line, {file, number, 1}, style)) {
      auto waiver = parse_comment(*comment);
      const bool is_waiver = waiver.has_value();
      if (is_waiver) {
        found.waivers.push_back(std::move(*waiver));
      } else {
        found.mistakes.push_back(waiver.error());
      }
      if (comment->has_own_line) {
        if (is_waiver) waiting.push_back(found.waivers.size() - 1);
        for (const std::size_t one : waiting) found.waivers[one].at->next = number + 1;
      } else {
        waiting.clear();
      }
    } else {
      waiting.clear();
    }
    if (end == text.size()) break;
    counted = end + 1;
    ++number;
  }
  return found;
}

}  // namespace bulkhead
