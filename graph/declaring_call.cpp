#include "graph/declaring_call.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <unordered_set>
#include <vector>

namespace bulkhead {
namespace {

// Calls that name targets without making an edge.
bool only_asks(std::string_view command) {
  constexpr std::array<std::string_view, 14> names = {
      "if",           "elseif",  "else",   "endif",   "while",
      "foreach",      "message", "list",   "string",  "get_target_property",
      "get_property", "install", "export", "add_test"};
  return std::find(names.begin(), names.end(), command) != names.end();
}

std::string_view base_name(std::string_view path) {
  return path.substr(path.rfind('/') + 1);
}

// How a call may name the dependee, the best first.
std::vector<std::string_view> words_for(const TargetGraph& graph, const Edge& edge) {
  std::vector<std::string_view> words;
  if (edge.to.is_target()) {
    words.push_back(graph.name(edge.to.target_id()));
    for (const StringId artifact : graph.artifacts(edge.to.target_id())) {
      words.push_back(base_name(graph.text(artifact)));
    }
    return words;
  }
  std::string_view text = graph.text(edge.to.string_id());
  if (edge.to.kind() == EndpointKind::definition) {
    words.push_back(text.substr(0, text.find('=')));
    return words;  // and as an option, see find_in_files()
  }
  if (is_in_build(text)) text = text.substr(std::min(text.size(), build_mark.size() + 1));
  words.push_back(text);
  if (edge.to.kind() == EndpointKind::file && text.find('/') != std::string_view::npos)
    words.push_back(base_name(text));
  return words;
}

class CallFinder {
 public:
  // Without an index, for one edge, each call is looked at.
  CallFinder(CMakeSources& sources, CallIndex* index, const TargetGraph& graph, const Edge& edge)
      : sources_(sources), index_(index), graph_(graph), edge_(edge), depender_(edge.from.target_id()) {}

  std::optional<DeclaringCall> find() {
    collect_files();
    if (auto found = find_in_files()) return found;
    // A target may be spoken of from any directory; there only a call that is about it counts.
    only_about_ = true;
    if (index_ == nullptr) {
      for (const std::string_view file : project_files(graph_)) add_file(file);
    }
    return find_in_files();
  }

 private:
  std::optional<DeclaringCall> find_in_files() {
    for (const std::string_view word : words_for(graph_, edge_)) {
      if (auto found = find_naming(word)) return found;
      // As an option: -DNAME, -lname.
      const EndpointKind kind = edge_.to.kind();
      if (kind != EndpointKind::definition && kind != EndpointKind::library) continue;
      const char* const option = kind == EndpointKind::definition ? "-D" : "-l";
      if (auto found = find_naming(option + std::string(word))) return found;
    }
    return std::nullopt;
  }

  void add_file(std::string_view file) {
    if (!is_outside(file) && seen_.emplace(file).second) files_.emplace_back(file);
  }

  void add_stack(OptionalFrameId frame) {
    if (!frame) return;
    for (const CallFrame& call : graph_.call_stack(*frame)) add_file(call.file);
  }

  // The depender's CMakeLists.txt, what that includes, and the files of the calls that the reply names for it.
  void collect_files() {
    const Target& target = graph_[depender_];
    const std::string_view directory = graph_.text(target.source_directory);
    add_file(directory == "." ? "CMakeLists.txt" : std::string(directory) + "/CMakeLists.txt");
    add_stack(target.frame);
    for (const Edge& edge : graph_.edges_from(depender_)) {
      if (edge.frame && graph_.call_stack(*edge.frame).size() <= deepest_stack) add_stack(edge.frame);
    }
    for (std::size_t next = 0; next < files_.size() && files_.size() < most_files; ++next) {
      for (const Edge& edge : graph_.edges_from_files()) {
        if (edge.kind != EdgeKind::configure || graph_.text(edge.from.string_id()) != files_[next]) continue;
        const std::string_view file = graph_.text(edge.to.string_id());
        if (base_name(file) != "CMakeLists.txt") add_file(file);  // of another directory
      }
    }
  }

  // True when the call is about the depender: `target_link_libraries(depender …)`, `set_property(TARGET depender …)`.
  [[nodiscard]] bool is_about_depender(const CMakeCall& call) const {
    const std::string_view name = graph_.name(depender_);
    for (std::size_t i = 0; i < std::min<std::size_t>(call.arguments.size(), 2); ++i) {
      if (call.arguments[i].text == name && (i == 0 || call.arguments[0].text == "TARGET")) return true;
    }
    return false;
  }

  [[nodiscard]] static bool speaks_of_files(const CMakeCall& call) {
    // add_custom_command(TARGET other …) is about that target.
    return (call.command == "add_custom_command" && call.arguments[0].text != "TARGET") ||
           call.command == "set_source_files_properties" ||
           (call.command == "set_property" && call.arguments[0].text == "SOURCE");
  }

  // True when it makes one of the depender's generated sources.
  [[nodiscard]] bool makes_source(const CMakeCall& call) const {
    if (!speaks_of_files(call)) return false;
    for (const Edge& edge : graph_.edges_from(depender_)) {
      if (edge.kind != EdgeKind::source) continue;
      if (find_argument(call, base_name(graph_.text(edge.to.string_id()))) != nullptr) return true;
    }
    return false;
  }

  // Those at hand; with an index, where all of the project matter, also those that have the word.
  [[nodiscard]] std::vector<std::string> files_for(std::string_view word) {
    std::vector<std::string> files = files_;
    if (!only_about_ || index_ == nullptr) return files;
    for (const std::string_view file : index_->files_naming(word)) {
      if (!is_outside(file) && !seen_.contains(std::string(file))) files.emplace_back(file);
    }
    return files;
  }

  [[nodiscard]] std::vector<const CMakeCall*> calls_naming(const std::string& file, std::string_view word) {
    if (index_ != nullptr) return index_->calls(file, word);
    std::vector<const CMakeCall*> naming;
    for (const CMakeCall& call : sources_.calls(file)) {
      if (find_argument(call, word) != nullptr) naming.push_back(&call);
    }
    return naming;
  }

  std::optional<DeclaringCall> find_naming(std::string_view word) {
    std::optional<DeclaringCall> mentioned;
    std::size_t mentions = 0;
    for (const std::string& file : files_for(word)) {
      for (const CMakeCall* const call : calls_naming(file, word)) {
        const CallArgument* const argument = find_argument(*call, word);
        if (argument == nullptr || only_asks(call->command)) continue;
        if (is_about_depender(*call)) return DeclaringCall{file, call, argument};
        const bool of_commands = edge_.kind == EdgeKind::command || edge_.kind == EdgeKind::order;
        if (of_commands && makes_source(*call)) return DeclaringCall{file, call, argument};
        // set_property(SOURCE ${files} … OBJECT_DEPENDS …) in the depender's own directory names neither target nor
        // file.
        const bool of_directory = of_commands && file == files_.front() && speaks_of_files(*call);
        if (only_about_ || (!of_directory && find_argument(*call, graph_.name(depender_)) == nullptr)) continue;
        ++mentions;
        mentioned = DeclaringCall{file, call, argument};
      }
    }
    return mentions == 1 ? mentioned : std::nullopt;
  }

  static constexpr std::size_t deepest_stack = 16;
  static constexpr std::size_t most_files = 64;

  CMakeSources& sources_;
  CallIndex* index_;
  const TargetGraph& graph_;
  const Edge& edge_;
  TargetId depender_;
  std::vector<std::string> files_;
  std::unordered_set<std::string> seen_;  // the same
  bool only_about_ = false;
};

}  // namespace

std::optional<DeclaringCall> find_declaring_call(CMakeSources& sources, const TargetGraph& graph, const Edge& edge) {
  if (!edge.from.is_target()) return std::nullopt;
  return CallFinder(sources, nullptr, graph, edge).find();
}

std::optional<DeclaringCall> find_declaring_call(CallIndex& index, const TargetGraph& graph, const Edge& edge) {
  if (!edge.from.is_target()) return std::nullopt;
  return CallFinder(index.sources(), &index, graph, edge).find();
}

bool is_wrong_call(CMakeSources& sources, const TargetGraph& graph, const Edge& edge) {
  const bool of_2_9 = edge.known == Known::declared && graph.info().codemodel_minor >= 9;
  if (of_2_9 || edge.kind != EdgeKind::link || !edge.frame || !edge.to.is_target()) return false;
  const auto stack = graph.call_stack(*edge.frame);
  if (stack.size() != 1) return false;
  const CMakeCall* const call = sources.call_at(stack.front().file, stack.front().line);
  if (call == nullptr || call->command != "target_link_libraries") return false;
  const bool has_variable =
      std::any_of(call->arguments.begin(), call->arguments.end(),
                  [](const CallArgument& argument) { return argument.text.find('$') != std::string::npos; });
  return !has_variable && find_argument(*call, graph.name(edge.to.target_id())) == nullptr;
}

}  // namespace bulkhead
