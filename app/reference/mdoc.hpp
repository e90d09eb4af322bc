// Plain words as the language of man pages writes them, mdoc(7).
#pragma once

#include <string>
#include <string_view>

namespace leadverify::app {

/// `text` for the line of a macro: what roff would read as something else is escaped, and a hyphen
/// stays the sign that it is.
std::string literal(std::string_view text);

/// `text` as lines of prose, each sentence on lines of its own, as roff wants it; with a full
/// stop at its end.
std::string paragraph(std::string_view text);

}  // namespace leadverify::app
