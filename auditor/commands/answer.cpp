#include "auditor/commands/answer.h"

#include <fmt/format.h>

#include <array>

#include "auditor/inventory.h"
#include "auditor/nearest.h"

namespace bulkhead {
namespace {

constexpr std::array<std::string_view, 2> format_names = {"text", "json"};

}  // namespace

void add_answer_options(CLI::App& command, AnswerOptions& options) {
  add_tree_options(command, options.tree);
  command.add_option("--kinds", options.kinds, "Only these kinds of edge, as link,order [default: all]")
      ->type_name("KIND,...");
  command.add_option("--format", options.format, "text or json [default: text, to the standard output]")
      ->type_name("FMT[=FILE]");
}

Result<AskedTree> read_asked_tree(const AnswerOptions& options) {
  AskedTree asked;
  const std::size_t equals = options.format.find('=');
  const std::string name = options.format.substr(0, equals);
  if (name != "text" && name != "json") {
    const auto meant = nearest(name, format_names);
    return fail({}, fmt::format("there is no format '{}' of an answer", name),
                meant ? fmt::format("did you mean {}?", *meant) : std::string("formats: text, json"));
  }
  asked.json = name == "json";
  if (equals != std::string::npos) {
    asked.file = options.format.substr(equals + 1);
    if (asked.file.empty()) return fail({}, fmt::format("'{}' names no file", options.format));
  }
  if (!options.kinds.empty()) {
    auto kinds = parse_kinds(options.kinds);
    if (!kinds) return tl::unexpected(kinds.error());
    asked.kinds = std::move(*kinds);
  }
  auto tree = read_build_tree(choose_build(options.tree), {.configurations = options.tree.configurations});
  if (!tree) return tl::unexpected(tree.error());
  asked.tree = std::move(*tree);
  auto policy = find_policy_for(options.tree, asked.tree);
  if (!policy) return tl::unexpected(policy.error());
  if (*policy) asked.policy = std::move(**policy);
  return asked;
}

Result<void> ask_each(const AskedTree& asked, const std::function<Result<void>(const Question& question)>& ask) {
  for (const TargetGraph& graph : asked.tree.graphs) {
    const ModuleMap modules(graph, asked.policy, {});
    if (auto answered = ask(Question(graph, asked.policy, modules)); !answered) return answered;
  }
  return {};
}

Result<void> put_answer(const AskedTree& asked, std::string_view text, const CommonOptions& common) {
  if (asked.file.empty()) return print(text);
  if (auto written = write_file(asked.file, text); !written) return written;
  if (!common.quiet) fmt::print(stderr, "{}: written to {}\n", asked.json ? "json" : "text", asked.file);
  return {};
}

}  // namespace bulkhead
