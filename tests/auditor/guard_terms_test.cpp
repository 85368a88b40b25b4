#include "auditor/proposal/guard_terms.h"

#include <gtest/gtest.h>

namespace bulkhead {
namespace {

using Texts = std::vector<std::string>;

// The terms of the last call of a file, with these options.
GuardTerms terms_in(const std::string& text, const std::vector<std::string>& names) {
  CMakeOptions options;
  for (const std::string& name : names) options[name] = {.name = name, .kind = kind_of_option(name), .declared = {}};
  const auto calls = parse_cmake_calls(text);
  const GuardedFile file{.path = "CMakeLists.txt", .directory = ".", .calls = guard_calls(calls), .guards = {}};
  return terms_of(file, file.calls.back(), options);
}

TEST(GuardTerms, AreTheConditionsOverOptions) {
  const GuardTerms terms = terms_in("if(USE_A AND A_FOUND)\n if(NOT WIN32)\n  f()\n endif()\nendif()\n", {"USE_A"});
  EXPECT_EQ(terms.terms, Texts{"USE_A"});
  EXPECT_TRUE(terms.is_partial);
  EXPECT_EQ(terms.place, (CallPlace{"CMakeLists.txt", 1}));
}

TEST(GuardTerms, KnowWhatIsNot) {
  EXPECT_EQ(terms_in("if(USE_A)\nelse()\n f()\nendif()\n", {"USE_A"}).terms, Texts{"NOT USE_A"});
  EXPECT_EQ(terms_in("if(NOT USE_A)\n return()\nendif()\nf()\n", {"USE_A"}).terms, Texts{"USE_A"});
  EXPECT_EQ(terms_in("if(NOT USE_A OR NOT USE_B)\n return()\nendif()\nf()\n", {"USE_A", "USE_B"}).terms,
            (Texts{"USE_A", "USE_B"}));
  EXPECT_EQ(terms_in("if(USE_A AND USE_B)\nelse()\n f()\nendif()\n", {"USE_A", "USE_B"}).terms,
            Texts{"NOT (USE_A AND USE_B)"});
}

TEST(GuardTerms, KeepWhatOrJoins) {
  const GuardTerms terms = terms_in("if((USE_A OR USE_B) AND USE_C)\nf()\nendif()\n", {"USE_A", "USE_B", "USE_C"});
  EXPECT_EQ(terms.terms.size(), 2U);
  EXPECT_EQ(toggle_of(terms.terms), "(USE_A OR USE_B) AND USE_C");
  const GuardTerms unknown = terms_in("if(USE_A OR APPLE)\nf()\nendif()\n", {"USE_A"});
  EXPECT_TRUE(unknown.terms.empty()) << "APPLE alone is enough";
  EXPECT_TRUE(unknown.is_partial);
}

TEST(GuardTerms, ReadReferencesAndTexts) {
  EXPECT_EQ(terms_in("if(${USE_A})\nf()\nendif()\n", {"USE_A"}).terms, Texts{"USE_A"});
  EXPECT_EQ(terms_in("if(USE_A STREQUAL \"ON\")\nf()\nendif()\n", {"USE_A"}).terms, Texts{"USE_A STREQUAL \"ON\""});
  EXPECT_EQ(terms_in("if(x IN_LIST PARTS)\nf()\nendif()\n", {"PARTS"}).terms, Texts{"x IN_LIST PARTS"});
  EXPECT_TRUE(terms_in("if(TARGET x)\nf()\nendif()\n", {"x"}).terms.empty()) << "no toggle can ask for that";
  EXPECT_TRUE(terms_in("if(ON)\nf()\nendif()\n", {"ON"}).terms.empty());
}

TEST(GuardTerms, TellTestsAndSettingsApart) {
  const GuardTerms tests = terms_in("if(BUILD_TESTS AND USE_A)\nf()\nendif()\n", {"BUILD_TESTS", "USE_A"});
  EXPECT_TRUE(tests.aside);
  EXPECT_EQ(tests.terms, Texts{"USE_A"});
  EXPECT_TRUE(terms_in("if(BUILD_SHARED_LIBS)\nf()\nendif()\n", {"BUILD_SHARED_LIBS"}).terms.empty());
  EXPECT_TRUE(terms_in("if(NOT USE_SYSTEM_Z)\nf()\nendif()\n", {"USE_SYSTEM_Z"}).supplied);
}

TEST(GuardTerms, SplitAtAndAlone) {
  EXPECT_EQ(conjuncts_of("A AND B AND C"), (Texts{"A", "B", "C"}));
  EXPECT_EQ(conjuncts_of("((A AND (B AND C)))"), (Texts{"A", "B", "C"}));
  EXPECT_EQ(conjuncts_of("A OR B AND C"), Texts{"A OR B AND C"});
  EXPECT_EQ(conjuncts_of("A STREQUAL \"x AND y\""), Texts{"A STREQUAL \"x AND y\""});
  EXPECT_EQ(conjuncts_of(""), Texts{""});
  EXPECT_EQ(conjuncts_of("AND"), Texts{"AND"});
  EXPECT_EQ(negation_of("NOT A"), "A");
  EXPECT_EQ(negation_of("A OR B"), "NOT (A OR B)");
  EXPECT_EQ(negation_of("(A)"), "NOT A");
  EXPECT_EQ(negation_of("NOT A AND B"), "NOT (NOT A AND B)");
}

}  // namespace
}  // namespace bulkhead
