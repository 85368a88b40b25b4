#include "graph/file_times.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>
#include <string>

#include "tests/support/temporary_directory.h"

namespace bulkhead::test {
namespace {

TEST(FileTimes, AreThoseOfTheFilesThatAreThere) {
  const TemporaryDirectory directory;
  StringPool paths;
  // More than one thread takes at once.
  for (int i = 0; i < 1000; ++i) {
    const std::string name = "sub/" + std::to_string(i);
    if (i % 2 == 0) {
      write_file(directory / name, "");
      const struct timespec times[2] = {{i, 7}, {i, 7}};
      ASSERT_EQ(::utimensat(AT_FDCWD, (directory / name).c_str(), times, 0), 0);
    }
    paths.intern(i % 4 == 0 ? directory / name : name);
  }
  for (const std::size_t threads : {0U, 1U, 4U}) {
    const auto times = FileTimes::read(directory.path(), paths, threads);
    ASSERT_TRUE(times.has_value());
    for (int i = 0; i < 1000; ++i) {
      EXPECT_EQ((*times)[StringId(static_cast<std::size_t>(i))], i % 2 == 0 ? i * 1'000'000'000LL + 7 : 0) << i;
    }
  }
}

TEST(FileTimes, FollowLinksAndKnowNoZero) {
  const TemporaryDirectory directory;
  write_file(directory / "old", "");
  const struct timespec times[2] = {{0, 0}, {0, 0}};
  ASSERT_EQ(::utimensat(AT_FDCWD, (directory / "old").c_str(), times, 0), 0);
  std::filesystem::create_symlink("old", directory / "link");
  std::filesystem::create_symlink("nothing", directory / "dangling");
  StringPool paths;
  const StringId old = paths.intern("old");
  const StringId link = paths.intern("link");
  const StringId dangling = paths.intern("dangling");
  const auto read = FileTimes::read(directory.path(), paths, 1);
  ASSERT_TRUE(read.has_value());
  EXPECT_EQ((*read)[old], 1);
  EXPECT_EQ((*read)[link], 1);
  EXPECT_EQ((*read)[dangling], 0);
  EXPECT_FALSE(FileTimes::read(directory.path() / "nowhere", paths, 1).has_value());
}

}  // namespace
}  // namespace bulkhead::test
