#include "auditor/policy.h"
#include "tests/fuzz/fuzz_targets.h"

namespace bulkhead::test {

bool fuzz_policy(std::string_view input) {
  if (const auto declared = parse_declared_modules(input, "modules.toml", "/src")) {
    const auto policy = parse_policy({}, {}, *declared);
    expect_promise(!policy || policy->modules.size() == declared->modules.size(), "declared modules are the policy's");
    return true;
  } else {
    expect_promise(!declared.error().location.file.empty(), "an error has a place");
  }
  const auto policy = parse_policy(input, "bulkhead.toml");
  if (!policy) {
    expect_promise(policy.error().location.file == "bulkhead.toml", "an error names the file");
    expect_promise(!policy.error().message.empty(), "an error says what is wrong");
    return false;
  }
  for (const GeneralRule& rule : policy->rules) {
    expect_promise(!rule.label().empty(), "a rule can be named");
    expect_promise(rule.where.line != 0, "a rule has a place");
    expect_promise(rule.groups.size() != 1, "groups are several or none");
    for (const auto* const selectors : {&rule.from, &rule.to, &rule.via, &rule.except}) {
      for (const Selector& selector : *selectors) {
        if (selector.glob) static_cast<void>(selector.glob->matches("src/opt/a.cpp"));
      }
    }
  }
  for (const Module& module : policy->modules) {
    expect_promise(!module.name.empty(), "a module has a name");
    expect_promise(module.where.line != 0, "a module has a place");
    static_cast<void>(module.toggle.evaluate([](std::string_view) { return std::string_view("ON"); }));
    for (const PolicyGlob& path : module.paths) static_cast<void>(path.glob.matches("src/opt/a.cpp"));
    for (const PolicyGlob& target : module.targets) static_cast<void>(target.glob.matches("opt_runtime"));
  }
  return true;
}

}  // namespace bulkhead::test
