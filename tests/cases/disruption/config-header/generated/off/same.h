#define B
#define C
