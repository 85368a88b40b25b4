// Links from a picture to the lines of the source tree.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "graph/result.h"
#include "reports/picture.h"

namespace bulkhead {

/// A URL with places for a file and a line: `https://example.org/blob/main/{file}#L{line}`.
class LinkTemplate {
 public:
  /// Fails for a text without `{file}`, with another word in braces or a character that no URL has, and for a scheme
  /// that is none of https, http, file and vscode: what is opened by a click must not be a program.
  static Result<LinkTemplate> parse(std::string_view text);

  /// The URL of a place, whose file is percent-encoded byte by byte, '/' apart. A line that is not known is left out
  /// together with the fragment that it stands in. None for what is outside of the source tree, or made by the build; a
  /// path beside the source tree, as `../clang`, takes a folder off the URL where the template has one before `{file}`.
  [[nodiscard]] std::optional<std::string> expand(const PicturePlace& place) const;

 private:
  LinkTemplate(std::string_view before, std::string_view after) : before_(before), after_(after) {}

  std::string before_;  // {file}
  std::string after_;
};

/// Gives each box and arrow of the picture with a place in the source tree its link.
void link_picture(Picture& picture, const LinkTemplate& link);

}  // namespace bulkhead
