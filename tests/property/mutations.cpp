#include "tests/property/mutations.h"

#include <fmt/format.h>

#include <algorithm>

namespace bulkhead::test {
namespace {

constexpr std::string_view compiled = "esmao";
constexpr std::string_view libraries = "smaoi";
constexpr std::string_view linked = "esm";
constexpr std::string_view every = "esmaoic";

const std::vector<Depender>& dependers() {
  static const std::vector<Depender> list = {
      {"base", 'a', "base"},          {"base_objects", 'o', "base"},   {"base_headers", 'i', "base"},
      {"engine", 's', "engine"},      {"engine_parts", 'a', "engine"}, {"plugin", 'm', "engine", false},
      {"generate", 'e', "tools"},     {"tables", 'a', "tools"},        {"lint", 'c', "tools"},
      {"widgets", 'o', "app", false}, {"app_interface", 'i', "app"},   {"app", 'e', "app"},
      {"package", 'c', "app"},
  };
  return list;
}

void replace_all(std::string& text, std::string_view what, std::string_view by) {
  for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + by.size())) {
    text.replace(at, what.size(), by);
  }
}

Mutant make_mutant(Chance& chance, const Mutation& mutation, std::size_t number) {
  std::vector<const Depender*> able;
  for (const Depender& depender : dependers()) {
    const bool can = mutation.dependers.find(depender.type) != std::string_view::npos;
    if (can && (depender.is_linked || !mutation.needs_heir)) able.push_back(&depender);
  }
  const Depender& depender = *chance.pick(able);
  Mutant mutant{&mutation, std::string(depender.name), fmt::format("{}/CMakeLists.txt", depender.directory),
                std::string(mutation.lines)};
  if (!mutation.own_directory && chance.below(4) == 0) mutant.file = "CMakeLists.txt";
  replace_all(mutant.text, "@T", depender.name);
  replace_all(mutant.text, "@O", "${PROJECT_SOURCE_DIR}/modules/opt");
  replace_all(mutant.text, "@N", fmt::format("mutant_{}", number));
  return mutant;
}

}  // namespace

const std::vector<Mutation>& mutations() {
  // clang-format off
  static const std::vector<Mutation> list = {
      // links of targets, in every scope and by every way to name one
      {"link", compiled, "target_link_libraries(@T PRIVATE opt)", false},
      {"link", compiled, "target_link_libraries(@T PUBLIC opt)", false},
      {"link", libraries, "target_link_libraries(@T INTERFACE opt)", false},
      {"link", compiled, "target_link_libraries(@T PRIVATE opt_shared)", false},
      {"link", compiled, "target_link_libraries(@T PRIVATE opt_usage)", false},
      {"link", compiled, "target_link_libraries(@T PRIVATE opt_iface)", false},
      {"link", libraries, "target_link_libraries(@T INTERFACE opt_iface)", false},
      {"link", compiled, "target_link_libraries(@T PRIVATE Opt::opt)", false},
      {"link", compiled, "target_link_libraries(@T PRIVATE optimized opt)"},
      {"link", compiled, "target_link_libraries(@T PRIVATE $<1:opt>)", false},
      {"link", compiled, "target_link_libraries(@T PRIVATE $<$<CONFIG:Release>:opt>)", false},
      {"link", compiled, "target_link_libraries(@T PRIVATE $<IF:$<CONFIG:Debug>,,opt>)", false},
      {"link", "esma", "target_link_libraries(@T PRIVATE $<$<LINK_LANGUAGE:CXX>:opt>)", false},
      {"link", compiled, "target_link_libraries(@T PRIVATE $<TARGET_NAME_IF_EXISTS:opt>)", false},
      {"link", libraries, "target_link_libraries(@T INTERFACE $<LINK_ONLY:opt>)", false},
      {"link", libraries, "target_link_libraries(@T INTERFACE $<$<CONFIG:Release>:Opt::opt>)", false},
      {"link", "o", "target_link_libraries(@T PRIVATE $<$<LINK_LANGUAGE:CXX>:opt>)", false, true},
      {"link", "ai", "target_link_libraries(@T INTERFACE $<$<LINK_LANGUAGE:CXX>:opt>)", false, true},
      {"link", linked, "target_link_libraries(@T PRIVATE $<LINK_LIBRARY:WHOLE_ARCHIVE,opt>)", false, false, 3024},
      {"link", compiled, "set_property(TARGET @T APPEND PROPERTY LINK_LIBRARIES opt)"},
      {"link", libraries, "set_property(TARGET @T APPEND PROPERTY INTERFACE_LINK_LIBRARIES opt)"},
      {"link", compiled, "set(some_libraries opt)\ntarget_link_libraries(@T PRIVATE ${some_libraries})", false},
      {"link", compiled, "foreach(library IN ITEMS opt)\n  target_link_libraries(@T PRIVATE ${library})\nendforeach()"},
      {"link", compiled, "function(link_it target)\n  target_link_libraries(${target} PRIVATE opt)\nendfunction()\nlink_it(@T)"},
      {"link", compiled, "cmake_language(CALL target_link_libraries @T PRIVATE opt)"},
      {"link", compiled, "cmake_language(EVAL CODE \"target_link_libraries(@T PRIVATE opt)\")"},
      {"link", compiled, "cmake_language(DEFER CALL target_link_libraries @T PRIVATE opt)"},
      {"compile include-dir define", compiled, "target_link_libraries(@T PRIVATE $<COMPILE_ONLY:opt_usage>)", false, false, 3027},

      // links of files, and of names that are no targets
      {"file-link", compiled, "target_link_libraries(@T PRIVATE nope)", false},
      {"file-link", compiled, "target_link_libraries(@T PUBLIC $<1:nope>)", false},
      {"file-link", libraries, "target_link_libraries(@T INTERFACE nope)", false},
      {"file-link", compiled, "target_link_libraries(@T PRIVATE -lopt)", false},
      {"file-link", compiled, "target_link_libraries(@T PRIVATE ${PROJECT_BINARY_DIR}/modules/libopt.a)", false},
      {"file-link", libraries, "target_link_libraries(@T INTERFACE ${PROJECT_BINARY_DIR}/modules/libopt.a)", false},
      {"file-link", compiled, "target_link_libraries(@T PRIVATE $<TARGET_FILE:opt>)", false},
      {"file-link", linked, "target_link_options(@T PRIVATE -lopt)", false},
      {"file-link link", compiled, "add_library(@N UNKNOWN IMPORTED)\nset_target_properties(@N PROPERTIES IMPORTED_LOCATION @O/libopt.a)\ntarget_link_libraries(@T PRIVATE @N)", true, true},

      // objects
      {"object", compiled, "target_sources(@T PRIVATE $<TARGET_OBJECTS:opt_obj>)", false},
      {"object link", compiled, "target_link_libraries(@T PRIVATE opt_obj)", false},
      {"object link file-link", linked, "target_link_libraries(@T PRIVATE $<TARGET_OBJECTS:opt_obj>)", false},

      // order, and what a custom command uses
      {"order", every, "add_dependencies(@T opt_gen)", false},
      {"order", every, "add_dependencies(@T opt)", false},
      {"order", compiled, "add_custom_command(OUTPUT @N.cpp COMMAND opt_tool @N.cpp)\ntarget_sources(@T PRIVATE ${CMAKE_CURRENT_BINARY_DIR}/@N.cpp)"},
      {"order", compiled, "add_custom_command(OUTPUT @N.cpp COMMAND $<TARGET_FILE:opt_tool> @N.cpp)\ntarget_sources(@T PRIVATE ${CMAKE_CURRENT_BINARY_DIR}/@N.cpp)"},
      {"order", compiled, "add_custom_command(OUTPUT @N.cpp COMMAND ${CMAKE_COMMAND} -E touch @N.cpp DEPENDS opt_tool)\ntarget_sources(@T PRIVATE ${CMAKE_CURRENT_BINARY_DIR}/@N.cpp)"},
      {"order", "esmac", "add_custom_command(TARGET @T POST_BUILD COMMAND opt_tool)"},
      {"order", "esma", "add_custom_command(TARGET @T PRE_LINK COMMAND $<TARGET_FILE:opt_tool>)"},
      {"order", "c", "add_custom_target(@N COMMAND opt_tool)"},
      {"order", "c", "add_custom_target(@N DEPENDS opt_tool)"},
      {"order", compiled, "target_precompile_headers(@T REUSE_FROM opt_pch)", false},
      {"command", compiled, "add_custom_command(OUTPUT @N.cpp COMMAND ${CMAKE_COMMAND} -E touch @N.cpp DEPENDS @O/data.txt)\ntarget_sources(@T PRIVATE ${CMAKE_CURRENT_BINARY_DIR}/@N.cpp)"},
      {"command", compiled, "add_custom_command(OUTPUT @N.cpp COMMAND ${CMAKE_COMMAND} -E copy @O/opt.cpp @N.cpp)\ntarget_sources(@T PRIVATE ${CMAKE_CURRENT_BINARY_DIR}/@N.cpp)"},
      {"command", compiled, "add_custom_command(OUTPUT @N.cpp COMMAND ${PROJECT_BINARY_DIR}/modules/opt_tool @N.cpp)\ntarget_sources(@T PRIVATE ${CMAKE_CURRENT_BINARY_DIR}/@N.cpp)"},
      {"command", "esmac", "add_custom_command(TARGET @T POST_BUILD COMMAND ${CMAKE_COMMAND} -E cat @O/data.txt)"},
      {"command", "c", "add_custom_command(TARGET @T POST_BUILD COMMAND ${CMAKE_COMMAND} -E cat @O/data.txt)"},
      {"command", "c", "add_custom_target(@N COMMAND ${CMAKE_COMMAND} -E cat @O/data.txt)"},
      {"command", compiled, "set_property(SOURCE ${source} ${main} APPEND PROPERTY OBJECT_DEPENDS @O/data.txt)"},
      {"command", linked, "set_property(TARGET @T APPEND PROPERTY LINK_DEPENDS @O/data.txt)"},

      // sources
      {"source", compiled, "target_sources(@T PRIVATE @O/opt.cpp)", false},
      {"source", compiled, "target_sources(@T PRIVATE @O/opt.h)", false},
      {"source", "c", "target_sources(@T PRIVATE @O/data.txt)", false},
      {"source", libraries, "target_sources(@T INTERFACE @O/opt.cpp)", false, true},
      {"source", compiled, "set_property(TARGET @T APPEND PROPERTY SOURCES @O/opt.cpp)"},
      {"source include-dir", compiled, "target_sources(@T PUBLIC FILE_SET HEADERS BASE_DIRS @O FILES @O/opt.h)", false, false, 3023},

      // include directories, and headers
      {"include-dir", compiled, "target_include_directories(@T PRIVATE @O)", false},
      {"include-dir", compiled, "target_include_directories(@T SYSTEM BEFORE PUBLIC @O)", false},
      {"include-dir", libraries, "target_include_directories(@T INTERFACE @O)", false, true},
      {"include-dir", libraries, "target_include_directories(@T SYSTEM INTERFACE $<BUILD_INTERFACE:@O>)", false, true},
      {"include-dir", compiled, "target_compile_options(@T PRIVATE -I@O)", false},
      {"include-dir", compiled, "target_compile_options(@T PRIVATE \"SHELL:-isystem @O\")", false},
      {"include-dir", compiled, "include_directories(@O)"},
      {"include-dir", compiled, "set_property(SOURCE ${source} ${main} APPEND PROPERTY INCLUDE_DIRECTORIES @O)"},
      {"include source", compiled, "target_precompile_headers(@T PRIVATE @O/opt.h)", false},
      {"include", compiled, "target_compile_options(@T PRIVATE \"SHELL:-include @O/opt.h\")", false},

      // definitions
      {"define", compiled, "target_compile_definitions(@T PRIVATE OPT_AVAILABLE=1)", false},
      {"define", libraries, "target_compile_definitions(@T INTERFACE OPT_AVAILABLE)", false, true},
      {"define", compiled, "target_compile_definitions(@T PRIVATE NOPE_AVAILABLE)", false},
      {"define", compiled, "target_compile_options(@T PRIVATE -DOPT_AVAILABLE)", false},
      {"define", libraries, "target_compile_options(@T INTERFACE -DOPT_AVAILABLE)", false, true},
      {"define", compiled, "set_property(TARGET @T APPEND PROPERTY COMPILE_DEFINITIONS OPT_AVAILABLE)"},
      {"define", compiled, "add_compile_definitions(OPT_AVAILABLE)"},
      {"define", compiled, "add_definitions(-DOPT_AVAILABLE)"},
      {"define", compiled, "set_property(SOURCE ${source} ${main} APPEND PROPERTY COMPILE_DEFINITIONS OPT_AVAILABLE)"},

      // CMake files
      {"configure", every, "add_subdirectory(@O/sub @N)", false},
      {"configure", every, "include(@O/extra.cmake)", false},
      {"configure", every, "include(@O/extra.cmake OPTIONAL)", false},
      {"configure", every, "find_package(Opt CONFIG REQUIRED PATHS @O NO_DEFAULT_PATH)", false},
      {"configure", every, "configure_file(@O/data.txt @N.txt COPYONLY)", false},

      // install rules
      {"install", every, "install(FILES @O/opt.h DESTINATION include)", false},
      {"install", every, "install(DIRECTORY @O/ DESTINATION include)", false},
      {"install", every, "install(TARGETS opt DESTINATION lib)", false},
      {"install", every, "install(PROGRAMS $<TARGET_FILE:opt_tool> DESTINATION bin)", false},
      {"install", every, "install(SCRIPT @O/extra.cmake)", false},
      {"install", every, "install(TARGETS opt EXPORT @N DESTINATION lib)\ninstall(EXPORT @N DESTINATION lib/cmake)", false},
  };
  // clang-format on
  return list;
}

std::vector<Mutant> breed_mutants(Chance& chance, std::size_t count, unsigned cmake_version) {
  std::vector<const Mutation*> deck;
  std::vector<Mutant> mutants;
  while (mutants.size() < count) {
    if (deck.empty()) {
      for (const Mutation& mutation : mutations()) {
        if (mutation.first_cmake <= cmake_version) deck.push_back(&mutation);
      }
      chance.shuffle(deck);
    }
    mutants.push_back(make_mutant(chance, *deck.back(), mutants.size()));
    deck.pop_back();
  }
  return mutants;
}

}  // namespace bulkhead::test
