// The one door to Boost.Asio: Boost 1.74's <boost/asio/awaitable.hpp> uses
// std::exchange without including <utility>, so the order below matters.
#pragma once

// clang-format off
#include <utility>

#include <boost/asio.hpp>
// clang-format on

namespace leadverify {

namespace asio = boost::asio;
using boost::system::error_code;

/// A completion token: `co_await` the operation, and put its error into `error`.
inline auto into(error_code& error) {
  return asio::redirect_error(asio::use_awaitable, error);
}

}  // namespace leadverify
