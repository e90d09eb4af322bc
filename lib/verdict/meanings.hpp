// What phrases of a reply can mean: whom a clause is about, what it says of that, or both at once.
//
// A clause such as "recipient address rejected" has a Subject and a State, and clause_table.hpp
// says what the two come to. Where a phrase says it all ("too many connections"), it is an idiom,
// and carries a Claim of its own.
#pragma once

#include <leadverify/verdict.hpp>

#include "verdict/phrase_book.hpp"

#include <cstdint>
#include <span>

namespace leadverify {

/// What a clause is about.
enum class Subject : std::uint8_t {
  mailbox,       // the recipient: user, account, mailbox
  address,       // an address; whose, the rest says
  domain,        // a domain; whose, the rest says
  host,          // some host
  sender,        // our reverse-path, its domain, or what is said to be ours: "your address"
  client,        // our IP address or host
  connection,    // ours to the server
  helo,          // what we said at EHLO or HELO
  ptr,           // our PTR record
  sender_check,  // SPF, DKIM, DMARC
  login,         // authentication
  encryption,    // TLS
  relay,
  message,  // its contents, headers, attachments
  command,  // one of ours, or its parameters
  system,   // the server, or what lies behind it
  list,     // a group or mailing list
};

/// What a clause says of its subject.
enum class State : std::uint8_t {
  absent,       // unknown, not found, no such
  invalid,      // not valid, bad
  unverified,   // could not be verified: for now, or for good
  disabled,     // suspended, inactive, closed
  locked,       // blocked, restricted: of an account, or of a client
  full,         // over quota
  unavailable,  // not available, cannot be reached
  rejected,     // refused, denied, not accepted
  listed,       // on a list of the unwanted
  too_many,     // over a limit of number or rate
  failed,       // error, failure
  required,     // must be, is missing
};

/// How much a phrase or a code says. Of several claims the strongest wins.
enum class Strength : std::uint8_t {
  code,      // the reply code alone
  hint,      // an enhanced status that says little, or a vague word
  vague,     // words that can mean several things
  status,    // an enhanced status that says what it is about
  clear,     // words that say it
  strong,    // words that say whose fault it is
  decisive,  // words, or a provider's id, that can mean nothing else
};

/// That a reply was given for `reason`.
struct Claim {
  Reason reason = Reason::unspecified;
  Strength strength = Strength::code;

  friend bool operator==(const Claim&, const Claim&) = default;
};

/// Remarks that are no claims, but change what others are worth.
enum class Remark : std::uint8_t {
  aside,      // advice follows, up to the end of the sentence: "for more information"
  temporary,  // it is said to pass: "temporarily", "later"
  to_mail,    // the reply quotes the MAIL command it was given to
  callout,    // whoever replies asked for our own address, at our own server
  room,       // how much a mailbox may hold
  measure,    // how much of anything: a word that need not speak of room
  rate,       // how much may come in a time or from one sender
};

constexpr std::uint16_t meaning_of(Subject subject) {
  return static_cast<std::uint16_t>(subject);
}
constexpr std::uint16_t meaning_of(State state) {
  return static_cast<std::uint16_t>(100 + static_cast<int>(state));
}
constexpr std::uint16_t meaning_of(Remark remark) {
  return static_cast<std::uint16_t>(200 + static_cast<int>(remark));
}
constexpr std::uint16_t meaning_of(Claim claim) {
  return static_cast<std::uint16_t>(1000 + static_cast<int>(claim.reason) * 8 +
                                    static_cast<int>(claim.strength));
}
constexpr bool is_subject(std::uint16_t meaning) {
  return meaning < 100;
}
constexpr bool is_state(std::uint16_t meaning) {
  return meaning >= 100 && meaning < 200;
}
constexpr bool is_remark(std::uint16_t meaning) {
  return meaning >= 200 && meaning < 1000;
}
constexpr bool is_claim(std::uint16_t meaning) {
  return meaning >= 1000;
}
constexpr Subject subject_of(std::uint16_t meaning) {
  return static_cast<Subject>(meaning);
}
constexpr State state_of(std::uint16_t meaning) {
  return static_cast<State>(meaning - 100);
}
constexpr Remark remark_of(std::uint16_t meaning) {
  return static_cast<Remark>(meaning - 200);
}
constexpr Claim claim_of(std::uint16_t meaning) {
  return {static_cast<Reason>((meaning - 1000) / 8), static_cast<Strength>((meaning - 1000) % 8)};
}

/// The words for subjects and for states, in twenty languages and more.
std::span<const PhraseEntry> subject_phrases();
std::span<const PhraseEntry> state_phrases();

/// The remarks.
std::span<const PhraseEntry> remark_phrases();

/// The idioms, by what they speak of.
std::span<const PhraseEntry> time_idioms();
std::span<const PhraseEntry> our_idioms();
std::span<const PhraseEntry> address_idioms();
std::span<const PhraseEntry> server_idioms();

}  // namespace leadverify
