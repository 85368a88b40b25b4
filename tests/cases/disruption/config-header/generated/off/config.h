#define A 1
/* #undef USE_GPU */
