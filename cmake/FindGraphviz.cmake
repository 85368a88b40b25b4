# Finds Graphviz's libraries: Graphviz::cgraph (the graph and its DOT text) and Graphviz::gvc (layout and rendering).

find_path(Graphviz_INCLUDE_DIR graphviz/cgraph.h)
find_library(Graphviz_CGRAPH_LIBRARY cgraph)
find_library(Graphviz_GVC_LIBRARY gvc)
mark_as_advanced(Graphviz_INCLUDE_DIR Graphviz_CGRAPH_LIBRARY Graphviz_GVC_LIBRARY)

include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(Graphviz
  REQUIRED_VARS Graphviz_CGRAPH_LIBRARY Graphviz_GVC_LIBRARY Graphviz_INCLUDE_DIR
  REASON_FAILURE_MESSAGE "Install Graphviz's development files (Debian: libgraphviz-dev), as ./run build does.")

if(Graphviz_FOUND)
  foreach(part IN ITEMS CGRAPH GVC)
    string(TOLOWER ${part} name)
    if(NOT TARGET Graphviz::${name})
      add_library(Graphviz::${name} UNKNOWN IMPORTED)
      set_target_properties(Graphviz::${name} PROPERTIES
        IMPORTED_LOCATION "${Graphviz_${part}_LIBRARY}"
        INTERFACE_INCLUDE_DIRECTORIES "${Graphviz_INCLUDE_DIR}/graphviz")
    endif()
  endforeach()
  set_property(TARGET Graphviz::gvc PROPERTY INTERFACE_LINK_LIBRARIES Graphviz::cgraph)
endif()
