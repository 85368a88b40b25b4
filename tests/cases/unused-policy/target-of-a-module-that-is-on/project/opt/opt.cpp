int opt;
