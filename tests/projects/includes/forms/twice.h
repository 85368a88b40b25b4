// forms/twice.h
