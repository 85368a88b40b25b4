#include "reports/pen.h"

namespace bulkhead {

const char* outline_of(Shape shape) {
  switch (shape) {
    case Shape::executable: return "egg";
    case Shape::static_library: return "octagon";
    case Shape::shared_library: return "doubleoctagon";
    case Shape::module_library: return "tripleoctagon";
    case Shape::object_library: return "hexagon";
    case Shape::interface_library: return "pentagon";
    case Shape::unknown_library: return "septagon";
    case Shape::utility: return "box";
    case Shape::target: return "box";
    case Shape::file: return "note";
    case Shape::directory: return "folder";
    case Shape::library: return "ellipse";
    case Shape::definition: return "component";
    case Shape::project: return "box3d";
    case Shape::module: return "tab";
    case Shape::remark: return "plaintext";
  }
  return "ellipse";
}

Pen pen_of(Stroke stroke) {
  switch (stroke) {
    case Stroke::error: return {vermillion, dark_vermillion, "bold", "2.8", "normal"};
    case Stroke::warning: return {vermillion, dark_vermillion, "dashed", "2", "normal"};
    case Stroke::accepted: return {blue, blue, "dotted", "2", "normal"};
    case Stroke::hop: return {ink, ink, "solid", "1", "normal"};
    case Stroke::inherits: return {grey, grey, "dashed", "0.8", "vee"};
  }
  return {ink, ink, "solid", "1", "normal"};
}

}  // namespace bulkhead
