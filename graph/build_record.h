// What the last build says of the objects: the files that each was made of, and whether that still holds.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "graph/deps_log.h"
#include "graph/id.h"
#include "graph/ninja_build.h"
#include "graph/result.h"
#include "graph/string_pool.h"

namespace bulkhead {

using RecordId = Id<struct RecordTag>;  ///< Into BuildRecord::records().
using OptionalRecordId = OptionalId<struct RecordTag>;
using OptionalStringId = OptionalId<struct StringTag>;

/// Whether what is known of an object may be believed. Only what is current may be, without reserve: what the compiler
/// read then, it would read now. But a header that was not there, and is now, nobody has recorded: one that
/// `__has_include` asks for, or that stands before another one in the order of the include directories.
enum class RecordState : std::uint8_t {
  current,      ///< Nothing that the object was made of has changed since.
  unconfirmed,  ///< The same; but build.ninja is newer than the object. If the command is another now, ninja would run
                ///< it, and its includes may be others.
  unbuilt,      ///< The object is not there.
  unrecorded,   ///< There is no record, or it is empty, or does not list the source.
  outdated,     ///< The object is newer than the record.
  changed,      ///< A file that the object was made of is newer than it.
  gone,         ///< A file that the object was made of is not there.
};

/// An object that the build system knows how to make.
struct ObjectRecord {
  StringId object;
  StringId source;  ///< What is compiled: of a unity build the file that includes the sources.
  StringId target;  ///< Its name; the empty text where it is not known.
  RecordState state = RecordState::unrecorded;
  OptionalStringId cause{};        ///< The file behind `changed` and `gone`: the first in the order of the record.
  IndexRange dependencies{};       ///< BuildRecord::own_dependencies().
  OptionalRecordId precompiled{};  ///< The precompiled header that this object was compiled with.
};

/// What a BuildRecord is made of.
struct BuildRecordParts {
  StringPool strings;
  std::vector<ObjectRecord> records;
  std::vector<StringId> dependencies;
};

/// The objects of one configuration. Paths are relative to the top of the build tree where they are below it, or up to
/// two levels beside it, else absolute; without `.` and `..` in the middle: as SourcePaths has them when both roots are
/// the build tree.
class BuildRecord {
 public:
  /// `build` is absolute.
  BuildRecord(const std::filesystem::path& build, BuildRecordParts parts);

  [[nodiscard]] std::span<const ObjectRecord> records() const { return parts_.records; }
  [[nodiscard]] const ObjectRecord& operator[](RecordId record) const { return parts_.records[record.value()]; }
  /// A path, or a target's name.
  [[nodiscard]] std::string_view operator[](StringId text) const { return parts_.strings[text]; }

  /// The objects that `target` makes of `source`, which is absolute or relative to the top of the build tree; in the
  /// order of records(). Where none is made of it alone: those of a unity build that includes it. Their dependencies
  /// are those of all sources that they include. Nothing found means that nothing is known of it.
  [[nodiscard]] std::vector<RecordId> find(std::string_view target, std::string_view source) const;
  /// The record of an object, whose path is as that of `source` above.
  [[nodiscard]] std::optional<RecordId> find_object(std::string_view object) const;

  /// What the compiler read to make an object, the source included, in its order. What is in a precompiled header is
  /// missing with GCC. Borrows from this.
  [[nodiscard]] std::span<const StringId> own_dependencies(RecordId record) const;
  /// The same, and behind it what went into the precompiled header; each file once.
  [[nodiscard]] std::vector<StringId> dependencies(RecordId record) const;

 private:
  [[nodiscard]] std::optional<StringId> find_path(std::string_view raw) const;

  std::string build_root_;
  BuildRecordParts parts_;
  std::vector<RecordId> by_source_;  // sorted by source, then id
  std::vector<RecordId> by_object_;  // sorted by object
  std::vector<RecordId> unity_;      // of unity builds
};

/// Joins build.ninja, which says what is compiled and of what, with the log, which says what was read. `build` is
/// absolute, and best spelled as in the reply. Both are of that tree; `ninja` is of one configuration. A record is
/// current by ninja's rules: its time is not before the object's, and no input of the statement and no dependency is
/// newer than the object, or gone. What ninja judges by a command's hash or the time when it began, in `.ninja_log`, is
/// not looked at: see RecordState::unconfirmed. Asks for the time of each file once, on up to `thread_count` threads.
[[nodiscard]] Result<BuildRecord> read_ninja_record(const std::filesystem::path& build, const NinjaBuild& ninja,
                                                    const DepsLog& log, std::size_t thread_count);

/// The same of a tree of Unix Makefiles, CMake 3.20 or later, by the compilers' depfiles. A record is current when no
/// file that it lists, nor its precompiled header, nor the target's flags (`flags.make`, which CMake writes only when
/// they change) is newer than the object or the depfile, or gone. None where there is no such tree.
[[nodiscard]] Result<std::optional<BuildRecord>> read_makefile_record(const std::filesystem::path& build,
                                                                      std::size_t thread_count);

/// One of these two, by the generator's name in the reply: "Ninja", "Ninja Multi-Config" (of one `configuration`) or
/// "Unix Makefiles". None for another generator, and where build.ninja or a list of targets is missing. Without a
/// `.ninja_deps` all objects are `unrecorded` or `unbuilt`.
[[nodiscard]] Result<std::optional<BuildRecord>> read_build_record(const std::filesystem::path& build,
                                                                   std::string_view generator,
                                                                   const std::optional<std::string>& configuration,
                                                                   std::size_t thread_count);

}  // namespace bulkhead
