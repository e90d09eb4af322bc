// A callback as something to co_await.
#pragma once

#include "base/asio.hpp"

#include <functional>
#include <memory>
#include <optional>
#include <utility>

namespace leadverify {

/// A place for one value and for the coroutine that waits for it, on that coroutine's strand.
template <class T>
class AwaitedValue : public std::enable_shared_from_this<AwaitedValue<T>> {
 public:
  using Token = asio::use_awaitable_t<>;

  explicit AwaitedValue(asio::any_io_executor strand) : strand_(std::move(strand)) {}

  /// Once, from any thread.
  void put(T value) {
    asio::post(strand_, [self = this->shared_from_this(), held = std::move(value)]() mutable {
      // For want of memory it may not have come to wait.
      if (!self->completion_) return;
      // What the coroutine owns may own this place.
      auto completion = *std::exchange(self->completion_, std::nullopt);
      self.reset();
      std::move(completion)(std::move(held));
    });
  }

  /// Nothing in here can fail: what does, before the coroutine is suspended, ends the program.
  static asio::awaitable<T> take(std::weak_ptr<AwaitedValue> from) {
    const auto initiate = [](Completion completion, const std::weak_ptr<AwaitedValue>& place) {
      if (const auto there = place.lock()) there->completion_.emplace(std::move(completion));
    };
    Token token;
    return asio::async_initiate<Token, void(T)>(initiate, token, std::move(from));
  }

 private:
  using Completion = typename asio::async_result<Token, void(T)>::handler_type;

  asio::any_io_executor strand_;
  std::optional<Completion> completion_;
};

/// Calls `start` with a function that takes a T and may be called once, from any thread; the
/// coroutine goes on with that value, on its own strand. Dropping the function uncalled leaves
/// the coroutine suspended until its io_context ends.
template <class T, class Start>
asio::awaitable<T> await_value(Start start) {
  const asio::any_io_executor strand = co_await asio::this_coro::executor;
  // The function alone owns the place: it would own itself if the coroutine did too.
  auto owned = std::make_shared<AwaitedValue<T>>(strand);
  const std::weak_ptr<AwaitedValue<T>> place = owned;
  std::function<void(T)> done = [kept = std::move(owned)](T value) { kept->put(std::move(value)); };
  start(std::move(done));
  done = nullptr;
  co_return co_await AwaitedValue<T>::take(place);
}

}  // namespace leadverify
