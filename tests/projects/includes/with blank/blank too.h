// with blank/blank too.h
