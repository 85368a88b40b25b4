#include "graph/codemodel.h"

#include "graph/reply_object.h"

namespace bulkhead {
namespace {

using simdjson::ondemand::object;

CodemodelDirectory decode_directory(object json) {
  CodemodelDirectory directory;
  for (auto field : json) {
    const auto key = field.key().value();
    if (is_key(key, "source")) directory.source = std::string_view(field.value());
    if (is_key(key, "build")) directory.build = std::string_view(field.value());
    if (is_key(key, "parentIndex")) directory.parent = to_index(field.value());
    if (is_key(key, "jsonFile")) directory.file = std::string_view(field.value());
    if (is_key(key, "hasInstallRule")) directory.has_install_rule = field.value().get_bool();
  }
  return directory;
}

void decode_target(object json, CodemodelConfiguration& configuration) {
  CodemodelTarget target;
  std::string_view id;
  for (auto field : json) {
    const auto key = field.key().value();
    if (is_key(key, "name")) target.name = std::string_view(field.value());
    if (is_key(key, "id")) id = field.value();
    if (is_key(key, "jsonFile")) target.file = std::string_view(field.value());
    if (is_key(key, "directoryIndex")) target.directory = to_index(field.value());
  }
  if (target.file.empty() || target.file.find('/') != std::string::npos) {
    throw DecodeError("jsonFile is no file name");
  }
  if (configuration.ids.intern(id).value() != configuration.targets.size()) {
    throw DecodeError("two targets have the id '" + std::string(id) + "'");
  }
  configuration.targets.push_back(std::move(target));
}

CodemodelConfiguration decode_configuration(object json) {
  CodemodelConfiguration configuration;
  for (auto field : json) {
    const auto key = field.key().value();
    if (is_key(key, "name")) {
      configuration.name = std::string_view(field.value());
    } else if (is_key(key, "directories")) {
      for (object entry : field.value().get_array()) configuration.directories.push_back(decode_directory(entry));
    } else if (is_key(key, "targets") || is_key(key, "abstractTargets")) {
      for (object entry : field.value().get_array()) decode_target(entry, configuration);
    }
  }
  for (const CodemodelDirectory& directory : configuration.directories) {
    if (directory.parent && *directory.parent >= configuration.directories.size()) {
      throw DecodeError("parentIndex is out of range");
    }
    if (directory.file.find('/') != std::string::npos) throw DecodeError("jsonFile is no file name");
  }
  for (const CodemodelTarget& target : configuration.targets) {
    if (target.directory >= configuration.directories.size()) throw DecodeError("directoryIndex is out of range");
  }
  return configuration;
}

}  // namespace

Result<Codemodel> read_codemodel(const Reply& reply) {
  const ReplyObject* const object_file = find_object(reply.index, "codemodel", 2);
  const std::string index_path = (reply.directory.path() / reply.index.file).string();
  if (object_file == nullptr) {
    return fail({index_path}, "this reply has no codemodel object of version 2",
                "run 'bulkhead query' on the build tree, then cmake again");
  }
  Codemodel model;
  model.major = object_file->major;
  model.minor = object_file->minor;
  const auto decoded = decode_reply_file(reply, object_file->file, [&model](object json) {
    for (auto field : json) {
      const auto key = field.key().value();
      if (is_key(key, "paths")) {
        object paths = field.value();
        for (auto path : paths) {
          const auto what = path.key().value();
          if (is_key(what, "source")) model.source_root = std::string_view(path.value());
          if (is_key(what, "build")) model.build_root = std::string_view(path.value());
        }
      } else if (is_key(key, "configurations")) {
        for (object entry : field.value().get_array()) model.configurations.push_back(decode_configuration(entry));
      }
    }
    if (model.source_root.empty() || model.build_root.empty()) throw DecodeError("paths are missing");
    if (model.configurations.empty()) throw DecodeError("configurations are missing");
  });
  if (!decoded) return tl::unexpected(decoded.error());
  return model;
}

}  // namespace bulkhead
