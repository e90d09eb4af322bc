// A mistake in how the program was called, in one line that says what to do instead.
#pragma once

#include <stdexcept>

namespace leadverify::app {

/// Thrown and caught in app/ alone; what() is shown behind "leadverify: ", exit status 2.
class UsageError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

}  // namespace leadverify::app
