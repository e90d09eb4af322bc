// A value, or the reason why there is none: the part of C++23's std::expected that is
// used here, under the same names, until the compiler has it.
#pragma once

#include <cassert>
#include <utility>
#include <variant>

namespace leadverify {

template <class E>
class Unexpected {
 public:
  explicit Unexpected(E error) : error_(std::move(error)) {}
  const E& error() const& { return error_; }
  E&& error() && { return std::move(error_); }

 private:
  E error_;
};

template <class T, class E>
class Expected {
 public:
  // Implicit, as in the standard: `return value;` and `return Unexpected(error);` read well.
  Expected(T value) : content_(std::in_place_index<0>, std::move(value)) {}  // NOLINT
  Expected(Unexpected<E> error)                                              // NOLINT
      : content_(std::in_place_index<1>, std::move(error).error()) {}

  bool has_value() const { return content_.index() == 0; }
  explicit operator bool() const { return has_value(); }

  /// REQUIRES: has_value().
  const T& operator*() const& { return value(); }
  T& operator*() & { return value(); }
  T&& operator*() && { return std::move(value()); }
  const T* operator->() const { return &value(); }
  T* operator->() { return &value(); }

  /// REQUIRES: !has_value().
  const E& error() const {
    assert(!has_value());
    return *std::get_if<1>(&content_);
  }

 private:
  const T& value() const {
    assert(has_value());
    return *std::get_if<0>(&content_);
  }
  T& value() {
    assert(has_value());
    return *std::get_if<0>(&content_);
  }

  std::variant<T, E> content_;
};

}  // namespace leadverify
