// quoted/either.h
