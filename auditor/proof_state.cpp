#include "auditor/proof_state.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <optional>

#include "auditor/source_snapshot.h"
#include "graph/file_io.h"
#include "graph/json.h"
#include "reports/finding.h"

namespace bulkhead {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view schema_name = "bulkhead-proofs-1";

std::optional<Promise> find_promise(std::string_view name) {
  for (const Promise promise : promises) {
    if (to_string(promise) == name) return promise;
  }
  return std::nullopt;
}

std::optional<PromiseState> find_state(std::string_view name) {
  for (const PromiseState state : {PromiseState::kept, PromiseState::broken, PromiseState::unproven}) {
    if (to_string(state) == name) return state;
  }
  return std::nullopt;
}

PromiseProof read_promise(simdjson::ondemand::object object) {
  PromiseProof proof;
  for (auto field : object) {
    const auto key = field.key().value();
    if (is_key(key, "promise")) {
      const auto promise = find_promise(field.value().get_string().value());
      if (!promise) throw DecodeError("there is no such promise");
      proof.promise = *promise;
    } else if (is_key(key, "state")) {
      const auto state = find_state(field.value().get_string().value());
      if (!state) throw DecodeError("a promise is kept, broken or unproven");
      proof.state = *state;
    } else if (is_key(key, "evidence")) {
      proof.evidence = std::string_view(field.value().get_string().value());
    } else if (is_key(key, "command")) {
      proof.command = std::string_view(field.value().get_string().value());
    }
  }
  return proof;
}

KeptProof read_kept(simdjson::ondemand::object object) {
  KeptProof kept{};
  for (auto field : object) {
    const auto key = field.key().value();
    if (is_key(key, "name")) {
      kept.proof.module = std::string_view(field.value().get_string().value());
    } else if (is_key(key, "stage")) {
      kept.proof.stage = std::string_view(field.value().get_string().value());
    } else if (is_key(key, "inputs")) {
      kept.inputs = std::string_view(field.value().get_string().value());
    } else if (is_key(key, "promises")) {
      for (auto one : field.value().get_array()) kept.proof.promises.push_back(read_promise(one.get_object()));
    }
  }
  if (kept.proof.module.empty()) throw DecodeError("a module has no name");
  return kept;
}

}  // namespace

fs::path proof_state_file(const fs::path& build) {
  return build / "bulkhead-prove" / "state.json";
}

std::string write_proof_state(const ProofState& state, std::string_view tool_version) {
  using Json = nlohmann::ordered_json;
  Json json{{"schema", schema_name}, {"tool", {{"name", "bulkhead"}, {"version", tool_version}}}};
  json["modules"] = Json::array();
  for (const KeptProof& kept : state.proofs) {
    Json module{{"name", kept.proof.module}, {"stage", kept.proof.stage}, {"inputs", kept.inputs}};
    module["promises"] = Json::array();
    for (const PromiseProof& proof : kept.proof.promises) {
      module["promises"].push_back({{"promise", to_string(proof.promise)},
                                    {"state", to_string(proof.state)},
                                    {"evidence", proof.evidence},
                                    {"command", proof.command}});
    }
    json["modules"].push_back(std::move(module));
  }
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

Result<ProofState> read_proof_state(const fs::path& file) {
  std::error_code ignored;
  if (!fs::exists(file, ignored)) return ProofState{};
  FileBuffer buffer;
  const auto text = buffer.read(file);
  if (!text) return tl::unexpected(text.error());
  ProofState state;
  simdjson::ondemand::parser parser;
  const std::string name = file.string();
  const auto decoded =
      decode_json(parser, {.file = name, .text = *text, .noun = "proof"}, [&state](simdjson::ondemand::object root) {
        bool is_ours = false;
        for (auto field : root) {
          const auto key = field.key().value();
          if (is_key(key, "schema")) {
            is_ours = std::string_view(field.value().get_string().value()) == schema_name;
          } else if (is_key(key, "modules")) {
            for (auto module : field.value().get_array()) state.proofs.push_back(read_kept(module.get_object()));
          }
        }
        if (!is_ours) throw DecodeError("this is no " + std::string(schema_name));
      });
  if (!decoded) return tl::unexpected(decoded.error());
  return state;
}

std::string fingerprint_inputs(const BuildTree& tree, const Policy& policy) {
  const BuildInfo& info = tree.graphs.front().info();
  std::vector<std::string> fields = {info.cmake_version, info.generator};
  for (const CacheEntry& entry : tree.cache.entries()) {
    if (entry.type != "INTERNAL" && entry.type != "STATIC") fields.push_back(entry.name + "=" + entry.value);
  }
  FileBuffer buffer;
  if (const auto text = buffer.read(fs::path(policy.file)); !policy.file.empty() && text) fields.emplace_back(*text);
  for (const auto& [path, stamp] : take_snapshot(info.source_root, info.build_root)) {
    fields.push_back(path + "\n" + std::to_string(stamp.size) + "\n" + std::to_string(stamp.time));
  }
  const std::vector<std::string_view> views(fields.begin(), fields.end());
  return fingerprint_of(views);
}

std::vector<ModuleProof> read_valid_proofs(const fs::path& build, const BuildTree& tree, const Policy& policy) {
  const auto state = read_proof_state(proof_state_file(build));
  if (!state || state->proofs.empty()) return {};
  const std::string inputs = fingerprint_inputs(tree, policy);
  std::vector<ModuleProof> valid;
  for (const KeptProof& kept : state->proofs) {
    if (kept.inputs == inputs) valid.push_back(kept.proof);
  }
  return valid;
}

}  // namespace bulkhead
