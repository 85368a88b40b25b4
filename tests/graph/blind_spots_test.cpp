#include "graph/blind_spots.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <ostream>

#include "tests/support/reply_writer.h"

namespace bulkhead {
namespace {

struct Row {
  const char* cmake_version;
  std::uint32_t codemodel_minor;
  const char* type;  ///< Of the only target.
  Inputs inputs;
  const char* kinds;  ///< Of the blind spots, in order; a mark `*` for what matters to files only.
};

// For GoogleTest, which shows the bytes otherwise.
void PrintTo(const Row& row, std::ostream* out) {
  *out << "CMake " << row.cmake_version << ", codemodel 2." << row.codemodel_minor << ", " << row.type;
}

class BlindSpots : public testing::TestWithParam<Row> {};

TEST_P(BlindSpots, AreThoseOfTheInputs) {
  const Row& row = GetParam();
  const TargetGraph graph =
      test::graph_of({{.name = "core", .type = row.type}},
                     {.cmake_version = row.cmake_version, .codemodel_minor = row.codemodel_minor});
  std::string kinds;
  for (const BlindSpot& spot : find_blind_spots(graph, row.inputs)) {
    kinds +=
        (kinds.empty() ? "" : " ") + std::string(to_string(spot.kind)) + (spot.scope == BlindScope::files ? "*" : "");
    EXPECT_FALSE(spot.reason.empty());
    EXPECT_FALSE(spot.remedy.empty());
  }
  EXPECT_EQ(kinds, row.kinds);
}

constexpr Inputs all{.cmake_files = true};
constexpr Inputs optimised{.cmake_files = true, .optimised_dependencies = true};

INSTANTIATE_TEST_SUITE_P(ByVersion, BlindSpots,
                         testing::Values(Row{"3.14.0", 0, "STATIC_LIBRARY", all, "link file-link command* install"},
                                         Row{"3.20.6", 2, "STATIC_LIBRARY", all, "link file-link command* install"},
                                         Row{"3.21.0", 3, "STATIC_LIBRARY", all, "link file-link command*"},
                                         Row{"3.25.1", 4, "EXECUTABLE", all, "link command*"},
                                         Row{"3.25.1", 4, "OBJECT_LIBRARY", all, "link file-link command*"},
                                         Row{"3.25.1", 4, "INTERFACE_LIBRARY", all, "link file-link command*"},
                                         Row{"3.25.1", 4, "SHARED_LIBRARY", {}, "link command* configure*"},
                                         Row{"3.25.1", 4, "STATIC_LIBRARY", optimised, "link link file-link command*"},
                                         Row{"3.26.9", 5, "EXECUTABLE", all, "link command*"},
                                         Row{"3.27.0", 6, "EXECUTABLE", all, "link compile command*"},
                                         Row{"4.1.2", 8, "STATIC_LIBRARY", all, "link compile file-link command*"},
                                         Row{"4.2.0", 9, "STATIC_LIBRARY", all, "command*"},
                                         Row{"4.3.4", 10, "STATIC_LIBRARY", optimised, "command*"},
                                         Row{"4.4.0", 11, "STATIC_LIBRARY", {}, "command* configure*"},
                                         Row{"", 4, "EXECUTABLE", all, "link command*"},
                                         Row{"4", 8, "EXECUTABLE", all, "link compile command*"}),
                         [](const testing::TestParamInfo<Row>& row) { return "row" + std::to_string(row.index); });

// Whoever adds a kind of edge has to decide whether replies show it.
TEST(BlindSpotsAndKinds, NameOnlyKindsThatExist) {
  const TargetGraph graph = test::graph_of({{.name = "core"}}, {.codemodel_minor = 0});
  for (const BlindSpot& spot : find_blind_spots(graph, {})) {
    EXPECT_NE(std::find(edge_kinds.begin(), edge_kinds.end(), spot.kind), edge_kinds.end());
    EXPECT_EQ(parse_edge_kind(to_string(spot.kind)), spot.kind);
  }
}

}  // namespace
}  // namespace bulkhead
