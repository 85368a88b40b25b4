#include "auditor/injection.h"

#include <utility>

#include "auditor/commands/command.h"
#include "auditor/embedded_text.h"
#include "graph/reply.h"

namespace bulkhead {

Result<std::filesystem::path> write_injection(const std::filesystem::path& directory) {
  const std::filesystem::path script = directory / "BulkheadInject.cmake";
  for (const auto& [file, text] :
       {std::pair(directory / "query.json", query_text()), std::pair(directory / "BulkheadCapture.cmake", capture_text),
        std::pair(script, inject_text)}) {
    if (auto written = write_file(file, text); !written) return tl::unexpected(written.error());
  }
  return script;
}

}  // namespace bulkhead
