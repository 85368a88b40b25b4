function(wrap name)
  add_library(${name} ${ARGN})
endfunction()
wrap(core core.cpp)
