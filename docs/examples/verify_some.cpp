// verify_some: has a few addresses verified in one blocking call.
//
// usage: verify_some ADDRESS...
//
// Writes the record of each address, as JSON, in the order in which they were given.
#include <leadverify/json_line.hpp>
#include <leadverify/verifier.hpp>

#include <iostream>
#include <string>
#include <vector>

int main(int argc, char** argv) {
  const std::vector<std::string> addresses(argv + (argc > 0 ? 1 : 0), argv + argc);

  leadverify::Options options;
  options.greylist_retries = 0;  // an answer now rather than a better one later
  if (const auto words = leadverify::fault(options)) {
    std::cerr << "verify_some: " << *words << '\n';
    return 2;
  }

  for (const leadverify::Result& result : leadverify::verify(addresses, options)) {
    std::cout << json_line(result) << '\n';
  }
}
