# Included by link/CMakeLists.txt: here the call to blame stands in the included file.
target_link_libraries(link_included PRIVATE opt)
