#include "app/base/message.hpp"

#include <leadverify/json_line.hpp>

namespace leadverify::app {
namespace {

// Room for two names of files, as long as the system has them.
constexpr std::size_t longest_message = 8 * 1024;

}  // namespace

std::string message_line(std::string_view words) {
  return safe_text(words, longest_message) + "\n";
}

}  // namespace leadverify::app
