// What lists know of an address besides its syntax: roles, throw-away and free mailboxes, slips of
// the keyboard (pure).
//
// The lists are texts that people read and correct (docs/lists.md). What they say of an address is
// no verdict: it never changes a status.
#pragma once

#include <leadverify/options.hpp>

#include "address/name_set.hpp"
#include "address/slip_table.hpp"
#include "base/expected.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace leadverify {

class Lists {
 public:
  /// The lists of `texts`, and the built-in one for each that is absent. The error is a sentence
  /// that names the list and the line; it quotes 80 octets of the text at most.
  static Expected<Lists, std::string> make(const ListTexts& texts);

  /// Is it an office and no person that has this local part (RFC 2142, and common ones)? What
  /// follows a + is left out, quotes and case don't count; LIST-request and owner-LIST are roles
  /// whatever the list (RFC 2142 §6).
  bool is_role(std::string_view local_part) const;

  // Domains are given in lower case and A-labels; an address literal is on no list.

  /// Does the domain, or one that it is below, hand out throw-away mailboxes?
  bool is_disposable(std::string_view domain) const;

  /// Does it hand out free mailboxes, or such as come with a private connection?
  bool is_free(std::string_view domain) const;

  /// The domain that was meant, if `domain` is a slip that the list names.
  std::optional<std::string> known_slip(std::string_view domain) const;

  /// The well-known domain that `domain` is nearly, if it is not well-known itself.
  std::optional<std::string> nearest(std::string_view domain) const;

 private:
  NameSet disposable_;
  NameSet free_;
  NameSet role_;
  SlipTable slips_;
};

/// The texts of the lists that come with the library (lib/address/lists).
struct BuiltInLists {
  std::string_view disposable;
  std::string_view free;
  std::string_view role;
  std::string_view typos;
};
BuiltInLists built_in_lists();

}  // namespace leadverify
