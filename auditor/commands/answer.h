// What the commands that ask about the graph share: why, refs and deps.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "auditor/commands/command.h"
#include "auditor/question.h"

namespace bulkhead {

/// Options of a question.
struct AnswerOptions {
  TreeOptions tree{};
  std::string kinds{};  ///< "link,order"; empty for all.
  std::string format = "text";
};

/// Adds those of add_tree_options(), --kinds and --format.
void add_answer_options(CLI::App& command, AnswerOptions& options);

/// What every question begins with.
struct AskedTree {
  BuildTree tree;
  Policy policy;  ///< An empty one when there is none: then there are no modules.
  std::vector<EdgeKind> kinds;
  bool json = false;
  std::string file;  ///< Where to write; empty for stdout.
};

/// Reads the build tree and the policy, and what the options say.
[[nodiscard]] Result<AskedTree> read_asked_tree(const AnswerOptions& options);

/// Asks each configuration, until one fails.
[[nodiscard]] Result<void> ask_each(const AskedTree& asked,
                                    const std::function<Result<void>(const Question& question)>& ask);

/// Writes an answer where the options say.
[[nodiscard]] Result<void> put_answer(const AskedTree& asked, std::string_view text, const CommonOptions& common);

}  // namespace bulkhead
