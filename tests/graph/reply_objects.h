// A reply directory with hand-written objects, for the tests of their readers.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "graph/reply.h"
#include "tests/support/reply_writer.h"
#include "tests/support/temporary_directory.h"

namespace bulkhead::test {

/// A reply whose index names one object of one kind.
class OneObjectReply {
 public:
  OneObjectReply(const std::string& kind, std::uint32_t major, std::uint32_t minor, std::string_view text) {
    const auto directory = reply_directory(build_.path());
    write_file(directory / "index-2026.json", "{\"objects\": [{\"kind\": \"" + kind +
                                                  "\", \"jsonFile\": \"object.json\"," +
                                                  "\"version\": {\"major\": " + std::to_string(major) +
                                                  ", \"minor\": " + std::to_string(minor) + "}}]}");
    write_file(directory / "object.json", text);
  }

  /// Reads the index. The reply is of use for the life of this object.
  [[nodiscard]] Reply read() const { return std::move(read_reply(build_.path()).value()); }

 private:
  TemporaryDirectory build_;
};

/// The message of a failed result, or "no error"; checks that the error names the object's file and a repair.
template <class T>
std::string message_of(const Result<T>& result) {
  if (result) return "no error";
  EXPECT_TRUE(result.error().location.file.ends_with("/reply/object.json")) << result.error().location.file;
  EXPECT_FALSE(result.error().hint.empty());
  return result.error().message;
}

/// Fails the test unless `read(text)` fails wherever the text is cut off; what ends in blanks is whole.
template <class Read>
void expect_every_cut_to_fail(std::string_view text, Read&& read) {
  while (text.ends_with('\n') || text.ends_with(' ')) text.remove_suffix(1);
  for (std::size_t size = 0; size < text.size(); ++size) {
    EXPECT_FALSE(read(text.substr(0, size))) << "cut at byte " << size << " of " << text.size();
  }
}

}  // namespace bulkhead::test
