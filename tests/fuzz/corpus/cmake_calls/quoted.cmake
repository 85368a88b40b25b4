message(STATUS "a \"b\" ) ${x}
 second line")
