// first/table_plain.h
