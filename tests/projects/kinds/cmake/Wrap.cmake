# Two functions deep, as in real projects: the call to blame is the one in the CMakeLists.txt.
function(wrap_link target)
  wrap_link_now(${target} PRIVATE opt)
endfunction()

function(wrap_link_now target)
  target_link_libraries(${target} ${ARGN})
endfunction()
