#include "reports/graphviz.h"
#include "reports/picture.h"
#include "reports/writer.h"

namespace bulkhead {

Result<std::string> write_dot(const Report& report, const WriteOptions&) {
  return render_dot(build_picture(report));
}

}  // namespace bulkhead
