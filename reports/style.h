// Colours of text for terminals.
#pragma once

#include <string>
#include <string_view>

namespace bulkhead {

enum class Colour { none, bold, red, yellow, green, blue };

/// Wraps text in ANSI escapes when colours are wanted.
class Style {
 public:
  explicit Style(bool colour) : colour_(colour) {}

  [[nodiscard]] std::string operator()(Colour colour, std::string_view text) const {
    if (!colour_ || colour == Colour::none) return std::string(text);
    return std::string(escape(colour)) + std::string(text) + "\x1b[0m";
  }

 private:
  static std::string_view escape(Colour colour) {
    switch (colour) {
      case Colour::none: break;
      case Colour::bold: return "\x1b[1m";
      case Colour::red: return "\x1b[1;31m";
      case Colour::yellow: return "\x1b[1;33m";
      case Colour::green: return "\x1b[1;32m";
      case Colour::blue: return "\x1b[1;34m";
    }
    return "";
  }

  bool colour_;
};

}  // namespace bulkhead
