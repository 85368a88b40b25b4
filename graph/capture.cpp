#include "graph/capture.h"

#include <algorithm>
#include <system_error>
#include <utility>

#include "graph/file_io.h"
#include "graph/json.h"

namespace bulkhead {
namespace {

namespace fs = std::filesystem;
using simdjson::ondemand::array;
using simdjson::ondemand::object;
using simdjson::ondemand::value;

constexpr std::uint64_t known_version = 1;

constexpr std::array<std::string_view, captured_property_count> property_names = {
    "LINK_LIBRARIES",
    "INTERFACE_LINK_LIBRARIES",
    "INTERFACE_LINK_LIBRARIES_DIRECT",
    "MANUALLY_ADDED_DEPENDENCIES",
    "LINK_OPTIONS",
    "INTERFACE_LINK_OPTIONS",
    "LINK_DEPENDS",
    "PRECOMPILE_HEADERS_REUSE_FROM",
    "SOURCES",
    "INTERFACE_SOURCES",
    "INTERFACE_INCLUDE_DIRECTORIES",
    "INTERFACE_COMPILE_DEFINITIONS",
    "INTERFACE_COMPILE_OPTIONS",
    "IMPORTED_LOCATION",
};

std::uint32_t size_of(std::size_t size) {
  return static_cast<std::uint32_t>(size);
}

class Decoder {
 public:
  explicit Decoder(Capture& capture) : capture_(capture), empty_(capture.strings.intern({})) {}

  void decode(object json) {
    bool has_version = false;
    for (auto field : json) {
      const std::string_view key = field.unescaped_key();
      if (key == "version") {
        if (field.value().get_uint64() != known_version) {
          throw DecodeError("it was written by another version of Bulkhead's BulkheadCapture.cmake");
        }
        has_version = true;
      } else if (key == "cmake") {
        capture_.cmake_version = std::string_view(field.value());
      } else if (key == "stamp") {
        capture_.stamp = std::string_view(field.value());
      } else if (key == "script") {
        capture_.script = std::string_view(field.value());
      } else if (key == "targets") {
        for (object target : field.value().get_array()) capture_.targets.push_back(decode_target(target));
      } else if (key == "directories") {
        for (object entry : field.value().get_array()) capture_.directories.push_back(decode_directory(entry));
      } else if (key == "aliases") {
        capture_.aliases = decode_pairs(field.value());
      } else if (key == "variables") {
        capture_.variables = decode_pairs(field.value());
      }
    }
    if (!has_version || capture_.stamp.empty() || capture_.directories.empty()) {
      throw DecodeError("it has no version, no stamp or no directories");
    }
    // The file tells the directories last: they are known only when all have been entered.
    for (const CapturedTarget& target : capture_.targets) {
      if (target.directory >= capture_.directories.size()) {
        throw DecodeError("target " + std::string(capture_.strings[target.name]) +
                          " is in a directory that is not there");
      }
    }
  }

 private:
  StringId text(simdjson::simdjson_result<value> json) { return capture_.strings.intern(std::string_view(json)); }

  CapturedTarget decode_target(object json) {
    CapturedTarget target{.name = empty_,
                          .properties = make_unset(std::make_index_sequence<captured_property_count>()),
                          .object_depends = {}};
    target.object_depends.begin = size_of(capture_.object_depends.size());
    for (auto field : json) {
      const std::string_view key = field.unescaped_key();
      if (key == "name") {
        target.name = text(field.value());
      } else if (key == "type") {
        target.type = parse_target_type(std::string_view(field.value()));
      } else if (key == "directory") {
        target.directory = to_index(field.value());
      } else if (key == "imported") {
        target.imported = field.value().get_bool();
      } else if (key == "global") {
        target.global = field.value().get_bool();
      } else if (key == "excludeFromAll") {
        target.exclude_from_all = field.value().get_bool();
      } else if (key == "objectDepends") {
        for (object entry : field.value().get_array()) {
          const auto [source, depends] = decode_pair(entry, "source", "depends");
          capture_.object_depends.push_back({source, depends});
        }
      } else {
        const auto* const name = std::find(property_names.begin(), property_names.end(), key);
        if (name == property_names.end()) continue;
        target.properties[static_cast<std::size_t>(name - property_names.begin())] = text(field.value());
      }
    }
    if (target.name == empty_) throw DecodeError("a target has no name");
    target.object_depends.end = size_of(capture_.object_depends.size());
    return target;
  }

  CapturedDirectory decode_directory(object json) {
    CapturedDirectory directory{.source = empty_, .binary = empty_, .tests = empty_};
    for (auto field : json) {
      const std::string_view key = field.unescaped_key();
      if (key == "source") directory.source = text(field.value());
      if (key == "binary") directory.binary = text(field.value());
      if (key == "excludeFromAll") directory.exclude_from_all = field.value().get_bool();
      if (key == "tests") directory.tests = text(field.value());
    }
    if (directory.source == empty_ || directory.binary == empty_) throw DecodeError("a directory has no path");
    return directory;
  }

  std::pair<StringId, StringId> decode_pair(object json, std::string_view first_key, std::string_view second_key) {
    std::pair result(empty_, empty_);
    for (auto field : json) {
      const std::string_view key = field.unescaped_key();
      if (key == first_key) result.first = text(field.value());
      if (key == second_key) result.second = text(field.value());
    }
    if (result.first == empty_) throw DecodeError("an entry has no " + std::string(first_key));
    return result;
  }

  std::vector<CapturedPair> decode_pairs(simdjson::simdjson_result<value> json) {
    std::vector<CapturedPair> pairs;
    for (object entry : json.get_array()) {
      const auto [name, value] = decode_pair(entry, "name", "value");
      pairs.push_back({name, value});
    }
    const auto key = [this](const CapturedPair& pair) { return capture_.strings[pair.name]; };
    std::stable_sort(pairs.begin(), pairs.end(),
                     [&](const CapturedPair& a, const CapturedPair& b) { return key(a) < key(b); });
    // CMake lists a variable twice that is in the cache, too.
    pairs.erase(std::unique(pairs.begin(), pairs.end(),
                            [](const CapturedPair& a, const CapturedPair& b) { return a.name == b.name; }),
                pairs.end());
    return pairs;
  }

  template <std::size_t... Index>
  std::array<StringId, captured_property_count> make_unset(std::index_sequence<Index...> /*all*/) const {
    return {{(static_cast<void>(Index), empty_)...}};
  }

  Capture& capture_;
  StringId empty_;
};

// The number of bytes of the UTF-8 character that a text begins with; 0 when it begins with none.
std::size_t character_size(std::string_view text) {
  const auto byte = [&](std::size_t i) { return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U; };
  const auto follows = [&](std::size_t i) { return (byte(i) & 0xc0U) == 0x80U; };
  const unsigned first = byte(0);
  if (first < 0x80) return 1;
  if (first >= 0xc2 && first < 0xe0) return follows(1) ? 2 : 0;
  const unsigned start = first << 8U | byte(1);  // tells overlong forms, surrogates and what is beyond Unicode
  if (first >= 0xe0 && first < 0xf0) {
    const bool is_valid = start >= 0xe0a0 && (start < 0xeda0 || start >= 0xee80);
    return is_valid && follows(1) && follows(2) ? 3 : 0;
  }
  if (first >= 0xf0 && first < 0xf5) {
    return start >= 0xf090 && start < 0xf490 && follows(1) && follows(2) && follows(3) ? 4 : 0;
  }
  return 0;
}

// CMake's language cannot tell which bytes are no UTF-8, so that the capture holds what the project's files hold.
std::string replace_invalid_bytes(std::string_view text) {
  std::string result;
  result.reserve(text.size() + text.size() / 8 + json_padding);
  while (!text.empty()) {
    const std::size_t size = character_size(text);
    result.append(size == 0 ? std::string_view("\xef\xbf\xbd") : text.substr(0, size));
    text.remove_prefix(std::max<std::size_t>(size, 1));
  }
  return result;
}

}  // namespace

std::string_view to_string(CapturedProperty property) {
  return property_names[static_cast<std::size_t>(property)];
}

Result<std::optional<Capture>> read_capture(const fs::path& build) {
  const fs::path folder = build / ".cmake" / "bulkhead";
  constexpr const char* name = "capture.json";
  std::error_code ignored;
  if (!fs::exists(folder / name, ignored)) return std::nullopt;
  const auto directory = ReadDirectory::open(folder);
  if (!directory) return tl::unexpected(directory.error());
  FileBuffer buffer;
  const auto file_text = buffer.read(*directory, name);
  if (!file_text) return tl::unexpected(file_text.error());

  std::string repaired;
  std::string_view text = *file_text;
  if (!simdjson::validate_utf8(text)) {
    repaired = replace_invalid_bytes(text);
    const std::size_t size = repaired.size();
    repaired.append(json_padding, '\0');
    text = std::string_view(repaired).substr(0, size);
  }
  const std::string shown_path = (folder / name).string();
  Capture capture;
  simdjson::ondemand::parser parser;
  const auto decoded = decode_json(parser, {.file = shown_path, .text = text, .noun = "capture"},
                                   [&capture](object json) { Decoder(capture).decode(json); });
  if (!decoded) return tl::unexpected(decoded.error());
  return capture;
}

}  // namespace bulkhead
