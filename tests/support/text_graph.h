// Graphs as text, for tests that say with a few lines what is in the build.
#pragma once

#include <string>
#include <string_view>

#include "auditor/audit.h"
#include "graph/build_tree.h"

namespace bulkhead::test {

/// What a text says is in a build tree, and how to audit it.
struct TextAudit {
  BuildTree tree;
  AuditOptions options;
  bool verbose = false;
};

/// Parses lines such as
///
///     # a comment
///     cmake 3.31.6                 the default is 3.25.1
///     codemodel 2.10               the default is 2.4
///     cache USE_OPT=OFF
///     no-cmake-files               the reply has no cmakeFiles object
///     commands                     build.ninja was there, and has no other edges than those below
///     strict, verbose              as on the command line
///     today 2027-03-31             likewise
///     configuration Debug          what follows is the graph of that configuration; without this line it is Release
///     directory opt                that add_subdirectory() entered, from the top
///     target app EXECUTABLE app    a target, its type and its directory; then perhaps `imported` or `abstract`, and
///     the
///                                  call that made it
///     app -> core [link] app/CMakeLists.txt:2 target_link_libraries
///     core -> file:opt/x.cpp [source, derived] CMakeLists.txt:7 add_core > cmake/Core.cmake:3 target_sources
///     file:CMakeLists.txt -> file:opt/CMakeLists.txt [configure]
///     app needs core opt           entries of `dependencies`
///
/// An end of an edge is a target, or has one of the prefixes file:, library: and definition:. Behind the kind may stand
/// `declared`, `derived` and `traced`; what is left out is as the graph builder would have it for that codemodel. The
/// calls that made the edge come outermost first. Before codemodel 2.9 a derived edge between targets is an entry of
/// `dependencies`, too. Paths are canonical, see SourcePaths; `source_root` is where the files are, if they are
/// anywhere.
///
/// Throws "line N: …" for anything else.
[[nodiscard]] TextAudit parse_text_graph(std::string_view text, const std::string& source_root);

}  // namespace bulkhead::test
