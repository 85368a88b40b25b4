// second/made_up.h
