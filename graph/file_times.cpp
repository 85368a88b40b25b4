#include "graph/file_times.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <string>

#include "graph/parallel.h"

namespace bulkhead {
namespace {

constexpr std::size_t slice_size = 256;

std::int64_t time_of(int directory, const std::string& path) {
  struct stat status {};
  if (::fstatat(directory, path.c_str(), &status, 0) != 0) return 0;
  const std::int64_t time = std::int64_t{status.st_mtim.tv_sec} * 1'000'000'000 + status.st_mtim.tv_nsec;
  return time == 0 ? 1 : time;  // ninja does the same for files that pretend to be from 1970
}

}  // namespace

Result<FileTimes> FileTimes::read(const std::filesystem::path& directory, const StringPool& paths,
                                  std::size_t thread_count) {
  const int descriptor = ::open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (descriptor < 0) {
    return fail({directory.string()}, std::string("cannot open this directory: ") + std::strerror(errno));
  }
  FileTimes times;
  times.times_.resize(paths.size());
  for_each_slice(paths.size(), slice_size, thread_count,
                 [&](std::size_t /*worker*/, std::size_t begin, std::size_t end) {
                   std::string path;  // the pool's have no NUL behind them
                   for (std::size_t i = begin; i < end; ++i) {
                     path.assign(paths[StringId(i)]);
                     times.times_[i] = time_of(descriptor, path);
                   }
                 });
  ::close(descriptor);
  return times;
}

}  // namespace bulkhead
