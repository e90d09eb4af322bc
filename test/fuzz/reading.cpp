// What a server says of a recipient, read as what it means.
#include <leadverify/reply_reading.hpp>

#include "fuzz/target.hpp"

#include <array>
#include <optional>
#include <string>

namespace leadverify::fuzz {
namespace {

constexpr std::array before_rcpt = {
    Stage::connect, Stage::banner, Stage::ehlo, Stage::starttls, Stage::mail};
constexpr std::array codes = {252, 354, 421, 450, 501, 535, 550, 554};

// As much as a reply can have.
constexpr std::size_t longest_text = 64 * 1024;

bool is_invalid(const ReplyReading& reading) {
  return status_of(reading.reason) == Status::invalid;
}

void check(const HeardReply& reply, const ReplyReading& reading) {
  const int klass = reply.code / 100;
  if (klass == 2) {
    require(reading.reason == Reason::accepted || reading.reason == Reason::unspecified,
            "2yz refuses nobody");
  } else {
    require(reading.reason != Reason::accepted, "only 2yz accepts");
  }
  require(klass != 3 || reading.reason == Reason::protocol_error, "3yz answers no command of ours");
  require(!reading.retry_after || klass == 4, "only a 4yz states a wait");
  require(!reading.retry_after || reading.retry_after->count() >= 0, "a wait is ahead");
  require(
      reading.about == About::recipient || reading.about == About::domain || !is_invalid(reading),
      "a reply about us is never invalid");
  require(reply.code != 421 || !is_invalid(reading), "a 421 says nothing of a mailbox");
  require(!reply.stage || *reply.stage == Stage::rcpt || !is_invalid(reading),
          "before RCPT nothing is said of a mailbox");
}

ReplyReading check(int code,
                   std::string_view text,
                   std::optional<Stage> stage,
                   std::string_view host) {
  const HeardReply reply{
      .code = code, .enhanced = std::nullopt, .text = text, .stage = stage, .exchange = host};
  const ReplyReading reading = read_reply(reply);
  check(reply, reading);
  return reading;
}

void check_everywhere(std::string_view text, std::string_view host) {
  for (const int code : codes) check(code, text, Stage::rcpt, host);
  for (const Stage stage : before_rcpt) check(550, text, stage, host);
  const ReplyReading unplaced = check(450, text, std::nullopt, host);
  require(check(450, text, std::nullopt, host) == unplaced, "a reply says the same twice");
}

/// Two units: the text, and the server's name. A text that begins with '*' is repeated as long as
/// a reply can be.
void run(Octets octets) {
  const auto units = split_units(as_text(octets), 2);
  const std::string_view text = units.front();
  check_everywhere(text, unit_at(units, 1));
  if (!text.starts_with('*') || text.size() < 2) return;

  std::string repeated;
  while (repeated.size() < longest_text) repeated += text.substr(1);
  check(550, repeated, Stage::rcpt, {});
}

const Registration registration({.name = "reading", .run = run});

}  // namespace
}  // namespace leadverify::fuzz
