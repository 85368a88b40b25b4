#include "auditor/baseline.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <nlohmann/json.hpp>
#include <tuple>

#include "auditor/nearest.h"
#include "graph/edge_kind.h"
#include "graph/file_io.h"
#include "graph/json.h"

namespace bulkhead {
namespace {

constexpr std::string_view write_anew = "only 'bulkhead baseline' writes this file; take the line out, or restore it";
constexpr std::string_view replacement = "\xef\xbf\xbd";  // U+FFFD, for bytes that could not be written

// The keys of a line in the order in which they are written, and the fields that they fill.
struct Key {
  const char* name;
  std::string BaselineEntry::*field;
};
constexpr std::array keys = {
    Key{"rule", &BaselineEntry::rule},       Key{"module", &BaselineEntry::module},
    Key{"name", &BaselineEntry::name},       Key{"from", &BaselineEntry::from},
    Key{"to", &BaselineEntry::to},           Key{"kind", &BaselineEntry::kind},
    Key{"subject", &BaselineEntry::subject}, Key{"fingerprint", &BaselineEntry::fingerprint},
};

std::string fingerprint_of_fields(const BaselineEntry& entry) {
  std::vector<std::string_view> fields = {entry.rule, entry.module};
  if (entry.kind.empty()) {
    fields.push_back(entry.subject);
  } else {
    fields.insert(fields.end(), {entry.kind, entry.from, entry.to});
  }
  if (!entry.name.empty()) fields.push_back(entry.name);
  return fingerprint_of(fields);
}

bool has_replacement(const BaselineEntry& entry) {
  return std::any_of(keys.begin(), keys.end(),
                     [&entry](const Key& key) { return (entry.*key.field).find(replacement) != std::string::npos; });
}

// A label without its prefix; a message as it is.
std::string bare(std::string_view label) {
  for (const std::string_view prefix : {"target:", "file:", "library:", "definition:"}) {
    if (label.starts_with(prefix)) return std::string(label.substr(prefix.size()));
  }
  return std::string(label);
}

// The lines that git puts around what it could not merge.
bool is_conflict_marker(std::string_view line) {
  constexpr std::array<std::string_view, 4> markers = {"<<<<<<<", "|||||||", "=======", ">>>>>>>"};
  return std::any_of(markers.begin(), markers.end(),
                     [line](std::string_view marker) { return line.starts_with(marker); });
}

// Throws DecodeError, and what simdjson throws.
void decode_entry(simdjson::ondemand::object json, BaselineEntry& entry) {
  for (auto field : json) {
    const std::string_view name = field.unescaped_key();
    const auto key = std::find_if(keys.begin(), keys.end(), [name](const Key& one) { return one.name == name; });
    if (key == keys.end()) {
      std::vector<std::string_view> names;
      names.reserve(keys.size());
      for (const Key& one : keys) names.emplace_back(one.name);
      const auto meant = nearest(name, names);
      throw DecodeError(fmt::format("unknown key '{}'{}", name, meant ? fmt::format("; '{}'?", *meant) : ""));
    }
    if (!(entry.*key->field).empty()) throw DecodeError(fmt::format("'{}' stands there twice", name));
    entry.*key->field = std::string_view(field.value().get_string());
    if ((entry.*key->field).empty()) throw DecodeError(fmt::format("'{}' is empty", name));
  }
}

// What is wrong with an entry by itself; empty when nothing is.
std::string find_mistake(const BaselineEntry& entry) {
  if (entry.rule.empty()) return "this entry has no 'rule'";
  const bool has_edge = !entry.kind.empty() || !entry.from.empty() || !entry.to.empty();
  if (has_edge && (entry.kind.empty() || entry.from.empty() || entry.to.empty() || !entry.subject.empty())) {
    return "an entry with an edge has 'from', 'to' and 'kind', and no 'subject'";
  }
  if (!has_edge && entry.subject.empty()) return "this entry has neither an edge nor a 'subject'";
  if (has_edge && !parse_edge_kind(entry.kind)) return fmt::format("'{}' is no kind of edge", entry.kind);
  const bool is_hash =
      entry.fingerprint.size() == 16 && entry.fingerprint.find_first_not_of("0123456789abcdef") == std::string::npos;
  if (!is_hash) return "an entry has a 'fingerprint' of 16 hexadecimal digits";
  // A line that says one thing and accepts another would deceive those who review it. A name with bytes that could not
  // be written cannot be compared.
  if (!has_replacement(entry) && entry.fingerprint != fingerprint_of_fields(entry)) {
    return fmt::format("the fingerprint of this entry is {}, and not {}", fingerprint_of_fields(entry),
                       entry.fingerprint);
  }
  return {};
}

Result<BaselineEntry> parse_line(simdjson::ondemand::parser& parser, std::string_view line, const Location& where) {
  if (is_conflict_marker(line)) {
    return fail(where, "a merge conflict is not resolved",
                "take out the lines with the markers, and keep those of both sides: their order does not matter");
  }
  BaselineEntry entry{.rule = {}, .line = where.line};
  std::string padded(line);  // this line alone, so that an error is in it
  padded.append(json_padding, ' ');
  const auto decoded = decode_json(
      parser, {.file = where.file, .text = std::string_view(padded).substr(0, line.size()), .noun = "baseline"},
      [&entry](simdjson::ondemand::object json) { decode_entry(json, entry); });
  if (!decoded) {
    Error error = decoded.error();
    error.location.line = where.line;
    error.hint = write_anew;
    return tl::unexpected(std::move(error));
  }
  // simdjson does not look behind the object.
  if (!nlohmann::json::accept(line)) {
    return fail({where.file, where.line, 1}, "something stands behind the entry on this line", std::string(write_anew));
  }
  if (std::string mistake = find_mistake(entry); !mistake.empty()) {
    return fail({where.file, where.line, 1}, std::move(mistake), std::string(write_anew));
  }
  return entry;
}

std::string write_line(const BaselineEntry& entry) {
  std::string line;
  for (const Key& key : keys) {
    const std::string& value = entry.*key.field;
    if (value.empty()) continue;
    const std::string text = nlohmann::json(value).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
    line += fmt::format("{}\"{}\": {}", line.empty() ? "{" : ", ", key.name, text);
  }
  return line + "}\n";
}

}  // namespace

std::vector<BaselineEntry> entries_of(const Finding& finding) {
  std::vector<BaselineEntry> entries;
  const BaselineEntry common{.rule = finding.rule, .module = finding.module, .name = finding.name};
  if (finding.edge) {
    entries.push_back(common);
    entries.back().kind = to_string(finding.edge->kind);
    entries.back().from = finding.edge->from.label;
    entries.back().to = finding.edge->to.label;
  } else if (finding.subjects.empty()) {
    entries.push_back(common);
    entries.back().subject = finding.message;
  }
  for (const std::string& subject : finding.edge ? std::vector<std::string>() : finding.subjects) {
    entries.push_back(common);
    entries.back().subject = subject;
  }
  for (BaselineEntry& entry : entries) entry.fingerprint = fingerprint_of_fields(entry);
  return entries;
}

Result<Baseline> read_baseline(const std::filesystem::path& file) {
  FileBuffer buffer;
  const auto text = buffer.read(file);
  if (!text) return tl::unexpected(text.error());
  return parse_baseline(*text, file.string());
}

Result<Baseline> parse_baseline(std::string_view text, const std::string& file) {
  Baseline baseline{.file = file};
  std::map<std::string, std::uint32_t> lines;  // by fingerprint
  simdjson::ondemand::parser parser;
  std::uint32_t number = 0;
  while (!text.empty()) {
    ++number;
    const std::size_t end = text.find('\n');
    std::string_view line = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    if (line.ends_with('\r')) line.remove_suffix(1);  // of a checkout with other line ends
    if (line.find_first_not_of(" \t") == std::string_view::npos) continue;
    auto entry = parse_line(parser, line, {file, number, 1});
    if (!entry) return tl::unexpected(entry.error());
    const auto [first, is_new] = lines.emplace(entry->fingerprint, number);
    if (!is_new) {
      return fail({file, number, 1}, fmt::format("this entry is there already, in line {}", first->second),
                  "take out one of the two lines");
    }
    baseline.entries.push_back(std::move(*entry));
  }
  std::sort(baseline.entries.begin(), baseline.entries.end(), written_before);
  return baseline;
}

bool written_before(const BaselineEntry& a, const BaselineEntry& b) {
  const auto key = [](const BaselineEntry& entry) {
    return std::tie(entry.rule, entry.module, entry.name, entry.subject, entry.from, entry.to, entry.kind,
                    entry.fingerprint);
  };
  return key(a) < key(b);
}

std::string write_baseline(std::vector<BaselineEntry> entries) {
  std::sort(entries.begin(), entries.end(), written_before);
  const auto end = std::unique(entries.begin(), entries.end(), [](const BaselineEntry& a, const BaselineEntry& b) {
    return a.fingerprint == b.fingerprint;
  });
  std::string text;
  for (auto entry = entries.begin(); entry != end; ++entry) text += write_line(*entry);
  return text;
}

std::string describe(const BaselineEntry& entry) {
  const std::string what = entry.kind.empty()
                               ? bare(entry.subject)
                               : fmt::format("{} -> {} [{}]", bare(entry.from), bare(entry.to), entry.kind);
  const std::string rule = entry.name.empty() ? entry.rule : fmt::format("{} '{}'", entry.rule, entry.name);
  return fmt::format("{}: {}{}", rule, what, entry.module.empty() ? "" : " of module " + entry.module);
}

}  // namespace bulkhead
