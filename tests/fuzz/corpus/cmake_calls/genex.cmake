target_sources(a PRIVATE $<$<BOOL:${X}>:b.cpp> "$<1:a;b>")
