// second/list20.h
