// conditions/beta.h
