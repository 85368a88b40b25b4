// quoted/quoted.h
