# find_package(Bulkhead) reads this.
include("${CMAKE_CURRENT_LIST_DIR}/Bulkhead.cmake")

foreach(_bulkhead_component IN LISTS Bulkhead_FIND_COMPONENTS)
  if(Bulkhead_FIND_REQUIRED_${_bulkhead_component})
    set(Bulkhead_FOUND FALSE)
    set(Bulkhead_NOT_FOUND_MESSAGE "Bulkhead has no components, and so no ${_bulkhead_component}")
  endif()
endforeach()
unset(_bulkhead_component)
