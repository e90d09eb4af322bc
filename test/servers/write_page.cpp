// Prints docs/tested-against.md.
#include "servers/page.hpp"

#include <iostream>

int main() {
  std::cout << leadverify::servers::tested_against_page();
}
