#include "auditor/cmake_regex.h"

#include <fmt/format.h>

#include <cstddef>
#include <optional>
#include <string>
#include <utility>

namespace bulkhead {
namespace {

// CMake stops at nine groups; this is about our stack, not about taste.
constexpr std::size_t max_group_depth = 100;
constexpr std::size_t max_pattern_size = 65536;

bool is_repetition(char c) {
  return c == '*' || c == '+' || c == '?';
}

}  // namespace

// Thompson's construction, by recursive descent. Every method that returns nothing has set message_.
class CMakeRegex::Compiler {
 public:
  explicit Compiler(std::string_view pattern) : pattern_(pattern) {}

  Result<CMakeRegex> compile(const Location& where) {
    const std::optional<Part> whole = read_alternatives(0);
    if (whole && at_ < pattern_.size()) message_ = "a `)` closes nothing";
    if (!message_.empty()) {
      return fail(where, fmt::format("the regular expression `{}` is wrong: {}", excerpt(), message_),
                  "see \"Regex Specification\" in cmake-commands(7), string()");
    }
    regex_.start_ = whole->first;
    connect(whole->last, add({StateKind::accept}));
    return std::move(regex_);
  }

 private:
  // A piece of automaton, entered at `first` and left by `last`, which is a fork that is not connected yet.
  struct Part {
    std::uint32_t first;
    std::uint32_t last;
    bool has_width;  // cannot match the empty string, as far as CMake looks into it
  };

  [[nodiscard]] std::string excerpt() const {
    constexpr std::size_t max_excerpt = 60;
    if (pattern_.size() <= max_excerpt) return std::string(pattern_);
    return std::string(pattern_.substr(0, max_excerpt)) + "...";
  }

  std::uint32_t add(State state) {
    regex_.states_.push_back(state);
    return static_cast<std::uint32_t>(regex_.states_.size() - 1);
  }
  std::uint32_t add_fork(std::uint32_t next, std::uint32_t other) { return add({StateKind::fork, 0, next, other}); }
  // An end that is not connected forks to itself twice, which reads nothing and leads nowhere.
  std::uint32_t add_loose_end() {
    const auto self = static_cast<std::uint32_t>(regex_.states_.size());
    return add_fork(self, self);
  }
  void connect(std::uint32_t loose_end, std::uint32_t target) {
    regex_.states_[loose_end].next = target;
    regex_.states_[loose_end].other = target;
  }
  Part single(StateKind kind, std::uint32_t operand, bool has_width) {
    const std::uint32_t last = add_loose_end();
    return {add({kind, operand, last, 0}), last, has_width};
  }
  std::nullopt_t refuse(std::string message) {
    message_ = std::move(message);
    return std::nullopt;
  }

  std::optional<Part> read_alternatives(std::size_t depth) {
    std::optional<Part> all = read_sequence(depth);
    while (all && at_ < pattern_.size() && pattern_[at_] == '|') {
      ++at_;
      const std::optional<Part> next = read_sequence(depth);
      if (!next) return std::nullopt;
      all->first = add_fork(all->first, next->first);
      connect(next->last, all->last);
      all->has_width = all->has_width && next->has_width;
    }
    return all;
  }

  std::optional<Part> read_sequence(std::size_t depth) {
    const std::uint32_t empty = add_loose_end();
    Part all{empty, empty, false};
    while (at_ < pattern_.size() && pattern_[at_] != '|' && pattern_[at_] != ')') {
      const std::optional<Part> next = read_piece(depth);
      if (!next) return std::nullopt;
      connect(all.last, next->first);
      all.last = next->last;
      all.has_width = all.has_width || next->has_width;
    }
    return all;
  }

  std::optional<Part> read_piece(std::size_t depth) {
    std::optional<Part> atom = read_atom(depth);
    if (!atom || at_ == pattern_.size() || !is_repetition(pattern_[at_])) return atom;
    const char repetition = pattern_[at_++];
    if (repetition != '?' && !atom->has_width) return refuse("what `*` or `+` repeats could be empty");
    if (at_ < pattern_.size() && is_repetition(pattern_[at_]))
      return refuse("`*`, `+` and `?` cannot follow each other");

    const std::uint32_t last = add_loose_end();
    const std::uint32_t fork = add_fork(atom->first, last);
    connect(atom->last, repetition == '?' ? last : fork);
    return Part{repetition == '+' ? atom->first : fork, last, repetition == '+'};
  }

  std::optional<Part> read_atom(std::size_t depth) {
    const char c = pattern_[at_++];
    if (c == '^') return single(StateKind::begin, 0, false);
    if (c == '$') return single(StateKind::end, 0, false);
    if (c == '.') return single(StateKind::any, 0, true);
    if (c == '[') return read_set();
    if (c == '(') {
      if (depth == max_group_depth) return refuse("its groups are nested too deeply");
      std::optional<Part> group = read_alternatives(depth + 1);
      if (!group) return std::nullopt;
      if (at_ == pattern_.size()) return refuse("a `(` is never closed");
      ++at_;  // ')': nothing else ends the alternatives
      return group;
    }
    if (is_repetition(c)) return refuse(fmt::format("`{}` follows nothing", c));
    if (c != '\\') return single(StateKind::byte, static_cast<unsigned char>(c), true);
    if (at_ == pattern_.size()) return refuse("it ends in a backslash");
    return single(StateKind::byte, static_cast<unsigned char>(pattern_[at_++]), true);
  }

  std::optional<Part> read_set() {
    std::bitset<256> set;
    const auto byte_at = [this](std::size_t i) { return static_cast<unsigned char>(pattern_[i]); };
    const bool negated = at_ < pattern_.size() && pattern_[at_] == '^';
    if (negated) ++at_;
    // A ']' or '-' that comes first is itself.
    if (at_ < pattern_.size() && (pattern_[at_] == ']' || pattern_[at_] == '-')) set.set(byte_at(at_++));
    for (; at_ < pattern_.size() && pattern_[at_] != ']'; ++at_) {
      const bool is_range = pattern_[at_] == '-' && at_ + 1 < pattern_.size() && pattern_[at_ + 1] != ']';
      if (!is_range) {
        set.set(byte_at(at_));
        continue;
      }
      const unsigned first = byte_at(at_ - 1);
      const unsigned last = byte_at(++at_);
      if (first > last) return refuse("a range in `[]` is backwards");
      for (unsigned member = first; member <= last; ++member) set.set(member);
    }
    if (at_ == pattern_.size()) return refuse("a `[` is never closed");
    ++at_;
    regex_.sets_.push_back(negated ? ~set : set);
    return single(StateKind::one_of, static_cast<std::uint32_t>(regex_.sets_.size() - 1), true);
  }

  std::string_view pattern_;
  std::size_t at_ = 0;
  std::string message_;
  CMakeRegex regex_;
};

Result<CMakeRegex> CMakeRegex::compile(std::string_view pattern, const Location& where) {
  if (pattern.size() > max_pattern_size) {
    return fail(where, fmt::format("the regular expression is longer than {} bytes", max_pattern_size));
  }
  return Compiler(pattern).compile(where);
}

bool CMakeRegex::reads(const State& state, unsigned char byte) const {
  switch (state.kind) {
    case StateKind::byte: return state.operand == byte;
    case StateKind::any: return true;
    case StateKind::one_of: return sets_[state.operand].test(byte);
    default: return false;
  }
}

// All states that the automaton can be in at one place of the text, each once.
class CMakeRegex::Run {
 public:
  explicit Run(const CMakeRegex& regex) : regex_(&regex), entered_(regex.states_.size(), 0) {}

  void enter_next_place() {
    states_.clear();
    ++place_;
  }
  // Adds a state and all that follow from it without reading. True when `accept` is among them.
  bool add(std::uint32_t first, bool at_begin, bool at_end) {
    pending_.push_back(first);
    while (!pending_.empty()) {
      const std::uint32_t id = pending_.back();
      pending_.pop_back();
      if (entered_[id] == place_) continue;
      entered_[id] = place_;
      const State& state = regex_->states_[id];
      if (state.kind == StateKind::accept) return true;
      if (state.kind == StateKind::fork) {
        pending_.push_back(state.other);
        pending_.push_back(state.next);
      } else if (state.kind == StateKind::begin || state.kind == StateKind::end) {
        if (state.kind == StateKind::begin ? at_begin : at_end) pending_.push_back(state.next);
      } else {
        states_.push_back(id);
      }
    }
    return false;
  }
  [[nodiscard]] const std::vector<std::uint32_t>& states() const { return states_; }

 private:
  const CMakeRegex* regex_;
  std::vector<std::uint32_t> states_;
  std::vector<std::uint32_t> pending_;
  std::vector<std::size_t> entered_;  // by state: the place at which it was last added
  std::size_t place_ = 0;             // counts from 1
};

bool CMakeRegex::matches(std::string_view text) const {
  Run here(*this);
  Run next(*this);
  here.enter_next_place();
  for (std::size_t i = 0;; ++i) {
    if (here.add(start_, i == 0, i == text.size())) return true;  // a match may begin anywhere
    if (i == text.size()) return false;
    next.enter_next_place();
    for (const std::uint32_t id : here.states()) {
      const State& state = states_[id];
      if (!reads(state, static_cast<unsigned char>(text[i]))) continue;
      if (next.add(state.next, false, i + 1 == text.size())) return true;
    }
    std::swap(here, next);
  }
}

}  // namespace bulkhead
