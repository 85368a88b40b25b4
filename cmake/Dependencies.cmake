# The libraries that Bulkhead stands on: the system's first, a pinned download second.

include(FetchContent)

# bulkhead_dependency(PACKAGE TARGET REPOSITORY TAG)
# Finds PACKAGE, or fetches it at TAG when the system has none. TARGET exists afterwards.
# (FetchContent's FIND_PACKAGE_ARGS says the same, but needs CMake 3.24.)
function(bulkhead_dependency package target repository tag)
  find_package(${package} QUIET)
  if(NOT TARGET ${target})
    message(STATUS "Bulkhead: ${package} is not installed; fetching ${repository} ${tag}")
    set(FETCHCONTENT_QUIET OFF)
    set(BUILD_SHARED_LIBS OFF)
    set(CMAKE_POLICY_VERSION_MINIMUM 3.5)
    FetchContent_Declare(bulkhead_${package} GIT_REPOSITORY ${repository} GIT_TAG ${tag} GIT_SHALLOW ON)
    FetchContent_MakeAvailable(bulkhead_${package})
  endif()
endfunction()

find_package(Threads REQUIRED)
find_package(Graphviz REQUIRED) # a system library with plugins of its own: the one that cannot be fetched sensibly
bulkhead_dependency(simdjson simdjson::simdjson https://github.com/simdjson/simdjson.git v3.0.1)
bulkhead_dependency(tl-expected tl::expected https://github.com/TartanLlama/expected.git v1.1.0)
bulkhead_dependency(tomlplusplus tomlplusplus::tomlplusplus https://github.com/marzer/tomlplusplus.git v3.3.0)
bulkhead_dependency(CLI11 CLI11::CLI11 https://github.com/CLIUtils/CLI11.git v2.1.2)
bulkhead_dependency(fmt fmt::fmt https://github.com/fmtlib/fmt.git 9.1.0)
bulkhead_dependency(nlohmann_json nlohmann_json::nlohmann_json https://github.com/nlohmann/json.git v3.11.2)
if(BULKHEAD_BUILD_TESTS)
  bulkhead_dependency(GTest GTest::gtest https://github.com/google/googletest.git release-1.12.1)
endif()
if(BULKHEAD_BUILD_BENCHMARKS)
  bulkhead_dependency(benchmark benchmark::benchmark https://github.com/google/benchmark.git v1.7.1)
endif()
