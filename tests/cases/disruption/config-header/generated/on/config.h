#define A 2
#define USE_GPU
