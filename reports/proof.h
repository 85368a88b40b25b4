// What is known of the promises of a module: kept, broken, or not proven.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace bulkhead {

/// What an optional module promises, in the order in which they are told.
enum class Promise : std::uint8_t {
  toggle,      ///< It can be turned off, and then nothing needs it.
  disruption,  ///< To turn it on changes nothing elsewhere but what the policy declares.
  removal,     ///< The project does without its directories.
  isolation,   ///< Its files and names are in a place of their own.
  support,     ///< Some people use it, and some have said that they maintain it.
};
inline constexpr std::array promises = {Promise::toggle, Promise::disruption, Promise::removal, Promise::isolation,
                                        Promise::support};

enum class PromiseState : std::uint8_t { kept, broken, unproven };

/// What is known of one promise.
struct PromiseProof {
  Promise promise = Promise::toggle;
  PromiseState state = PromiseState::unproven;
  std::string evidence{};  ///< In one line; no full stop.
  std::string command{};   ///< Shows more, "bulkhead prove cuda -B build"; may be empty.

  bool operator==(const PromiseProof&) const = default;
};

/// What is known of a module.
struct ModuleProof {
  std::string module;
  std::string stage{};                   ///< "S0"; may be empty.
  std::vector<PromiseProof> promises{};  ///< All of them, in the order of `promises`.

  bool operator==(const ModuleProof&) const = default;
};

/// "toggle", "no disruption", "removal", "isolation" or "support".
[[nodiscard]] std::string_view to_string(Promise promise);
/// "kept", "broken" or "unproven".
[[nodiscard]] std::string_view to_string(PromiseState state);

}  // namespace bulkhead
