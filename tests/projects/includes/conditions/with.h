// conditions/with.h
