#include "reports/graphviz.h"
#include "reports/picture.h"
#include "reports/writer.h"

namespace bulkhead {

Result<std::string> write_dot(const Report& report, const WriteOptions& options) {
  Picture picture = build_picture(report);
  if (options.link) link_picture(picture, *options.link);
  return render_dot(picture);
}

}  // namespace bulkhead
