# The targets of a project that is audited. Included by bulkhead_audit(), whose variables it uses.

get_property(multi_config GLOBAL PROPERTY GENERATOR_IS_MULTI_CONFIG)
set(home "${CMAKE_BINARY_DIR}/bulkhead")
if(NOT DEFINED audit_OUTPUT_DIRECTORY)
  set(audit_OUTPUT_DIRECTORY "${home}")
endif()
get_filename_component(audit_OUTPUT_DIRECTORY "${audit_OUTPUT_DIRECTORY}" ABSOLUTE BASE_DIR "${CMAKE_CURRENT_BINARY_DIR}")

set(arguments check -B "${CMAKE_BINARY_DIR}")
if(multi_config)
  string(APPEND home "/$<CONFIG>")
  string(APPEND audit_OUTPUT_DIRECTORY "/$<CONFIG>")
  list(APPEND arguments --configuration "$<CONFIG>")
endif()
foreach(keyword IN ITEMS POLICY BASELINE INVENTORY FAIL_ON)
  if(DEFINED audit_${keyword})
    string(TOLOWER "--${keyword}" option)
    string(REPLACE "_" "-" option "${option}")
    list(APPEND arguments ${option} "${audit_${keyword}}")
  endif()
endforeach()
if(audit_STRICT)
  list(APPEND arguments --strict)
endif()

# The files of a report
if(NOT DEFINED audit_FORMATS)
  set(audit_FORMATS text json svg html)
endif()
set(extension_of_text txt)
set(extension_of_junit junit.xml)
set(extension_of_gitlab gitlab.json)
set(extension_of_markdown md)
set(extension_of_mermaid mmd)
set(report_arguments ${arguments})
foreach(format IN LISTS audit_FORMATS)
  string(REGEX MATCH "^[^=]*" name "${format}")
  string(FIND "${format}" "=" equals)
  if(equals EQUAL -1)
    set(file "report.${name}")
    if(DEFINED extension_of_${name})
      set(file "report.${extension_of_${name}}")
    endif()
  else()
    math(EXPR equals "${equals} + 1")
    string(SUBSTRING "${format}" ${equals} -1 file)
  endif()
  get_filename_component(file "${file}" ABSOLUTE BASE_DIR "${audit_OUTPUT_DIRECTORY}")
  list(APPEND report_arguments --format "${name}=${file}")
endforeach()

# All that a job has to know, for cmake -P
set(script "${home}/check.cmake")
set_property(GLOBAL PROPERTY BULKHEAD_SCRIPT "${script}")
set(program "$<TARGET_FILE:Bulkhead::bulkhead>")
set(settings "# Audits this build tree: cmake -P <this file>\n")
foreach(name IN ITEMS program home CMAKE_GENERATOR CMAKE_SOURCE_DIR CMAKE_BINARY_DIR audit_OUTPUT_DIRECTORY arguments report_arguments)
  string(APPEND settings "set(${name} [===[${${name}}]===])\n")
endforeach()
string(APPEND settings "include([===[${CMAKE_CURRENT_LIST_DIR}/BulkheadRun.cmake]===])\n")
file(GENERATE OUTPUT "${script}" CONTENT "${settings}")

add_custom_target(${audit_TARGET}
  COMMAND "${CMAKE_COMMAND}" -DBULKHEAD_JOB=ready -P "${script}"
  COMMAND "${program}" ${arguments}
  COMMENT "Checking the modules"
  USES_TERMINAL VERBATIM)
add_custom_target(${audit_TARGET}-report
  COMMAND "${CMAKE_COMMAND}" -DBULKHEAD_JOB=report -P "${script}"
  COMMENT "Writing what the modules' check has found"
  USES_TERMINAL VERBATIM)
set(made ${audit_TARGET} ${audit_TARGET}-report)

if(audit_ON_BUILD)
  set(policies ${audit_POLICY} ${audit_INVENTORY})
  set(directory "${CMAKE_SOURCE_DIR}")
  while(NOT DEFINED audit_POLICY) # the one that `bulkhead check` will find
    if(EXISTS "${directory}/bulkhead.toml")
      list(APPEND policies "${directory}/bulkhead.toml")
      break()
    endif()
    cmake_path(GET directory PARENT_PATH parent)
    if(parent STREQUAL directory)
      set(directory "${CMAKE_SOURCE_DIR}")
      break()
    endif()
    set(directory "${parent}")
  endwhile()
  if(DEFINED audit_POLICY)
    cmake_path(GET audit_POLICY PARENT_PATH directory)
  endif()
  if(NOT DEFINED audit_BASELINE) # likewise
    set(audit_BASELINE "${directory}/bulkhead.baseline")
  endif()
  if(EXISTS "${audit_BASELINE}")
    list(APPEND policies "${audit_BASELINE}")
  endif()
  # Two steps, for the first may have CMake write what the second depends on.
  add_custom_command(OUTPUT "${home}/answered"
    COMMAND "${CMAKE_COMMAND}" -DBULKHEAD_JOB=ready -P "${script}"
    COMMAND "${CMAKE_COMMAND}" -E touch "${home}/answered"
    COMMENT "Looking for what CMake says of the modules"
    VERBATIM)
  add_custom_command(OUTPUT "${home}/checked"
    COMMAND "${CMAKE_COMMAND}" -DBULKHEAD_JOB=build -P "${script}"
    DEPENDS "${home}/answered" "${CMAKE_BINARY_DIR}/CMakeCache.txt" ${policies} "${program}" # each capture is in the cache
    COMMENT "Checking the modules"
    VERBATIM)
  add_custom_target(${audit_TARGET}-on-build ALL DEPENDS "${home}/checked")
  list(APPEND made ${audit_TARGET}-on-build)
endif()

set_target_properties(${made} PROPERTIES FOLDER Bulkhead)
if(TARGET bulkhead-tool)
  foreach(target IN LISTS made)
    add_dependencies(${target} bulkhead-tool)
  endforeach()
endif()
