// All of LLVM 19.1.7 against tests/replies/llvm/bulkhead.toml: what a check says is what expected.md beside it says.
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <ostream>
#include <set>
#include <string>
#include <vector>

#include "reports/writer.h"
#include "tests/support/audits.h"
#include "tests/support/expected.h"
#include "tests/support/replies.h"
#include "tests/support/schema.h"
#include "tests/support/temporary_directory.h"

namespace bulkhead::test {
namespace {

/// What differs between the two replies.
struct Recording {
  std::string version;
  std::uint64_t targets;
  std::uint64_t sources;
  // modules whose INTERFACE and IMPORTED targets only codemodel 2.10 lists
  std::uint32_t flang;
  std::uint32_t lldb;
  std::uint32_t lld;
  std::string known;  // the order edge
  std::vector<EdgeKind> blind_spots;
};

std::ostream& operator<<(std::ostream& out, const Recording& recording) {
  return out << recording.version;
}

const std::vector<Recording>& recordings() {
  static const std::vector<Recording> all = {
      {"3.25",
       8225,
       50926,
       166,
       1433,
       36,
       "derived",
       {EdgeKind::link, EdgeKind::file_link, EdgeKind::include, EdgeKind::command}},
      {"4.3", 8243, 50827, 168, 1435, 37, "declared", {EdgeKind::include, EdgeKind::command}},
  };
  return all;
}

class Llvm : public testing::TestWithParam<Recording> {
 protected:
  Llvm() {
    const TemporaryDirectory build;
    unpack_reply(fmt::format("llvm/19.1.7-full-{}-Ninja", GetParam().version), build.path());
    report_ = audit_build(build.path(), test_directory() / "replies/llvm/bulkhead.toml");
  }

  void check_size() const;
  void check_modules() const;
  void check_off_edges() const;
  void check_other_findings() const;

  Report report_;
};

void Llvm::check_size() const {
  ASSERT_EQ(report_.configurations.size(), 1U);
  const ConfigurationReport& all = report_.configurations.front();
  EXPECT_EQ(all.name, "Release");
  EXPECT_EQ(all.targets, GetParam().targets);
  EXPECT_EQ(all.dependencies, 246'723U);
  EXPECT_EQ(all.sources, GetParam().sources);
}

void Llvm::check_modules() const {
  const auto& [version, targets, sources, flang, lldb, lld, known, blind_spots] = GetParam();
  struct Row {
    std::string name;
    bool on;
    Verdict verdict;
    std::uint32_t targets;
  };
  const std::vector<Row> rows = {
      {"bolt", true, Verdict::unproven, 57},
      {"clang-tools-extra", true, Verdict::unproven, 305},
      {"directx", false, Verdict::violated, 0},
      {"dylib", false, Verdict::unproven, 0},
      {"flang", true, Verdict::unproven, flang},
      {"hlsl", false, Verdict::violated, 3},
      {"intel-jitevents", false, Verdict::unproven, 0},
      {"libc", false, Verdict::unproven, 0},
      {"lld", true, Verdict::unproven, lld},
      {"lldb", true, Verdict::unproven, lldb},
      {"mlir-cuda-runner", false, Verdict::unproven, 0},
      {"mlir-python", false, Verdict::unproven, 0},
      {"mlir-spirv-cpu-runner", false, Verdict::violated, 0},
      {"mlir-vulkan-runner", false, Verdict::violated, 0},
      {"ocaml-bindings", false, Verdict::violated, 2},
      {"openmp", false, Verdict::unproven, 0},
      {"perf-jitevents", false, Verdict::unproven, 0},
      {"polly", true, Verdict::unproven, 25},
      {"proto-fuzzer", false, Verdict::unproven, 0},
      {"runtimes", false, Verdict::violated, 0},
  };
  ASSERT_EQ(report_.modules.size(), rows.size());
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const ModuleReport& module = report_.modules[i];
    EXPECT_EQ(module.name, rows[i].name);
    EXPECT_EQ(module.on, rows[i].on) << module.name;
    EXPECT_EQ(module.verdict, rows[i].verdict) << module.name;
    EXPECT_EQ(module.targets, rows[i].targets) << module.name;
    EXPECT_EQ(module.note.empty(), !rows[i].on) << module.name;
    EXPECT_EQ(module.edges_checked == 0, rows[i].on) << module.name;
    std::vector<EdgeKind> expected = rows[i].on ? std::vector<EdgeKind>() : blind_spots;
    // mlir/include and llvm/cmake/modules are installed whole, and these have files in them.
    if (module.name == "mlir-python" || module.name == "ocaml-bindings") expected.push_back(EdgeKind::install);
    EXPECT_EQ(module.blind_spots, expected) << module.name;
  }
}

void Llvm::check_off_edges() const {
  std::vector<std::string> seen;
  for (const SeenEdge& edge : off_edges(report_)) {
    seen.push_back(fmt::format("{} {} -> {} at {} {} [{}]", edge.kind, edge.from, edge.to, edge.place, edge.known,
                               fmt::join(edge.inherited_by, ",")));
  }
  std::sort(seen.begin(), seen.end());
  // Without LLVM's sources the line of a `configure` edge is known for the file that a backtrace leads through. Whoever
  // finds FindOCaml.cmake is in no reply; the top stands for him.
  const std::vector<std::string> expected = {
      "configure file:../mlir/tools/CMakeLists.txt -> file:../mlir/tools/mlir-spirv-cpu-runner/CMakeLists.txt at "
      "../mlir/tools/CMakeLists.txt derived []",
      "configure file:../mlir/tools/CMakeLists.txt -> file:../mlir/tools/mlir-vulkan-runner/CMakeLists.txt at "
      "../mlir/tools/CMakeLists.txt derived []",
      "configure file:CMakeLists.txt -> file:cmake/modules/FindOCaml.cmake at CMakeLists.txt derived []",
      "configure file:CMakeLists.txt -> file:runtimes/CMakeLists.txt at CMakeLists.txt derived []",
      "configure file:cmake/config-ix.cmake -> file:cmake/modules/AddOCaml.cmake at cmake/config-ix.cmake:675 derived "
      "[]",
      "configure file:tools/CMakeLists.txt -> file:tools/dxil-dis/CMakeLists.txt at tools/CMakeLists.txt derived []",
      "install file:../clang/lib/Headers/CMakeLists.txt -> file:../clang/lib/Headers/hlsl.h at "
      "../clang/lib/Headers/CMakeLists.txt:684 derived []",
      "install file:../clang/lib/Headers/CMakeLists.txt -> file:../clang/lib/Headers/hlsl/hlsl_basic_types.h at "
      "../clang/lib/Headers/CMakeLists.txt:690 derived []",
      "install file:../clang/lib/Headers/CMakeLists.txt -> file:../clang/lib/Headers/hlsl/hlsl_intrinsics.h at "
      "../clang/lib/Headers/CMakeLists.txt:690 derived []",
      "order target:clang-resource-headers -> target:hlsl-resource-headers at "
      "../clang/lib/Headers/CMakeLists.txt:457 " +
          GetParam().known + " []",
  };
  EXPECT_EQ(seen, expected);
}

void Llvm::check_other_findings() const {
  std::set<std::string> off_targets;
  std::size_t blind_spots = 0;
  std::size_t others = 0;
  for (const Finding& finding : report_.findings) {
    EXPECT_EQ(finding.severity, finding.rule == "off-edge" ? Severity::error : Severity::warning);
    if (finding.rule == "off-target") {
      off_targets.insert(fmt::format("{}: {}", finding.module, fmt::join(finding.path, " ")));
    } else if (finding.rule == "blind-spot") {
      ++blind_spots;
    } else if (finding.rule != "off-edge") {
      ++others;
    }
  }
  EXPECT_EQ(off_targets, (std::set<std::string>{
                             "hlsl: target:hlsl-resource-headers target:install-hlsl-resource-headers "
                             "target:install-hlsl-resource-headers-stripped",
                             "ocaml-bindings: target:ocaml_all target:ocaml_make_directory",
                         }));
  EXPECT_EQ(blind_spots, GetParam().blind_spots.size() + 1) << "one more for what is installed whole";
  EXPECT_EQ(others, 0U) << "every glob of the policy matches something";
}

// One test, because a reply is ten thousand files to unpack.
TEST_P(Llvm, IsWhatWasExpected) {
  check_size();
  check_modules();
  check_off_edges();
  check_other_findings();
  EXPECT_EQ(validate_reports({write_json(report_, {}).value()}).front(), "");
}

INSTANTIATE_TEST_SUITE_P(Replies, Llvm, testing::ValuesIn(recordings()), [](const auto& test) {
  return std::string(test.param.version == "4.3" ? "CMake_4_3" : "CMake_3_25");
});

}  // namespace
}  // namespace bulkhead::test
