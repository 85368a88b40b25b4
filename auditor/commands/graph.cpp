// bulkhead graph: draws the graph of a build tree or a part of it, and saves it.

#include <fmt/format.h>

#include <charconv>
#include <memory>

#include "auditor/commands/command.h"
#include "auditor/commands/outputs.h"
#include "auditor/glob.h"
#include "auditor/graph_subject.h"
#include "auditor/inventory.h"
#include "auditor/module_states.h"
#include "auditor/version.h"
#include "auditor/view_graph.h"
#include "graph/saved_graph.h"
#include "reports/graph_picture.h"
#include "reports/link_template.h"
#include "reports/picture_format.h"

namespace bulkhead {
namespace {

struct GraphOptions {
  TreeOptions tree;
  std::vector<std::string> formats;
  SubjectQuery query;
  std::string kinds;
  std::string by = "auto";
  std::vector<std::string> collapse;
  std::size_t limit = 40;
  bool reduce = false;
  std::string link;
};

constexpr std::string_view saved_name = "json";

// The pictures, and behind them the saved graph.
std::vector<std::string_view> format_names() {
  std::vector<std::string_view> names;
  for (const PictureFormat& format : picture_formats()) names.push_back(format.name);
  names.push_back(saved_name);
  return names;
}

// Null for the saved graph.
const PictureFormat* picture_of(const ChosenFormat& output) {
  const auto pictures = picture_formats();
  return output.index < pictures.size() ? &pictures[output.index] : nullptr;
}

/// What was said about the picture, which JSON does not heed; empty when nothing was.
std::string_view find_picture_word(const GraphOptions& options) {
  if (!options.query.selectors.empty()) return "a selector";
  if (!options.query.focus.empty()) return "--focus";
  if (!options.query.reaches.empty()) return "--reaches";
  if (options.query.depth) return "--depth";
  if (!options.kinds.empty()) return "--kinds";
  if (!options.collapse.empty()) return "--collapse";
  if (options.query.all) return "--all";
  if (options.by != "auto") return "--by";
  if (options.reduce) return "--reduce";
  return options.link.empty() ? "" : "--link";
}

Result<std::vector<ChosenFormat>> choose_graph_formats(const GraphOptions& options) {
  auto outputs = choose_formats(options.formats, format_names(), "graph");
  if (!outputs) return outputs;
  if (outputs->empty()) outputs->push_back({});
  const bool only_json = std::all_of(outputs->begin(), outputs->end(),
                                     [](const ChosenFormat& output) { return picture_of(output) == nullptr; });
  if (const std::string_view word = find_picture_word(options); only_json && !word.empty()) {
    return fail({}, fmt::format("json saves the whole graph, and does not heed {}", word),
                "leave it out; or ask for a picture: --format svg=graph.svg");
  }
  return outputs;
}

/// Reads `--collapse`: a number of levels, or globs of folders.
Result<void> read_collapse(const GraphOptions& options, GroupingOptions& grouping) {
  auto globs = std::make_shared<std::vector<Glob>>();
  for (const std::string& word : options.collapse) {
    std::size_t levels = 0;
    const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), levels);
    if (error == std::errc() && end == word.data() + word.size()) {
      if (levels == 0) return fail({}, "--collapse 0 would leave no folder", "say --by module, or --collapse 1");
      grouping.depth = std::min(levels, grouping.depth.value_or(levels));
      continue;
    }
    auto glob = Glob::parse(word, {});
    if (!glob) return tl::unexpected(glob.error());
    globs->push_back(std::move(*glob));
  }
  if (!globs->empty()) {
    grouping.is_closed = [globs](std::string_view folder) {
      return std::any_of(globs->begin(), globs->end(), [folder](const Glob& glob) { return glob.matches(folder); });
    };
  }
  return {};
}

Result<GraphPictureOptions> read_picture_options(const GraphOptions& options) {
  GraphPictureOptions picture;
  picture.grouping.boxes = options.limit;
  picture.arrows = options.limit * 2;
  picture.reduce = options.reduce;
  if (options.by == "module") picture.grouping.by = Grouping::module;
  if (options.by == "folder") picture.grouping.by = Grouping::folder;
  if (options.by == "target") picture.grouping.by = Grouping::target;
  if (auto read = read_collapse(options, picture.grouping); !read) return tl::unexpected(read.error());
  return picture;
}

Result<Picture> draw(const GraphOptions& options, const BuildTree& tree) {
  auto picture_options = read_picture_options(options);
  if (!picture_options) return tl::unexpected(picture_options.error());
  auto found = find_policy_for(options.tree, tree);
  if (!found) return tl::unexpected(found.error());
  const Policy policy = *found ? std::move(**found) : Policy();
  if (options.by == "module" && policy.modules.empty()) {
    return fail({}, "there are no modules to draw", "modules are declared in a policy; without one say --by folder");
  }
  const auto on = evaluate_toggles(policy, toggle_values(tree));
  if (!on) return tl::unexpected(on.error());
  const TargetGraph& graph = tree.graphs.front();
  const ModuleMap modules(graph, policy, {});
  const GraphView view = view_graph(graph, modules, *on);
  const auto subject = choose_subject(Question(graph, policy, modules), view, options.query);
  if (!subject) return tl::unexpected(subject.error());
  return build_graph_picture(view, *subject, *picture_options);
}

Result<ExitStatus> run_graph(GraphOptions options, const CommonOptions& common) {
  const auto outputs = choose_graph_formats(options);
  if (!outputs) return tl::unexpected(outputs.error());
  if (!options.kinds.empty()) {
    auto kinds = parse_kinds(options.kinds);
    if (!kinds) return tl::unexpected(kinds.error());
    options.query.kinds = std::move(*kinds);
  }
  const auto link = parse_link(options.link);
  if (!link) return tl::unexpected(link.error());
  const auto tree = read_build_tree(choose_build(options.tree), {.configurations = options.tree.configurations});
  if (!tree) return tl::unexpected(tree.error());
  std::optional<Picture> picture;
  for (const ChosenFormat& output : *outputs) {
    const PictureFormat* const format = picture_of(output);
    if (format != nullptr && !picture) {
      auto drawn = draw(options, *tree);
      if (!drawn) return tl::unexpected(drawn.error());
      if (*link) link_picture(*drawn, **link);
      picture = std::move(*drawn);
    }
    const Result<std::string> text = format != nullptr
                                         ? format->write(*picture)
                                         : Result<std::string>(write_saved_graph(save_graph(*tree), version));
    if (!text) return tl::unexpected(text.error());
    const auto written = output.file.empty() ? print(*text) : replace_file(output.file, *text);
    if (!written) return tl::unexpected(written.error());
    if (!output.file.empty() && !common.quiet)
      fmt::print(stderr, "{}: written to {}\n", format_names()[output.index], output.file);
  }
  if (picture && tree->graphs.size() > 1 && !common.quiet) {
    fmt::print(stderr, "the picture is of {}; another one: --configuration {}\n",
               tree->graphs.front().info().configuration, tree->graphs[1].info().configuration);
  }
  return ExitStatus::clean;
}

void add_subject_options(CLI::App& command, GraphOptions& options) {
  command
      .add_option("SELECTOR", options.query.selectors,
                  "What to draw, with its surroundings [default: everything]. A name, or target:GLOB, path:GLOB, "
                  "module:NAME, core, type:TYPE")
      ->type_name("");
  command.add_option("--depth", options.query.depth, "How many edges around the selected things [default: 1]")
      ->check(CLI::Range(std::size_t{0}, std::size_t{1'000'000}))
      ->type_name("N");
  command.add_option("--focus", options.query.focus, "Only X and its neighbours; may be repeated")
      ->allow_extra_args(false)
      ->type_name("X");
  command.add_option("--reaches", options.query.reaches, "Only X and what depends on it, however far; may be repeated")
      ->allow_extra_args(false)
      ->type_name("X");
  command
      .add_option("--kinds", options.kinds,
                  "Only these kinds of edge, as link,order [default: between targets, and onto modules]")
      ->type_name("KIND,...");
  command.add_flag("--all,--show-set-aside", options.query.all,
                   "Also what the policy sets aside, and UTILITY targets on which nothing depends");
}

void add_look_options(CLI::App& command, GraphOptions& options) {
  command.add_option("--by", options.by, "What the boxes are: module, folder or target [default: by size]")
      ->check(CLI::IsMember({"auto", "module", "folder", "target"}))
      ->type_name("WHAT");
  command
      .add_option("--collapse", options.collapse,
                  "Keep these folders closed: so many levels below the top, or a glob; may be repeated")
      ->allow_extra_args(false)
      ->type_name("N|GLOB");
  command.add_option("--limit", options.limit, "At most so many boxes, and twice as many arrows [default: 40]")
      ->check(CLI::Range(std::size_t{2}, std::size_t{400}))
      ->type_name("N");
  command.add_flag("--reduce", options.reduce, "Leave out edges that a longer way implies");
  add_link_option(command, options.link);
}

}  // namespace

void add_graph(CLI::App& app, const CommonOptions& common, RunCommand& run) {
  auto options = std::make_shared<GraphOptions>();
  CLI::App* const command =
      app.add_subcommand("graph", "Draw the graph of a configured build tree or a part of it, or save it");
  add_tree_options(*command, options->tree);
  command
      ->add_option("--format", options->formats,
                   fmt::format("What to write, and where to; may be repeated [default: svg]. Formats: {}; json saves "
                               "the whole graph, for bulkhead diff",
                               list_names(format_names())))
      ->allow_extra_args(false)
      ->type_name("FMT[=FILE]");
  add_subject_options(*command, *options);
  add_look_options(*command, *options);
  command->footer(
      "Exit status: 0 written, 2 could not read the build tree, or not write.\n\n"
      "Examples: bulkhead graph -B build --format svg=map.svg\n"
      "          bulkhead graph -B build core --depth 2 --format svg=core.svg\n"
      "          bulkhead graph -B build --format json=main.json");
  command->callback([options, &common, &run] { run = [options, &common] { return run_graph(*options, common); }; });
}

}  // namespace bulkhead
