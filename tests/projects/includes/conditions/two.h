// conditions/two.h
