#include "reports/finding.h"

#include <fmt/format.h>

#include <tuple>

namespace bulkhead {
namespace {

// FNV-1a, 64 bit: http://www.isthe.com/chongo/tech/comp/fnv/
class Fingerprint {
 public:
  void add(std::string_view field) {
    for (const char c : field) add_byte(static_cast<unsigned char>(c));
    add_byte(0);  // so that "ab" + "c" differs from "a" + "bc"
  }
  [[nodiscard]] std::string text() const { return fmt::format("{:016x}", hash_); }

 private:
  void add_byte(unsigned char byte) { hash_ = (hash_ ^ byte) * 0x100000001b3ULL; }
  std::uint64_t hash_ = 0xcbf29ce484222325ULL;
};

}  // namespace

std::string_view to_string(Severity severity) {
  return severity == Severity::error ? "error" : "warning";
}

std::string_view to_string(Status status) {
  switch (status) {
    case Status::fresh: return "new";
    case Status::known: return "known";
    case Status::waived: return "waived";
  }
  return "";
}

std::string fingerprint_of(std::span<const std::string_view> fields) {
  Fingerprint print;
  for (const std::string_view field : fields) print.add(field);
  return print.text();
}

std::string fingerprint_of(const Finding& finding) {
  std::vector<std::string_view> fields = {finding.rule, finding.module};
  if (finding.edge) {
    fields.insert(fields.end(), {to_string(finding.edge->kind), finding.edge->from.label, finding.edge->to.label});
  } else if (!finding.subjects.empty()) {
    fields.insert(fields.end(), finding.subjects.begin(), finding.subjects.end());
  } else {
    fields.push_back(finding.message);
  }
  if (!finding.name.empty()) fields.push_back(finding.name);
  return fingerprint_of(fields);
}

bool shown_before(const Finding& a, const Finding& b) {
  const auto key = [](const Finding& finding) {
    static const Evidence none{.file = {}};
    static const std::string nobody;
    const Evidence& first = finding.evidence.empty() ? none : finding.evidence.front();
    return std::tuple(
        finding.status, finding.severity != Severity::error, std::string_view(finding.rule),
        std::string_view(finding.module), std::string_view(finding.name), std::string_view(finding.configuration),
        std::string_view(first.file), first.line, std::string_view(finding.edge ? finding.edge->from.label : nobody),
        std::string_view(finding.edge ? finding.edge->to.label : nobody), std::string_view(finding.message));
  };
  return key(a) < key(b);
}

}  // namespace bulkhead
