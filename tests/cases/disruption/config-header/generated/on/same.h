#define C
#define B
