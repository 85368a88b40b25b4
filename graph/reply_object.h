// Reads one JSON object of a reply. Included by the decoders only.
#pragma once

#include <string>
#include <string_view>

#include "graph/file_io.h"
#include "graph/json.h"
#include "graph/reply.h"

namespace bulkhead {

/// Reads a file of the reply and calls `decode` for the object in it.
template <class Decode>
Result<void> decode_reply_file(const Reply& reply, const std::string& name, Decode&& decode) {
  FileBuffer buffer;
  const auto text = buffer.read(reply.directory, name);
  if (!text) return tl::unexpected(text.error());
  simdjson::ondemand::parser parser;
  const std::string shown_path = (reply.directory.path() / name).string();
  return decode_json(parser, {shown_path, *text}, std::forward<Decode>(decode));
}

}  // namespace bulkhead
