#include "verdict/clause_table.hpp"

namespace leadverify {

namespace {

std::optional<Claim> of_mailbox(State state) {
  switch (state) {
    case State::absent:
    case State::invalid: return Claim{Reason::user_unknown, Strength::strong};
    // For good where the reply is for good; a 4yz may only be waiting for an answer.
    case State::unverified: return Claim{Reason::user_unknown, Strength::vague};
    case State::disabled: return Claim{Reason::mailbox_disabled, Strength::strong};
    case State::locked: return Claim{Reason::mailbox_disabled, Strength::clear};
    case State::full: return Claim{Reason::mailbox_full, Strength::strong};
    // Said of mailboxes that never were, and of those that are busy: the code tells.
    case State::unavailable: return Claim{Reason::user_unknown, Strength::vague};
    case State::rejected: return Claim{Reason::unspecified, Strength::code};
    case State::listed: return Claim{Reason::policy, Strength::clear};
    case State::too_many: return Claim{Reason::rate_limited, Strength::clear};
    case State::failed: return Claim{Reason::system_error, Strength::vague};
    case State::required: return Claim{Reason::protocol_error, Strength::vague};
  }
  return std::nullopt;
}

std::optional<Claim> of_domain(State state) {
  switch (state) {
    case State::absent:
    case State::invalid:
    case State::disabled: return Claim{Reason::domain_unknown, Strength::clear};
    case State::unverified: return Claim{Reason::domain_unknown, Strength::vague};
    case State::locked:
    case State::rejected: return Claim{Reason::relay_denied, Strength::vague};
    case State::full: return Claim{Reason::mailbox_full, Strength::clear};
    case State::unavailable: return Claim{Reason::try_again_later, Strength::vague};
    case State::listed: return Claim{Reason::sender_rejected, Strength::clear};
    case State::too_many: return Claim{Reason::rate_limited, Strength::clear};
    case State::failed: return Claim{Reason::system_error, Strength::vague};
    case State::required: return std::nullopt;
  }
  return std::nullopt;
}

std::optional<Claim> of_client(State state) {
  switch (state) {
    case State::absent:
    case State::unverified:
    case State::invalid: return Claim{Reason::client_identity, Strength::clear};
    case State::disabled:
    case State::locked:
    case State::rejected:
    case State::listed: return Claim{Reason::blocked_ip, Strength::strong};
    case State::full:
    case State::too_many: return Claim{Reason::rate_limited, Strength::clear};
    case State::unavailable: return std::nullopt;
    case State::failed: return Claim{Reason::blocked_ip, Strength::vague};
    case State::required: return Claim{Reason::client_identity, Strength::vague};
  }
  return std::nullopt;
}

std::optional<Claim> of_connection(State state) {
  switch (state) {
    case State::rejected:
    case State::locked:
    case State::listed: return Claim{Reason::blocked_ip, Strength::strong};
    case State::full:
    case State::too_many: return Claim{Reason::rate_limited, Strength::clear};
    case State::failed:
    case State::disabled:
    case State::unavailable: return Claim{Reason::system_error, Strength::vague};
    default: return std::nullopt;
  }
}

std::optional<Claim> of_message(State state) {
  switch (state) {
    case State::locked:
    case State::rejected:
    case State::invalid: return Claim{Reason::policy, Strength::clear};
    // Messages are on no list; whoever sends them is.
    case State::listed: return Claim{Reason::blocked_ip, Strength::strong};
    case State::too_many: return Claim{Reason::rate_limited, Strength::clear};
    case State::full: return Claim{Reason::policy, Strength::vague};
    default: return std::nullopt;
  }
}

std::optional<Claim> of_system(State state) {
  switch (state) {
    case State::full:
    case State::failed: return Claim{Reason::system_error, Strength::clear};
    case State::unavailable:
    case State::disabled: return Claim{Reason::try_again_later, Strength::vague};
    case State::too_many: return Claim{Reason::rate_limited, Strength::vague};
    case State::listed: return Claim{Reason::blocked_ip, Strength::strong};
    case State::locked:
    case State::rejected: return Claim{Reason::policy, Strength::vague};
    default: return std::nullopt;
  }
}

/// Whatever is said of it, the fault lies there; but a limit is a limit.
Claim fault_of(Reason reason, State state, Strength strength) {
  if (state == State::too_many) return {Reason::rate_limited, Strength::clear};
  return {reason, strength};
}

}  // namespace

std::optional<Claim> claim_of(Subject subject, State state) {
  switch (subject) {
    case Subject::mailbox: return of_mailbox(state);
    case Subject::address:
      // An account is locked for good; an address can be on a list of the unwanted.
      if (state == State::locked) return Claim{Reason::policy, Strength::vague};
      return of_mailbox(state);
    case Subject::domain: return of_domain(state);
    case Subject::host:
      if (state == State::rejected || state == State::locked || state == State::listed) {
        return Claim{Reason::blocked_ip, Strength::clear};
      }
      return of_domain(state);
    case Subject::sender:
      if (state == State::required) return Claim{Reason::sender_rejected, Strength::clear};
      // Who sends has a quota of messages.
      if (state == State::full) return Claim{Reason::rate_limited, Strength::clear};
      return fault_of(Reason::sender_rejected, state, Strength::strong);
    case Subject::client: return of_client(state);
    case Subject::connection: return of_connection(state);
    case Subject::helo: return fault_of(Reason::client_identity, state, Strength::strong);
    case Subject::ptr:
      if (state == State::listed || state == State::locked) {
        return Claim{Reason::blocked_ip, Strength::strong};
      }
      return fault_of(Reason::client_identity,
                      state,
                      state == State::rejected ? Strength::clear : Strength::strong);
    case Subject::sender_check: return fault_of(Reason::sender_auth, state, Strength::strong);
    case Subject::login: return fault_of(Reason::auth_required, state, Strength::strong);
    case Subject::encryption: return fault_of(Reason::tls_required, state, Strength::clear);
    case Subject::relay: return fault_of(Reason::relay_denied, state, Strength::clear);
    case Subject::message: return of_message(state);
    case Subject::command: return fault_of(Reason::protocol_error, state, Strength::clear);
    case Subject::system: return of_system(state);
    case Subject::list:
      if (state == State::rejected || state == State::locked || state == State::required) {
        return Claim{Reason::policy, Strength::clear};
      }
      return of_mailbox(state);
  }
  return std::nullopt;
}

}  // namespace leadverify
