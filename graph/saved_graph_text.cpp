// The saved graph as JSON, and back: docs/schema/bulkhead-graph-1.json.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <string>

#include "graph/file_io.h"
#include "graph/json.h"
#include "graph/saved_graph.h"

namespace bulkhead {
namespace {

constexpr std::string_view schema_name = "bulkhead-graph-1";

void append_text(std::string& json, std::string_view text) {
  json += '"';
  for (const char c : text) {
    switch (c) {
      case '"': json += "\\\""; break;
      case '\\': json += "\\\\"; break;
      case '\n': json += "\\n"; break;
      default:
        if (static_cast<unsigned char>(c) < 0x20) {
          json += fmt::format("\\u{:04x}", static_cast<unsigned>(static_cast<unsigned char>(c)));
        } else {
          json += c;
        }
    }
  }
  json += '"';
}

void append_field(std::string& json, std::string_view name, std::string_view text) {
  json.append(json.back() == '{' ? "\"" : ", \"").append(name).append("\": ");
  append_text(json, text);
}

void append_place(std::string& json, std::string_view file, std::uint32_t line) {
  if (file.empty()) return;
  append_field(json, "file", file);
  if (line != 0) json.append(", \"line\": ").append(std::to_string(line));
}

void append_target(std::string& json, const SavedGraph& graph, const SavedTarget& target) {
  json += '{';
  append_field(json, "name", graph.text(target.name));
  append_field(json, "type", to_string(target.type));
  append_field(json, "directory", graph.text(target.directory));
  if (target.imported) json += ", \"imported\": true";
  if (target.abstract) json += ", \"abstract\": true";
  append_place(json, graph.text(target.file), target.line);
  json += '}';
}

void append_edge(std::string& json, const SavedGraph& graph, const SavedEdge& edge) {
  json += '{';
  append_field(json, "kind", to_string(edge.kind));
  append_field(json, "from", graph.text(edge.from));
  append_field(json, "to", graph.text(edge.to));
  append_field(json, "known", to_string(edge.known));
  if (edge.inherited) json += ", \"inherited\": true";
  append_place(json, graph.text(edge.file), edge.line);
  json += '}';
}

template <class Items, class Append>
void append_list(std::string& json, const Items& items, Append&& append) {
  json += '[';
  bool is_first = true;
  for (const auto& item : items) {
    json += is_first ? "\n    " : ",\n    ";
    is_first = false;
    append(item);
  }
  json += ']';
}

std::string_view to_text(simdjson::simdjson_result<simdjson::ondemand::value> value) {
  return value.get_string();
}

/// Decodes a saved graph; throws what decode_json() turns into located errors.
class Reader {
 public:
  explicit Reader(SavedGraph& graph) : graph_(graph), nothing_(graph.strings.intern("")) {}

  void read(simdjson::ondemand::object json) {
    bool has_schema = false;
    for (auto field : json) {
      const std::string_view key = field.unescaped_key();
      if (key == "schema") {
        has_schema = true;
        if (to_text(field.value()) != schema_name) throw DecodeError("this is no saved graph of version 1");
      } else if (key == "cmake") {
        read_cmake(field.value().get_object());
      } else if (key == "inputs") {
        read_inputs(field.value().get_object());
      } else if (key == "configurations") {
        for (simdjson::ondemand::object configuration : field.value().get_array()) read_configuration(configuration);
      }
    }
    if (!has_schema) throw DecodeError("this is no saved graph: it has no \"schema\"");
    if (graph_.configurations.empty()) throw DecodeError("it has no configuration");
  }

 private:
  void read_cmake(simdjson::ondemand::object json) {
    for (auto field : json) {
      const std::string_view key = field.unescaped_key();
      if (key == "version") graph_.cmake_version = to_text(field.value());
      if (key == "generator") graph_.generator = to_text(field.value());
      if (key == "codemodel") read_codemodel(to_text(field.value()));
    }
  }

  void read_codemodel(std::string_view text) {
    const char* const end = text.data() + text.size();
    const auto major = std::from_chars(text.data(), end, graph_.codemodel_major);
    if (major.ec == std::errc() && major.ptr != end && *major.ptr == '.') {
      const auto minor = std::from_chars(major.ptr + 1, end, graph_.codemodel_minor);
      if (minor.ec == std::errc() && minor.ptr == end) return;
    }
    throw DecodeError(fmt::format("'{}' is no version of the codemodel", text));
  }

  void read_inputs(simdjson::ondemand::object json) {
    for (auto field : json) {
      const std::string_view key = field.unescaped_key();
      if (key == "capture") graph_.captured = field.value().get_bool();
      if (key == "commands") graph_.commands = field.value().get_bool();
    }
  }

  void read_configuration(simdjson::ondemand::object json) {
    SavedConfiguration configuration;
    bool has_name = false;
    for (auto field : json) {
      const std::string_view key = field.unescaped_key();
      if (key == "name") {
        configuration.name = to_text(field.value());
        has_name = true;
      } else if (key == "targets") {
        for (simdjson::ondemand::object target : field.value().get_array()) {
          configuration.targets.push_back(read_target(target));
        }
      } else if (key == "edges") {
        for (simdjson::ondemand::object edge : field.value().get_array()) {
          configuration.edges.push_back(read_edge(edge));
        }
      }
    }
    if (!has_name) throw DecodeError("a configuration has no \"name\"");
    for (const SavedConfiguration& other : graph_.configurations) {
      if (other.name == configuration.name)
        throw DecodeError(fmt::format("there are two configurations '{}'", configuration.name));
    }
    graph_.configurations.push_back(std::move(configuration));
  }

  SavedTarget read_target(simdjson::ondemand::object json) {
    SavedTarget target{.name = nothing_, .directory = nothing_, .file = nothing_, .line = 0, .type = TargetType::other};
    bool has_type = false;
    for (auto field : json) {
      const std::string_view key = field.unescaped_key();
      if (key == "name") target.name = intern(field.value());
      if (key == "type") {
        target.type = parse_target_type(to_text(field.value()));
        has_type = true;
      }
      if (key == "directory") target.directory = intern(field.value());
      if (key == "imported") target.imported = field.value().get_bool();
      if (key == "abstract") target.abstract = field.value().get_bool();
      if (key == "file") target.file = intern(field.value());
      if (key == "line") target.line = to_index(field.value());
    }
    if (target.name == nothing_) throw DecodeError("a target has no \"name\"");
    if (!has_type) throw DecodeError("a target has no \"type\"");
    check_place(target.file, target.line);
    return target;
  }

  SavedEdge read_edge(simdjson::ondemand::object json) {
    SavedEdge edge{.from = nothing_,
                   .to = nothing_,
                   .file = nothing_,
                   .line = 0,
                   .kind = EdgeKind::link,
                   .known = Known::declared};
    bool has_kind = false;
    for (auto field : json) {
      const std::string_view key = field.unescaped_key();
      if (key == "kind") {
        edge.kind = read_kind(to_text(field.value()));
        has_kind = true;
      }
      if (key == "from") edge.from = read_end(field.value(), Side::depender);
      if (key == "to") edge.to = read_end(field.value(), Side::dependee);
      if (key == "known") edge.known = read_known(to_text(field.value()));
      if (key == "inherited") edge.inherited = field.value().get_bool();
      if (key == "file") edge.file = intern(field.value());
      if (key == "line") edge.line = to_index(field.value());
    }
    if (!has_kind || edge.from == nothing_ || edge.to == nothing_)
      throw DecodeError("an edge has no \"kind\", no \"from\" or no \"to\"");
    check_place(edge.file, edge.line);
    return edge;
  }

  enum class Side : std::uint8_t { depender, dependee };

  static EdgeKind read_kind(std::string_view text) {
    const auto kind = parse_edge_kind(text);
    if (!kind) throw DecodeError(fmt::format("there is no kind of edge '{}'", text));
    return *kind;
  }

  static Known read_known(std::string_view text) {
    for (const Known known : {Known::declared, Known::derived}) {
      if (text == to_string(known)) return known;
    }
    throw DecodeError(fmt::format("an edge is declared or derived, and not '{}'", text));
  }

  StringId read_end(simdjson::simdjson_result<simdjson::ondemand::value> value, Side side) {
    static constexpr std::array<std::string_view, 4> prefixes = {"target:", "file:", "library:", "definition:"};
    const std::string_view text = to_text(value);
    const std::size_t count = side == Side::depender ? 2 : prefixes.size();
    const bool is_label = std::any_of(prefixes.begin(), prefixes.begin() + count, [text](std::string_view prefix) {
      return text.starts_with(prefix) && text.size() > prefix.size();
    });
    if (!is_label) throw DecodeError(fmt::format("'{}' is no end of an edge", text));
    return graph_.strings.intern(text);
  }

  void check_place(StringId file, std::uint32_t line) const {
    if (file == nothing_ && line != 0) throw DecodeError("a \"line\" has no \"file\"");
  }

  StringId intern(simdjson::simdjson_result<simdjson::ondemand::value> value) {
    return graph_.strings.intern(to_text(value));
  }

  SavedGraph& graph_;
  StringId nothing_;
};

// `text` is followed by json_padding bytes.
Result<SavedGraph> decode(std::string_view text, const std::string& file) {
  SavedGraph graph;
  simdjson::ondemand::parser parser;
  const auto decoded = decode_json(parser, {.file = file, .text = text, .noun = "saved graph"},
                                   [&graph](simdjson::ondemand::object json) { Reader(graph).read(json); });
  if (!decoded) {
    Error error = decoded.error();
    error.hint = "save it anew: bulkhead graph -B BUILD --format json=FILE";
    return tl::unexpected(std::move(error));
  }
  sort_saved_graph(graph);
  return graph;
}

}  // namespace

std::string write_saved_graph(const SavedGraph& graph, std::string_view tool_version) {
  std::string json = "{";
  append_field(json, "schema", schema_name);
  json += ",\n \"tool\": {";
  append_field(json, "name", "bulkhead");
  append_field(json, "version", tool_version);
  json += "},\n \"cmake\": {";
  append_field(json, "version", graph.cmake_version);
  append_field(json, "generator", graph.generator);
  append_field(json, "codemodel", fmt::format("{}.{}", graph.codemodel_major, graph.codemodel_minor));
  json += fmt::format("}},\n \"inputs\": {{\"capture\": {}, \"commands\": {}}},\n \"configurations\": [",
                      graph.captured, graph.commands);
  bool is_first = true;
  for (const SavedConfiguration& configuration : graph.configurations) {
    json += is_first ? "\n  {" : ",\n  {";
    is_first = false;
    append_field(json, "name", configuration.name);
    json += ",\n   \"targets\": ";
    append_list(json, configuration.targets, [&](const SavedTarget& target) { append_target(json, graph, target); });
    json += ",\n   \"edges\": ";
    append_list(json, configuration.edges, [&](const SavedEdge& edge) { append_edge(json, graph, edge); });
    json += "}";
  }
  json += "]}\n";
  return json;
}

Result<SavedGraph> read_saved_graph(const std::filesystem::path& file) {
  FileBuffer buffer;
  const auto text = buffer.read(file);
  if (!text) return tl::unexpected(text.error());
  return decode(*text, file.string());
}

Result<SavedGraph> parse_saved_graph(std::string_view text, const std::string& file) {
  std::string padded(text);
  padded.append(json_padding, '\0');
  return decode(std::string_view(padded).substr(0, text.size()), file);
}

}  // namespace bulkhead
