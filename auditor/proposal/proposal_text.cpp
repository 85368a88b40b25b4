#include "auditor/proposal/proposal_text.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

namespace bulkhead {
namespace {

constexpr std::size_t line_width = 110;

// A TOML string: literal where a basic one would need escapes.
std::string quote(std::string_view text) {
  const bool plain = std::all_of(text.begin(), text.end(), [](unsigned char c) { return c >= ' ' && c != 0x7f; });
  if (plain && text.find_first_of("\"\\") == std::string_view::npos) return fmt::format("\"{}\"", text);
  if (plain && text.find('\'') == std::string_view::npos) return fmt::format("'{}'", text);
  std::string quoted = "\"";
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      quoted += '\\';
      quoted += c;
    } else if (byte < ' ' || byte == 0x7f) {
      quoted += fmt::format("\\u{:04x}", byte);
    } else {
      quoted += c;
    }
  }
  return quoted + '"';
}

// What stands in a comment: a name from a CMake file may hold anything.
std::string in_comment(std::string_view text) {
  std::string line(text);
  for (char& c : line) {
    if (static_cast<unsigned char>(c) < ' ' || c == 0x7f) c = '?';
  }
  return line;
}

std::string write_list(const std::vector<std::string>& texts) {
  std::vector<std::string> quoted;
  std::size_t width = 12;
  for (const std::string& text : texts) {
    quoted.push_back(quote(text));
    width += quoted.back().size() + 2;
  }
  if (width <= line_width) return fmt::format("[{}]", fmt::join(quoted, ", "));
  return fmt::format("[\n  {},\n]", fmt::join(quoted, ",\n  "));
}

std::string write_module(const ProposedModule& module) {
  std::string text = fmt::format("[[module]]\nname    = {}\ntoggle  = {}\n", quote(module.name), quote(module.toggle));
  if (module.unset_off) text += "unset   = \"off\"\n";
  if (!module.paths.empty()) text += fmt::format("paths   = {}\n", write_list(module.paths));
  if (!module.targets.empty()) text += fmt::format("targets = {}\n", write_list(module.targets));
  if (!module.defines.empty()) text += fmt::format("defines = {}\n", write_list(module.defines));
  return text;
}

std::string comment_out(std::string_view text) {
  std::string commented;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    commented += fmt::format("#{}\n", text.substr(begin, end - begin));
    begin = end + 1;
  }
  return commented;
}

std::string write_asides(const std::vector<ProposedAside>& asides) {
  if (asides.empty()) return {};
  std::string text = "[project]\nset_aside = [\n";
  for (const ProposedAside& aside : asides) text += fmt::format("  {},\n", quote(aside.selector));
  return text + "]\n";
}

// The same with a word about each.
std::string explain_asides(const std::vector<ProposedAside>& asides) {
  if (asides.empty()) return {};
  std::string text =
      "# Neither core nor module: what these depend on is their own business.\n[project]\nset_aside = [\n";
  for (const ProposedAside& aside : asides) {
    text +=
        fmt::format("  {},  # {} target{} here", quote(aside.selector), aside.targets, aside.targets == 1 ? "" : "s");
    if (aside.place.line != 0)
      text += fmt::format(", entered at {}:{}", in_comment(aside.place.file), aside.place.line);
    text += '\n';
  }
  return text + "]\n\n";
}

std::string explain_module(const ProposedModule& module, bool active) {
  std::string text;
  for (const std::string& sentence : module.evidence) text += fmt::format("# {}\n", in_comment(sentence));
  for (const std::string& sentence : module.doubts) text += fmt::format("# ? {}\n", in_comment(sentence));
  const std::string table = write_module(module);
  return text + (active ? table : comment_out(table)) + "\n";
}

std::string explain_layers(const ProposedLayers& proposed) {
  if (proposed.layers.empty()) return {};
  std::string text = "# ---- Layers of the core's folders: each may use those below it. ----\n\n";
  for (const std::string& sentence : proposed.notes) text += fmt::format("# {}\n", in_comment(sentence));
  const std::string table = write_layers(proposed.layers);
  if (proposed.is_active()) {
    return text + "# Sure: every target of the core is in one of these folders, and none links upwards here.\n" +
           "# Without the line 'kinds' includes count, too.\n" + table + "\n";
  }
  for (const std::string& sentence : proposed.doubts) text += fmt::format("# ? {}\n", in_comment(sentence));
  return text + comment_out(table) + "\n";
}

std::string_view say_what_is_active(const Proposal& proposal) {
  const bool any = std::any_of(proposal.modules.begin(), proposal.modules.end(),
                               [&proposal](const ProposedModule& module) { return is_active(proposal, module); });
  if (!any && proposal.layers.is_active()) {
    return "No option was found that guards a part of the project; the layers of its folders are sure, and active.";
  }
  if (!any) return "No option was found that guards a part of the project: add a module before you check.";
  return proposal.likely_active
             ? "No module is sure, so the likely ones are active. Take the # off the others where you agree, or delete "
               "them."
             : "Modules that are sure are active. Take the # off the others where you agree, or delete them.";
}

}  // namespace

std::string write_layers(const std::vector<FolderLayer>& layers) {
  std::string text = fmt::format("[[layers]]\nname   = {}\nlayers = [\n", quote(layers_name));
  for (const FolderLayer& layer : layers) {
    std::vector<std::string> selectors;
    std::size_t width = 4;
    for (const auto& component : layer) {
      for (const std::string& folder : component) {
        selectors.push_back(quote("path:" + escape_glob(folder) + "/**"));
        width += selectors.back().size() + 2;
      }
    }
    if (selectors.size() == 1) {
      text += fmt::format("  {},\n", selectors.front());
    } else if (width <= line_width) {
      text += fmt::format("  [{}],\n", fmt::join(selectors, ", "));
    } else {
      text += fmt::format("  [\n    {},\n  ],\n", fmt::join(selectors, ",\n    "));
    }
  }
  std::vector<std::string> kinds;
  kinds.reserve(layer_kinds.size());
  for (const EdgeKind kind : layer_kinds) kinds.push_back(quote(to_string(kind)));
  return text + fmt::format("]\nkinds  = [{}]\n", fmt::join(kinds, ", "));
}

std::string write_tables(const std::vector<ProposedAside>& asides, std::span<const ProposedModule* const> modules) {
  std::string text = write_asides(asides);
  for (const ProposedModule* const module : modules) text += write_module(*module);
  return text;
}

std::string write_proposal(const Proposal& proposal) {
  std::string text = fmt::format(
      "#:schema {}\n"
      "# The optional parts of {}, proposed by `bulkhead init` from {} CMake files with {} options.\n"
      "# Read it, correct it, and keep it under version control: docs/policy.md explains every key.\n"
      "# {}\n\n",
      policy_schema_url, proposal.project.empty() ? "this project" : in_comment(proposal.project), proposal.file_count,
      proposal.option_count, say_what_is_active(proposal));
  text += explain_asides(proposal.asides);
  constexpr std::string_view headings[] = {
      "# ---- Sure: one declared option guards a directory, and this build tree agrees. ----\n\n",
      "# ---- Likely: the lines with ? say what to look at. ----\n\n",
      "# ---- Guesses: the lines with ? say what speaks against them. ----\n\n"};
  for (const Confidence confidence : {Confidence::sure, Confidence::likely, Confidence::guess}) {
    const auto is_meant = [confidence](const ProposedModule& module) { return module.confidence == confidence; };
    if (std::none_of(proposal.modules.begin(), proposal.modules.end(), is_meant)) continue;
    text += headings[static_cast<std::size_t>(confidence)];
    for (const ProposedModule& module : proposal.modules) {
      if (is_meant(module)) text += explain_module(module, is_active(proposal, module));
    }
  }
  if (!proposal.left_out.empty()) {
    text += fmt::format("# {} more, too many to be looked at here: {}\n\n", proposal.left_out.size(),
                        in_comment(fmt::format("{}", fmt::join(proposal.left_out, ", "))));
  }
  text += explain_layers(proposal.layers);
  while (text.ends_with("\n\n")) text.pop_back();
  return text;
}

}  // namespace bulkhead
