int source() {
  return 1;
}
