# What `bulkhead configure` has cmake read by -C, behind all other arguments: only then are the user's own -D and presets
# in the cache already. It is read before CMake looks for queries, so that this very run answers. bulkhead puts query.json
# and BulkheadCapture.cmake beside it, and finds the answers there: `build`, and `without-capture` where CMake is too old.
# It has to work in every CMake that writes replies. cmake_file_api() crashes CMake 3.31 in here.

file(READ "${CMAKE_CURRENT_LIST_DIR}/query.json" bulkhead_query)
file(WRITE "${CMAKE_BINARY_DIR}/.cmake/api/v1/query/client-bulkhead/query.json" "${bulkhead_query}")

if(CMAKE_VERSION VERSION_LESS 3.24)
  file(WRITE "${CMAKE_CURRENT_LIST_DIR}/without-capture" "${CMAKE_VERSION}")
else()
  # A copy in the build tree outlives this run, and an upgrade of bulkhead. Written only when it differs, for the build
  # configures again when it is newer.
  set(bulkhead_capture "${CMAKE_BINARY_DIR}/.cmake/bulkhead/BulkheadCapture.cmake")
  file(MAKE_DIRECTORY "${CMAKE_BINARY_DIR}/.cmake/bulkhead")
  file(COPY_FILE "${CMAKE_CURRENT_LIST_DIR}/BulkheadCapture.cmake" "${bulkhead_capture}" ONLY_IF_DIFFERENT)

  # Once, and last, however often this runs and by whatever path the tree was named.
  set(bulkhead_includes "${CMAKE_PROJECT_TOP_LEVEL_INCLUDES}")
  list(FILTER bulkhead_includes EXCLUDE REGEX "/\\.cmake/bulkhead/BulkheadCapture\\.cmake$")
  list(APPEND bulkhead_includes "${bulkhead_capture}")
  set(CMAKE_PROJECT_TOP_LEVEL_INCLUDES "${bulkhead_includes}" CACHE STRING
    "Files that the first project() includes; the one of Bulkhead writes down what replies do not show" FORCE)
endif()

file(WRITE "${CMAKE_CURRENT_LIST_DIR}/build" "${CMAKE_BINARY_DIR}")
