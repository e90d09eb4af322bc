// What the input says: local-part@domain as RFC 5321 §4.1.2 and RFC 6531 §3.3 write it.
//
// RFC 5322's comments, folding white space and obsolete forms are refused: they
// belong to message headers and cannot be sent in a RCPT command.
#pragma once

#include "address/domain_name.hpp"
#include "base/expected.hpp"
#include "base/ip.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace leadverify {

/// Why a text is not a mailbox.
struct SyntaxFault {
  std::string what;        // a sentence for a person, without the column
  std::size_t column = 1;  // 1-based, in characters (code points) of the text, where it shows
};

/// "nothing before the @ (column 1)"
std::string to_string(const SyntaxFault& fault);

struct Mailbox {
  std::string local_part;            // as given, quotes and all; at most 64 octets
  std::string domain;                // lower case, A-labels; an address literal with its brackets
  std::optional<IpAddress> literal;  // the address of an address literal
  bool needs_smtputf8 = false;       // the local part is not ASCII (RFC 6531)

  /// local_part@domain: the forward-path of a RCPT command without its angle brackets.
  std::string address() const { return local_part + "@" + domain; }
};

/// Reads one mailbox: exactly `text`, without white space around it. Limits: local part 64
/// octets, domain 255, the whole 254 (RFC 5321 §4.5.3.1, erratum 1690 to RFC 3696), counted
/// after the domain became A-labels.
Expected<Mailbox, SyntaxFault> parse_mailbox(std::string_view text);

}  // namespace leadverify
