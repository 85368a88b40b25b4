# What `cmake --install` installs, and what cpack packs.

include(GNUInstallDirs)
include(CMakePackageConfigHelpers)

install(TARGETS bulkhead)
set_target_properties(bulkhead PROPERTIES INSTALL_RPATH_USE_LINK_PATH ON)

# Below share/, where find_package() looks whatever the languages and the machine that is built for.
set(package "${CMAKE_INSTALL_DATADIR}/cmake/Bulkhead")
file(RELATIVE_PATH BULKHEAD_PROGRAM "/${package}" "/${CMAKE_INSTALL_BINDIR}/bulkhead${CMAKE_EXECUTABLE_SUFFIX}")
configure_file(cmake/BulkheadInstalledTool.cmake.in package/BulkheadTool.cmake @ONLY)
write_basic_package_version_file("${PROJECT_BINARY_DIR}/package/BulkheadConfigVersion.cmake"
  COMPATIBILITY SameMajorVersion ARCH_INDEPENDENT)
install(FILES
  cmake/Bulkhead.cmake
  cmake/BulkheadCapture.cmake
  cmake/BulkheadConfig.cmake
  cmake/BulkheadQuery.json
  cmake/BulkheadRun.cmake
  cmake/BulkheadTargets.cmake
  "${PROJECT_BINARY_DIR}/package/BulkheadConfigVersion.cmake"
  "${PROJECT_BINARY_DIR}/package/BulkheadTool.cmake"
  DESTINATION "${package}")

set(documents "${CMAKE_INSTALL_DATAROOTDIR}/doc/bulkhead") # Debian wants the package's name
install(FILES README.md CHANGELOG.md THIRD_PARTY.md DESTINATION "${documents}")
install(FILES LICENSE DESTINATION "${documents}" RENAME copyright)
install(DIRECTORY docs DESTINATION "${documents}")

set(CPACK_GENERATOR DEB TGZ)
set(CPACK_PACKAGE_NAME bulkhead)
set(CPACK_PACKAGE_VENDOR "The Bulkhead developers")
set(CPACK_PACKAGE_CONTACT "The Bulkhead developers <bulkhead@users.noreply.github.com>")
set(CPACK_RESOURCE_FILE_LICENSE "${PROJECT_SOURCE_DIR}/LICENSE")
set(CPACK_VERBATIM_VARIABLES ON)
set(CPACK_STRIP_FILES ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION devel)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON) # asks dpkg-shlibdeps which packages the program needs
set(CPACK_DEBIAN_PACKAGE_RECOMMENDS cmake)
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "${PROJECT_DESCRIPTION}")
set(CPACK_DEBIAN_PACKAGE_DESCRIPTION
  "Reads what CMake wrote about a build at configure time, and looks for every edge from the rest of the project to\na part that is toggled off.")
include(CPack)
