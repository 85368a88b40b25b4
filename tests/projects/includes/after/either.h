// after/either.h
