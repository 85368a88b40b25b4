#define FROM_SECOND 1
