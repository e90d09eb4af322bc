// How the input is written, as far as the options tell.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace leadverify::app {

enum class InputFormat : std::uint8_t {
  by_name,  // `auto`: by the extension of each file's name
  text,     // one address a line
  csv,      // RFC 4180, or with other delimiters
  jsonl,    // an object or a string a line
};

/// Which columns, or keys, of the input go into the records.
struct Keep {
  bool all = false;
  std::vector<std::string> columns = {};  // by name, or by number from 1; not with `all`

  bool any() const { return all || !columns.empty(); }
};

struct Dialect {
  InputFormat format = InputFormat::by_name;
  std::optional<std::string> column = {};  // that holds the address: a name, or a number from 1
  std::optional<char> delimiter = {};      // absent: found out from the first row
  bool header = true;                      // is the first row one of names?
  Keep keep = {};
  bool same_columns = false;  // do all files have to keep the same columns?
};

/// The format of `file`: the one that was asked for, or else what its name ends with.
InputFormat format_of(std::string_view file, InputFormat asked);

}  // namespace leadverify::app
