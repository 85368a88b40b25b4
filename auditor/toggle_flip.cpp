#include "auditor/toggle_flip.h"

#include <algorithm>
#include <string_view>

#include "auditor/toggle_parser.h"
#include "auditor/toggle_value.h"

namespace bulkhead {
namespace {

constexpr std::size_t most_variables = 3;

std::string join(const std::vector<std::string>& elements) {
  std::string list;
  for (const std::string& element : elements) list += (list.empty() ? "" : ";") + element;
  return list;
}

// The list without the element if it has it, else with it.
std::string turn_element(const std::string& list, const std::string& element) {
  std::vector<std::string> elements = list.empty() ? std::vector<std::string>() : split_list(list);
  const auto removed = std::remove(elements.begin(), elements.end(), element);
  if (removed == elements.end()) {
    elements.push_back(element);
  } else {
    elements.erase(removed, elements.end());
  }
  return join(elements);
}

/// The values to try for one variable.
struct Candidates {
  std::string name;
  std::vector<std::string> values;
};

class FlipSearch {
 public:
  FlipSearch(const Module& module, bool wanted, const LookUpVariable& look_up)
      : module_(module), wanted_(wanted), look_up_(look_up) {}

  std::optional<Assignments> run() {
    if (fits()) return Assignments{};
    collect();
    for (std::size_t count = 1; count <= std::min(most_variables, candidates_.size()); ++count) {
      if (search(0, count)) return chosen_;
    }
    return std::nullopt;
  }

 private:
  [[nodiscard]] std::optional<std::string_view> find(std::string_view name) const {
    for (const auto& [variable, value] : chosen_) {
      if (variable == name) return value;
    }
    return look_up_(name);
  }

  [[nodiscard]] bool fits() const {
    const auto look_up = [this](std::string_view name) { return find(name); };
    // What nobody has set means what the module says.
    const bool is_unset = std::any_of(module_.toggle.variables().begin(), module_.toggle.variables().end(),
                                      [&](const std::string& name) { return !find(name); });
    if (is_unset && chosen_.empty() && module_.unset != Unset::error) return (module_.unset == Unset::on) == wanted_;
    if (is_unset) return false;
    const auto value = module_.toggle.evaluate(look_up);
    return value && *value == wanted_;
  }

  void add(const std::string& name, std::string value) {
    auto found = std::find_if(candidates_.begin(), candidates_.end(),
                              [&name](const Candidates& one) { return one.name == name; });
    if (found == candidates_.end()) found = candidates_.insert(candidates_.end(), {name, {}});
    if (std::find(found->values.begin(), found->values.end(), value) == found->values.end())
      found->values.push_back(std::move(value));
  }

  void collect() {
    const auto arguments = read_arguments(module_.toggle.text(), module_.toggle_where);
    std::vector<std::string> compared;
    for (std::size_t i = 1; arguments && i + 1 < arguments->size(); ++i) {
      const Keyword* const keyword = (*arguments)[i].keyword();
      const auto left = (*arguments)[i - 1].constant();
      const auto right = (*arguments)[i + 1].constant();
      if (keyword == nullptr || !is_relation(keyword->kind) || !left || !right) continue;
      if (keyword->kind == KeywordKind::in_list) {
        add(*right, turn_element(std::string(look_up_(*right).value_or("")), *left));
        compared.push_back(*right);
      } else {
        if (keyword->comparison == Comparison::equal && keyword->kind != KeywordKind::matches) add(*left, *right);
        compared.push_back(*left);
      }
    }
    for (const std::string& name : module_.toggle.variables()) {
      if (std::find(compared.begin(), compared.end(), name) != compared.end()) continue;
      add(name, is_true_constant(look_up_(name).value_or("")) ? "OFF" : "ON");
      if (!look_up_(name)) add(name, "OFF");
    }
  }

  // Chooses `count` variables more, from position `first` on.
  bool search(std::size_t first, std::size_t count) {
    if (count == 0) return fits();
    for (std::size_t i = first; i + count <= candidates_.size(); ++i) {
      for (const std::string& value : candidates_[i].values) {
        chosen_.emplace_back(candidates_[i].name, value);
        if (search(i + 1, count - 1)) return true;
        chosen_.pop_back();
      }
    }
    return false;
  }

  const Module& module_;
  bool wanted_;
  const LookUpVariable& look_up_;
  std::vector<Candidates> candidates_;
  Assignments chosen_;
};

}  // namespace

std::optional<Assignments> find_flip(const Module& module, bool wanted, const LookUpVariable& look_up) {
  return FlipSearch(module, wanted, look_up).run();
}

}  // namespace bulkhead
