# Does a job of a project that is audited; included by the check.cmake of its build tree, whose variables it uses.
#   cmake [-DBULKHEAD_JOB=<job>] -P <build>/bulkhead/check.cmake
#     check   (default) checks, and fails when there are findings
#     build   the same, silent unless it fails; remembers that it has passed
#     report  writes the reports, whatever they say
#     ready   makes sure that there is a reply
cmake_minimum_required(VERSION 3.21)

# Sets `missing` to what keeps the newest reply from being checked; to nothing when it can be.
function(find_missing missing)
  set(${missing} "CMake ${CMAKE_VERSION} answers a query in the next run" PARENT_SCOPE)
  set(reply "${CMAKE_BINARY_DIR}/.cmake/api/v1/reply")
  file(GLOB indexes RELATIVE "${reply}" "${reply}/index-*.json")
  if(indexes STREQUAL "")
    return()
  endif()
  list(SORT indexes)
  list(POP_BACK indexes newest)
  file(READ "${reply}/${newest}" index)
  foreach(kind IN ITEMS codemodel cache cmakeFiles toolchains)
    if(NOT index MATCHES "\"kind\" *: *\"${kind}\"")
      return()
    endif()
  endforeach()
  # Every run writes this file before it replies.
  if("${reply}/${newest}" IS_NEWER_THAN "${CMAKE_BINARY_DIR}/.cmake/bulkhead/modules.toml")
    set(${missing} "" PARENT_SCOPE)
  else()
    set(${missing} "the last run of CMake has failed" PARENT_SCOPE)
  endif()
endfunction()

find_missing(missing)
if(missing)
  file(LOCK "${home}" DIRECTORY GUARD PROCESS TIMEOUT 600)
  find_missing(missing) # another job of the same build may have been here
endif()
if(missing)
  message(STATUS "Bulkhead: configuring again, as ${missing}")
  set(query "${CMAKE_BINARY_DIR}/.cmake/api/v1/query/client-bulkhead/query.json")
  if(NOT EXISTS "${query}") # somebody has cleaned up
    file(READ "${CMAKE_CURRENT_LIST_DIR}/BulkheadQuery.json" text)
    file(WRITE "${query}" "${text}")
  endif()
  # CMake has ninja write its log anew. The ninja that runs this goes on with the old one, which must not get lost with
  # all that has been built so far: whoever has a second name of it can put it back.
  set(log "${CMAKE_BINARY_DIR}/.ninja_log")
  if(CMAKE_GENERATOR MATCHES "Ninja")
    if(NOT EXISTS "${log}") # ninja makes it when the first step is done
      file(TOUCH "${log}")
    endif()
    file(CREATE_LINK "${log}" "${home}/ninja_log" RESULT linked)
  endif()
  execute_process(
    COMMAND "${CMAKE_COMMAND}" --regenerate-during-build -S "${CMAKE_SOURCE_DIR}" -B "${CMAKE_BINARY_DIR}"
    OUTPUT_QUIET RESULT_VARIABLE status)
  if(EXISTS "${home}/ninja_log")
    file(RENAME "${home}/ninja_log" "${log}")
  endif()
  if(NOT status EQUAL 0)
    message(FATAL_ERROR "Bulkhead: CMake failed, so there is nothing to check")
  endif()
endif()

if(NOT DEFINED BULKHEAD_JOB)
  set(BULKHEAD_JOB check)
endif()
if(BULKHEAD_JOB STREQUAL "check")
  execute_process(COMMAND "${program}" ${arguments} RESULT_VARIABLE status)
elseif(BULKHEAD_JOB STREQUAL "build")
  execute_process(COMMAND "${program}" ${arguments}
    OUTPUT_VARIABLE output ERROR_VARIABLE output RESULT_VARIABLE status)
  if(status EQUAL 0)
    file(TOUCH "${home}/checked")
  else()
    execute_process(COMMAND "${CMAKE_COMMAND}" -E echo "${output}")
  endif()
elseif(BULKHEAD_JOB STREQUAL "report")
  file(MAKE_DIRECTORY "${audit_OUTPUT_DIRECTORY}")
  execute_process(COMMAND "${program}" ${report_arguments} RESULT_VARIABLE status)
  if(status EQUAL 1) # findings are what a report is for
    set(status 0)
  endif()
elseif(BULKHEAD_JOB STREQUAL "ready")
  set(status 0)
else()
  message(FATAL_ERROR "Bulkhead: there is no job '${BULKHEAD_JOB}'")
endif()
if(NOT status EQUAL 0)
  if(CMAKE_VERSION VERSION_GREATER_EQUAL 3.29)
    cmake_language(EXIT 1)
  endif()
  if(BULKHEAD_JOB STREQUAL "report")
    message(FATAL_ERROR "Bulkhead: there is no report, see above")
  endif()
  message(FATAL_ERROR "Bulkhead: the check has not passed, see above")
endif()
