  #  include  /* a comment */ "first/twice.h" // and one more
#inc\
lude "second/twi\
ce.h"
%:include "second/named.h"
const char* const text = R"x(
#include "conditions/none.h"
)x" "/*";
/*
#include "conditions/none.h"
*/
#if 0
' it's not closed
#include "conditions/none.h"
#else  // nothing
#include "conditions/one.h"
#endif
// spliced \
#include "conditions/none.h"
#define ENTRY(name) const int name = 1'000;
#include <table.def>
#include <table.def>
#include "conditions/two.h" ;
int last = 0;
