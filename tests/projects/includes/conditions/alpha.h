// conditions/alpha.h
