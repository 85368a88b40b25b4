// conditions/wp.h
