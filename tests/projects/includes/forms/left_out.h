// forms/left_out.h
