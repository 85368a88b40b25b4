// unity/b.h
