// bulkhead why: the ways from one thing to another, hop by hop.

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <memory>
#include <utility>

#include "auditor/commands/answer.h"
#include "auditor/commands/command.h"
#include "auditor/commands/why_includes.h"
#include "auditor/way_search.h"
#include "graph/cmake_sources.h"
#include "graph/inheritance.h"
#include "reports/answer.h"

namespace bulkhead {
namespace {

constexpr std::uint64_t usual_limit = 20;
constexpr std::uint64_t most_ways = 100'000;

struct WhyOptions {
  AnswerOptions answer;
  std::string from;
  std::string to;
  std::vector<std::string> avoid;
  bool all = false;
  std::uint64_t limit = usual_limit;
  bool includes = false;
};

// What no way may pass: ends, and edges by both ends.
struct Avoided {
  EndSet ends;
  std::vector<std::pair<EndSet, EndSet>> edges;

  [[nodiscard]] bool contains(const Edge& edge) const {
    if (ends.contains(edge.from) || ends.contains(edge.to)) return true;
    return std::any_of(edges.begin(), edges.end(), [&edge](const auto& pair) {
      return pair.first.contains(edge.from) && pair.second.contains(edge.to);
    });
  }
};

// The selectors of --avoid, which an Avoided borrows.
struct AvoidSelectors {
  std::vector<Selector> ends;
  std::vector<std::pair<std::vector<Selector>, std::vector<Selector>>> edges;
};

std::string trimmed(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(' ');
  if (begin == std::string_view::npos) return {};
  return std::string(text.substr(begin, text.find_last_not_of(' ') - begin + 1));
}

Result<AvoidSelectors> parse_avoid(const std::vector<std::string>& words, const Question& question) {
  AvoidSelectors selectors;
  for (const std::string& word : words) {
    const std::size_t arrow = word.find("->");
    if (arrow == std::string::npos) {
      auto end = question.parse_end(word);
      if (!end) return tl::unexpected(end.error());
      selectors.ends.push_back(std::move(*end));
      continue;
    }
    auto from = question.parse_end(trimmed(std::string_view(word).substr(0, arrow)));
    if (!from) return tl::unexpected(from.error());
    auto to = question.parse_end(trimmed(std::string_view(word).substr(arrow + 2)));
    if (!to) return tl::unexpected(to.error());
    selectors.edges.push_back({{std::move(*from)}, {std::move(*to)}});
  }
  return selectors;
}

// The answer for one configuration, with all edges between the ends of each hop.
PathAnswer describe_ways(const Question& question, CMakeSources& sources, const FoundWays& found,
                         const std::vector<EdgeKind>& kinds) {
  const TargetGraph& graph = question.graph();
  PathAnswer answer{.scope = {}, .more = found.more};
  std::map<EdgeId, AnswerEdge> shown;  // ways have many hops in common
  const auto show = [&](EdgeId id) {
    const auto known = shown.find(id);
    if (known != shown.end()) return known->second;
    const Edge& edge = graph[id];
    std::vector<EdgeKind> also;
    const auto siblings = edge.from.is_target() ? graph.edges_from(edge.from.target_id()) : graph.edges_from_files();
    for (const Edge& sibling : siblings) {
      if (sibling.from == edge.from && sibling.to == edge.to && counts(kinds, sibling.kind)) {
        also.push_back(sibling.kind);
      }
    }
    return shown.emplace(id, question.show(sources, edge, std::move(also))).first->second;
  };
  for (const auto& way : found.ways) {
    answer.paths.emplace_back();
    for (const EdgeId id : way) answer.paths.back().push_back(show(id));
  }
  for (const EdgeId id : found.doubtful) answer.doubtful.push_back(show(id));
  return answer;
}

Result<PathAnswer> answer_why(const WhyOptions& options, const AskedTree& asked, const Question& question) {
  const TargetGraph& graph = question.graph();
  const auto from = question.parse_end(options.from);
  if (!from) return tl::unexpected(from.error());
  const auto to = question.parse_end(options.to);
  if (!to) return tl::unexpected(to.error());
  const auto avoid = parse_avoid(options.avoid, question);
  if (!avoid) return tl::unexpected(avoid.error());

  const std::vector<Selector> from_list = {*from};
  const std::vector<Selector> to_list = {*to};
  const EndSet starts = question.select(from_list);
  const EndSet goals = question.select(to_list);
  Avoided avoided{.ends = question.select(avoid->ends), .edges = {}};
  for (const auto& [one, other] : avoid->edges) {
    avoided.edges.emplace_back(question.select(one), question.select(other));
  }
  CMakeSources sources(graph.info().source_root, graph.info().build_root);
  const Inheritance inheritance(graph, sources);
  const FoundWays found = find_ways(graph, inheritance,
                                    {.from = starts,
                                     .to = goals,
                                     .counts = [&asked](const Edge& edge) { return counts(asked.kinds, edge.kind); },
                                     .avoided = [&avoided](const Edge& edge) { return avoided.contains(edge); },
                                     .count = options.all ? WayCount::all : WayCount::shortest,
                                     .limit = options.all ? static_cast<std::size_t>(options.limit) : 1});
  PathAnswer answer = describe_ways(question, sources, found, asked.kinds);
  answer.scope = {.configuration = graph.info().configuration,
                  .edges = graph.edges().size(),
                  .unseen = find_unseen(graph, asked.tree.inputs, asked.kinds),
                  .maybe = question.find_conditional(&*from, &*to)};
  return answer;
}

Result<ExitStatus> run_why(const WhyOptions& options, const CommonOptions& common) {
  auto asked = read_asked_tree(options.answer);
  if (!asked) return tl::unexpected(asked.error());
  const Style style(wants_colour(common, 1) && asked->file.empty());
  if (options.includes) return explain_includes(asked->tree, asked->policy, options.from, options.to, style);
  PathReport report{.from = options.from, .to = options.to, .kinds = asked->kinds, .avoid = options.avoid};
  if (options.all) report.limit = options.limit;
  auto answered = ask_each(*asked, [&](const Question& question) -> Result<void> {
    auto answer = answer_why(options, *asked, question);
    if (!answer) return tl::unexpected(answer.error());
    report.configurations.push_back(std::move(*answer));
    return {};
  });
  if (!answered) return tl::unexpected(answered.error());
  const BuildInfo& info = asked->tree.graphs.front().info();
  const std::string text = asked->json
                               ? write_paths_json(report)
                               : write_paths_text(report, SourcePaths(info.source_root, info.build_root), style);
  if (auto put = put_answer(*asked, text, common); !put) return tl::unexpected(put.error());
  const bool found = std::any_of(report.configurations.begin(), report.configurations.end(),
                                 [](const PathAnswer& answer) { return !answer.paths.empty(); });
  return found ? ExitStatus::clean : ExitStatus::findings;
}

}  // namespace

void add_why(CLI::App& app, const CommonOptions& common, RunCommand& run) {
  auto options = std::make_shared<WhyOptions>();
  CLI::App* const command =
      app.add_subcommand("why", "Show the ways from one target, folder or module to another, shortest first");
  command->add_option("FROM", options->from, "A name, or target:GLOB, path:GLOB, module:NAME, core, type:TYPE")
      ->required();
  command->add_option("TO", options->to, "Likewise; may also be a file, as path:GLOB")->required();
  CLI::Option* const all = command->add_flag("--all", options->all, "Show all ways, not the shortest one only");
  command->add_option("--limit", options->limit, "With --all: at most so many ways [default: 20]")
      ->check(CLI::Range(std::uint64_t{1}, most_ways))
      ->type_name("N")
      ->needs(all);
  CLI::Option* const avoid = command
                                 ->add_option("--avoid", options->avoid,
                                              "Only ways that do not pass this, or the edge 'A->B'; may be repeated")
                                 ->type_name("SELECTOR")
                                 ->allow_extra_args(false);
  CLI::Option* const includes = command->add_flag(
      "--includes", options->includes, "Show every #include by which FROM, a target or a file, comes to TO, a module");
  add_answer_options(*command, options->answer);
  includes->excludes(all)->excludes(avoid);
  includes->excludes(command->get_option("--kinds"))->excludes(command->get_option("--format"));
  command->footer(
      "Exit status: 0 there is a way, 1 there is none, 2 could not look.\n\n"
      "Examples: bulkhead why -B build app module:cuda\n"
      "          bulkhead why -B build app module:cuda --all --avoid 'core->cuda_rt'\n"
      "          bulkhead why -B build --includes src/app.cpp cuda");
  command->callback([options, &common, &run] { run = [options, &common] { return run_why(*options, common); }; });
}

}  // namespace bulkhead
