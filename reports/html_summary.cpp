// The first section of the HTML report: what came out.
#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <string_view>

#include "reports/graphviz.h"
#include "reports/html_parts.h"
#include "reports/html_text.h"
#include "reports/picture.h"

namespace bulkhead {
namespace {

// A word with a mark before it, so that no colour is needed to tell it.
std::string badge(std::string_view look, std::string_view mark, std::string_view text) {
  return fmt::format("<span class=\"badge {}\"><span aria-hidden=\"true\">{}</span> {}</span>", look, mark, text);
}

std::string verdict_badge(const ModuleReport& module) {
  if (module.on) return badge("plain", "\u25CB", "not checked");
  switch (module.verdict) {
    case Verdict::isolated: return badge("good", "\u2713", "isolated");
    case Verdict::violated:
      return badge(module.status == Status::fresh ? "error" : "known", "\u2715", say_verdict(module));
    case Verdict::unproven: break;
  }
  return badge("warning", "?", "unproven");
}

std::string verdict_badge(RuleVerdict verdict) {
  switch (verdict) {
    case RuleVerdict::holds: return badge("good", "\u2713", "holds");
    case RuleVerdict::broken: return badge("error", "\u2715", "broken");
    case RuleVerdict::unproven: break;
  }
  return badge("warning", "?", "unproven");
}

std::string write_kinds(const std::vector<EdgeKind>& kinds) {
  std::string text;
  for (const EdgeKind kind : kinds) text += fmt::format("{}{}", text.empty() ? "" : ", ", to_string(kind));
  return text;
}

std::string write_unproven(const std::vector<Unproven>& list, const std::vector<EdgeKind>& kinds,
                           std::string_view note) {
  std::string html;
  if (!note.empty()) html += fmt::format("<p>{}</p>", escape_html(note));
  if (list.empty() && kinds.empty() && html.empty()) return "nothing";
  if (list.empty()) return kinds.empty() ? html : html + fmt::format("<p>not visible: {}</p>", write_kinds(kinds));
  html +=
      fmt::format("<details><summary>{}: {}</summary><ul>", count_html(list.size(), "blind spot"), write_kinds(kinds));
  for (const Unproven& one : list) {
    html += fmt::format("<li><strong>{}</strong>: {}. <br><em>What would show it:</em> {}</li>", to_string(one.kind),
                        escape_html(one.reason), escape_html(one.remedy));
  }
  return html + "</ul></details>";
}

std::string write_checked(std::uint64_t edges, std::uint64_t sources) {
  std::string text = count_html(edges, "edge");
  if (sources != 0) text += ", includes of " + count_html(sources, "source");
  return text;
}

std::string write_modules(const Report& report) {
  if (report.modules.empty()) return "";
  const bool many = report.configurations.size() > 1;
  std::string html = fmt::format(
      "<h3 id=\"modules-title\">Modules</h3>\n<div class=\"scroll\" role=\"region\" "
      "aria-labelledby=\"modules-title\" tabindex=\"0\"><table class=\"verdicts\">\n"
      "<thead><tr><th scope=\"col\">Module</th>{}<th scope=\"col\">Toggle</th><th scope=\"col\">Verdict</th>"
      "<th scope=\"col\">Of the core checked</th><th scope=\"col\">What is not proven, and what would prove it</th>"
      "</tr></thead>\n<tbody>\n",
      many ? "<th scope=\"col\">Configuration</th>" : "");
  for (const ModuleReport& module : report.modules) {
    const std::string stage = module.stage.empty() ? "" : fmt::format(" <small>{}</small>", escape_html(module.stage));
    html += fmt::format("<tr><th scope=\"row\">{}{}</th>", escape_html(module.name), stage);
    if (many) html += fmt::format("<td>{}</td>", escape_html(say_configuration(module.configuration)));
    html += fmt::format("<td><code>{}</code> is {}</td><td>{}</td><td>{}</td><td>{}</td></tr>\n",
                        escape_html(module.toggle), module.on ? "on" : "off", verdict_badge(module),
                        module.on ? "" : write_checked(module.edges_checked, module.sources_scanned),
                        write_unproven(module.unproven, module.blind_spots, module.note));
  }
  return html + "</tbody></table></div>\n";
}

std::string write_rules(const Report& report) {
  if (report.rules.empty()) return "";
  const bool many = report.configurations.size() > 1;
  std::string html = fmt::format(
      "<h3 id=\"rules-title\">Rules</h3>\n<div class=\"scroll\" role=\"region\" aria-labelledby=\"rules-title\" "
      "tabindex=\"0\"><table class=\"verdicts\">\n<thead><tr><th scope=\"col\">Rule</th>{}"
      "<th scope=\"col\">Verdict</th><th scope=\"col\">Findings</th><th scope=\"col\">Checked</th>"
      "<th scope=\"col\">What is not proven, and what would prove it</th></tr></thead>\n<tbody>\n",
      many ? "<th scope=\"col\">Configuration</th>" : "");
  for (const RuleReport& rule : report.rules) {
    html +=
        fmt::format("<tr><th scope=\"row\"><code>{}</code> {}</th>", escape_html(rule.rule), escape_html(rule.name));
    if (many) html += fmt::format("<td>{}</td>", escape_html(say_configuration(rule.configuration)));
    html += fmt::format("<td>{}</td><td>{}</td><td>{}, of {}; {}</td><td>{}</td></tr>\n", verdict_badge(rule.verdict),
                        rule.findings, write_checked(rule.edges_checked, rule.sources_scanned),
                        count_html(rule.dependers, "depender"), count_html(rule.dependees, "dependee"),
                        write_unproven(rule.unproven, rule.blind_spots, ""));
  }
  return html + "</tbody></table></div>\n";
}

std::string write_entries(std::string_view title, const std::vector<MissingEntry>& entries) {
  if (entries.empty()) return "";
  std::string html = fmt::format("<details><summary>{} {}</summary><ul>", entries.size(), title);
  for (const MissingEntry& entry : entries) {
    html += fmt::format("<li><code>{}</code>{}{}</li>", escape_html(entry.text), entry.reason.empty() ? "" : ": ",
                        escape_html(entry.reason));
  }
  return html + "</ul></details>\n";
}

std::string write_baseline(const Report& report) {
  if (!report.baseline) return "";
  const BaselineReport& baseline = *report.baseline;
  return fmt::format("<h3>Baseline</h3>\n<p><code>{}</code>: {} {}</p>\n{}{}", escape_html(baseline.file),
                     baseline.entries, baseline.entries == 1 ? "entry" : "entries",
                     write_entries("fixed: 'bulkhead baseline prune' takes them out", baseline.fixed),
                     write_entries("not visible in this build tree", baseline.unseen));
}

std::string write_counts(const Report& report) {
  const Summary summary = summarise(report);
  ConfigurationReport total;
  for (const ConfigurationReport& one : report.configurations) {
    total.targets += one.targets;
    total.edges += one.edges;
    total.sources += one.sources;
  }
  const auto tile = [](std::string_view look, std::string_view name, std::uint64_t count) {
    const std::string text = count_html(count, "");
    return fmt::format("<div class=\"{}\"><dt>{}</dt><dd>{}</dd></div>", count == 0 ? "none" : look, name,
                       std::string_view(text).substr(0, text.find(' ')));
  };
  return "<dl class=\"counts\">" + tile("error", "errors", summary.errors) +
         tile("warning", "warnings", summary.warnings) + tile("known", "known", summary.known) +
         tile("known", "waived", summary.waived) + tile("plain", "targets", total.targets) +
         tile("plain", "edges", total.edges) + tile("plain", "sources", total.sources) + "</dl>\n";
}

Result<std::string> write_overview(const Report& report) {
  const bool any = std::any_of(report.findings.begin(), report.findings.end(),
                               [](const Finding& finding) { return finding.edge || !finding.path.empty(); });
  if (!any) return std::string();
  const auto svg = render_web_svg(build_picture(report));
  if (!svg) return tl::unexpected(svg.error());
  return fmt::format(
      "<details class=\"overview\" open><summary>The findings as one picture</summary>\n<figure class=\"picture\">"
      "{}</figure></details>\n",
      write_inline_svg(*svg, "The findings as a picture; each is told in words below"));
}

}  // namespace

std::string say_configuration(std::string_view configuration) {
  return configuration.empty() ? "no build type" : std::string(configuration);
}

Result<std::string> write_summary_section(const Report& report) {
  const auto overview = write_overview(report);
  if (!overview) return tl::unexpected(overview.error());
  std::string configurations;
  for (const ConfigurationReport& one : report.configurations) {
    configurations += (configurations.empty() ? "" : ", ") + escape_html(say_configuration(one.name));
  }
  return "<section id=\"summary\" aria-labelledby=\"summary-title\">\n<h2 id=\"summary-title\">Summary</h2>\n" +
         write_counts(report) + write_modules(report) + write_rules(report) + write_baseline(report) + *overview +
         fmt::format("<p class=\"made\">Bulkhead {}, CMake {}, {}, codemodel {}; {}: {}</p>\n</section>\n",
                     escape_html(report.tool_version), escape_html(report.cmake_version), escape_html(report.generator),
                     escape_html(report.codemodel),
                     report.configurations.size() == 1 ? "configuration" : "configurations", configurations);
}

}  // namespace bulkhead
