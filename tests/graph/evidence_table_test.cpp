// The tables in docs/evidence.md are what the code declares. UPDATE_GOLDEN=1 in the environment writes them anew.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <string>
#include <utility>
#include <vector>

#include "graph/blind_spots.h"
#include "tests/support/replies.h"
#include "tests/support/temporary_directory.h"

namespace bulkhead::test {
namespace {

// One column: what there is to read.
struct Sources {
  const char* title;
  const char* cmake_version;
  std::uint32_t codemodel_minor;
  bool capture;
};

constexpr std::array columns = {
    Sources{"reply of CMake 3.21–3.26", "3.25.1", 4, false},
    Sources{"reply of CMake 3.27–4.1", "3.31.6", 7, false},
    Sources{"the same and a capture, CMake 3.24–4.1", "3.31.6", 7, true},
    Sources{"reply of CMake 4.2 or newer", "4.3.4", 10, false},
};

std::vector<BlindSpot> blind_spots(const Sources& sources, CommandState commands) {
  TargetGraphParts parts;
  parts.info.cmake_version = sources.cmake_version;
  parts.info.codemodel_minor = sources.codemodel_minor;
  parts.captured = sources.capture;
  const StringId name = parts.strings.intern("core");
  parts.targets.push_back({.name = name,
                           .source_directory = name,
                           .build_directory = name,
                           .frame = {},
                           .artifacts = {},
                           .type = TargetType::static_library});
  parts.dependency_offsets = {0, 0};
  const TargetGraph graph(std::move(parts));
  return find_blind_spots(graph, {.cmake_files = true,
                                  .capture = sources.capture ? CaptureState::used : CaptureState::none,
                                  .commands = commands});
}

bool is_blind(const Sources& sources, CommandState commands, EdgeKind kind) {
  const auto spots = blind_spots(sources, commands);
  return std::any_of(spots.begin(), spots.end(), [kind](const BlindSpot& spot) { return spot.kind == kind; });
}

std::string write_kinds() {
  std::string text = "| kind |";
  std::string rule = "|---|";
  for (const Sources& sources : columns) {
    text += std::string(" ") + sources.title + " |";
    rule += "---|";
  }
  text += "\n" + rule + "\n";
  for (const EdgeKind kind : edge_kinds) {
    text += "| `" + std::string(to_string(kind)) + "` |";
    for (const Sources& sources : columns) {
      const bool with_ninja = is_blind(sources, CommandState::used, kind);
      const bool without = is_blind(sources, CommandState::no_ninja, kind);
      if (kind == EdgeKind::include) {
        text += " with the sources: proven |";  // which no reply has
        continue;
      }
      text += with_ninja ? " **blind** |" : without ? " Ninja: proven; Makefiles: **blind** |" : " proven |";
    }
    text += "\n";
  }
  return text;
}

// Every blind spot that there can be, in the order of the kinds.
std::string write_reasons() {
  std::string text = "| kind | what cannot be seen | what makes it visible |\n|---|---|---|\n";
  std::vector<BlindSpot> all;
  const auto add = [&all](const std::vector<BlindSpot>& spots) {
    for (const BlindSpot& spot : spots) {
      const auto same = [&spot](const BlindSpot& one) { return one.reason == spot.reason; };
      if (std::none_of(all.begin(), all.end(), same)) all.push_back(spot);
    }
  };
  for (const Sources& sources : columns) {
    for (const CommandState commands :
         {CommandState::no_ninja, CommandState::missing, CommandState::stale, CommandState::used}) {
      add(blind_spots(sources, commands));
    }
  }
  add({undecided_link});
  for (const IncludeGap gap : include_gaps) add({blind_spot_of(gap)});
  std::stable_sort(all.begin(), all.end(), [](const BlindSpot& a, const BlindSpot& b) { return a.kind < b.kind; });
  for (const BlindSpot& spot : all) {
    text += "| `" + std::string(to_string(spot.kind)) + "` | " + std::string(spot.reason) + " | " +
            std::string(spot.remedy) + " |\n";
  }
  return text;
}

class EvidencePage : public testing::TestWithParam<std::pair<const char*, std::string (*)()>> {};

TEST_P(EvidencePage, SaysWhatTheCodeDeclares) {
  const auto& [name, write] = GetParam();
  const std::filesystem::path file = test_directory().parent_path() / "docs/evidence.md";
  std::string page = read_file(file);
  const std::string begin_mark = std::string("<!-- ") + name + ": written by tests/graph/evidence_table_test.cpp -->\n";
  const std::string end_mark = std::string("<!-- end of ") + name + " -->";
  const std::size_t begin = page.find(begin_mark);
  const std::size_t end = page.find(end_mark);
  ASSERT_NE(begin, std::string::npos);
  ASSERT_NE(end, std::string::npos);
  const std::size_t first = begin + begin_mark.size();
  const char* const update = std::getenv("UPDATE_GOLDEN");
  if (update != nullptr && std::string_view(update) == "1") {
    page.replace(first, end - first, write());
    write_file(file, page);
    return;
  }
  EXPECT_EQ(page.substr(first, end - first), write());
}

INSTANTIATE_TEST_SUITE_P(Tables, EvidencePage,
                         testing::Values(std::pair{"kinds", &write_kinds}, std::pair{"reasons", &write_reasons}),
                         [](const auto& test) { return std::string(test.param.first); });

}  // namespace
}  // namespace bulkhead::test
