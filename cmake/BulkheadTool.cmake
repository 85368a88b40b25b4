# The program Bulkhead::bulkhead, where Bulkhead comes as sources; the installed file of this name knows a program that is
# there. It is built as a project of its own below the build tree, for the machine that builds: no option, target,
# warning, test, install rule, toolchain or dependency of one project reaches the other, nor do its targets show among
# those that are audited. With -DBULKHEAD_PROGRAM=<file> that program is used, and none is built.

if(BULKHEAD_PROGRAM)
  if(NOT EXISTS "${BULKHEAD_PROGRAM}")
    message(FATAL_ERROR "Bulkhead: BULKHEAD_PROGRAM is '${BULKHEAD_PROGRAM}', and there is no such file")
  endif()
  add_executable(Bulkhead::bulkhead IMPORTED GLOBAL)
  set_target_properties(Bulkhead::bulkhead PROPERTIES IMPORTED_LOCATION "${BULKHEAD_PROGRAM}")
  return()
endif()

set(_bulkhead_build "${CMAKE_BINARY_DIR}/bulkhead/tool")
set(_bulkhead_program "${_bulkhead_build}/bin/bulkhead")
cmake_path(GET CMAKE_CURRENT_LIST_DIR PARENT_PATH _bulkhead_source)

set(_bulkhead_configure -S "${_bulkhead_source}" -B "${_bulkhead_build}"
  -DCMAKE_BUILD_TYPE=Release -DBULKHEAD_BUILD_TESTS=OFF)
if(CMAKE_GENERATOR STREQUAL "Ninja Multi-Config")
  list(APPEND _bulkhead_configure -G Ninja)
else()
  list(APPEND _bulkhead_configure -G "${CMAKE_GENERATOR}")
endif()
if(CMAKE_GENERATOR STREQUAL "Xcode")
  set(_bulkhead_program "${_bulkhead_build}/bin/Release/bulkhead")
endif()
if(CMAKE_MAKE_PROGRAM)
  list(APPEND _bulkhead_configure "-DCMAKE_MAKE_PROGRAM=${CMAKE_MAKE_PROGRAM}")
endif()
# A compiler for another machine says so in the environment, too.
set(_bulkhead_environment --unset=CMAKE_TOOLCHAIN_FILE --unset=CMAKE_GENERATOR --unset=MAKEFLAGS --unset=MAKELEVEL)
if(CMAKE_CROSSCOMPILING)
  list(APPEND _bulkhead_environment --unset=CC --unset=CXX --unset=CFLAGS --unset=CXXFLAGS --unset=LDFLAGS)
elseif(CMAKE_CXX_COMPILER)
  list(APPEND _bulkhead_configure "-DCMAKE_CXX_COMPILER=${CMAKE_CXX_COMPILER}")
endif()

file(GLOB_RECURSE _bulkhead_sources
  "${_bulkhead_source}/graph/*" "${_bulkhead_source}/reports/*" "${_bulkhead_source}/auditor/*"
  "${_bulkhead_source}/cmake/*")
add_custom_command(OUTPUT "${_bulkhead_program}"
  COMMAND "${CMAKE_COMMAND}" -E env ${_bulkhead_environment} "${CMAKE_COMMAND}" ${_bulkhead_configure}
  COMMAND "${CMAKE_COMMAND}" -E env ${_bulkhead_environment}
          "${CMAKE_COMMAND}" --build "${_bulkhead_build}" --config Release --target bulkhead --parallel
  COMMAND "${CMAKE_COMMAND}" -E touch "${_bulkhead_program}" # newer than all sources, of which not each is compiled
  DEPENDS "${_bulkhead_source}/CMakeLists.txt" ${_bulkhead_sources}
  COMMENT "Building Bulkhead, once"
  USES_TERMINAL VERBATIM)
add_custom_target(bulkhead-tool DEPENDS "${_bulkhead_program}")
set_target_properties(bulkhead-tool PROPERTIES FOLDER Bulkhead)

add_executable(Bulkhead::bulkhead IMPORTED GLOBAL)
set_target_properties(Bulkhead::bulkhead PROPERTIES IMPORTED_LOCATION "${_bulkhead_program}")
add_dependencies(Bulkhead::bulkhead bulkhead-tool)

foreach(_bulkhead_name IN ITEMS build program source configure environment sources)
  unset(_bulkhead_${_bulkhead_name})
endforeach()
unset(_bulkhead_name)
