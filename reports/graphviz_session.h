// Graphviz's libraries made fit for ours: turns, messages, ownership, numbers that do not depend on addresses.
#pragma once

#include <cgraph.h>
#include <fmt/format.h>

#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>

#include "graph/result.h"
#include "reports/label.h"

namespace bulkhead {

/// Graphviz has one error function for the whole process, and neither library is thread-safe: a session has both to
/// itself, and collects what Graphviz would otherwise print.
class Session {
 public:
  Session() : turn_(mutex_), previous_(agseterrf(&collect)), previous_level_(agseterr(AGWARN)) { said_.clear(); }
  ~Session() {
    agseterrf(previous_);
    agseterr(previous_level_);
  }
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;

  /// A sentence, and the first one that Graphviz said.
  [[nodiscard]] tl::unexpected<Error> error(std::string_view what, std::string hint) const {
    std::string_view said = said_;
    for (const std::string_view level : {"Error: ", "Warning: "}) {
      if (said.starts_with(level)) said.remove_prefix(level.size());
    }
    said = said.substr(0, said.find('\n'));
    said = said.substr(0, said.find(". "));
    return fail({}, said.empty() ? std::string(what) : fmt::format("{}: {}", what, displayable(said)), std::move(hint));
  }

 private:
  static int collect(char* text) {
    said_ += text;
    return 0;
  }

  static inline std::mutex mutex_;
  static inline std::string said_;
  std::lock_guard<std::mutex> turn_;
  agusererrf previous_;
  agerrlevel_t previous_level_;
};

/// Frees a graph.
struct CloseGraph {
  void operator()(Agraph_t* graph) const { agclose(graph); }
};
/// Owns a graph.
using GraphPointer = std::unique_ptr<Agraph_t, CloseGraph>;

/// libcgraph takes `char*` and copies what it is given.
inline char* borrowed(const char* text) {
  return const_cast<char*>(text);
}

/// How a graph numbers its parts, and where agwrite() writes to; must outlive the graph. libcgraph's own numbers are
/// the addresses of names, and it keeps subgraphs in the order of their numbers: another run, another picture. These
/// count in the order of creation.
class Disciplines : public Agdisc_t {
 public:
  Disciplines() : Agdisc_t{} {
    ids_.open = [](Agraph_t* graph, Agdisc_t* disciplines) -> void* {
      auto* const self = static_cast<Disciplines*>(disciplines);
      self->graph_ = graph;
      return self;
    };
    ids_.map = &number_of;
    ids_.alloc = [](void*, int, IDTYPE) -> long { return 0; };  // nobody brings a number along
    ids_.free = [](void*, int, IDTYPE) {};                      // the graph frees the names
    ids_.print = &name_of;
    ids_.close = [](void*) {};
    ids_.idregister = [](void*, int, void*) {};
    output_.putstr = [](void* text, const char* piece) {
      static_cast<std::string*>(text)->append(piece);
      return 0;
    };
    output_.flush = [](void*) { return 0; };
    id = &ids_;
    io = &output_;
  }
  Disciplines(const Disciplines&) = delete;
  Disciplines& operator=(const Disciplines&) = delete;

 private:
  /// Sets `number` to that of the name, or to a new one for what has no name. Returns 0 when there is none.
  static long number_of(void* state, int, char* name, IDTYPE* number, int create) {
    auto& self = *static_cast<Disciplines*>(state);
    const auto known = name == nullptr ? self.numbers_.end() : self.numbers_.find(name);
    if (known == self.numbers_.end() && create == 0) return 0;
    *number = known == self.numbers_.end() ? ++self.last_ : known->second;
    if (name != nullptr && known == self.numbers_.end()) {
      self.numbers_.emplace(name, *number);
      self.names_.emplace(*number, agstrdup(self.graph_, name));
    }
    return 1;
  }

  static char* name_of(void* state, int, IDTYPE number) {
    const auto& names = static_cast<Disciplines*>(state)->names_;
    const auto known = names.find(number);
    return known == names.end() ? nullptr : known->second;
  }

  Agiddisc_t ids_{};
  Agiodisc_t output_ = AgIoDisc;
  Agraph_t* graph_ = nullptr;
  std::map<std::string, IDTYPE> numbers_;
  std::map<IDTYPE, char*> names_;  // the graph's
  IDTYPE last_ = 0;
};

}  // namespace bulkhead
