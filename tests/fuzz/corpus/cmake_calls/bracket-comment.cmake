#[[ a
 call(x) ]]
f()
#[=[ b ]]=]g()
