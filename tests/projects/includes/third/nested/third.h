// third/nested/third.h
