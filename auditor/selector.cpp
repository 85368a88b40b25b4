#include "auditor/selector.h"

#include <array>

#include "auditor/nearest.h"

namespace bulkhead {
namespace {

constexpr std::array<std::string_view, 5> prefixes = {"target", "path", "module", "core", "type"};

Location shifted(Location where, std::size_t columns) {
  if (where.column != 0) where.column += static_cast<std::uint32_t>(columns);
  return where;
}

}  // namespace

Result<Selector> Selector::parse(std::string_view text, const Location& where) {
  Selector selector{.text = std::string(text), .where = where};
  if (text == "core") return selector;

  const std::size_t colon = text.find(':');
  const std::string_view prefix = text.substr(0, colon);
  if (colon == std::string_view::npos ||
      (prefix != "target" && prefix != "path" && prefix != "module" && prefix != "type")) {
    const auto meant = nearest(prefix, prefixes);
    return fail(where, "'" + std::string(text) + "' is no selector",
                meant ? "did you mean '" + std::string(*meant) + (*meant == "core" ? "'?" : ":…'?")
                      : "write target:GLOB, path:GLOB, module:NAME, type:TYPE or core");
  }
  const std::string_view rest = text.substr(colon + 1);
  if (rest.empty()) return fail(where, "'" + std::string(text) + "' names nothing");
  if (prefix == "module") {
    selector.kind = SelectorKind::module;
    selector.name = rest;
    return selector;
  }
  if (prefix == "type") {
    selector.kind = SelectorKind::type;
    selector.type = parse_target_type(rest);
    if (selector.type == TargetType::other) {
      return fail(shifted(where, colon + 1), "'" + std::string(rest) + "' is no type of target",
                  "write it as the codemodel does: EXECUTABLE, STATIC_LIBRARY, SHARED_LIBRARY, UTILITY, …");
    }
    return selector;
  }
  selector.kind = prefix == "target" ? SelectorKind::target : SelectorKind::path;
  auto glob = Glob::parse(rest, shifted(where, colon + 1));
  if (!glob) return tl::unexpected(glob.error());
  selector.glob = std::move(*glob);
  return selector;
}

}  // namespace bulkhead
