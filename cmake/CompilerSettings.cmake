# Warnings, sanitizers and the language standard of Bulkhead's own targets; nothing here reaches a host project.

# bulkhead_compile_settings(TARGET)
function(bulkhead_compile_settings target)
  target_compile_features(${target} PUBLIC cxx_std_20)
  set_target_properties(${target} PROPERTIES CXX_EXTENSIONS OFF)
  if(CMAKE_CXX_COMPILER_ID MATCHES "GNU|Clang")
    target_compile_options(${target} PRIVATE -Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor -Wold-style-cast
                                             -Wconversion -Wno-sign-conversion)
    if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
      target_compile_options(${target} PRIVATE -Wno-restrict) # GCC bug 105651: false alarms in std::string
    endif()
    if(BULKHEAD_SANITIZE)
      target_compile_options(${target} PUBLIC -fsanitize=${BULKHEAD_SANITIZE} -fno-omit-frame-pointer
                                              -fno-sanitize-recover=all)
      target_link_options(${target} PUBLIC -fsanitize=${BULKHEAD_SANITIZE})
    endif()
    if(BULKHEAD_BUILD_FUZZERS)
      target_compile_options(${target} PRIVATE -fsanitize=fuzzer-no-link) # a fuzzer looks for new ways through the code
    endif()
  elseif(MSVC)
    target_compile_options(${target} PRIVATE /W4 /utf-8)
  endif()
endfunction()
