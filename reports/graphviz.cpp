#include "reports/graphviz.h"

#include <cgraph.h>
#include <gvc.h>
#include <gvplugin_textlayout.h>

#include <memory>

#include "reports/graphviz_drawing.h"
#include "reports/graphviz_session.h"
#include "reports/label.h"

#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define BULKHEAD_LEAK_CHECK
#endif
#elif defined(__SANITIZE_ADDRESS__)
#define BULKHEAD_LEAK_CHECK
#endif
#ifdef BULKHEAD_LEAK_CHECK
#include <sanitizer/lsan_interface.h>
#endif

namespace bulkhead {
namespace {

/// Text is as wide as label.h says, in whatever font: without this plugin libgvc asks the fonts of this machine.
template <class Flag>
Flag measure(textspan_t* span, char**) {
  span->size.x = width_of(span->str) * span->font->size;
  span->size.y = 1.3 * span->font->size;
  span->yoffset_layout = 0;
  span->yoffset_centerline = 0.08 * span->font->size;
  span->layout = nullptr;
  span->free_layout = nullptr;
  return 1;
}

// libgvc keeps pointers to these for as long as a context lives.
gvtextlayout_engine_t measure_engine = {&measure};
gvplugin_installed_t measure_types[] = {{0, "textlayout", 1000, &measure_engine, nullptr},
                                        {0, nullptr, 0, nullptr, nullptr}};
gvplugin_api_t measure_apis[] = {{API_textlayout, measure_types}, {static_cast<api_t>(0), nullptr}};
char measure_name[] = "bulkhead";
gvplugin_library_t measure_library = {measure_name, measure_apis};
lt_symlist_t built_in[] = {{"gvplugin_bulkhead_LTX_library", &measure_library}, {nullptr, nullptr}};

/// libgvc and its plugins never free some tens of kilobytes a picture (seen in 2.42): theirs, not ours to report.
#ifdef BULKHEAD_LEAK_CHECK
using AllowLeaks = __lsan::ScopedDisabler;
#else
struct AllowLeaks {
  AllowLeaks() {}
};
#endif

struct FreeContext {
  void operator()(GVC_t* context) const { gvFreeContext(context); }
};

constexpr const char* hint = "install Graphviz with its plugins (package graphviz), then run 'dot -c' as root";

}  // namespace

Result<std::string> render_dot(const Picture& picture) {
  const Session session;
  Disciplines disciplines;
  const GraphPointer graph = draw_graph(picture, Medium::dot, disciplines);
  std::string text;
  if (agwrite(graph.get(), &text) != 0) return session.error("Graphviz could not write the graph", "");
  return text;
}

Result<std::string> render_svg(const Picture& picture) {
  const Session session;
  Disciplines disciplines;
  const GraphPointer graph = draw_graph(picture, Medium::svg, disciplines);
  const AllowLeaks from_here_on;
  const std::unique_ptr<GVC_t, FreeContext> context(gvContextPlugins(built_in, 1));
  if (gvLayout(context.get(), graph.get(), "dot") != 0) {
    return session.error("Graphviz could not lay out the graph", hint);
  }
  char* data = nullptr;
  unsigned int size = 0;
  const int status = gvRenderData(context.get(), graph.get(), "svg", &data, &size);
  std::string text;
  if (data != nullptr) {
    text.assign(data, size);
    gvFreeRenderData(data);
  }
  gvFreeLayout(context.get(), graph.get());
  if (status != 0 || text.empty()) return session.error("Graphviz could not draw the graph as SVG", hint);
  return text;
}

}  // namespace bulkhead
