// A proposed policy: modules with their evidence, and what to set aside.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "auditor/proposal/folder_layers.h"
#include "auditor/proposal/guarded_files.h"
#include "auditor/proposal/set_aside.h"
#include "graph/build_tree.h"
#include "graph/result.h"

namespace bulkhead {

/// How much speaks for a proposed module.
enum class Confidence : std::uint8_t {
  sure,    ///< One declared option guards a directory, and the build tree agrees.
  likely,  ///< The same with a doubt that a reader can settle: see ProposedModule::doubts.
  guess,   ///< Something speaks against it.
};

/// A `[[module]]` to be.
struct ProposedModule {
  std::string name;
  std::string toggle;
  bool unset_off = false;            ///< Not all variables of the toggle have a value in this tree: `unset = "off"`.
  std::vector<std::string> paths{};  ///< Globs, as in the policy; likewise the next two.
  std::vector<std::string> targets{};
  std::vector<std::string> defines{};
  Confidence confidence = Confidence::sure;
  std::vector<std::string> evidence{};  ///< Sentences for a reader: what is declared and guarded, and where.
  std::vector<std::string> doubts{};    ///< Why it is not sure; likewise.
  bool on = false;                      ///< In this build tree.
  std::size_t target_count = 0;         ///< In this build tree.
  std::size_t file_count = 0;           ///< On disk.
};

/// A `[[layers]]` to be, over the core's folders.
struct ProposedLayers {
  std::vector<FolderLayer> layers{};  ///< From the top; none when the folders have no order.
  std::vector<std::string> notes{};   ///< What a reader should know: sentences.
  std::vector<std::string> doubts{};  ///< Why it is not sure, likewise; it is active when there are none.

  [[nodiscard]] bool is_active() const { return !layers.empty() && doubts.empty(); }
};

struct Proposal {
  std::string project;                    ///< Its name; empty when it is not plain.
  std::vector<ProposedAside> asides{};    ///< Sorted by selector.
  std::vector<ProposedModule> modules{};  ///< The most confident first, then the largest; no two of one name.
  std::vector<std::string> left_out{};    ///< The names of those that are too many, in the same order.
  ProposedLayers layers{};
  std::size_t file_count = 0;    ///< How many CMake files were read.
  std::size_t option_count = 0;  ///< How many options they declare.
  bool likely_active = false;    ///< No module is sure, so that the likely ones are active, too.
};

/// Whether a module stands in the policy as it is, and not commented out.
[[nodiscard]] bool is_active(const Proposal& proposal, const ProposedModule& module);

/// At most so many modules are proposed; what is more does not fit a review.
inline constexpr std::size_t most_proposed_modules = 40;

/// What the CMake files and the reply of a build tree suggest, each part of it held against the tree: the toggles
/// evaluate, and every glob matches something. Fails when the CMake files are not on disk.
[[nodiscard]] Result<Proposal> propose_policy(const BuildTree& tree);

/// Takes out of a proposal what the tree does not bear: toggles that do not evaluate, globs that match nothing, modules
/// that have nothing left. A module that is off, and yet has targets in the build, becomes a guess.
void check_proposal(Proposal& proposal, const BuildTree& tree);

/// Whether anything of the policy is not commented out, what is set aside not counted.
[[nodiscard]] bool has_active(const Proposal& proposal);

/// The layers of the folders that the proposal leaves to the core. They are sure when there are three of them, or two
/// of several folders each; when every target of the core that is compiled or linked is in one of the folders, each
/// folder is joined with another, and none may be an optional part; and when an audit of the tree with that rule alone
/// has nothing to say. Folders that depend on each other share a layer.
[[nodiscard]] ProposedLayers propose_layers(const Proposal& proposal, const BuildTree& tree);

/// The text as a glob that matches nothing else.
[[nodiscard]] std::string escape_glob(std::string_view text);

}  // namespace bulkhead
