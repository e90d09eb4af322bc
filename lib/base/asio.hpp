// The one door to Boost.Asio: Boost 1.74's <boost/asio/awaitable.hpp> uses
// std::exchange without including <utility>, so the order below matters.
#pragma once

// clang-format off
#include <chrono>
#include <cstddef>
#include <new>
#include <thread>
#include <utility>

#include <boost/asio.hpp>
// clang-format on

namespace boost::asio::detail {

/// Memory for an operation that a coroutine waits for. Asio asks for it where an exception would
/// end the program (Boost 1.74 suspends coroutines in a noexcept function), so an operation that
/// this host has no memory for waits until there is some.
template <class Executor, class... Results>
void* asio_handler_allocate(std::size_t size, awaitable_handler<Executor, Results...>*) {
  while (true) {
    try {
      return boost::asio::asio_handler_allocate(size);
    } catch (const std::bad_alloc&) {
      std::this_thread::sleep_for(std::chrono::milliseconds{1});
    }
  }
}

}  // namespace boost::asio::detail

namespace leadverify {

namespace asio = boost::asio;
using boost::system::error_code;

/// A completion token: `co_await` the operation, and put its error into `error`.
inline auto into(error_code& error) {
  return asio::redirect_error(asio::use_awaitable, error);
}

}  // namespace leadverify
