// conditions/rtti.h
