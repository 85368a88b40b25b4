#include "auditor/commands/neighbour_command.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <tuple>

#include "graph/cmake_sources.h"
#include "graph/inheritance.h"
#include "reports/answer.h"

namespace bulkhead {
namespace {

// Targets and libraries are what people look for first.
int rank_of(const FindingEnd& end) {
  if (end.label.starts_with("target:")) return 0;
  if (end.label.starts_with("library:")) return 1;
  return end.label.starts_with("file:") ? 2 : 3;
}

bool comes_before(const Neighbour& a, const Neighbour& b) {
  const auto key = [](const Neighbour& one) {
    const Evidence& evidence = one.edge.evidence;
    return std::tuple<int, const std::string&, EdgeKind, const std::string&, const std::string&, const std::string&,
                      std::uint32_t>(rank_of(one.end), one.end.label, one.edge.kind, one.edge.from.label,
                                     one.edge.to.label, evidence.file, evidence.line);
  };
  return key(a) < key(b);
}

std::uint32_t depth_of(const NeighbourOptions& options) {
  if (options.depth) return *options.depth;
  return options.transitive ? std::numeric_limits<std::uint32_t>::max() : 1;
}

Result<NeighbourAnswer> answer_neighbours(const NeighbourOptions& options, const AskedTree& asked,
                                          const Question& question, bool& is_several) {
  const TargetGraph& graph = question.graph();
  const auto selector = question.parse_end(options.of);
  if (!selector) return tl::unexpected(selector.error());
  const std::vector<Selector> selectors = {*selector};
  const EndSet of = question.select(selectors);
  is_several = is_several || of.target_count() + of.other_count() > 1;

  CMakeSources sources(graph.info().source_root, graph.info().build_root);
  const Inheritance inheritance(graph, sources);
  const FoundNeighbours found =
      find_neighbours(graph, inheritance,
                      {.of = of,
                       .side = options.side,
                       .counts = [&asked](const Edge& edge) { return counts(asked.kinds, edge.kind); },
                       .depth = depth_of(options)});
  NeighbourAnswer answer;
  answer.inherited = found.inherited;
  for (const FoundNeighbour& one : found.found) {
    answer.found.push_back(
        {.end = question.describe(one.end), .depth = one.depth, .edge = question.show(sources, graph[one.edge], {})});
  }
  std::sort(answer.found.begin(), answer.found.end(), comes_before);
  const Selector* const from = options.side == Side::dependees ? &*selector : nullptr;
  const Selector* const to = options.side == Side::dependers ? &*selector : nullptr;
  answer.scope = {.configuration = graph.info().configuration,
                  .edges = graph.edges().size(),
                  .unseen = find_unseen(graph, asked.tree.inputs, asked.kinds),
                  .maybe = question.find_conditional(from, to)};
  // What comes to nothing here is nothing to be told about.
  std::erase_if(answer.scope.maybe, [](const ConditionalLink& link) { return link.is_false; });
  return answer;
}

Result<ExitStatus> run_neighbours(const NeighbourOptions& options, const CommonOptions& common) {
  auto asked = read_asked_tree(options.answer);
  if (!asked) return tl::unexpected(asked.error());
  NeighbourReport report{
      .command = options.side == Side::dependers ? "refs" : "deps", .of = options.of, .kinds = asked->kinds};
  const std::uint32_t depth = depth_of(options);
  if (depth != std::numeric_limits<std::uint32_t>::max()) report.depth = depth;
  report.shows_other_end = depth != 1;
  auto answered = ask_each(*asked, [&](const Question& question) -> Result<void> {
    auto answer = answer_neighbours(options, *asked, question, report.shows_other_end);
    if (!answer) return tl::unexpected(answer.error());
    report.configurations.push_back(std::move(*answer));
    return {};
  });
  if (!answered) return tl::unexpected(answered.error());
  const Style style(wants_colour(common, 1) && asked->file.empty());
  const std::string text = asked->json ? write_neighbours_json(report) : write_neighbours_text(report, style);
  if (auto put = put_answer(*asked, text, common); !put) return tl::unexpected(put.error());
  if (!asked->json && !common.quiet) {
    fmt::print(stderr, "{}", write_neighbour_notes(report, Style(wants_colour(common, 2))));
  }
  const bool found = std::any_of(report.configurations.begin(), report.configurations.end(),
                                 [](const NeighbourAnswer& answer) { return !answer.found.empty(); });
  return found ? ExitStatus::clean : ExitStatus::findings;
}

}  // namespace

void add_neighbour_options(CLI::App& command, const std::shared_ptr<NeighbourOptions>& options,
                           const CommonOptions& common, RunCommand& run) {
  command.add_option("X", options->of, "A name, or target:GLOB, path:GLOB, module:NAME, core, type:TYPE")->required();
  command.add_flag("--transitive", options->transitive, "Whatever is reached through others, too, each thing once");
  command.add_option("--depth", options->depth, "At most so many edges away; more than 1 is --transitive up to there")
      ->check(CLI::Range(std::uint32_t{1}, std::numeric_limits<std::uint32_t>::max() - 1))
      ->type_name("N");
  add_answer_options(command, options->answer);
  command.callback([options, &common, &run] { run = [options, &common] { return run_neighbours(*options, common); }; });
}

}  // namespace bulkhead
