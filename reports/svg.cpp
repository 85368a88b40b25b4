// The SVG that Graphviz draws, made fit for web pages: whole messages as tooltips, and a size that follows the window.
#include <fmt/format.h>

#include <map>
#include <string>
#include <string_view>

#include "reports/graphviz.h"
#include "reports/palette.h"
#include "reports/picture.h"
#include "reports/writer.h"
#include "reports/xml_text.h"

namespace bulkhead {
namespace {

/// What an element of the drawing says when somebody points at it, and where it leads to. Borrowed from the picture.
struct Words {
  std::string_view title;
  std::string_view url;
};

using Titles = std::map<std::string, Words, std::less<>>;

/// By the id of the element.
Titles titles_of(const Picture& picture) {
  Titles titles{{"picture", {picture.caption, {}}}, {"legend", {"Legend", {}}}};
  for (std::size_t i = 0; i < picture.clusters.size(); ++i) {
    const PictureCluster& cluster = picture.clusters[i];
    titles.emplace(fmt::format("c{}", i), Words{cluster.tooltip.empty() ? cluster.label : cluster.tooltip, {}});
  }
  for (std::size_t i = 0; i < picture.nodes.size(); ++i) {
    titles.emplace(fmt::format("n{}", i), Words{picture.nodes[i].tooltip, picture.nodes[i].url});
  }
  for (std::size_t i = 0; i < picture.edges.size(); ++i) {
    for (const char* part : {"", "_label", "_tail"}) {
      titles.emplace(fmt::format("e{}{}", i, part), Words{picture.edges[i].tooltip, picture.edges[i].url});
    }
  }
  return titles;
}

/// Takes the text up to and including `mark` off the front of `rest`; all of it when there is no mark.
std::string_view take_through(std::string_view& rest, std::string_view mark) {
  const std::size_t place = rest.find(mark);
  const std::string_view taken = rest.substr(0, place == std::string_view::npos ? rest.size() : place + mark.size());
  rest.remove_prefix(taken.size());
  return taken;
}

/// Comments hold the version of Graphviz and the names of the nodes. Text cannot contain "<!--": its '<' is escaped.
std::string without_comments(std::string_view svg) {
  std::string kept;
  while (!svg.empty()) {
    std::string_view before = take_through(svg, "<!--");
    const bool comment = before.ends_with("<!--");
    if (comment) before.remove_suffix(4);
    kept += before;
    if (!comment) break;
    take_through(svg, "-->");
    if (svg.starts_with('\n')) svg.remove_prefix(1);
  }
  return kept;
}

/// Graphviz puts `<title>n0</title>` into `<g id="n0" ...>`: names that mean nothing to a reader. A link goes around
/// what follows it in the element, which holds no other ones where it has a link.
std::string with_titles(std::string_view svg, const Titles& titles) {
  std::string text;
  while (!svg.empty()) {
    text += take_through(svg, "<g id=\"");
    const std::string_view id = svg.substr(0, svg.find('"'));
    text += take_through(svg, ">");
    if (svg.starts_with('\n')) svg.remove_prefix(1);
    if (!svg.starts_with("<title>")) continue;
    take_through(svg, "</title>");
    const auto words = titles.find(id);
    if (words == titles.end()) continue;
    if (!words->second.title.empty()) text += fmt::format("\n<title>{}</title>", escape_xml(words->second.title));
    if (words->second.url.empty()) continue;
    std::string_view drawn = take_through(svg, "</g>");
    drawn.remove_suffix(4);
    text += fmt::format("\n<a href=\"{}\" target=\"_top\">{}</a></g>", escape_xml(words->second.url), drawn);
  }
  return text;
}

}  // namespace

Result<std::string> render_web_svg(const Picture& picture) {
  const Result<std::string> drawn = render_svg(picture);
  if (!drawn) return tl::unexpected(drawn.error());
  // Everything before <svg> is a declaration and a reference to a DTD, which some parsers would fetch.
  std::string_view rest = *drawn;
  take_through(rest, "<svg");
  const std::string attributes(take_through(rest, ">"));
  return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
         "<svg class=\"bulkhead-picture\" role=\"img\" style=\"max-width:100%;height:auto\"" +
         attributes + "\n<style>\n" + picture_style() + "</style>" +
         with_titles(without_comments(rest), titles_of(picture));
}

Result<std::string> write_svg(const Report& report, const WriteOptions& options) {
  Picture picture = build_picture(report);
  if (options.link) link_picture(picture, *options.link);
  return render_web_svg(picture);
}

}  // namespace bulkhead
