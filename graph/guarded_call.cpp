#include "graph/guarded_call.h"

#include <utility>

namespace bulkhead {
namespace {

void append_word(std::string& text, const CallArgument& argument) {
  if (!text.empty() && text.back() != '(') text += ' ';
  if (!argument.quoted) {
    text += argument.text;
    return;
  }
  text += '"';
  for (const char c : argument.text) {
    if (c == '"' || c == '\\') text += '\\';
    text += c;
  }
  text += '"';
}

// Follows the blocks of a file.
class Blocks {
 public:
  /// Takes the next call; true when it is one of control flow, which is nothing to guard.
  bool pass(const CMakeCall& call) {
    if (call.command == "if") {
      blocks_.push_back({.body = false, .line = call.line, .condition = condition_text(call)});
    } else if (call.command == "elseif" || call.command == "else") {
      if (!in_if()) return true;
      const bool last = call.command == "else";
      begin_branch(last ? std::string() : condition_text(call), call.line);
    } else if (call.command == "endif") {
      if (in_if()) end_if();
    } else if (call.command == "function" || call.command == "macro") {
      blocks_.push_back({.body = true, .line = call.line});
    } else if (call.command == "endfunction" || call.command == "endmacro") {
      end_body();
    } else if (call.command == "return") {
      if (in_if()) blocks_.back().returns = true;
    } else {
      return false;
    }
    return true;
  }

  [[nodiscard]] std::vector<Guard> guards() const {
    std::vector<Guard> guards = behind_returns_;
    for (const Block& block : blocks_) {
      guards.insert(guards.end(), block.earlier.begin(), block.earlier.end());
      if (!block.condition.empty()) guards.push_back({block.condition, false, block.line});
      guards.insert(guards.end(), block.behind_returns.begin(), block.behind_returns.end());
    }
    return guards;
  }

  [[nodiscard]] bool in_body() const {
    for (const Block& block : blocks_) {
      if (block.body) return true;
    }
    return false;
  }

 private:
  struct Block {
    bool body = false;                    // of a function or macro
    std::uint32_t line = 0;               // of the branch at hand
    std::string condition{};              // empty in else() and in bodies
    std::vector<Guard> earlier{};         // the branches before, none of which was taken
    bool returns = false;                 // the branch at hand
    std::vector<Guard> after{};           // what holds behind the block, since branches have returned
    std::vector<Guard> behind_returns{};  // within the branch at hand, behind blocks that returned
  };

  [[nodiscard]] bool in_if() const { return !blocks_.empty() && !blocks_.back().body; }

  // What a branch that returns leaves: its condition does not hold behind the block. With branches before it that is
  // no longer one condition, except in else(), behind which the only other branch was taken.
  void end_branch(Block& block) {
    if (!std::exchange(block.returns, false)) return;
    if (!block.condition.empty() && block.earlier.empty()) {
      block.after.push_back({block.condition, true, block.line});
    } else if (block.condition.empty() && block.earlier.size() == 1) {
      block.after.push_back({block.earlier[0].condition, !block.earlier[0].negated, block.earlier[0].line});
    }
  }

  void begin_branch(std::string condition, std::uint32_t line) {
    Block& block = blocks_.back();
    end_branch(block);
    if (!block.condition.empty()) block.earlier.push_back({block.condition, true, block.line});
    block.condition = std::move(condition);
    block.line = line;
    block.behind_returns.clear();
  }

  void end_if() {
    end_branch(blocks_.back());
    const std::vector<Guard> after = std::move(blocks_.back().after);
    blocks_.pop_back();
    std::vector<Guard>& outer = blocks_.empty() ? behind_returns_ : blocks_.back().behind_returns;
    outer.insert(outer.end(), after.begin(), after.end());
  }

  // Ends the innermost body, and whatever was left open in it.
  void end_body() {
    std::size_t depth = blocks_.size();
    while (depth > 0 && !blocks_[depth - 1].body) --depth;
    if (depth > 0) blocks_.resize(depth - 1);
  }

  std::vector<Block> blocks_;
  std::vector<Guard> behind_returns_;  // of the file
};

// False when an if() is left open, so that nobody knows what it guards.
bool is_balanced(const std::vector<CMakeCall>& calls) {
  int depth = 0;
  for (const CMakeCall& call : calls) {
    if (call.command == "if") ++depth;
    if (call.command == "endif" && --depth < 0) return false;
  }
  return depth == 0;
}

}  // namespace

std::string condition_text(const CMakeCall& call) {
  std::string text;
  std::uint32_t depth = 1;
  for (const CallArgument& argument : call.arguments) {
    while (depth > argument.depth) {
      text += ')';
      --depth;
    }
    while (depth < argument.depth) {
      if (!text.empty() && text.back() != '(') text += ' ';
      text += '(';
      ++depth;
    }
    append_word(text, argument);
  }
  text.append(depth - 1, ')');
  return text;
}

std::vector<GuardedCall> guard_calls(const std::vector<CMakeCall>& calls) {
  std::vector<GuardedCall> guarded;
  const bool balanced = is_balanced(calls);
  Blocks blocks;
  for (const CMakeCall& call : calls) {
    if (blocks.pass(call)) continue;
    guarded.push_back({&call, balanced ? blocks.guards() : std::vector<Guard>(), blocks.in_body()});
  }
  return guarded;
}

}  // namespace bulkhead
