// The third section of the HTML report: who depends on whom, by module and by folder of the core.
#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "reports/html_parts.h"
#include "reports/html_text.h"
#include "reports/label.h"
#include "reports/matrix.h"

namespace bulkhead {
namespace {

using Json = nlohmann::ordered_json;

// A table of more rows is no table that anybody reads; the script draws it, and a list has the same in words.
constexpr std::size_t most_table_rows = 48;

std::string say_row(const MatrixRow& row) {
  switch (row.kind) {
    case MatrixRowKind::folder: return row.label;
    case MatrixRowKind::module: return fmt::format("module {}{}", row.label, row.off ? " (off)" : "");
    case MatrixRowKind::set_aside: break;
  }
  return "set aside";
}

std::string say_kinds(const MatrixCell& cell) {
  std::string text;
  for (std::size_t i = 0; i < edge_kinds.size(); ++i) {
    if (cell.by_kind[i] == 0) continue;
    text += fmt::format("{}{} {}", text.empty() ? "" : ", ", cell.by_kind[i], to_string(edge_kinds[i]));
  }
  return text;
}

std::string_view look_of(const Matrix& matrix, const MatrixCell& cell) {
  if (matrix.rows[cell.column].off) return "off";
  return cell.row > cell.column ? "cycle" : "edge";  // only cycles lead back
}

std::string_view look_of(const MatrixRow& row) {
  return row.kind == MatrixRowKind::module ? "module" : "folder";
}

std::string write_table(const Matrix& matrix, std::size_t number) {
  std::string html = fmt::format(
      "<div class=\"scroll\" role=\"region\" aria-label=\"Table of the matrix{}\" tabindex=\"0\"><table "
      "class=\"matrix\" "
      "data-matrix=\"{}\">\n<caption>Each row depends on the columns that have a number in it: how many edges</caption>"
      "\n<thead><tr><th scope=\"col\">depends on</th>",
      number == 0 ? "" : fmt::format(" {}", number + 1), number);
  for (std::size_t i = 0; i < matrix.rows.size(); ++i) {
    html += fmt::format("<th scope=\"col\" data-row=\"{}\" title=\"{}\">{}<span class=\"aside\"> {}</span></th>", i,
                        escape_html(say_row(matrix.rows[i])), i + 1, escape_html(say_row(matrix.rows[i])));
  }
  html += "</tr></thead>\n<tbody>\n";
  auto cell = matrix.cells.begin();
  for (std::size_t row = 0; row < matrix.rows.size(); ++row) {
    html += fmt::format(
        "<tr data-row=\"{}\"><th scope=\"row\" class=\"{}\">{}. {}{}</th>", row, look_of(matrix.rows[row]), row + 1,
        escape_html(say_row(matrix.rows[row])),
        matrix.rows[row].cycle ? fmt::format(" <small>cycle {}</small>", *matrix.rows[row].cycle + 1) : std::string());
    for (std::size_t column = 0; column < matrix.rows.size(); ++column) {
      if (row == column) {
        html += fmt::format("<td class=\"self\" data-row=\"{}\"></td>", column);
      } else if (cell != matrix.cells.end() && cell->row == row && cell->column == column) {
        html += fmt::format("<td class=\"{}\" data-row=\"{}\" title=\"{} depends on {}: {}\">{}</td>",
                            look_of(matrix, *cell), column, escape_html(say_row(matrix.rows[row])),
                            escape_html(say_row(matrix.rows[column])), say_kinds(*cell), cell->edges);
        ++cell;
      } else {
        html += fmt::format("<td data-row=\"{}\"></td>", column);
      }
    }
    html += "</tr>\n";
  }
  return html + "</tbody></table></div>\n";
}

std::string write_list(const Matrix& matrix, std::size_t number) {
  std::string html = fmt::format(
      "<div class=\"matrix-place\" data-matrix=\"{}\"></div>\n<details class=\"matrix-list\"><summary>The matrix as a "
      "list: {}</summary>\n<dl>\n",
      number, count_html(matrix.rows.size(), "row"));
  auto cell = matrix.cells.begin();
  for (std::size_t row = 0; row < matrix.rows.size(); ++row) {
    if (cell == matrix.cells.end() || cell->row != row) continue;
    html += fmt::format("<dt>{}</dt><dd>", escape_html(say_row(matrix.rows[row])));
    for (bool first = true; cell != matrix.cells.end() && cell->row == row; ++cell, first = false) {
      html += fmt::format("{}{} ({})", first ? "" : "; ", escape_html(say_row(matrix.rows[cell->column])),
                          say_kinds(*cell));
    }
    html += "</dd>\n";
  }
  return html + "</dl></details>\n";
}

std::string write_cycles(const Matrix& matrix) {
  if (matrix.cycles == 0) return "<p>No cycle among them.</p>\n";
  std::string html =
      fmt::format("<details class=\"cycles\"{}><summary>{}</summary><ul>\n",
                  matrix.rows.size() <= most_table_rows ? " open" : "", count_html(matrix.cycles, "cycle"));
  for (std::size_t cycle = 0; cycle < matrix.cycles; ++cycle) {
    html += fmt::format("<li><strong>cycle {}</strong>: ", cycle + 1);
    bool first = true;
    for (const MatrixRow& row : matrix.rows) {
      if (row.cycle != cycle) continue;
      html += (first ? "" : ", ") + escape_html(say_row(row));
      first = false;
    }
    html += "</li>\n";
  }
  return html + "</ul></details>\n";
}

std::string write_data(const Matrix& matrix, std::size_t number) {
  Json rows = Json::array();
  for (const MatrixRow& row : matrix.rows) {
    Json json{{"label", displayable(say_row(row))}, {"targets", row.targets}};
    if (row.off) json["off"] = true;
    if (row.kind == MatrixRowKind::module) json["module"] = true;
    if (row.cycle) json["cycle"] = *row.cycle;
    rows.push_back(std::move(json));
  }
  Json cells = Json::array();  // row, column, edges, then pairs of a kind and its number
  for (const MatrixCell& cell : matrix.cells) {
    Json json{cell.row, cell.column, cell.edges};
    for (std::size_t i = 0; i < edge_kinds.size(); ++i) {
      if (cell.by_kind[i] == 0) continue;
      json.push_back(i);
      json.push_back(cell.by_kind[i]);
    }
    cells.push_back(std::move(json));
  }
  Json kinds = Json::array();
  for (const EdgeKind kind : edge_kinds) kinds.push_back(to_string(kind));
  const Json json{{"kinds", kinds}, {"rows", rows}, {"cells", cells}};
  return fmt::format("<script type=\"application/json\" id=\"matrix-{}\">{}</script>\n", number,
                     escape_script(json.dump()));
}

}  // namespace

bool is_same_graph(const PageGraph& a, const PageGraph& b) {
  return a.ends == b.ends && a.edges == b.edges && a.files == b.files && a.left_out == b.left_out;
}

std::string write_matrix_section(const Report& report) {
  if (report.graphs.empty()) return "";
  std::string html =
      "<section id=\"matrix\" aria-labelledby=\"matrix-title\">\n<h2 id=\"matrix-title\">Dependency matrix</h2>\n"
      "<p>Modules and folders of the core, dependers before what they depend on: what stands below the diagonal leads "
      "back, and closes a cycle. Edges that a target merely inherits are left out.</p>\n";
  const std::vector<PageGraph>& graphs = report.graphs;
  for (std::size_t i = 0; i < graphs.size(); ++i) {
    if (graphs.size() > 1) {
      html += fmt::format("<h3>{}</h3>\n", escape_html(say_configuration(graphs[i].configuration)));
    }
    if (graphs[i].left_out) {
      html += "<p>This graph is too large for a page; 'bulkhead graph' saves it.</p>\n";
      continue;
    }
    std::size_t same = 0;
    while (same < i && !is_same_graph(graphs[same], graphs[i])) ++same;
    if (same < i) {
      html += fmt::format("<p>As in {}.</p>\n", escape_html(say_configuration(graphs[same].configuration)));
      continue;
    }
    const Matrix matrix = build_matrix(graphs[i]);
    html += matrix.rows.size() <= most_table_rows ? write_table(matrix, i) : write_list(matrix, i);
    html += write_cycles(matrix) + write_data(matrix, i);
  }
  return html + "</section>\n";
}

}  // namespace bulkhead
