// The octets that a mail server sends, put together to replies however they are cut.
#include "smtp/reply.hpp"

#include "fuzz/target.hpp"

#include <algorithm>
#include <optional>
#include <string>

namespace leadverify::fuzz {
namespace {

struct Reading {
  std::vector<Reply> replies;
  std::optional<ReplyFault> fault;
  bool has_rest = false;
};

Reading read(const std::vector<std::string_view>& pieces, bool one_by_one) {
  ReplyReader reader;
  Reading reading;
  const auto take = [&] {
    while (auto reply = reader.next()) reading.replies.push_back(*std::move(reply));
  };
  for (const std::string_view piece : pieces) {
    reader.feed(piece);
    if (one_by_one) take();
  }
  take();
  reading.fault = reader.fault();
  reading.has_rest = reader.has_rest();
  return reading;
}

bool alike(const Reply& one, const Reply& other) {
  return one.code == other.code && one.enhanced == other.enhanced && one.text == other.text;
}

void check_alike(const Reading& one, const Reading& other) {
  require(std::ranges::equal(one.replies, other.replies, alike), "replies hang on no cut");
  require(one.fault == other.fault, "a fault hangs on no cut");
  require(one.fault || one.has_rest == other.has_rest, "what is left hangs on no cut");
}

void check(const Reply& reply) {
  require(reply.code >= 200 && reply.code <= 599, "a code is one of 200 to 599");
  require(reply.text.size() <= 64 * 1024, "a text has an end");
  require(std::ranges::count(reply.text, '\n') < 128, "a reply has at most 128 lines");
  require(std::ranges::count(reply.text, '\r') == 0, "no text holds a CR");
  require(!reply.enhanced || reply.enhanced->klass == reply.klass(), "one class in a reply");
}

/// The reply as a server would have sent it, in the fewest octets.
std::string written(const Reply& reply) {
  std::string octets;
  std::string_view rest = reply.text;
  while (true) {
    const std::size_t end = rest.find('\n');
    const std::string_view line = rest.substr(0, end);
    octets += std::to_string(reply.code) + (end == std::string_view::npos ? " " : "-");
    octets += line;
    octets += '\n';
    if (end == std::string_view::npos) return octets;
    rest.remove_prefix(end + 1);
  }
}

void run(Octets octets) {
  const std::string_view text = as_text(octets);
  const Reading whole = read({text}, false);
  check_alike(whole, read(cut(text), true));
  check_alike(whole, read(cut(text), false));

  for (const Reply& reply : whole.replies) {
    check(reply);
    if (reply.enhanced) continue;
    const std::string again = written(reply);
    const Reading second = read({again}, false);
    require(second.replies.size() == 1 && alike(second.replies.front(), reply),
            "a reply that is written is read as it was");
  }
}

const Registration registration({.name = "reply", .run = run});

}  // namespace
}  // namespace leadverify::fuzz
