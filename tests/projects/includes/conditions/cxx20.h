// conditions/cxx20.h
