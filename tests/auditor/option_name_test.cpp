#include "auditor/proposal/option_name.h"

#include <gtest/gtest.h>

namespace bulkhead {
namespace {

TEST(OptionName, TellsPartsFromSettings) {
  for (const char* const name : {"USE_CUDA", "BUILD_opencv_dnn", "WITH_TOOLS", "CURL_ENABLE_SSL", "ENABLE_PROGRAMS",
                                 "LLVM_ENABLE_PROJECTS", "USE_PROFILER", "BUILD_GMOCK", "WITH_LATEST"}) {
    EXPECT_EQ(kind_of_option(name), OptionKind::part) << name;
  }
  for (const char* const name : {"CMAKE_SKIP_RPATH", "BUILD_SHARED_LIBS", "ENABLE_ASAN", "WARNINGS_AS_ERRORS",
                                 "LLVM_ENABLE_WERROR", "ENABLE_IPO", "PROJ_ENABLE_LTO", "USE_CCACHE", "FOO_INSTALL",
                                 "CPACK_BINARY_DEB", "BUILD_STATIC_LIBS", "ENABLE_COVERAGE"}) {
    EXPECT_EQ(kind_of_option(name), OptionKind::setting) << name;
  }
  for (const char* const name : {"BUILD_TESTING", "protobuf_BUILD_TESTS", "FMT_DOC", "BUILD_EXAMPLES", "WITH_BENCHMARK",
                                 "LWS_WITHOUT_TESTAPPS", "SPDLOG_BUILD_BENCH", "ENABLE_FUZZING"}) {
    EXPECT_EQ(kind_of_option(name), OptionKind::aside) << name;
  }
  for (const char* const name : {"USE_SYSTEM_ZLIB", "SPDLOG_FMT_EXTERNAL", "DOWNLOAD_DEPS", "USE_BUNDLED_LUA"}) {
    EXPECT_EQ(kind_of_option(name), OptionKind::supplier) << name;
  }
}

TEST(OptionName, TellsFoldersOfTests) {
  for (const char* const name :
       {"tests", "Tests", "unit-tests", "perf_test", "examples", "bench", "microbench", "test-apps", "docs", "fuzz"}) {
    EXPECT_TRUE(is_aside_folder(name)) << name;
  }
  for (const char* const name : {"src", "contest", "latest", "sampler", "tools", "document", "googletest"}) {
    EXPECT_FALSE(is_aside_folder(name)) << name;
  }
  EXPECT_TRUE(is_foreign_folder("third_party"));
  EXPECT_TRUE(is_foreign_folder("3rdparty"));
  EXPECT_FALSE(is_foreign_folder("party"));
}

TEST(OptionName, NamesModulesAfterWhatIsParticular) {
  EXPECT_EQ(module_name_of("USE_CUDA", "tvm"), "cuda");
  EXPECT_EQ(module_name_of("TVM_ENABLE_RPC_SERVER", "tvm"), "rpc-server");
  EXPECT_EQ(module_name_of("BUILD_opencv_dnn", "OpenCV"), "dnn");
  EXPECT_EQ(module_name_of("USE_WITH", "x"), "use-with") << "nothing particular";
}

TEST(OptionName, SeesWordsInCommon) {
  EXPECT_TRUE(shares_word("USE_CUDA", "src/runtime/cuda"));
  EXPECT_TRUE(shares_word("BUILD_CVODE", "src/cvodes"));
  EXPECT_TRUE(shares_word("WITH_TOOLS", "db_stress_tool"));
  EXPECT_FALSE(shares_word("USE_CUDA", "src/runtime/metal"));
  EXPECT_FALSE(shares_word("BUILD_X", "build/y")) << "all options have that word";
}

}  // namespace
}  // namespace bulkhead
