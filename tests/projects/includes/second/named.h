// second/named.h
