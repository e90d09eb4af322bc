// One mailbox as work: what is to be asked about it, and what was heard so far (pure).
#pragma once

#include "base/ip.hpp"
#include "base/time.hpp"
#include "verdict/judge.hpp"

#include <cstdint>
#include <optional>
#include <string>

namespace leadverify {

struct Recipient {
  std::uint64_t id = 0;         // whose Settlement it will be; 0: a domain's random recipient
  std::string address;          // local-part@domain, a forward-path without angle brackets
  bool needs_smtputf8 = false;  // RFC 6531

  int attempts = 0;         // trips on which a server was asked about it
  int retries = 0;          // of which after a temporary refusal
  int losses = 0;           // sessions that broke while the server had its RCPT, or in which
                            // answers got out of step
  Duration spent{0};        // that the DNS and mail servers took over it
  bool is_sent = false;     // an RCPT for it left, and no answer has come
  bool greylisted = false;  // it was, at least once
  bool put_off = false;     // the last refusal was temporary and gave no cause
  bool new_sender = false;  // the null reverse-path was refused: ask with the other one
};

/// Where a word was heard.
struct Whereabouts {
  std::string exchange;              // host name
  std::optional<IpAddress> address;  // absent: no address of it was found
};

/// What asking about a recipient brought, and where.
struct Answer {
  Recipient recipient;
  Finding finding;
  Whereabouts where;
};

/// The last word on a recipient.
struct Settlement {
  Recipient recipient;
  Judgement judgement;
  std::optional<Finding> finding;  // what it rests on; absent where no server was asked
  Whereabouts where;
  Stage stage = Stage::dns;  // how far the look came
  std::string error;         // a sentence for a person; empty: nothing to add
};

/// A fault of this program's own kept it from being asked, or its answer from being heard.
Settlement settled_by_our_fault(Recipient recipient);

}  // namespace leadverify
