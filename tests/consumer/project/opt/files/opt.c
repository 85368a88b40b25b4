int opt(void) { return 1; }
