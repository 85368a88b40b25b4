int shared_between_opt_and_core() {
  return 3;
}
