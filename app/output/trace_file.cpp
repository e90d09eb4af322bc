#include "app/output/trace_file.hpp"

#include <leadverify/json_line.hpp>

#include <string>

namespace leadverify::app {

void TraceFile::write(const TraceLine& line) {
  if (full_) return;
  if (writer_.unwritten() >= limits_.unwritten) {
    ++left_out_;
    return;
  }
  TraceLine note{.at = line.at, .mx = {}, .mx_ip = {}, .text = {}};
  if (left_out_ > 0) {
    note.text = std::to_string(left_out_) + " lines are left out: the disk is too slow for them";
    left_out_ = 0;
    put(note);
  }
  full_ = octets_ >= limits_.octets;
  if (!full_) return put(line);
  note.text = "the trace ends here: it is as large as it may be";
  put(note);
}

void TraceFile::put(const TraceLine& line) {
  const std::string text = json_line(line);
  octets_ += text.size() + 1;
  writer_.write(text);
}

}  // namespace leadverify::app
