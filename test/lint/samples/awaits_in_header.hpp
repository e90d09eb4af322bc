// A header is read as closely as a source file. Read by test/lint/awaits_test.
#pragma once

#include "base/asio.hpp"

#include <string>

namespace leadverify {

struct Params {
  std::string name;
};

asio::awaitable<int> ask(Params params);

inline asio::awaitable<int> ask_by_name(std::string name) {
  co_return co_await ask(Params{.name = name});  // refused
}

}  // namespace leadverify
