// conditions/one.h
