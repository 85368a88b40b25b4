// forms/beside_deep.h
