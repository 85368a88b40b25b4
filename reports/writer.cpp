#include "reports/writer.h"

#include <array>

namespace bulkhead {

std::span<const Format> formats() {
  static constexpr std::array all = {
      Format{"text", "for people, in the manner of a compiler", write_text},
      Format{"json", "for programs; schema in docs/schema/bulkhead-report-1.json", write_json},
      Format{"jsonl", "the same, a finding a line", write_jsonl},
      Format{"sarif", "for code scanning and editors: SARIF 2.1.0", write_sarif},
      Format{"junit", "for lists of tests, as of Jenkins and GitLab", write_junit},
      Format{"github", "annotations for GitHub Actions", write_github},
      Format{"gitlab", "Code Quality of GitLab", write_gitlab},
      Format{"azure", "issues for the log of Azure Pipelines", write_azure},
      Format{"teamcity", "inspections for the log of TeamCity", write_teamcity},
      Format{"markdown", "for a comment on a pull request", write_markdown},
      Format{"csv", "for spreadsheets", write_csv},
      Format{"mermaid", "the findings as a flowchart, for Markdown", write_mermaid},
      Format{"graphml", "the findings as a graph, for yEd and Gephi", write_graphml},
      Format{"dot", "the findings as a graph, for Graphviz", write_dot},
      Format{"svg", "the findings as a picture", write_svg},
  };
  return all;
}

const Format* find_format(std::string_view name) {
  for (const Format& format : formats()) {
    if (format.name == name) return &format;
  }
  return nullptr;
}

}  // namespace bulkhead
