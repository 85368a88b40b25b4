// The report as one page for browsers. It opens from disk and from where CI systems keep artifacts: nothing is loaded,
// all that is told is plain HTML, and the script and the style are bound by their hashes.
#include <fmt/format.h>

#include <string>

#include "reports/html_assets.h"
#include "reports/html_parts.h"
#include "reports/html_text.h"
#include "reports/writer.h"

namespace bulkhead {
namespace {

std::string write_headline(const Report& report) {
  const Summary summary = summarise(report);
  std::string text = count_html(summary.errors, "error") + ", " + count_html(summary.warnings, "warning");
  if (summary.known != 0) text += fmt::format(", {} known", summary.known);
  if (summary.waived != 0) text += fmt::format(", {} waived", summary.waived);
  return text;
}

std::string write_head(const Report& report, const std::string& title) {
  return fmt::format(
      "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
      "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; script-src '{}'; style-src '{}'; "
      "base-uri 'none'; form-action 'none'\">\n"
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
      "<meta name=\"color-scheme\" content=\"light dark\">\n<meta name=\"referrer\" content=\"no-referrer\">\n"
      "<meta name=\"generator\" content=\"bulkhead {}\">\n<title>{}</title>\n<style>{}</style>\n</head>\n",
      report_script_hash, report_style_hash, escape_html(report.tool_version), title, report_style);
}

std::string write_header(const Report& report, bool with_graphs) {
  const std::string project =
      report.project.empty() ? "" : fmt::format(" <span>{}</span>", escape_html(report.project));
  return fmt::format(
      "<body>\n<a class=\"skip\" href=\"#findings\">Skip to the findings</a>\n<header>\n"
      "<h1>Bulkhead report{}</h1>\n<p class=\"headline\">{}</p>\n<nav aria-label=\"Sections\"><ul>"
      "<li><a href=\"#summary\">Summary</a></li><li><a href=\"#findings\">Findings</a></li>{}</ul></nav>\n"
      "</header>\n<main>\n",
      project, write_headline(report),
      with_graphs ? "<li><a href=\"#matrix\">Matrix</a></li><li><a href=\"#explorer\">Explorer</a></li>" : "");
}

}  // namespace

Result<std::string> write_html(const Report& report, const WriteOptions& options) {
  const auto summary = write_summary_section(report);
  if (!summary) return tl::unexpected(summary.error());
  const auto findings = write_findings_section(report, options.link);
  if (!findings) return tl::unexpected(findings.error());
  const std::string subject = report.project.empty() ? "" : escape_html(report.project) + ": ";
  const std::string title = fmt::format("{}{} - Bulkhead report", subject, write_headline(report));
  return write_head(report, title) + write_header(report, !report.graphs.empty()) + *summary + *findings +
         write_matrix_section(report) + write_explorer_section(report) +
         fmt::format("</main>\n<div id=\"status\" role=\"status\"></div>\n<script>{}</script>\n</body>\n</html>\n",
                     report_script);
}

}  // namespace bulkhead
