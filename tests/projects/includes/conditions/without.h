// conditions/without.h
