#include "graph/file_io.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <fstream>
#include <thread>

#include "tests/support/temporary_directory.h"

namespace bulkhead {
namespace {

using test::TemporaryDirectory;
using test::write_file;

std::string read(FileBuffer& buffer, const ReadDirectory& directory, const std::string& name) {
  const auto text = buffer.read(directory, name);
  return text ? std::string(*text) : "error: " + text.error().message;
}

TEST(FileBuffer, ReadsFilesOfEverySize) {
  const TemporaryDirectory scratch;
  const auto directory = ReadDirectory::open(scratch.path());
  ASSERT_TRUE(directory);
  FileBuffer buffer;
  // Around the buffer's first size, where it has to grow, and back to small ones.
  for (const std::size_t size : {0U, 1U, 4096U, 131'007U, 131'008U, 131'009U, 131'072U, 262'144U, 1'000'003U, 5U}) {
    std::string text(size, 'x');
    for (std::size_t i = 0; i < size; i += 7) text[i] = static_cast<char>('a' + i % 26);
    write_file(scratch / "file", text);
    const auto found = buffer.read(*directory, "file");
    ASSERT_TRUE(found) << found.error().message;
    ASSERT_EQ(*found, text) << size;
    EXPECT_TRUE(std::all_of(found->data() + size, found->data() + size + FileBuffer::padding, [](char c) {
      return c == 0;
    })) << size;
    const auto by_path = buffer.read(scratch.path() / "file");
    ASSERT_TRUE(by_path);
    ASSERT_EQ(*by_path, text) << size;
  }
}

TEST(FileBuffer, NamesWhatCannotBeRead) {
  const TemporaryDirectory scratch;
  write_file(scratch / "folder/file", "text");
  const auto directory = ReadDirectory::open(scratch.path());
  ASSERT_TRUE(directory);
  FileBuffer buffer;
  const auto missing = buffer.read(*directory, "none.json");
  ASSERT_FALSE(missing);
  EXPECT_EQ(missing.error().message, "cannot open this file: No such file or directory");
  EXPECT_EQ(missing.error().location.file, scratch / "none.json");
  const auto folder = buffer.read(*directory, "folder");
  ASSERT_FALSE(folder);
  EXPECT_EQ(folder.error().message, "cannot read this file: Is a directory");
  EXPECT_EQ(folder.error().location.file, scratch / "folder");
  EXPECT_FALSE(buffer.read(scratch.path() / "folder"));
  EXPECT_FALSE(ReadDirectory::open(scratch.path() / "folder" / "file"));
  EXPECT_EQ(read(buffer, *directory, "folder/file"), "text") << "and goes on after failures";
}

TEST(FileBuffer, ReadsAPipeToItsEnd) {
  const TemporaryDirectory scratch;
  const std::string pipe = scratch / "pipe";
  ASSERT_EQ(::mkfifo(pipe.c_str(), 0600), 0);
  std::jthread writer([&pipe] {
    std::ofstream file(pipe);
    for (int i = 0; i < 5; ++i) {
      file << "[[module]] # " << i << '\n' << std::flush;
      std::this_thread::sleep_for(std::chrono::milliseconds(20));
    }
  });
  FileBuffer buffer;
  const auto text = buffer.read(pipe);
  ASSERT_TRUE(text) << text.error().message;
  EXPECT_EQ(*text, "[[module]] # 0\n[[module]] # 1\n[[module]] # 2\n[[module]] # 3\n[[module]] # 4\n");
}

TEST(ReadDirectory, FindsTheLargestNames) {
  const TemporaryDirectory scratch;
  for (const char* const name : {"index-2.json", "index-10.json", "index-1.json", "error-1.json", "index-3.json.tmp",
                                 "my-index-9.json", "index-.txt"}) {
    write_file(scratch / name, "");
  }
  const auto directory = ReadDirectory::open(scratch.path());
  ASSERT_TRUE(directory);
  constexpr std::array<std::string_view, 3> prefixes = {"index-", "error-", "other-"};
  for (int again = 0; again < 2; ++again) {
    EXPECT_EQ(directory->largest_names(prefixes, ".json"),
              (std::vector<std::string>{"index-2.json", "error-1.json", ""}));
  }
  write_file(scratch / "other-1.json", "");
  EXPECT_EQ(directory->largest_names(prefixes, ".json")[2], "other-1.json") << "names that came later";
}

TEST(ReadDirectory, Moves) {
  const TemporaryDirectory scratch;
  write_file(scratch / "file", "text");
  auto first = ReadDirectory::open(scratch.path());
  ASSERT_TRUE(first);
  ReadDirectory second = std::move(*first);
  FileBuffer buffer;
  EXPECT_EQ(read(buffer, second, "file"), "text");
  const TemporaryDirectory other;
  write_file(other / "file", "other text");
  second = std::move(ReadDirectory::open(other.path()).value());
  EXPECT_EQ(read(buffer, second, "file"), "other text");
  EXPECT_EQ(second.path(), other.path());
}

}  // namespace
}  // namespace bulkhead
