#include "graph/deps_log.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cstdint>
#include <cstring>
#include <filesystem>
#include <string>
#include <vector>

#include "tests/support/process.h"
#include "tests/support/replies.h"
#include "tests/support/temporary_directory.h"

namespace bulkhead::test {
namespace {

namespace fs = std::filesystem;

// Writes a log as ninja does, and whatever else a test wants to see there.
class LogWriter {
 public:
  explicit LogWriter(std::uint32_t version = 4) : version_(version) {
    bytes_ = "# ninjadeps\n";
    word(version);
  }

  LogWriter& word(std::uint32_t value) {
    char raw[sizeof value];
    std::memcpy(raw, &value, sizeof value);
    bytes_.append(raw, sizeof value);
    return *this;
  }
  LogWriter& path(const std::string& text) { return path(text, ~count_++); }
  LogWriter& path(const std::string& text, std::uint32_t checksum) {
    const std::size_t padding = (4 - text.size() % 4) % 4;
    word(static_cast<std::uint32_t>(text.size() + padding + 4));
    bytes_.append(text).append(padding, '\0');
    return word(checksum);
  }
  LogWriter& list(std::uint32_t output, std::int64_t mtime, const std::vector<std::uint32_t>& dependencies) {
    const std::size_t words = (version_ == 3 ? 2 : 3) + dependencies.size();
    word(static_cast<std::uint32_t>(words * 4) | 0x8000'0000U).word(output);
    word(static_cast<std::uint32_t>(mtime & 0xffff'ffff));
    if (version_ != 3) word(static_cast<std::uint32_t>(mtime >> 32));
    for (const std::uint32_t id : dependencies) word(id);
    return *this;
  }
  LogWriter& bytes(const std::string& more) {
    bytes_ += more;
    return *this;
  }
  [[nodiscard]] const std::string& text() const { return bytes_; }

 private:
  std::uint32_t version_;
  std::uint32_t count_ = 0;
  std::string bytes_;
};

// A record a line: `output @mtime: dependencies`, and how the log ended unless it is complete.
std::string draw(const DepsLog& log) {
  std::string text;
  for (const DepsLogRecord& record : log.records) {
    text += fmt::format("{} @{}:", log.paths[record.output], record.mtime);
    for (const StringId path : log.dependencies_of(record)) text += fmt::format(" {}", log.paths[path]);
    text += '\n';
  }
  switch (log.end) {
    case DepsLogEnd::complete: return text;
    case DepsLogEnd::truncated: return text + "truncated";
    case DepsLogEnd::corrupt: return text + "corrupt";
    case DepsLogEnd::discarded: return text + "discarded";
  }
  return text;
}

std::string decoded(const LogWriter& writer) {
  return draw(decode_deps_log(writer.text()));
}

LogWriter two_objects(std::uint32_t version = 4) {
  LogWriter writer(version);
  writer.path("a.o").path("/s/a.cpp").path("/s/a.h").list(0, 5, {1, 2});
  writer.path("sub/b.o").path("/s/b.cpp").list(3, 6, {4, 2});
  return writer;
}

TEST(DepsLog, ReadsRecords) {
  EXPECT_EQ(decoded(two_objects()), "a.o @5: /s/a.cpp /s/a.h\nsub/b.o @6: /s/b.cpp /s/a.h\n");
  EXPECT_EQ(decoded(LogWriter()), "");
  EXPECT_EQ(decoded(LogWriter().path("a.o").list(0, 1, {})), "a.o @1:\n") << "ninja had no depfile";
}

TEST(DepsLog, ReadsTimesOfBothVersions) {
  constexpr std::int64_t time = 1'795'610'708'802'146'578;
  EXPECT_EQ(decoded(LogWriter().path("a").list(0, time, {0})), "a @1795610708802146578: a\n");
  EXPECT_EQ(decoded(LogWriter(3).path("a").list(0, 1'795'610'708, {0})), "a @1795610708999999999: a\n")
      << "the last moment of that second";
  EXPECT_EQ(decoded(two_objects(3)), "a.o @5999999999: /s/a.cpp /s/a.h\nsub/b.o @6999999999: /s/b.cpp /s/a.h\n");
}

TEST(DepsLog, TakesTheLastRecordOfAnOutput) {
  EXPECT_EQ(decoded(two_objects().path("/s/new.h").list(0, 9, {1, 5, 2}).list(3, 7, {})),
            "a.o @9: /s/a.cpp /s/new.h /s/a.h\nsub/b.o @7:\n");
}

TEST(DepsLog, FindsAnOutput) {
  const DepsLog log = decode_deps_log(two_objects().text());
  const DepsLogRecord* const found = log.find("sub/b.o");
  ASSERT_NE(found, nullptr);
  EXPECT_EQ(found->mtime, 6);
  EXPECT_EQ(log.find("/s/a.h"), nullptr) << "a path, and no output";
  EXPECT_EQ(log.find("c.o"), nullptr);
}

TEST(DepsLog, DiscardsWhatNinjaDiscards) {
  EXPECT_EQ(decoded(two_objects(1)), "discarded");
  EXPECT_EQ(decoded(two_objects(2)), "discarded");
  EXPECT_EQ(decoded(two_objects(5)), "discarded");
  EXPECT_EQ(draw(decode_deps_log("")), "discarded");
  EXPECT_EQ(draw(decode_deps_log("# ninja log v5\n0\t1\t2\ta.o\tdeadbeef\n")), "discarded");
  EXPECT_EQ(draw(decode_deps_log(std::string("# ninjadeps\n\0\0\0\4", 16))), "discarded") << "the other byte order";
}

TEST(DepsLog, KeepsWhatStandsBeforeACut) {
  const std::string text = two_objects().text();
  const std::size_t header = LogWriter().text().size();
  const std::size_t first = LogWriter().path("a.o").path("/s/a.cpp").path("/s/a.h").list(0, 5, {1, 2}).text().size();
  std::size_t complete = 0;
  for (std::size_t size = 0; size < text.size(); ++size) {
    // On the heap, and of that size, so that a sanitizer sees what is read behind it.
    const std::vector<char> cut(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(size));
    const DepsLog log = decode_deps_log({cut.data(), cut.size()});
    EXPECT_EQ(log.records.size(), size < first ? 0U : 1U) << size;
    EXPECT_EQ(log.end == DepsLogEnd::discarded, size < header) << size;
    EXPECT_NE(log.end, DepsLogEnd::corrupt) << size;
    complete += log.end == DepsLogEnd::complete ? 1 : 0;
  }
  EXPECT_EQ(complete, 7U) << "where a record ends, the last one set aside";
}

TEST(DepsLog, EndsAtWhatNinjaCannotHaveWritten) {
  const std::string before = "a.o @5: /s/a.cpp /s/a.h\nsub/b.o @6: /s/b.cpp /s/a.h\n";
  const auto after = [](const LogWriter& more) {
    return draw(decode_deps_log(two_objects().text() + more.text().substr(16) + two_objects().text().substr(16)));
  };
  const std::string corrupt = before + "corrupt";
  EXPECT_EQ(after(LogWriter().list(5, 1, {0})), corrupt) << "an output that is not defined";
  EXPECT_EQ(after(LogWriter().list(0, 1, {0, 5})), corrupt) << "a dependency that is not";
  EXPECT_EQ(after(LogWriter().list(0, 1, {0xffff'ffffU})), corrupt);
  EXPECT_EQ(after(LogWriter().path("/s/c.h", ~4U)), corrupt) << "an id that is taken";
  EXPECT_EQ(after(LogWriter().path("/s/c.h", ~6U)), corrupt) << "an id too far";
  EXPECT_EQ(after(LogWriter().path("/s/a.h", ~5U)), corrupt) << "a path that has an id";
  EXPECT_EQ(after(LogWriter().path("", ~5U)), corrupt);
  EXPECT_EQ(after(LogWriter().path(std::string("a\0b", 3), ~5U)), corrupt);
  EXPECT_EQ(after(LogWriter().path(std::string("\0\0\0\0", 4), ~5U)), corrupt);
  EXPECT_EQ(after(LogWriter().word(0)), corrupt);
  EXPECT_EQ(after(LogWriter().word(0x8000'0000U)), corrupt);
  EXPECT_EQ(after(LogWriter().word(0x8000'0008U).word(0).word(1)), corrupt) << "half a time";
  EXPECT_EQ(after(LogWriter().word(0x8000'000dU).word(0).word(1).word(0).bytes("x")), corrupt);
  EXPECT_EQ(after(LogWriter().word(0x0008'0000U)), corrupt) << "larger than ninja writes";
  EXPECT_EQ(after(LogWriter().word(0xffff'ffffU)), corrupt);
  EXPECT_EQ(draw(decode_deps_log(two_objects().text() + LogWriter().word(0x0007'ffffU).text().substr(16))),
            before + "truncated");
}

TEST(DepsLog, TakesRecordsOfAnySizeThatNinjaWrites) {
  const std::string longest((1U << 19) - 9, 'x');
  EXPECT_EQ(decoded(LogWriter().path(longest).list(0, 1, {})), longest + " @1:\n");
  const std::vector<std::uint32_t> many((1U << 17) - 4, 0);
  EXPECT_EQ(decode_deps_log(LogWriter().path("a").list(0, 1, many).text()).dependencies.size(), many.size());
  EXPECT_EQ(decoded(LogWriter().path("abcd").path("abc").path("ab").path("a").list(3, 1, {0, 1, 2})),
            "a @1: abcd abc ab\n");
}

TEST(DepsLog, IsNoneWhereThereIsNone) {
  const TemporaryDirectory tree;
  const auto none = read_deps_log(tree.path());
  ASSERT_TRUE(none.has_value());
  EXPECT_FALSE(none->has_value());
  EXPECT_FALSE(read_deps_log(tree.path() / "nowhere")->has_value());
  fs::create_directory(tree.path() / ".ninja_deps");
  const auto failed = read_deps_log(tree.path());
  ASSERT_FALSE(failed.has_value());
  EXPECT_EQ(failed.error().message, "cannot read this file: Is a directory");
}

TEST(DepsLog, ReadsWhatNinjaWrites) {
  if (run({"ninja", "--version"}).status != 0) GTEST_SKIP() << "there is no ninja";
  const TemporaryDirectory directory;
  write_file(directory / "source/CMakeLists.txt",
             "cmake_minimum_required(VERSION 3.20)\nproject(p CXX)\nadd_library(core a.cpp b.cpp)\n");
  write_file(directory / "source/a.h", "");
  write_file(directory / "source/a.cpp", "#include \"a.h\"\n");
  write_file(directory / "source/b.cpp", "");
  const std::string tree = directory / "build";
  const auto build = [&] {
    return run({cmake_command(), "-G", "Ninja", "-S", directory / "source", "-B", tree}).status == 0 &&
           run({cmake_command(), "--build", tree}).status == 0;
  };
  const auto own_dependencies_of = [&](const std::string& object) {
    const auto log = read_deps_log(tree);
    if (!log || !*log || (*log)->end != DepsLogEnd::complete) return std::string("no log");
    const DepsLogRecord* const record = (*log)->find(object);
    if (record == nullptr) return std::string("no record");
    std::string text;
    for (const StringId path : (*log)->dependencies_of(*record)) {
      const std::string_view dependency = (*log)->paths[path];
      if (dependency.starts_with(directory.path().string())) {
        text += " " + fs::path(dependency).lexically_relative(directory.path()).string();
      }
    }
    return text;
  };
  ASSERT_TRUE(build());
  EXPECT_EQ(own_dependencies_of("CMakeFiles/core.dir/a.cpp.o"), " source/a.cpp source/a.h");
  EXPECT_EQ(own_dependencies_of("CMakeFiles/core.dir/b.cpp.o"), " source/b.cpp");
  write_file(directory / "source/b.cpp", "#include \"a.h\"\n");
  ASSERT_TRUE(build());
  EXPECT_EQ(own_dependencies_of("CMakeFiles/core.dir/b.cpp.o"), " source/b.cpp source/a.h");
}

}  // namespace
}  // namespace bulkhead::test
