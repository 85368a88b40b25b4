#include "graph/feature_tests.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <system_error>

#include "graph/link_words.h"

namespace bulkhead {
namespace {

// What headers of systems, of Boost and of LLVM ask about, and more of its like. A name that a compiler does not know
// does no harm: that is its answer.
constexpr std::string_view features = R"(
  address_sanitizer coverage_sanitizer dataflow_sanitizer hwaddress_sanitizer kernel_address_sanitizer leak_sanitizer
  memory_sanitizer memtag_stack numerical_stability_sanitizer realtime_sanitizer shadow_call_stack safe_stack
  thread_sanitizer type_sanitizer undefined_behavior_sanitizer
  attribute_analyzer_noreturn attribute_availability attribute_availability_with_message attribute_cf_returns_not_retained
  attribute_cf_returns_retained attribute_deprecated_with_message attribute_ext_vector_type attribute_ns_consumed
  attribute_ns_returns_retained attribute_overloadable attribute_unavailable_with_message attribute_unused_on_fields
  assume_nonnull blocks enumerator_attributes modules module_maps nullability nullability_on_arrays pragma_clang_section
  ptrauth_calls ptrauth_intrinsics ptrauth_returns speculative_load_hardening tls
  objc_arc objc_arc_weak objc_arr objc_array_literals objc_boxed_expressions objc_bool objc_fixed_enum objc_generics
  objc_instancetype objc_kindof objc_subscripting objc_weak_class
  c_alignas c_alignof c_atomic c_fixed_enum c_generic_selections c_static_assert c_thread_local c_unicode_literals
  cxx_access_control_sfinae cxx_aggregate_nsdmi cxx_alias_templates cxx_alignas cxx_alignof cxx_atomic cxx_attributes
  cxx_auto_type cxx_binary_literals cxx_constexpr cxx_constexpr_string_builtins cxx_contextual_conversions cxx_decltype
  cxx_decltype_auto cxx_decltype_incomplete_return_types cxx_default_function_template_args cxx_defaulted_functions
  cxx_delegating_constructors cxx_deleted_functions cxx_exceptions cxx_explicit_conversions cxx_generalized_initializers
  cxx_generalized_nttp cxx_generic_lambdas cxx_implicit_moves cxx_inheriting_constructors cxx_init_captures
  cxx_inline_namespaces cxx_lambdas cxx_local_type_template_args cxx_modules cxx_noexcept cxx_nonstatic_member_init
  cxx_nullptr cxx_override_control cxx_range_for cxx_raw_string_literals cxx_reference_qualified_functions
  cxx_relaxed_constexpr cxx_return_type_deduction cxx_rtti cxx_runtime_array cxx_rvalue_references cxx_static_assert
  cxx_stable_abi cxx_strong_enums cxx_thread_local cxx_trailing_return cxx_unicode_literals cxx_unrestricted_unions
  cxx_user_literals cxx_variable_templates cxx_variadic_templates gnu_asm datasizeof experimental_library
  has_nothrow_assign has_nothrow_constructor has_nothrow_copy has_trivial_assign has_trivial_constructor has_trivial_copy
  has_trivial_destructor has_virtual_destructor is_abstract is_aggregate is_assignable is_base_of is_class
  is_constructible is_convertible is_convertible_to is_empty is_enum is_final is_literal is_nothrow_assignable
  is_nothrow_constructible is_pod is_polymorphic is_standard_layout is_trivial is_trivially_assignable
  is_trivially_constructible is_trivially_copyable is_union is_unsigned is_signed underlying_type
)";

constexpr std::string_view builtins = R"(
  __builtin_FILE __builtin_FUNCTION __builtin_LINE __builtin_COLUMN __builtin_add_overflow __builtin_addc __builtin_addcll
  __builtin_addressof __builtin_alloca __builtin_alloca_with_align __builtin_assume __builtin_assume_aligned
  __builtin_available __builtin_bit_cast __builtin_bitreverse16 __builtin_bitreverse32 __builtin_bitreverse64
  __builtin_bitreverse8 __builtin_bswap128 __builtin_bswap16 __builtin_bswap32 __builtin_bswap64 __builtin_char_memchr
  __builtin_choose_expr __builtin_clear_padding __builtin_clz __builtin_clzg __builtin_clzl __builtin_clzll
  __builtin_complex __builtin_constant_p __builtin_convertvector __builtin_coro_noop __builtin_cpu_init
  __builtin_cpu_supports __builtin_ctz __builtin_ctzg __builtin_ctzl __builtin_ctzll __builtin_debugtrap
  __builtin_dynamic_object_size __builtin_expect __builtin_expect_with_probability __builtin_extract_return_addr
  __builtin_ffs __builtin_frame_address __builtin_huge_val __builtin_ia32_pause __builtin_inf
  __builtin_is_constant_evaluated __builtin_isfinite __builtin_isinf __builtin_isnan __builtin_isnormal __builtin_launder
  __builtin_memchr __builtin_memcmp __builtin_memcpy __builtin_memcpy_inline __builtin_memmove __builtin_memset
  __builtin_memset_inline __builtin_mul_overflow __builtin_nan __builtin_nanf __builtin_nontemporal_load
  __builtin_nontemporal_store __builtin_object_size __builtin_offsetof __builtin_operator_delete __builtin_operator_new
  __builtin_parity __builtin_popcount __builtin_popcountg __builtin_popcountl __builtin_popcountll __builtin_prefetch
  __builtin_readcyclecounter __builtin_return_address __builtin_rotateleft16 __builtin_rotateleft32
  __builtin_rotateleft64 __builtin_rotateleft8 __builtin_rotateright32 __builtin_rotateright64 __builtin_sadd_overflow
  __builtin_shuffle __builtin_shufflevector __builtin_signbit __builtin_smul_overflow __builtin_source_location
  __builtin_sprintf __builtin_ssub_overflow __builtin_stack_address __builtin_stdarg_start __builtin_strchr
  __builtin_strcmp __builtin_strlen __builtin_strncmp __builtin_sub_overflow __builtin_subc __builtin_trap
  __builtin_types_compatible_p __builtin_uadd_overflow __builtin_uaddl_overflow __builtin_uaddll_overflow
  __builtin_umul_overflow __builtin_umull_overflow __builtin_umulll_overflow __builtin_unpredictable
  __builtin_unreachable __builtin_usub_overflow __builtin_va_copy __builtin_va_list __builtin_verbose_trap
  __builtin_wcslen __builtin_wmemchr __builtin_wmemcmp __builtin_wmemcpy __builtin_zero_non_value_bits __debugbreak
  __atomic_add_fetch __atomic_always_lock_free __atomic_compare_exchange_n __atomic_exchange_n __atomic_fetch_add
  __atomic_is_lock_free __atomic_load_n __atomic_store_n __sync_add_and_fetch __sync_bool_compare_and_swap
  __sync_fetch_and_add __sync_synchronize __sync_val_compare_and_swap __c11_atomic_load __c11_atomic_store
  __add_lvalue_reference __add_pointer __add_rvalue_reference __array_extent __array_rank __decay __integer_pack
  __make_integer_seq __make_signed __make_unsigned __type_pack_element __remove_all_extents __remove_const __remove_cv
  __remove_cvref __remove_extent __remove_pointer __remove_reference __remove_reference_t __remove_volatile
  __has_nothrow_assign __has_trivial_constructor __has_trivial_destructor __has_unique_object_representations
  __has_virtual_destructor __is_abstract __is_aggregate __is_array __is_assignable __is_base_of __is_bounded_array
  __is_class __is_complete_type __is_compound __is_const __is_constructible __is_convertible __is_convertible_to
  __is_destructible __is_empty __is_enum __is_final __is_function __is_fundamental __is_identifier __is_integral
  __is_layout_compatible __is_literal_type __is_lvalue_reference __is_member_function_pointer
  __is_member_object_pointer __is_member_pointer __is_nothrow_assignable __is_nothrow_constructible
  __is_nothrow_convertible __is_nothrow_destructible __is_nullptr __is_object __is_pod __is_pointer
  __is_pointer_interconvertible_base_of __is_polymorphic __is_reference __is_referenceable __is_rvalue_reference
  __is_same __is_same_as __is_scalar __is_scoped_enum __is_signed __is_standard_layout __is_target_arch __is_trivial
  __is_trivially_assignable __is_trivially_constructible __is_trivially_copyable __is_trivially_destructible
  __is_trivially_equality_comparable __is_trivially_relocatable __is_unbounded_array __is_union __is_unsigned
  __is_void __is_volatile __reference_binds_to_temporary __reference_constructs_from_temporary __underlying_type
)";

constexpr std::string_view attributes = R"(
  access acquire_capability alias aligned alloc_align alloc_size alloca always_inline analyzer_noreturn artificial
  assert_capability assume assume_aligned availability blocks callback capability carries_dependency cdecl cleanup cold
  common const constructor consumable convergent copy counted_by deprecated designated_init destructor diagnose_if
  disable_tail_calls dllexport dllimport enable_if enum_extensibility error exclude_from_explicit_instantiation
  exclusive_locks_required expected_throw externally_visible fallthrough fastcall flag_enum flatten format format_arg
  gnu_inline guarded_by hot ifunc indeterminate indirect_return init_priority internal_linkage leaf lifetimebound likely
  locks_excluded malloc maybe_unused may_alias minsize mode ms_abi musttail naked no_builtin no_destroy
  no_instrument_function no_profile_instrument_function no_reorder no_sanitize no_sanitize_address no_sanitize_memory
  no_sanitize_thread no_sanitize_undefined no_split_stack no_stack_protector no_thread_safety_analysis no_unique_address
  noclone nocf_check nocommon nodebug nodiscard noescape noinline noipa nomerge nonnull nonstring noplt noreturn
  not_tail_called nothrow null_terminated_string_arg objc_bridge objc_root_class optimize optnone ownership_returns
  packed patchable_function_entry preferred_name preferred_type preserve_all preserve_most pure reinitializes
  release_capability require_constant_initialization returns_nonnull returns_twice scoped_lockable section sentinel
  shared_locks_required simd standalone_debug stdcall symver sysv_abi target target_clones tls_model
  transparent_union trivial_abi try_acquire_capability type_visibility unavailable uninitialized unlikely unsafe_buffer_usage
  unused use_handle used using_if_exists vector_size visibility warn_if_not_aligned warn_unused warn_unused_result warning
  weak weak_import weakref zero_call_used_regs
)";

constexpr std::string_view declspecs = R"(
  align allocate allocator code_seg deprecated dllexport dllimport empty_bases guard naked noalias noinline noreturn
  nothrow novtable property restrict safebuffers selectany thread uuid
)";

struct Questions {
  std::string_view operation;
  std::string_view names;
};
constexpr std::array questions = {
    Questions{"__has_feature", features},
    Questions{"__has_extension", features},
    Questions{"__has_builtin", builtins},
    Questions{"__has_attribute", attributes},
    Questions{"__has_cpp_attribute", attributes},
    Questions{"__has_c_attribute", attributes},
    Questions{"__has_declspec_attribute", declspecs},
};

// A line of the questions is `"bulkhead" "operation" "name" operation(name)`; strings stay as they are.
constexpr std::string_view line_begin = "\"bulkhead\" \"";

std::string make_questions() {
  std::string text;
  for (const Questions& group : questions) {
    const std::string operation(group.operation);
    text += "#ifdef " + operation + '\n';
    for_each_word(group.names, [&](std::string_view name) {
      text.append(line_begin).append(operation).append("\" \"").append(name).append("\" ");
      text.append(operation).append("(").append(name).append(")\n");
    });
    text += "#endif\n";
  }
  return text;
}

// The text up to the next quote, which is taken away with it, and all that `gap` characters hold behind it.
std::string_view take_until_quote(std::string_view& text, std::size_t gap) {
  const std::size_t end = std::min(text.find('"'), text.size());
  const std::string_view taken = text.substr(0, end);
  text.remove_prefix(std::min(end + gap, text.size()));
  return taken;
}

}  // namespace

const std::string& feature_questions() {
  static const std::string text = make_questions();
  return text;
}

std::string feature_answers(std::string_view output) {
  std::string macros;
  while (!output.empty()) {
    const std::size_t end = std::min(output.find('\n'), output.size());
    std::string_view line = output.substr(0, end);
    output.remove_prefix(std::min(end + 1, output.size()));
    if (!line.starts_with(line_begin)) continue;
    line.remove_prefix(line_begin.size());
    const std::string_view operation = take_until_quote(line, 3);
    const std::string_view name = take_until_quote(line, 2);
    long number = 0;
    const auto read = std::from_chars(line.data(), line.data() + line.size(), number);
    if (read.ec != std::errc() || number < 0) continue;
    macros += "#define " + feature_macro(operation, name) + ' ' + std::to_string(number) + '\n';
  }
  return macros;
}

std::string feature_macro(std::string_view operation, std::string_view name) {
  if (operation != "__has_builtin" && name.size() > 4 && name.starts_with("__") && name.ends_with("__")) {
    name = name.substr(2, name.size() - 4);
  }
  return std::string(operation).append("$").append(name);
}

}  // namespace bulkhead
