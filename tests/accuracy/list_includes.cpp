// Prints what each source of a build tree includes, as the include scan sees it: for comparisons with the compiler.
//   list_includes BUILD
// One line each, in this order: `source TARGET PATH`, then `certain PATH`, `unsure PATH`, `unknown PLACE`, `missing
// PLACE`.
#include <fmt/format.h>

#include <cstdio>
#include <vector>

#include "graph/build_tree.h"
#include "graph/include_list.h"

int main(int argc, char** argv) {
  using namespace bulkhead;
  if (argc != 2) {
    fmt::print(stderr, "usage: list_includes BUILD\n");
    return 2;
  }
  const auto tree = read_build_tree(argv[1], {});
  if (!tree) {
    fmt::print(stderr, "{}\n", tree.error().message);
    return 2;
  }
  const TargetGraph& graph = tree->graphs.front();
  std::vector<TargetId> targets;
  for (std::size_t i = 0; i < graph.targets().size(); ++i) {
    if (!graph.targets()[i].abstract) targets.emplace_back(i);
  }
  const auto groups = read_compile_groups(*tree->reply, tree->codemodel.configurations[tree->configurations.front()],
                                          graph.info().source_root, targets);
  if (!groups) {
    fmt::print(stderr, "{}\n", groups.error().message);
    return 2;
  }
  std::vector<IncludeGapCount> gaps;
  for (const IncludeList& list :
       list_includes(*groups, tree->toolchains, {graph.info().source_root, graph.info().build_root}, gaps)) {
    fmt::print("source {} {}\n", graph.name(list.target), list.source);
    for (const ListedInclude& file : list.files)
      fmt::print("{} {}\n", file.is_certain ? "certain" : "unsure", file.path);
    for (const std::string& place : list.unknown) fmt::print("unknown {}\n", place);
    for (const std::string& place : list.missing) fmt::print("missing {}\n", place);
  }
  for (const IncludeGapCount& gap : gaps) {
    fmt::print(stderr, "not looked at: {} ({}, such as {})\n", static_cast<int>(gap.gap), gap.count, gap.example);
  }
  return 0;
}
