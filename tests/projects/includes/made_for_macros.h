// made_for_macros.h
