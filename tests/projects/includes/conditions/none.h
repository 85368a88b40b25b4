// conditions/none.h
