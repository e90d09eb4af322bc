// A callback as something to co_await.
#pragma once

#include "base/asio.hpp"

#include <functional>
#include <memory>
#include <utility>

namespace leadverify {

/// Calls `start` with a function that takes a T and may be called once, from any thread; the
/// coroutine goes on with that value, on its own strand. Dropping the function uncalled leaves
/// the coroutine suspended until its io_context ends.
template <class T, class Start>
asio::awaitable<T> await_value(Start start) {
  const auto initiate = [](auto completion, Start begin) {
    const auto shared = std::make_shared<decltype(completion)>(std::move(completion));
    begin(std::function<void(T)>([shared](T value) {
      asio::post(asio::get_associated_executor(*shared),
                 [shared, held = std::move(value)]() mutable { (*shared)(std::move(held)); });
    }));
  };
  asio::use_awaitable_t<> token;
  return asio::async_initiate<asio::use_awaitable_t<>, void(T)>(initiate, token, std::move(start));
}

}  // namespace leadverify
