// What became of the mutants: counted by kind of edge, and told as a table.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <string>

namespace bulkhead::test {

enum class Outcome : std::uint8_t {
  at_the_line,  ///< A finding whose evidence is a line of the mutation.
  found,        ///< A finding, at another line or at none.
  blind_spot,   ///< No finding, but the verdict is `unproven`, and a blind spot names the kind of the edge.
  missed,       ///< None of these.
};

class Tally {
 public:
  void add(const std::string& kind, Outcome outcome) { ++rows_[kind].at(static_cast<std::size_t>(outcome)); }
  [[nodiscard]] std::size_t count(Outcome outcome) const;
  /// In Markdown, a row a kind and one for all.
  [[nodiscard]] std::string table() const;

 private:
  using Row = std::array<std::size_t, 4>;
  std::map<std::string, Row> rows_;
};

}  // namespace bulkhead::test
