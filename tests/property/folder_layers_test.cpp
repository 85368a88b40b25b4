// Layers of folders in random graphs against what makes them layers.
#include "auditor/proposal/folder_layers.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "tests/property/chance.h"
#include "tests/support/text_graph.h"

namespace bulkhead::test {
namespace {

/// Folders by number, and the links between their targets.
struct Folders {
  std::size_t count = 0;
  std::set<std::pair<std::size_t, std::size_t>> links;

  [[nodiscard]] std::string text() const {
    std::string text = "codemodel 2.9\ntarget top STATIC_LIBRARY .\n";
    for (std::size_t i = 0; i < count; ++i) text += fmt::format("target t{} STATIC_LIBRARY f{}/lib\n", i, i);
    // Neither the top directory nor the order of a build is a matter of layers.
    text += "t0 -> top [link]\ntop -> t0 [link]\n";
    for (const auto& [from, to] : links) text += fmt::format("t{} -> t{} [link]\n", from, to);
    return text + "t0 -> t1 [order]\n";
  }
  [[nodiscard]] bool reaches(std::size_t from, std::size_t to) const {
    std::set<std::size_t> seen = {from};
    for (std::size_t round = 0; round < count; ++round) {
      for (const auto& [depender, dependee] : links) {
        if (seen.contains(depender)) seen.insert(dependee);
      }
    }
    return seen.contains(to);
  }
};

Folders random_folders(Chance& chance) {
  Folders folders{.count = 2 + chance.below(7), .links = {}};
  for (std::size_t i = chance.below(folders.count * 2); i != 0; --i) {
    const std::size_t from = chance.below(folders.count);
    const std::size_t to = chance.below(folders.count);
    if (from != to) folders.links.emplace(from, to);
  }
  return folders;
}

TEST(FolderLayers, AreThoseOfTheLongestWaysDown) {
  Chance chance(20261128);
  std::size_t layered = 0;
  for (int round = 0; round < 300; ++round) {
    const Folders folders = random_folders(chance);
    const TextAudit text = parse_text_graph(folders.text(), "/no/sources");
    const FolderLayers found = find_folder_layers(text.tree.graphs.front(), [](TargetId) { return true; });
    ASSERT_EQ(found.homeless.size(), 1U) << "the one of the top directory";
    std::vector<std::string> unlinked;
    for (std::size_t i = 0; i < folders.count; ++i) {
      const bool linked = std::any_of(folders.links.begin(), folders.links.end(),
                                      [i](const auto& link) { return link.first == i || link.second == i; });
      if (!linked) unlinked.push_back(fmt::format("f{}", i));
    }
    ASSERT_EQ(found.unlinked, unlinked) << folders.text();
    const bool any_order = std::any_of(folders.links.begin(), folders.links.end(), [&folders](const auto& link) {
      return !folders.reaches(link.second, link.first);
    });
    ASSERT_EQ(found.layers.empty(), !any_order) << folders.text();
    if (!any_order) continue;

    std::map<std::string, std::pair<std::size_t, std::size_t>> places;  // layer, and entry in it
    for (std::size_t layer = 0; layer < found.layers.size(); ++layer) {
      for (std::size_t entry = 0; entry < found.layers[layer].size(); ++entry) {
        for (const std::string& folder : found.layers[layer][entry]) places[folder] = {layer, entry};
      }
    }
    ASSERT_EQ(places.size(), folders.count);
    const auto place = [&places](std::size_t i) { return places.at(fmt::format("f{}", i)); };
    for (std::size_t a = 0; a < folders.count; ++a) {
      std::size_t below = found.layers.size();  // the nearest layer that something of the circle of `a` links
      for (std::size_t b = 0; b < folders.count; ++b) {
        const bool circle = folders.reaches(a, b) && folders.reaches(b, a);
        ASSERT_EQ(place(a) == place(b), circle) << folders.text();
        if (folders.reaches(a, b) && !circle) below = std::min(below, place(b).first);
      }
      // No higher than what it needs makes it.
      ASSERT_EQ(below, place(a).first + 1) << folders.text();
    }
    ++layered;
  }
  EXPECT_GT(layered, 150U);
}

}  // namespace
}  // namespace bulkhead::test
