# Makes a C++ source of text files, so that the program does not look for them at run time:
#   cmake -DOUTPUT=FILE.cpp -DHEADER=FILE.h "-DTEXTS=NAME=FILE;..." -P EmbedText.cmake
# Each NAME becomes a std::string_view in namespace bulkhead, declared in HEADER.
cmake_minimum_required(VERSION 3.21)

set(source "// Written by cmake/EmbedText.cmake.\n#include \"${HEADER}\"\n\nnamespace bulkhead {\n")
foreach(pair IN LISTS TEXTS)
  string(REGEX REPLACE "=.*" "" name "${pair}")
  string(REGEX REPLACE "^[^=]*=" "" file "${pair}")
  file(READ "${file}" text)
  string(FIND "${text}" ")bulkhead\"" end)
  if(NOT end EQUAL -1)
    message(FATAL_ERROR "${file} holds the mark that ends a literal")
  endif()
  string(APPEND source "\nconst std::string_view ${name} =")
  string(LENGTH "${text}" length)
  set(begin 0)
  while(begin LESS length)
    string(SUBSTRING "${text}" ${begin} 16000 piece) # MSVC takes no longer literal, and joins those that follow
    string(APPEND source "\n    R\"bulkhead(${piece})bulkhead\"")
    math(EXPR begin "${begin} + 16000")
  endwhile()
  string(APPEND source "\n    \"\";\n")
endforeach()
string(APPEND source "\n}  // namespace bulkhead\n")
file(WRITE "${OUTPUT}" "${source}")
