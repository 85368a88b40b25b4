// The report for people: findings in the manner of a good compiler, then a verdict for each module.

#include <fmt/format.h>

#include <algorithm>

#include "graph/source_paths.h"
#include "reports/excerpt.h"
#include "reports/finding_text.h"
#include "reports/style.h"
#include "reports/writer.h"

namespace bulkhead {
namespace {

constexpr std::size_t most_inheritors = 6;
constexpr std::size_t most_places = 3;
constexpr std::size_t most_hops = 8;  // of a way, whose last one is what matters most

Colour colour_of(Verdict verdict) {
  switch (verdict) {
    case Verdict::isolated: return Colour::green;
    case Verdict::violated: return Colour::red;
    case Verdict::unproven: return Colour::yellow;
  }
  return Colour::none;
}

Colour colour_of(RuleVerdict verdict) {
  switch (verdict) {
    case RuleVerdict::holds: return Colour::green;
    case RuleVerdict::broken: return Colour::red;
    case RuleVerdict::unproven: return Colour::yellow;
  }
  return Colour::none;
}

std::string plural(std::uint64_t count, std::string_view noun) {
  return fmt::format("{} {}{}", count, noun, count == 1 ? "" : "s");
}

std::string bare(std::string_view label) {
  const std::size_t colon = label.find(':');
  return std::string(colon == std::string_view::npos ? label : label.substr(colon + 1));
}

// The same rule, module, depender and place: one call that names several things. The first is told in full.
bool same_call(const Finding& a, const Finding& b) {
  return a.rule == b.rule && a.status == b.status && a.waiver == b.waiver && a.module == b.module &&
         a.configuration == b.configuration && a.edge && b.edge && a.edge->kind == b.edge->kind &&
         a.edge->from == b.edge->from && !a.evidence.empty() && !b.evidence.empty() &&
         a.evidence.front().file == b.evidence.front().file && a.evidence.front().line == b.evidence.front().line &&
         a.evidence.front().line != 0;
}

class TextWriter {
 public:
  TextWriter(const Report& report, const WriteOptions& options)
      : report_(report), options_(options), style_(options.colour) {}

  std::string write() {
    for (std::size_t i = 0; i < report_.findings.size();) {
      const Finding& finding = report_.findings[i];
      if (is_summed_up(finding)) {
        ++i;  // said once, with the verdicts
        continue;
      }
      std::size_t end = i + 1;
      while (end < report_.findings.size() && same_call(finding, report_.findings[end])) ++end;
      if (finding.status == Status::waived && !options_.verbose) {
        write_waived(finding, end - i);
      } else {
        write_finding(finding, i, end);
      }
      i = end;
    }
    write_verdicts();
    write_rules();
    write_blind_spots();
    write_baseline();
    write_summary();
    return std::move(out_);
  }

 private:
  // Told by a line at the end, unless -v asks for more.
  [[nodiscard]] bool is_summed_up(const Finding& finding) const {
    if (options_.verbose) return false;
    if (finding.status == Status::known) return true;
    return is_brief_blind_spot(finding);
  }

  static bool is_brief_blind_spot(const Finding& finding) {
    return finding.rule == "blind-spot" && finding.severity == Severity::warning && finding.status == Status::fresh;
  }

  void write_head(const Finding& finding) {
    const bool is_new = finding.status == Status::fresh;
    const std::string head =
        fmt::format("{}[{}]:", is_new ? to_string(finding.severity) : to_string(finding.status), finding.rule);
    const Colour colour = !is_new ? Colour::blue : finding.severity == Severity::error ? Colour::red : Colour::yellow;
    out_ += fmt::format("{} {}", style_(colour, head), style_(Colour::bold, finding.message));
    if (!finding.configuration.empty() && report_.configurations.size() > 1) {
      out_ += fmt::format(" ({})", finding.configuration);
    }
    out_ += '\n';
  }

  // Who has accepted it, until when, and why.
  void write_waiver(const AppliedWaiver& waiver) {
    std::string text = waiver.reason;
    if (!waiver.owner.empty()) text += fmt::format(", owner {}", waiver.owner);
    if (!waiver.expires.empty()) text += fmt::format(", until {}", waiver.expires);
    text += waiver.line == 0 ? fmt::format(" ({})", waiver.file) : fmt::format(" ({}:{})", waiver.file, waiver.line);
    note("waived", text);
  }

  // In brief; `count` findings of one call.
  void write_waived(const Finding& finding, std::size_t count) {
    write_head(finding);
    if (!finding.evidence.empty() && !finding.evidence.front().file.empty()) write_place(finding.evidence.front());
    if (count > 1) note("also", plural(count - 1, "more finding") + " by the same call");
    write_waiver(*finding.waiver);
    out_ += '\n';
  }

  void write_place(const Evidence& evidence) {
    const std::string arrow = style_(Colour::blue, "-->");
    out_ += evidence.line == 0 ? fmt::format("  {} {}\n", arrow, evidence.file)
                               : fmt::format("  {} {}:{}\n", arrow, evidence.file, evidence.line);
  }

  void write_finding(const Finding& finding, std::size_t begin, std::size_t end) {
    write_head(finding);
    const bool is_way = finding.path.size() > 2 && finding.evidence.size() + 1 == finding.path.size();
    const std::size_t shown = options_.verbose ? finding.evidence.size()
                                               : std::min(finding.evidence.size(), is_way ? most_hops : most_places);
    for (std::size_t i = 0; i < shown; ++i) write_evidence(finding, finding.evidence[i]);
    if (shown < finding.evidence.size()) note("also", plural(finding.evidence.size() - shown, "more place"));
    if (finding.edge) write_edge(finding);
    if (end - begin > 1) {
      std::string names;
      const std::size_t listed = options_.verbose ? end : std::min(end, begin + 1 + most_inheritors);
      for (std::size_t i = begin + 1; i < listed; ++i) {
        names += (names.empty() ? "" : ", ") + bare(report_.findings[i].edge->to.label);
      }
      if (listed < end) names += fmt::format(" and {} more", end - listed);
      note(fmt::format("{} by the same call", plural(end - begin - 1, "more finding")), names);
    }
    if (!finding.why.empty()) note("why", finding.why);
    if (!finding.help.empty()) note("help", finding.help);
    if (finding.waiver) {
      write_waiver(*finding.waiver);
    } else if (options_.verbose && !finding.waiver_text.empty()) {
      write_how_to_waive(finding.waiver_text);
    }
    out_ += '\n';
  }

  void write_how_to_waive(std::string_view text) {
    if (text.find('\n') == std::string_view::npos) {
      note("to waive it", fmt::format("{}  (at that line, or above it)", text));
      return;
    }
    note("to waive it", "in the policy");
    while (!text.empty()) {
      const std::size_t end = text.find('\n');
      out_ += fmt::format("      {}\n", text.substr(0, end));
      text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    }
  }

  void write_evidence(const Finding& finding, const Evidence& evidence) {
    if (evidence.file.empty()) {
      note("place", "no line is known for it");
      return;
    }
    write_place(evidence);
    const SourcePaths paths(report_.source_root, report_.source_root);
    out_ += write_excerpt(files_, {.path = paths.absolute(evidence.file), .line = evidence.line, .mark = evidence.mark},
                          style_);
    if (evidence.stack.size() > 1) {
      std::string calls;
      for (const std::string& call : evidence.stack) calls += (calls.empty() ? "" : " > ") + call;
      note(finding.edge && finding.edge->kind == EdgeKind::include ? "included by" : "calls", calls);
    }
    for (const std::string& condition : evidence.conditions) note("under", condition);
  }

  void write_edge(const Finding& finding) {
    std::string path;
    for (const std::string& stop : finding.path) path += (path.empty() ? "" : " -> ") + bare(stop);
    const bool between_targets = !finding.edge->from.type.empty() && !finding.edge->to.type.empty();
    note("edge", fmt::format("{}  [{}{}]", path, to_string(finding.edge->kind),
                             between_targets ? fmt::format(", {}", to_string(finding.edge->known)) : ""));
    if (finding.inherited_by.empty()) return;
    std::string names;
    const std::size_t shown =
        options_.verbose ? finding.inherited_by.size() : std::min(finding.inherited_by.size(), most_inheritors);
    for (std::size_t i = 0; i < shown; ++i) names += (i == 0 ? "" : ", ") + bare(finding.inherited_by[i].label);
    if (shown < finding.inherited_by.size()) names += fmt::format(" and {} more", finding.inherited_by.size() - shown);
    note(fmt::format("{} {}", verb_of_inheritors(finding), plural(finding.inherited_by.size(), "target")), names);
  }

  void note(std::string_view what, std::string_view text) {
    out_ += fmt::format("  {} {}\n", style_(Colour::blue, fmt::format("= {}:", what)), text);
  }

  void write_verdicts() {
    std::size_t width = 0;
    for (const ModuleReport& module : report_.modules) width = std::max(width, module.name.size());
    const bool many = report_.configurations.size() > 1;
    for (const ModuleReport& module : report_.modules) {
      const std::string configuration =
          many ? fmt::format(" ({})", module.configuration.empty() ? "no build type" : module.configuration) : "";
      out_ += fmt::format("{:<{}}  {:<3}  ", module.name, width, module.on ? "on" : "off");
      if (module.on) {
        out_ += fmt::format("not checked while it is on{}\n", configuration);
        continue;
      }
      const bool is_accepted = module.verdict == Verdict::violated && module.status != Status::fresh;
      out_ += style_(is_accepted ? Colour::yellow : colour_of(module.verdict), say_verdict(module));
      out_ += fmt::format("{}  {}", configuration, plural(module.edges_checked, "edge"));
      if (module.sources_scanned != 0) {
        out_ += fmt::format(" and the includes of {}", plural(module.sources_scanned, "source"));
        if (module.sources_recorded != 0) out_ += fmt::format(" ({} as last built)", module.sources_recorded);
      }
      out_ += " of the core checked";
      if (!module.blind_spots.empty()) {
        out_ += "; not visible:";
        for (const EdgeKind kind : module.blind_spots) out_ += fmt::format(" {}", to_string(kind));
      }
      if (!module.note.empty()) out_ += "; " + module.note;
      out_ += '\n';
    }
  }

  // How many hold; -v tells each.
  void write_rules() {
    if (report_.rules.empty()) return;
    if (options_.verbose) {
      for (const RuleReport& rule : report_.rules) write_rule(rule);
      return;
    }
    const auto count = [this](RuleVerdict verdict) {
      return std::count_if(report_.rules.begin(), report_.rules.end(),
                           [verdict](const RuleReport& rule) { return rule.verdict == verdict; });
    };
    std::string text;
    for (const RuleVerdict verdict : {RuleVerdict::holds, RuleVerdict::broken, RuleVerdict::unproven}) {
      if (count(verdict) == 0) continue;
      text += fmt::format("{}{} {}", text.empty() ? "" : ", ", count(verdict),
                          style_(colour_of(verdict), to_string(verdict)));
    }
    out_ += fmt::format("{}: {}\n", plural(report_.rules.size(), "rule"), text);
  }

  void write_rule(const RuleReport& rule) {
    out_ += fmt::format("{} '{}'  {}", rule.rule, rule.name, style_(colour_of(rule.verdict), to_string(rule.verdict)));
    if (report_.configurations.size() > 1) out_ += fmt::format(" ({})", rule.configuration);
    out_ += fmt::format("  {}", plural(rule.edges_checked, "edge"));
    if (rule.sources_scanned != 0)
      out_ += fmt::format(" and the includes of {}", plural(rule.sources_scanned, "source"));
    out_ += fmt::format(" checked, of {}", plural(rule.dependers, "depender"));
    out_ += fmt::format("; {}", plural(rule.dependees, "dependee"));
    if (!rule.blind_spots.empty()) {
      out_ += "; not visible:";
      for (const EdgeKind kind : rule.blind_spots) out_ += fmt::format(" {}", to_string(kind));
    }
    out_ += '\n';
  }

  // Each reason once; -v shows them as findings.
  void write_blind_spots() {
    const bool all_on =
        std::all_of(report_.modules.begin(), report_.modules.end(), [](const ModuleReport& m) { return m.on; });
    if (all_on && !report_.modules.empty() && report_.rules.empty()) {
      out_ += fmt::format(
          "{} every module is on, so no off-edge was looked for; configure a build tree with a toggle off\n",
          style_(Colour::blue, "note:"));
    }
    if (options_.verbose) return;
    const auto hidden = std::count_if(report_.findings.begin(), report_.findings.end(), is_brief_blind_spot);
    if (hidden == 0) return;
    const std::string_view what = report_.rules.empty()     ? "modules"
                                  : report_.modules.empty() ? "rules"
                                                            : "modules or rules";
    out_ += fmt::format("{} {} {} {} unproven; -v says what cannot be seen, and what would make it visible\n",
                        style_(Colour::blue, "note:"), plural(static_cast<std::uint64_t>(hidden), "blind spot"),
                        hidden == 1 ? "leaves" : "leave", what);
  }

  // Its findings, if they are not shown, and its size and trend.
  void write_baseline() {
    if (!report_.baseline) return;
    const BaselineReport& baseline = *report_.baseline;
    const std::uint64_t known = summarise(report_).known;
    if (known != 0 && !options_.verbose) {
      out_ += fmt::format("{} {} in the baseline; -v lists {}\n", style_(Colour::blue, "note:"),
                          plural(known, "known finding"), known == 1 ? "it" : "them");
    }
    if (options_.verbose) {
      for (const MissingEntry& entry : baseline.unseen) {
        out_ += fmt::format("{} an entry of the baseline could not be seen, as {}: {}\n", style_(Colour::blue, "note:"),
                            entry.reason, entry.text);
      }
    }
    out_ += fmt::format("baseline: {} {}", baseline.entries, baseline.entries == 1 ? "entry" : "entries");
    if (!baseline.fixed.empty()) out_ += fmt::format(", {} fixed", baseline.fixed.size());
    if (!baseline.unseen.empty()) out_ += fmt::format(", {} not visible here", baseline.unseen.size());
    out_ += '\n';
  }

  void write_summary() {
    const Summary summary = summarise(report_);
    std::uint64_t targets = 0;
    std::uint64_t edges = 0;
    for (const ConfigurationReport& configuration : report_.configurations) {
      targets += configuration.targets;
      edges += configuration.edges;
      if (options_.verbose) {
        out_ += fmt::format("{}: {}, {} entries of dependencies, {}, {}\n",
                            configuration.name.empty() ? "no build type" : configuration.name,
                            plural(configuration.targets, "target"), configuration.dependencies,
                            plural(configuration.edges, "edge"), plural(configuration.sources, "source"));
      }
    }
    const std::string counts =
        fmt::format("{}, {}", plural(summary.errors, "error"), plural(summary.warnings, "warning"));
    std::string accepted;
    if (summary.known != 0) accepted += fmt::format(", {} known", summary.known);
    if (summary.waived != 0) accepted += fmt::format(", {} waived", summary.waived);
    out_ += fmt::format("{}{} in {} and {} (CMake {}, {})\n",
                        style_(summary.errors != 0     ? Colour::red
                               : summary.warnings != 0 ? Colour::yellow
                                                       : Colour::green,
                               counts),
                        accepted, plural(targets, "target"), plural(edges, "edge"), report_.cmake_version,
                        report_.generator);
  }

  const Report& report_;
  const WriteOptions& options_;
  Style style_;
  TextFiles files_;
  std::string out_;
};

}  // namespace

Result<std::string> write_text(const Report& report, const WriteOptions& options) {
  return TextWriter(report, options).write();
}

}  // namespace bulkhead
