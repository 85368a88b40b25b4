#include "tests/property/tally.h"

#include <fmt/format.h>

#include <numeric>

namespace bulkhead::test {

std::size_t Tally::count(Outcome outcome) const {
  std::size_t sum = 0;
  for (const auto& [kind, row] : rows_) sum += row.at(static_cast<std::size_t>(outcome));
  return sum;
}

std::string Tally::table() const {
  std::string text =
      "| kind | mutants | at the line | found elsewhere | blind spot | missed |\n|---|---|---|---|---|---|\n";
  const auto add = [&text](const std::string& name, const Row& row) {
    text += fmt::format("| {} | {} | {} | {} | {} | {} |\n", name, std::accumulate(row.begin(), row.end(), 0U), row[0],
                        row[1], row[2], row[3]);
  };
  Row all{};
  for (const auto& [kind, row] : rows_) {
    add('`' + kind + '`', row);
    for (std::size_t i = 0; i < all.size(); ++i) all.at(i) += row.at(i);
  }
  add("all", all);
  return text;
}

}  // namespace bulkhead::test
