int core();

int main() {
  return core() == 0 ? 1 : 0;
}
