// unity/a.h
