#include "reports/link_template.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "graph/source_paths.h"

namespace bulkhead {
namespace {

constexpr std::string_view file_word = "{file}";
constexpr std::string_view line_word = "{line}";

bool is_unreserved(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.' ||
         c == '_' || c == '~';
}

/// What may stand in a URL, see RFC 3986: no quotes, brackets, blanks or bytes beyond ASCII.
bool is_url_character(char c) {
  return is_unreserved(c) || std::string_view(":/?#[]@!$&()*+,;=%").find(c) != std::string_view::npos;
}

std::string encode(std::string_view path) {
  std::string encoded;
  for (const char c : path) {
    if (is_unreserved(c) || c == '/') {
      encoded += c;
    } else {
      encoded += fmt::format("%{:02X}", static_cast<unsigned char>(c));
    }
  }
  return encoded;
}

/// The scheme in lower case; empty when there is none.
std::string scheme_of(std::string_view text) {
  const std::size_t colon = text.find(':');
  if (colon == std::string_view::npos) return {};
  std::string scheme(text.substr(0, colon));
  std::transform(scheme.begin(), scheme.end(), scheme.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  return scheme;
}

/// Takes the last folder off a URL that ends with '/'. False when nothing but the host is left.
bool take_folder(std::string& url) {
  const std::size_t authority = url.find("://");
  const std::size_t path = authority == std::string::npos ? std::string::npos : url.find('/', authority + 3);
  if (path == std::string::npos || !url.ends_with('/') || url.size() - 1 <= path) return false;
  url.resize(url.rfind('/', url.size() - 2) + 1);
  return true;
}

std::string without_fragment(std::string_view text) {
  return std::string(text.substr(0, text.find_last_of("#?&:")));
}

}  // namespace

Result<LinkTemplate> LinkTemplate::parse(std::string_view text) {
  constexpr std::array<std::string_view, 4> schemes = {"https", "http", "file", "vscode"};
  constexpr std::string_view example = "write one as 'https://example.org/blob/main/{file}#L{line}'";
  const std::size_t file = text.find(file_word);
  if (file == std::string_view::npos) {
    return fail({}, fmt::format("the link '{}' has no place for a {{file}}", text), std::string(example));
  }
  const std::string scheme = scheme_of(text);
  if (std::find(schemes.begin(), schemes.end(), scheme) == schemes.end() || text.find("://") != scheme.size()) {
    return fail({}, fmt::format("the link '{}' is none of https://, http://, file:// and vscode://", text),
                std::string(example));
  }
  const std::string_view before = text.substr(0, file);
  const std::string_view after = text.substr(file + file_word.size());
  std::string rest = fmt::format("{}{}", before, after);
  if (const std::size_t line = rest.find(line_word); line != std::string::npos) rest.erase(line, line_word.size());
  const auto odd = std::find_if_not(rest.begin(), rest.end(), is_url_character);
  if (odd != rest.end()) {
    return fail({}, fmt::format("the link '{}' has something in it that no URL has", text),
                "it may have {file} and {line} once; write other characters as %20");
  }
  return LinkTemplate(before, after);
}

std::optional<std::string> LinkTemplate::expand(const PicturePlace& place) const {
  std::string_view path = place.file;
  if (path.empty() || is_in_build(path) || is_outside(path)) return std::nullopt;
  std::string url = before_;
  while (path.starts_with("../")) {
    if (!take_folder(url)) return std::nullopt;
    path.remove_prefix(3);
  }
  url += encode(path);
  const std::size_t line = after_.find(line_word);
  if (line == std::string::npos) return url + after_;
  const std::string_view behind = std::string_view(after_).substr(line + line_word.size());
  const std::string_view ahead = std::string_view(after_).substr(0, line);
  if (place.line == 0) return url + without_fragment(ahead);
  return fmt::format("{}{}{}{}", url, ahead, place.line, behind);
}

void link_picture(Picture& picture, const LinkTemplate& link) {
  for (PictureNode& node : picture.nodes) node.url = link.expand(node.place).value_or("");
  for (PictureEdge& edge : picture.edges) edge.url = link.expand(edge.place).value_or("");
}

}  // namespace bulkhead
