#include "graph/preprocessor.h"

#include <string>

#include "graph/builtin_macros.h"

namespace bulkhead {
namespace {

constexpr std::size_t deepest = 200;  // open sources, as in GCC (-fmax-include-depth)

// What is entered under unknown conditions is bounded for each source: without a bound, sources that include each other
// twice take time without end. Behind the first time, another one shows something new only where macros differ.
constexpr std::uint16_t most_unknown = 64;
constexpr std::uint16_t most_unsure = 4;

// The macro that a condition asks for, if it is no more than that.
struct Tested {
  OptionalSourceNameId name{};
  bool is_defined = false;
};

// defined X, defined(X), and each behind `!`
Tested tested_by(const LexedSource& source, const Directive& directive) {
  if (directive.kind == DirectiveKind::ifdef) return {directive.name, true};
  if (directive.kind == DirectiveKind::ifndef) return {directive.name, false};
  auto tokens = source.tokens(directive);
  const bool is_negated = !tokens.empty() && tokens[0].kind == TokenKind::logical_not;
  if (is_negated) tokens = tokens.subspan(1);
  const bool has_parentheses = tokens.size() == 4 && tokens[1].kind == TokenKind::left_parenthesis &&
                               tokens[3].kind == TokenKind::right_parenthesis;
  if (!has_parentheses && tokens.size() != 2) return {};
  const Token& name = tokens[has_parentheses ? 2 : 1];
  const bool is_question = tokens[0].kind == TokenKind::identifier && name.kind == TokenKind::identifier &&
                           source.name(SourceNameId(tokens[0].at)) == "defined";
  if (!is_question) return {};
  return {SourceNameId(name.at), !is_negated};
}

}  // namespace

WalkResult Preprocessor::walk(std::span<const SourceEntry> preludes, const SourceEntry& main,
                              const IncludeResolver& resolver) {
  table_.clear();
  ++unit_;
  result_ = {};
  resolver_ = &resolver;
  has_header_ = nullptr;
  if (resolver.has_header) {
    has_header_ = [this](HeaderName header) {
      header.is_next = header.is_next && is_included();
      return resolver_->has_header(header, open_.back());
    };
  }
  bool is_first = true;
  for (const SourceEntry& prelude : preludes) {
    run(prelude);
    if (is_first) define_builtin_macros(table_);
    is_first = false;
  }
  if (is_first) define_builtin_macros(table_);
  run(main);
  return result_;
}

void Preprocessor::run(const SourceEntry& entry) {
  open(table_.bind(entry), Truth::yes, entry.origin);
  while (!frames_.empty()) {
    Frame& top = frame();
    const auto directives = top.bound->source->directives();
    if (top.at >= directives.size() || !result_.is_complete) {
      close();
      continue;
    }
    const std::uint32_t index = top.at++;
    if (++result_.directives > limits_.directives) result_.is_complete = false;
    walk_directive(directives[index], index);
  }
}

void Preprocessor::open(BoundSource& bound, Truth truth, std::uint32_t origin) {
  ++result_.entered;
  frames_.push_back({.bound = &bound, .groups_begin = groups_.size(), .truth = truth});
  open_.push_back({bound.id, bound.source, 0, origin});
}

void Preprocessor::close() {
  while (groups_.size() > frame().groups_begin) close_group();  // those without #endif
  if (frame().is_reentry) {
    // Or it was there before, which defined its guard.
    table_.end_branch();
    table_.begin_branch();
    for (const OptionalMacroId guard : {frame().bound->guard, frame().bound->once}) {
      if (guard) table_.assume(*guard, true);
    }
    table_.end_branch();
    table_.end_group(GroupEnd::reentry);
  }
  frames_.pop_back();
  open_.pop_back();
}

void Preprocessor::walk_directive(const Directive& directive, std::uint32_t index) {
  switch (directive.kind) {
    case DirectiveKind::define:
      table_.set(macro_of(directive), {MacroKind::defined, frame().bound->id.value(), index + 1});
      break;
    case DirectiveKind::undef: table_.set(macro_of(directive), {}); break;
    case DirectiveKind::push_macro: table_.push(macro_of(directive)); break;
    case DirectiveKind::pop_macro: table_.pop(macro_of(directive)); break;
    case DirectiveKind::pragma_once: table_.set(once_of(*frame().bound), {MacroKind::opaque}); break;
    case DirectiveKind::if_:
    case DirectiveKind::ifdef:
    case DirectiveKind::ifndef: open_group(directive, index); break;
    case DirectiveKind::elif:
    case DirectiveKind::elifdef:
    case DirectiveKind::elifndef:
    case DirectiveKind::else_: next_branch(directive, index); break;
    case DirectiveKind::endif: close_group(); break;
    case DirectiveKind::module: break;
    default: open_.back().directive = index; include(directive);
  }
}

Truth Preprocessor::evaluate(const Directive& directive) {
  switch (directive.kind) {
    case DirectiveKind::else_: return Truth::yes;
    case DirectiveKind::if_:
    case DirectiveKind::elif:
      return evaluator_.evaluate(*frame().bound, frame().bound->source->tokens(directive), has_header_);
    default: {
      if (!directive.name) return Truth::unknown;
      const Truth is_defined = table_.is_defined(macro_of(directive));
      const bool asks_defined = directive.kind == DirectiveKind::ifdef || directive.kind == DirectiveKind::elifdef;
      return asks_defined ? is_defined : negation(is_defined);
    }
  }
}

void Preprocessor::begin_branch(Group& group, bool is_first) {
  if (!group.is_branching) table_.begin_group();
  group.is_branching = true;
  table_.begin_branch();
  group.is_open = true;
  // All other branches, and none, mean that the first condition does not hold.
  if (group.tested) table_.assume(*group.tested, is_first == group.is_tested_defined);
}

void Preprocessor::open_group(const Directive& directive, std::uint32_t index) {
  open_.back().directive = index;
  const Truth truth = evaluate(directive);
  const Truth outer = here();
  groups_.push_back({.taken = truth, .outer = outer, .here = both(outer, truth)});
  conditions_.push_back({index, index, truth});
  if (truth == Truth::no) {
    frame().at = directive.next;
  } else if (truth == Truth::unknown) {
    Group& group = groups_.back();
    const Tested tested = tested_by(*frame().bound->source, directive);
    if (tested.name) group.tested = frame().bound->names[(*tested.name).value()];
    group.is_tested_defined = tested.is_defined;
    begin_branch(group, true);
  }
}

void Preprocessor::next_branch(const Directive& directive, std::uint32_t index) {
  Group& group = groups_.back();
  if (group.is_open) table_.end_branch();
  group.is_open = false;
  open_.back().directive = index;
  const Truth condition = group.taken == Truth::yes ? Truth::no : evaluate(directive);
  if (condition == Truth::no) {
    frame().at = directive.next;
    return;
  }
  const Truth truth = both(negation(group.taken), condition);
  group.taken = either(group.taken, condition);
  group.here = both(group.outer, truth);
  conditions_.back().branch = index;
  conditions_.back().truth = truth;
  if (truth == Truth::unknown) begin_branch(group, false);
}

void Preprocessor::close_group() {
  Group& group = groups_.back();
  if (group.is_open) table_.end_branch();
  if (group.is_branching) {
    if (group.taken != Truth::yes && group.tested) {
      begin_branch(group, false);
      table_.end_branch();
      group.taken = Truth::yes;
    }
    table_.end_group(group.taken == Truth::yes ? GroupEnd::exhaustive : GroupEnd::open);
  }
  groups_.pop_back();
  conditions_.pop_back();
}

void Preprocessor::include(const Directive& directive) {
  const BoundSource& bound = *frame().bound;
  IncludeSite site{.kind = directive.kind, .truth = here()};
  if (directive.form == IncludeForm::tokens) {
    site.header = evaluator_.header_name(bound, bound.source->tokens(directive));
    if (site.header.form == IncludeForm::none) site.problem = IncludeProblem::unknown_name;
  } else {
    site.header = {bound.source->operand(directive), directive.form};
  }
  site.header.is_next = directive.kind == DirectiveKind::include_next && is_included();
  if (open_.size() >= deepest) site.problem = IncludeProblem::too_deep;
  site.open = open_;
  site.conditions = std::span(conditions_).subspan(frame().groups_begin);
  const auto entry = resolver_->enter(site);
  if (!entry || site.problem != IncludeProblem::none || directive.kind == DirectiveKind::import_module) return;
  const bool is_once = directive.kind == DirectiveKind::import || directive.kind == DirectiveKind::import_header;
  enter(*entry, is_once);
}

void Preprocessor::enter(const SourceEntry& entry, bool is_once) {
  BoundSource& bound = table_.bind(entry);
  const MacroTable& table = table_;
  const auto state = [&table](OptionalMacroId id) { return id ? table.is_defined(*id) : Truth::no; };
  if (is_once) once_of(bound);
  const Truth guard = state(bound.guard);
  const Truth once = state(bound.once);
  if (guard == Truth::yes || once == Truth::yes) return;
  const bool is_unsure = guard == Truth::unknown || once == Truth::unknown;
  const Truth truth = here();
  if (truth == Truth::unknown) {
    Visits& visits = visits_of(entry.id);
    if (visits.unknown >= most_unknown || (is_unsure && visits.unsure >= most_unsure)) {
      result_.has_bounded = true;
      return;
    }
    ++visits.unknown;
    if (is_unsure) ++visits.unsure;
  }
  open(bound, truth, entry.origin);
  if (is_unsure) {
    frame().is_reentry = true;
    table_.begin_group();
    table_.begin_branch();
    if (guard == Truth::unknown) table_.set(*bound.guard, {});
    if (once == Truth::unknown) table_.set(*bound.once, {});
  }
  if (is_once) table_.set(*bound.once, {MacroKind::opaque});
}

Preprocessor::Visits& Preprocessor::visits_of(SourceId id) {
  if (id.value() >= visits_.size()) visits_.resize(id.value() + std::size_t{1});
  Visits& visits = visits_[id.value()];
  if (visits.unit != unit_) visits = {.unit = unit_};
  return visits;
}

MacroId Preprocessor::once_of(BoundSource& bound) {
  if (!bound.once) bound.once = table_.intern("#" + std::to_string(bound.id.value()));
  return *bound.once;
}

}  // namespace bulkhead
