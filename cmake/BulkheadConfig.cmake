# find_package(Bulkhead) reads this.
include("${CMAKE_CURRENT_LIST_DIR}/Bulkhead.cmake")
