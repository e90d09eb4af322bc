// An address as it came in: to a mailbox, to the command that asks for it, and back.
#include "address/mailbox.hpp"

#include "address/domain_name.hpp"
#include "base/utf8.hpp"
#include "fuzz/target.hpp"
#include "smtp/command.hpp"

#include <algorithm>
#include <string>

namespace leadverify::fuzz {
namespace {

bool has_control(std::string_view text) {
  return std::ranges::any_of(
      text, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; });
}

void check_fault(std::string_view text, const SyntaxFault& fault) {
  require(!fault.what.empty(), "a fault says what is wrong");
  require(!has_control(fault.what) && !find_broken_utf8(fault.what), "a fault can be shown");
  const std::string_view sound = text.substr(0, find_broken_utf8(text).value_or(text.size()));
  require(fault.column >= 1 && fault.column <= count_characters(sound) + 1,
          "a fault's column is in the text");
}

void check_domain(const Mailbox& mailbox) {
  require(is_ascii(mailbox.domain), "a domain is A-labels");
  require(mailbox.domain.size() <= 255, "a domain has at most 255 octets");
  if (mailbox.literal) return;
  const auto again = normalise_domain(mailbox.domain);
  require(again && *again == mailbox.domain, "a normalised domain is normal");
  require(is_helo_name(mailbox.domain), "a mail domain is a host name");
}

/// What stands between the angle brackets of the command that asks for the mailbox.
std::string_view path_in(std::string_view command) {
  const std::size_t open = command.find('<');
  return command.substr(open + 1, command.rfind('>') - open - 1);
}

void check_wire(const Mailbox& mailbox) {
  const auto command = write_command(Verb::rcpt, "<" + mailbox.address() + ">");
  require(command.has_value(), "every mailbox can be asked for");
  require(command->size() <= 512, "a command has at most 512 octets");
  require(command->ends_with("\r\n") && !has_control(command->substr(0, command->size() - 2)),
          "a command is one line");
  require(path_in(*command) == mailbox.address(), "the address is asked for as it is");
}

void run(Octets octets) {
  const std::string_view text = as_text(octets);
  const auto mailbox = parse_mailbox(text);
  if (!mailbox) return check_fault(text, mailbox.error());

  require(text.starts_with(mailbox->local_part + "@"), "the local part is as given");
  require(!mailbox->local_part.empty() && mailbox->local_part.size() <= 64,
          "a local part has 1 to 64 octets");
  require(mailbox->address().size() <= 254, "an address has at most 254 octets");
  require(mailbox->needs_smtputf8 != is_ascii(mailbox->local_part), "SMTPUTF8 is for UTF-8");
  check_domain(*mailbox);
  check_wire(*mailbox);

  const auto again = parse_mailbox(mailbox->address());
  require(again && again->address() == mailbox->address() && again->literal == mailbox->literal,
          "a mailbox that is written is read as it was");
}

const Registration registration({.name = "mailbox", .run = run});

}  // namespace
}  // namespace leadverify::fuzz
