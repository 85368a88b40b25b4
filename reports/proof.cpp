#include "reports/proof.h"

namespace bulkhead {

std::string_view to_string(Promise promise) {
  switch (promise) {
    case Promise::toggle: return "toggle";
    case Promise::disruption: return "no disruption";
    case Promise::removal: return "removal";
    case Promise::isolation: return "isolation";
    case Promise::support: return "support";
  }
  return "";
}

std::string_view to_string(PromiseState state) {
  switch (state) {
    case PromiseState::kept: return "kept";
    case PromiseState::broken: return "broken";
    case PromiseState::unproven: return "unproven";
  }
  return "";
}

}  // namespace bulkhead
