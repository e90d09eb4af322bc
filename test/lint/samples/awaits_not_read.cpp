// An aggregate built with parentheses: GCC 12 miscompiles it too; clang 14 cannot read it, and
// what the lint cannot read it must refuse. Read by test/lint/awaits_test.
#include "base/asio.hpp"

#include <string>

namespace leadverify {

struct Params {
  std::string name;
  std::string host;
};

asio::awaitable<int> ask(Params params);

asio::awaitable<void> parentheses(std::string name) {
  co_await ask(Params(name, name));
}

}  // namespace leadverify
