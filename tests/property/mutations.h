// The ways in which tests/projects/mutant is made to break its promise: lines of CMake that add one edge to a module
// that is off.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "tests/property/chance.h"

namespace bulkhead::test {

/// A way to add an edge.
struct Mutation {
  std::string_view
      kinds;  ///< The kind of the edge, "link"; where it may show as several, all of them: "order command".
  std::string_view dependers;  ///< The types of target that can have it, a letter each: see `Depender::type`.
  std::string_view lines;      ///< @T is the depender, @O the directory of the module, @N a number of its own.
  bool own_directory = true;   ///< It has to stand in the directory that makes the depender.
  bool needs_heir = false;     ///< Without a target that links the depender it does nothing, and is no edge.
  unsigned first_cmake = 0;    ///< 3027: older ones cannot do it.
};

/// A target of the core.
struct Depender {
  std::string_view name;
  char type;  ///< e(xecutable), s(hared), m(odule), a(rchive), o(bject), i(nterface), c(ustom target)
  std::string_view directory;
  bool is_linked = true;  ///< By another target.
};

/// One edge, at one place.
struct Mutant {
  const Mutation* mutation;
  std::string depender;
  std::string file;  ///< Relative to the top of the project.
  std::string text;  ///< What is added at the end of it.
};

[[nodiscard]] const std::vector<Mutation>& mutations();

/// So many mutants, for a CMake of that version ("3.25.1" is 3025). Every way comes once before any comes twice.
[[nodiscard]] std::vector<Mutant> breed_mutants(Chance& chance, std::size_t count, unsigned cmake_version);

}  // namespace bulkhead::test
