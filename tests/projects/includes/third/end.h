// third/end.h
