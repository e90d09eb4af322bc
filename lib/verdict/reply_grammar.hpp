// What the words of a reply claim: idioms at their word, and clauses by subject and state.
#pragma once

#include "verdict/meanings.hpp"
#include "verdict/reply_text.hpp"

#include <optional>

namespace leadverify {

struct WordReading {
  std::optional<Claim> claim;  // the strongest; absent: the words say nothing that is known
  bool only_invalid = false;   // it rests on a word such as "invalid", which is said of mailboxes
                               // that are not there as well as of names that can't be
  bool recipient_refused = false;  // they say that the recipient is refused
  bool names_ours = false;         // they speak of the sender, our HELO name or PTR record
  bool brief = false;              // they are four or fewer: nothing was missed
  bool temporary = false;          // they say that it will pass
  bool room = false;               // they speak of how much something may hold
  bool sender_asked = false;       // they quote a MAIL command, so they are about the sender
};

WordReading read_meaning(const ReplyText& text);

}  // namespace leadverify
