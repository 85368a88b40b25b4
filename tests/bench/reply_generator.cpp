#include "tests/bench/reply_generator.h"

#include <fmt/format.h>

#include <fstream>
#include <random>
#include <stdexcept>
#include <string>
#include <string_view>

namespace bulkhead::bench {
namespace {

namespace fs = std::filesystem;

constexpr std::uint32_t targets_per_directory = 5;

void write(const fs::path& path, std::string_view text) {
  std::ofstream file(path, std::ios::binary | std::ios::trunc);
  file << text;
  if (!file.flush()) throw std::runtime_error("cannot write " + path.string());
}

class Generator {
 public:
  Generator(const GeneratedProject& project, const fs::path& build)
      : project_(project), reply_(build / ".cmake" / "api" / "v1" / "reply") {
    fs::create_directories(reply_);
    write(build / "bulkhead.toml",
          "[[module]]\nname = \"opt\"\nstage = \"S0\"\ntoggle = \"USE_OPT\"\npaths = [\"opt/**\"]\n");
  }

  void run() {
    write_codemodel();
    for (std::uint32_t i = 0; i < project_.targets; ++i) write_target(i);
    write(
        reply_ / "cache-v2-0.json",
        "{\n\t\"entries\" : \n\t[\n\t\t{\n\t\t\t\"name\" : \"USE_OPT\",\n\t\t\t\"properties\" : [],\n\t\t\t\"type\" : "
        "\"BOOL\",\n\t\t\t\"value\" : \"OFF\"\n\t\t}\n\t],\n\t\"kind\" : \"cache\"\n}\n");
    write(reply_ / "cmakeFiles-v1-0.json",
          "{\n\t\"inputs\" : \n\t[\n\t\t{\n\t\t\t\"path\" : \"CMakeLists.txt\"\n\t\t}\n\t]\n}\n");
    write(reply_ / "index-2026-01-01T00-00-00-0000.json",
          R"({"cmake":{"generator":{"multiConfig":false,"name":"Ninja"},"version":{"string":"3.25.1"}},"objects":[)"
          R"({"jsonFile":"codemodel-v2-0.json","kind":"codemodel","version":{"major":2,"minor":4}},)"
          R"({"jsonFile":"cache-v2-0.json","kind":"cache","version":{"major":2,"minor":0}},)"
          R"({"jsonFile":"cmakeFiles-v1-0.json","kind":"cmakeFiles","version":{"major":1,"minor":0}}]})");
  }

 private:
  [[nodiscard]] bool is_optional(std::uint32_t target) const { return target % 10 == 3; }
  [[nodiscard]] std::uint32_t directory_of(std::uint32_t target) const { return target / targets_per_directory + 1; }
  [[nodiscard]] std::string folder_of(std::uint32_t target) const {
    return fmt::format("{}/part{:05}", is_optional(target) ? "opt" : "src", directory_of(target));
  }
  [[nodiscard]] std::string id_of(std::uint32_t target) const {
    return fmt::format("library_{:06}::@{:020x}", target, 0x9e3779b97f4a7c15ULL * (directory_of(target) + 1));
  }

  void write_codemodel() {
    const std::uint32_t directories = directory_of(project_.targets - 1) + 1;
    std::string text = "{\n\t\"configurations\" : \n\t[\n\t\t{\n\t\t\t\"directories\" : \n\t\t\t[\n";
    for (std::uint32_t i = 0; i < directories; ++i) {
      const std::string path = i == 0 ? "." : fmt::format("src/part{:05}", i);
      text +=
          fmt::format("\t\t\t\t{{\n\t\t\t\t\t\"build\" : \"{0}\",\n{1}\t\t\t\t\t\"source\" : \"{0}\"\n\t\t\t\t}}{2}\n",
                      path, i == 0 ? "" : "\t\t\t\t\t\"parentIndex\" : 0,\n", i + 1 == directories ? "" : ",");
    }
    text += "\t\t\t],\n\t\t\t\"name\" : \"Release\",\n\t\t\t\"targets\" : \n\t\t\t[\n";
    for (std::uint32_t i = 0; i < project_.targets; ++i) {
      text += fmt::format(
          "\t\t\t\t{{\n\t\t\t\t\t\"directoryIndex\" : {},\n\t\t\t\t\t\"id\" : \"{}\",\n\t\t\t\t\t\"jsonFile\" : "
          "\"target-{}.json\",\n\t\t\t\t\t\"name\" : \"library_{:06}\"\n\t\t\t\t}}{}\n",
          directory_of(i), id_of(i), i, i, i + 1 == project_.targets ? "" : ",");
    }
    text +=
        "\t\t\t]\n\t\t}\n\t],\n\t\"kind\" : \"codemodel\",\n\t\"paths\" : \n\t{\n\t\t\"build\" : "
        "\"/generated/build\",\n\t\t\"source\" : \"/generated/source\"\n\t}\n}\n";
    write(reply_ / "codemodel-v2-0.json", text);
  }

  void write_target(std::uint32_t target) {
    const std::string folder = folder_of(target);
    std::string text = fmt::format(
        "{{\n\t\"artifacts\" : \n\t[\n\t\t{{\n\t\t\t\"path\" : "
        "\"{0}/liblibrary_{1:06}.a\"\n\t\t}}\n\t],\n\t\"backtrace\" : "
        "1,\n\t\"backtraceGraph\" : \n\t{{\n\t\t\"commands\" : \n\t\t[\n\t\t\t\"add_library\",\n\t\t\t\"target_link_"
        "libraries\"\n\t\t],\n\t\t\"files\" : \n\t\t[\n\t\t\t\"{0}/CMakeLists.txt\"\n\t\t],\n\t\t\"nodes\" : "
        "\n\t\t[\n\t\t\t{{\n\t\t\t\t\"file\" : 0\n\t\t\t}},\n\t\t\t{{\n\t\t\t\t\"command\" : 0,\n\t\t\t\t\"file\" : "
        "0,\n\t\t\t\t\"line\" : 3,\n\t\t\t\t\"parent\" : 0\n\t\t\t}},\n\t\t\t{{\n\t\t\t\t\"command\" : "
        "1,\n\t\t\t\t\"file\" : "
        "0,\n\t\t\t\t\"line\" : 7,\n\t\t\t\t\"parent\" : 0\n\t\t\t}}\n\t\t]\n\t}},\n",
        folder, target);
    text += "\t\"dependencies\" : \n\t[\n";
    const std::uint64_t first = std::uint64_t{project_.edges} * target / project_.targets;
    const std::uint64_t last = std::uint64_t{project_.edges} * (target + 1) / project_.targets;
    bool any = false;
    for (std::uint64_t i = first; i < last && target != 0; ++i) {
      auto dependee = static_cast<std::uint32_t>(random_() % target);
      // Only one core target in a thousand breaks the promise.
      if (is_optional(dependee) && !is_optional(target) && target % 1000 != 7) dependee = dependee / 10 * 10;
      text += fmt::format("{}\t\t{{\n\t\t\t\"backtrace\" : 2,\n\t\t\t\"id\" : \"{}\"\n\t\t}}", any ? ",\n" : "",
                          id_of(dependee));
      any = true;
    }
    text += fmt::format(
        "\n\t],\n\t\"id\" : \"{0}\",\n\t\"name\" : \"library_{1:06}\",\n\t\"paths\" : \n\t{{\n\t\t\"build\" : "
        "\"{2}\",\n\t\t\"source\" : \"{2}\"\n\t}},\n\t\"sources\" : \n\t[\n\t\t{{\n\t\t\t\"backtrace\" : "
        "1,\n\t\t\t\"compileGroupIndex\" : 0,\n\t\t\t\"path\" : \"{2}/library_{1:06}.cpp\"\n\t\t}}\n\t],\n\t\"type\" : "
        "\"STATIC_LIBRARY\"\n}}\n",
        id_of(target), target, folder);
    write(reply_ / fmt::format("target-{}.json", target), text);
  }

  const GeneratedProject& project_;
  fs::path reply_;
  std::mt19937 random_{20260101};
};

}  // namespace

void generate_reply(const GeneratedProject& project, const fs::path& build) {
  Generator(project, build).run();
}

}  // namespace bulkhead::bench
