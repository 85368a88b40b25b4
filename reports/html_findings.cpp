// The second section of the HTML report: each finding, with all that is needed to act.
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <string>
#include <string_view>

#include "graph/source_paths.h"
#include "reports/excerpt.h"
#include "reports/graphviz.h"
#include "reports/html_parts.h"
#include "reports/html_text.h"
#include "reports/picture.h"

namespace bulkhead {
namespace {

// Layout takes some milliseconds and a picture some kilobytes; the explorer draws the others.
constexpr std::size_t most_pictures = 40;
// A page of thousands of findings leaves out what the explorer and the JSON report have.
constexpr std::size_t most_inheritors = 100;
constexpr std::size_t most_with_excerpts = 1'000;
constexpr std::size_t most_excerpts = 12;  // of one finding

class FindingsWriter {
 public:
  FindingsWriter(const Report& report, const std::optional<LinkTemplate>& link)
      : report_(report), link_(link), paths_(report.source_root, report.source_root) {
    scene_ = {.tool_version = report.tool_version,
              .cmake_version = report.cmake_version,
              .generator = report.generator,
              .codemodel = report.codemodel,
              .source_root = report.source_root,
              .configurations = report.configurations,
              .modules = report.modules,
              .findings = {}};
  }

  Result<std::string> write() {
    html_ = "<section id=\"findings\" aria-labelledby=\"findings-title\">\n<h2 id=\"findings-title\">Findings</h2>\n";
    if (report_.findings.empty()) html_ += "<p>There is none.</p>\n";
    const std::vector<std::string> ids = finding_ids(report_);
    html_ += fmt::format("<div id=\"finding-list\"{}>\n", ids.size() > most_pictures ? " class=\"long\"" : "");
    for (std::size_t i = 0; i < report_.findings.size(); ++i) {
      if (auto written = write_finding(report_.findings[i], ids[i]); !written) return tl::unexpected(written.error());
      ++written_;
    }
    return std::move(html_) + "</div>\n</section>\n";
  }

 private:
  Result<void> write_finding(const Finding& finding, const std::string& id) {
    const std::string_view look = look_of(finding);
    html_ += fmt::format(
        "<article class=\"finding {}\" id=\"{}\" data-status=\"{}\" data-severity=\"{}\" data-rule=\"{}\" "
        "data-module=\"{}\" data-configuration=\"{}\"",
        look, id, to_string(finding.status), to_string(finding.severity), escape_html(finding.rule),
        escape_html(finding.module), escape_html(finding.configuration));
    if (finding.edge) {
      html_ += fmt::format(" data-from=\"{}\" data-to=\"{}\"", escape_html(finding.edge->from.label),
                           escape_html(finding.edge->to.label));
    }
    html_ += fmt::format(">\n<h3>{} <code>{}</code> {}</h3>\n", write_badge(finding), escape_html(finding.rule),
                         escape_html(finding.message));
    write_facts(finding, id);
    if (auto drawn = write_picture(finding); !drawn) return drawn;
    write_way(finding);
    write_evidence(finding);
    write_inheritors(finding);
    if (!finding.why.empty()) {
      html_ += fmt::format("<p class=\"note\"><strong>Why</strong> {}</p>\n", escape_html(finding.why));
    }
    if (!finding.help.empty()) {
      html_ += fmt::format("<p class=\"note repair\"><strong>Repair</strong> {}</p>\n", escape_html(finding.help));
    }
    write_waiver(finding);
    html_ += "</article>\n";
    return {};
  }

  static std::string_view look_of(const Finding& finding) {
    if (finding.status != Status::fresh) return "known";
    return finding.severity == Severity::error ? "error" : "warning";
  }

  static std::string write_badge(const Finding& finding) {
    const std::string_view mark = finding.status == Status::waived      ? "~"
                                  : finding.status == Status::known     ? "="
                                  : finding.severity == Severity::error ? "\u2715"
                                                                        : "!";
    const std::string_view word =
        finding.status == Status::fresh ? to_string(finding.severity) : to_string(finding.status);
    return fmt::format("<span class=\"badge {}\"><span aria-hidden=\"true\">{}</span> {}</span>", look_of(finding),
                       mark, word);
  }

  void write_facts(const Finding& finding, const std::string& id) {
    html_ += "<p class=\"facts\">";
    if (!finding.module.empty()) html_ += fmt::format("<span>module {}</span> ", escape_html(finding.module));
    if (!finding.name.empty()) html_ += fmt::format("<span>rule \u2018{}\u2019</span> ", escape_html(finding.name));
    if (!finding.configuration.empty()) html_ += fmt::format("<span>{}</span> ", escape_html(finding.configuration));
    if (finding.status != Status::fresh) html_ += fmt::format("<span>{}</span> ", to_string(finding.severity));
    html_ += fmt::format("<a class=\"permalink\" href=\"#{0}\" aria-label=\"Link to finding {1}\">{1}</a></p>\n", id,
                         escape_html(finding.fingerprint));
  }

  Result<void> write_picture(const Finding& finding) {
    if ((!finding.edge && finding.path.empty()) || pictures_ == most_pictures) return {};
    ++pictures_;
    scene_.findings = {finding};
    Picture picture = build_picture(scene_);
    picture.caption.clear();
    picture.legend = false;
    const auto svg = render_web_svg(picture);
    if (!svg) return tl::unexpected(svg.error());
    html_ += fmt::format("<figure class=\"picture\">{}</figure>\n", write_inline_svg(*svg, finding.message));
    return {};
  }

  static bool is_way(const Finding& finding) {
    return finding.path.size() > 1 && finding.evidence.size() + 1 == finding.path.size();
  }

  void write_way(const Finding& finding) {
    if (!finding.edge) return;
    html_ += "<p class=\"way\"><strong>Path</strong> ";
    for (std::size_t i = 0; i < finding.path.size(); ++i) {
      html_ += fmt::format("{}<code>{}</code>", i == 0 ? "" : " \u2192 ", escape_html(bare_label(finding.path[i])));
    }
    const bool between_targets = !finding.edge->from.type.empty() && !finding.edge->to.type.empty();
    html_ += fmt::format(" <span class=\"kind\">{}{}{}</span></p>\n", to_string(finding.edge->kind),
                         between_targets ? fmt::format(", {}", to_string(finding.edge->known)) : "",
                         finding.conditional ? ", conditional" : "");
  }

  void write_evidence(const Finding& finding) {
    if (finding.evidence.empty()) return;
    html_ += "<ol class=\"places\">\n";
    for (std::size_t i = 0; i < finding.evidence.size(); ++i) {
      const Evidence& evidence = finding.evidence[i];
      html_ += "<li>";
      if (is_way(finding) && finding.path.size() > 2) {
        html_ += fmt::format("<span class=\"hop\"><code>{}</code> \u2192 <code>{}</code></span> ",
                             escape_html(bare_label(finding.path[i])), escape_html(bare_label(finding.path[i + 1])));
      }
      write_place(finding, evidence, i);
      html_ += "</li>\n";
    }
    html_ += "</ol>\n";
  }

  void write_place(const Finding& finding, const Evidence& evidence, std::size_t position) {
    if (evidence.file.empty()) {
      html_ += "no line is known for it";
      return;
    }
    const std::string place = evidence.line == 0 ? evidence.file : fmt::format("{}:{}", evidence.file, evidence.line);
    const auto url = link_ ? link_->expand({.file = evidence.file, .line = evidence.line}) : std::nullopt;
    if (url) html_ += fmt::format("<a href=\"{}\" rel=\"noreferrer\">", escape_html(*url));
    html_ += fmt::format("<code class=\"place\">{}</code>{}", escape_html(place), url ? "</a>" : "");
    if (!evidence.command.empty()) html_ += fmt::format(" <code>{}()</code>", escape_html(evidence.command));
    if (written_ < most_with_excerpts && position < most_excerpts) {
      const std::string excerpt = write_excerpt(
          files_, {.path = paths_.absolute(evidence.file), .line = evidence.line, .mark = evidence.mark}, Style(false));
      if (!excerpt.empty()) {
        html_ += fmt::format("\n<pre class=\"excerpt\" tabindex=\"0\" aria-label=\"Lines of {}\">{}</pre>",
                             escape_html(evidence.file), escape_html_lines(excerpt));
      }
    }
    if (evidence.stack.size() > 1) {
      const bool include = finding.edge && finding.edge->kind == EdgeKind::include;
      html_ += fmt::format("<div class=\"stack\">{}", include ? "included by" : "called by");
      for (const std::string& call : evidence.stack) html_ += fmt::format(" <code>{}</code>", escape_html(call));
      html_ += "</div>";
    }
    for (const std::string& condition : evidence.conditions) {
      html_ += fmt::format("<div class=\"stack\">under <code>{}</code></div>", escape_html(condition));
    }
  }

  void write_inheritors(const Finding& finding) {
    const std::size_t count = finding.inherited_by.size();
    if (count == 0 || !finding.edge) return;
    const EdgeKind kind = finding.edge->kind;
    const bool shared = kind == EdgeKind::include_dir || kind == EdgeKind::define || kind == EdgeKind::source;
    const std::string_view verb = finding.path.size() > 2     ? "also reached by"
                                  : kind == EdgeKind::include ? "compiled into"
                                  : shared                    ? "shared by"
                                                              : "inherited by";
    html_ +=
        fmt::format("<details class=\"inheritors\"><summary>{} {}</summary><p>", verb, count_html(count, "target"));
    for (std::size_t i = 0; i < std::min(count, most_inheritors); ++i) {
      html_ +=
          fmt::format("{}<code>{}</code>", i == 0 ? "" : ", ", escape_html(bare_label(finding.inherited_by[i].label)));
    }
    if (count > most_inheritors) html_ += fmt::format(" and {} more", count - most_inheritors);
    html_ += "</p></details>\n";
  }

  void write_waiver(const Finding& finding) {
    if (finding.waiver) {
      const AppliedWaiver& waiver = *finding.waiver;
      html_ += fmt::format("<p class=\"note\"><strong>Waived</strong> {}", escape_html(waiver.reason));
      if (!waiver.owner.empty()) html_ += fmt::format(", owner {}", escape_html(waiver.owner));
      if (!waiver.expires.empty()) html_ += fmt::format(", until {}", escape_html(waiver.expires));
      html_ += waiver.line == 0 ? fmt::format(" <code>{}</code></p>\n", escape_html(waiver.file))
                                : fmt::format(" <code>{}:{}</code></p>\n", escape_html(waiver.file), waiver.line);
      return;
    }
    if (finding.waiver_text.empty()) return;
    const bool comment = finding.waiver_text.find('\n') == std::string::npos;
    html_ += fmt::format(
        "<details class=\"waiver\"><summary>How to waive it</summary>\n<p>{}; put the reason in the place of "
        "<code>REASON</code>.</p>\n<pre class=\"copy\" tabindex=\"0\" aria-label=\"Text of the waiver\">{}</pre>"
        "</details>\n",
        comment ? "At that line, or above it" : "In the policy", escape_html_lines(finding.waiver_text));
  }

  const Report& report_;
  const std::optional<LinkTemplate>& link_;
  SourcePaths paths_;
  TextFiles files_;
  Report scene_;  // the report with one finding at a time, for its picture
  std::string html_;
  std::size_t written_ = 0;
  std::size_t pictures_ = 0;
};

}  // namespace

std::vector<std::string> finding_ids(const Report& report) {
  std::vector<std::string> ids;
  std::map<std::string_view, std::size_t> seen;
  for (const Finding& finding : report.findings) {
    const std::size_t number = ++seen[finding.fingerprint];
    ids.push_back(number == 1 ? fmt::format("f-{}", finding.fingerprint)
                              : fmt::format("f-{}-{}", finding.fingerprint, number));
  }
  return ids;
}

Result<std::string> write_findings_section(const Report& report, const std::optional<LinkTemplate>& link) {
  return FindingsWriter(report, link).write();
}

}  // namespace bulkhead
