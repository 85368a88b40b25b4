// The one place where simdjson's errors become located Errors. Included by the decoders only.
#pragma once

#include <simdjson.h>

#include <exception>
#include <string>
#include <string_view>
#include <utility>

#include "graph/result.h"

namespace bulkhead {

/// Bytes that must be readable, whatever they hold, behind the end of a text that simdjson parses.
inline constexpr std::size_t json_padding = simdjson::SIMDJSON_PADDING;

/// A JSON text with its name; the text is followed by json_padding readable bytes.
struct JsonText {
  std::string_view file;  ///< For messages.
  std::string_view text;
  std::string_view noun = "reply";  ///< What it is, for messages.
};

/// Thrown by decoders for JSON that is well-formed but makes no sense; caught by decode_json.
class DecodeError : public std::exception {
 public:
  explicit DecodeError(std::string message) : message_(std::move(message)) {}
  [[nodiscard]] const char* what() const noexcept override { return message_.c_str(); }

 private:
  std::string message_;
};

/// The line and column of an offset in a text.
[[nodiscard]] Location locate(std::string_view file, std::string_view text, std::size_t offset);

/// An Error for a text that could not be decoded; `position` points into it, or is null.
[[nodiscard]] Error json_error(const JsonText& json, std::string message, const char* position);

/// The end of the text for errors that mean that it ends too early, which simdjson places at its beginning; else null.
[[nodiscard]] inline const char* end_if_cut_off(const JsonText& json, simdjson::error_code error) {
  const bool cut_off = error == simdjson::INCOMPLETE_ARRAY_OR_OBJECT || error == simdjson::UNCLOSED_STRING;
  return cut_off ? json.text.data() + json.text.size() : nullptr;
}

/// Calls `decode(object)` for the object at the root of a JSON text. What decode throws becomes a located Error.
template <class Decode>
Result<void> decode_json(simdjson::ondemand::parser& parser, const JsonText& json, Decode&& decode) {
  simdjson::ondemand::document document;
  const auto position = [&document]() -> const char* {
    const char* at = nullptr;
    return document.current_location().get(at) == simdjson::SUCCESS ? at : nullptr;
  };
  try {
    const auto error =
        parser.iterate(json.text.data(), json.text.size(), json.text.size() + json_padding).get(document);
    if (error != simdjson::SUCCESS) {
      return tl::unexpected(json_error(json, simdjson::error_message(error), end_if_cut_off(json, error)));
    }
    decode(document.get_object().value());
    return {};
  } catch (const simdjson::simdjson_error& error) {
    const char* const cut_off = end_if_cut_off(json, error.error());
    return tl::unexpected(
        json_error(json, simdjson::error_message(error.error()), cut_off != nullptr ? cut_off : position()));
  } catch (const DecodeError& error) {
    return tl::unexpected(json_error(json, error.what(), position()));
  }
}

/// True when a key is `name`. Comparing the raw key spares a copy of each; CMake's keys hold no escapes.
[[nodiscard]] inline bool is_key(simdjson::ondemand::raw_json_string key, const char* name) {
  return key.unsafe_is_equal(name);
}

/// A non-negative integer that fits 32 bits.
[[nodiscard]] inline std::uint32_t to_index(simdjson::simdjson_result<simdjson::ondemand::value> value) {
  const std::uint64_t number = value.get_uint64();
  if (number > 0xffff'ffffU) throw DecodeError("a number is too large");
  return static_cast<std::uint32_t>(number);
}

}  // namespace bulkhead
