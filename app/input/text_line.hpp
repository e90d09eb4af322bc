// The lines of a text, and the address that a line or a field holds.
//
// Lines end with LF or CRLF, the last one also with the text. However the octets come in,
// in one piece or one by one, the lines are the same.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace leadverify::app {

struct Line {
  std::uint64_t number = 0;  // from 1
  std::string text;          // without its end and the white space around it; any octets
  bool cut = false;          // it was longer, and `text` is its beginning
};

class LineCutter {
 public:
  /// Of each line at most `longest` octets are kept, white space around it not counted.
  explicit LineCutter(std::size_t longest) : longest_(longest) {}

  /// Takes octets from the front of `octets` until a line ends, or none is left; the line
  /// if one ended.
  std::optional<Line> next(std::string_view& octets);

  /// After the last octet: the line that ends with the text, if there is one.
  std::optional<Line> last();

 private:
  void append(std::string_view part);
  Line take();

  std::size_t longest_;
  std::uint64_t number_ = 0;
  std::string kept_;
  bool begun_ = false;  // an octet of the line was seen
  bool cut_ = false;
};

/// The address in a field: the field itself, without white space around it and a "mailto:"
/// before it, or what stands in its angle brackets behind an optional display name.
std::string_view address_in(std::string_view text);

}  // namespace leadverify::app
