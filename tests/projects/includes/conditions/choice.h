// conditions/choice.h
