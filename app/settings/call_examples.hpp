// The calls that --help and the man page begin with.
#pragma once

#include <array>
#include <string_view>

namespace leadverify::app {

struct CallExample {
  std::string_view call;
  std::string_view text;
};

inline constexpr std::array call_examples = {
    CallExample{"leadverify -o results.jsonl list.txt", "verify a list of addresses"},
    CallExample{"leadverify -o results.jsonl --resume list.txt", "go on where a run ended"},
    CallExample{"leadverify --format csv -o out.csv leads.csv", "read and write CSV"},
    CallExample{"grep @example.org list.txt | leadverify", "read standard input"},
    CallExample{"leadverify --check dns list.txt", "ask no mail server"},
    CallExample{"leadverify --doctor --probe-host mx.example.org", "look at this host"},
    CallExample{"leadverify --explain '550 5.1.1 No such user'", "say what a reply means"},
};

}  // namespace leadverify::app
