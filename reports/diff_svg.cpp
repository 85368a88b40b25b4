#include "reports/diff_picture.h"
#include "reports/diff_writer.h"
#include "reports/graphviz.h"

namespace bulkhead {

Result<std::string> write_diff_svg(const DiffReport& report, const WriteOptions&) {
  return render_web_svg(build_diff_picture(report));
}

}  // namespace bulkhead
