int opt() {
  return 0;
}
