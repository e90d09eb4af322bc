#include "verdict/provider_ids.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace leadverify {

namespace {

/// Ids made of letters and a number: "IB607" is {"IB", 607}.
struct NumberedIds {
  std::string_view letters;
  unsigned first;
  unsigned last;
  Reason reason;
};

constexpr std::array numbered_ids = {
    // Outlook.com.
    NumberedIds{"S", 3140, 3150, Reason::blocked_ip},
    NumberedIds{"S", 8001, 8001, Reason::client_identity},
    NumberedIds{"S", 8002, 8002, Reason::sender_rejected},
    NumberedIds{"S", 77714, 77719, Reason::rate_limited},
    // GoDaddy (secureserver.net).
    NumberedIds{"IB", 7, 8, Reason::rate_limited},
    NumberedIds{"IB", 101, 101, Reason::try_again_later},
    NumberedIds{"IB", 102, 111, Reason::blocked_ip},
    NumberedIds{"IB", 112, 113, Reason::blocked_ip},
    NumberedIds{"IB", 212, 212, Reason::client_identity},
    NumberedIds{"IB", 504, 504, Reason::rate_limited},
    NumberedIds{"IB", 506, 507, Reason::policy},
    NumberedIds{"IB", 508, 508, Reason::sender_auth},
    NumberedIds{"IB", 510, 510, Reason::rate_limited},
    NumberedIds{"IB", 605, 607, Reason::rate_limited},
    // Yahoo and AOL.
    NumberedIds{"GL", 1, 1, Reason::greylisted},
    NumberedIds{"TS", 1, 9, Reason::blocked_ip},
    NumberedIds{"TSS", 1, 19, Reason::blocked_ip},
    NumberedIds{"BL", 21, 23, Reason::blocked_ip},
    NumberedIds{"PH", 1, 9, Reason::policy},
    // Comcast, Cox.
    NumberedIds{"BL", 0, 0, Reason::blocked_ip},
    NumberedIds{"BL", 1, 10, Reason::blocked_ip},
    NumberedIds{"RL", 1, 10, Reason::rate_limited},
    NumberedIds{"IPBL", 0, 9999, Reason::blocked_ip},
    NumberedIds{"URLBL", 0, 999, Reason::policy},
    // Exchange Online: it does not know whose the domain is, or in what region.
    NumberedIds{"ATTR", 1, 9, Reason::system_error},
    NumberedIds{"ATTR", 35, 35, Reason::system_error},
};

/// Ids of Orange and La Poste, by the three digits at their end: "OFR006_102", "LPN_416".
std::optional<Reason> french_id(unsigned number) {
  switch (number) {
    case 102:
    case 103:
    case 506: return number == 506 ? Reason::policy : Reason::blocked_ip;
    case 104:
    case 105:
    case 109: return Reason::rate_limited;
    case 401: return Reason::sender_auth;
    case 402: return Reason::auth_required;
    case 416: return Reason::user_unknown;
    case 417: return Reason::mailbox_full;
    case 426: return Reason::mailbox_disabled;
    default: return std::nullopt;
  }
}

/// Ids that are a word of their own. A mark before the word is a part of it.
struct WordId {
  std::string_view word;
  Reason reason;
};

constexpr std::array word_ids = {
    // Gmail: the page that a reply points to.
    WordId{"p=NoSuchUser", Reason::user_unknown},
    WordId{"p=DisabledUser", Reason::mailbox_disabled},
    WordId{"p=InactiveUser", Reason::mailbox_disabled},
    WordId{"p=OverQuota", Reason::mailbox_full},
    WordId{"p=ReceivingRate", Reason::rate_limited},
    WordId{"p=TooManyRecipients", Reason::rate_limited},
    WordId{"p=UnsolicitedIPError", Reason::blocked_ip},
    WordId{"p=UnsolicitedRateLimitError", Reason::blocked_ip},
    WordId{"p=BlockedMessage", Reason::policy},
    WordId{"p=UnsolicitedMessageError", Reason::policy},
    WordId{"p=UnauthenticatedMail", Reason::sender_auth},
    WordId{"p=UnauthenticatedError", Reason::sender_auth},
    WordId{"p=IPv6AuthError", Reason::sender_auth},
    WordId{"p=WantAuthError", Reason::auth_required},
    WordId{"p=AuthRequired", Reason::auth_required},
    // Exchange.
    WordId{"RESOLVER.ADR.RecipNotFound", Reason::user_unknown},
    WordId{"RESOLVER.ADR.ExRecipNotFound", Reason::user_unknown},
    WordId{"RESOLVER.ADR.RecipientNotFound", Reason::user_unknown},
    WordId{"RESOLVER.RST.", Reason::policy},
    WordId{"RESOLVER.GRP.", Reason::system_error},
    WordId{"QuotaExceeded", Reason::mailbox_full},
    WordId{"MapiExceptionShutoffQuotaExceeded", Reason::mailbox_full},
    WordId{"InfoDomainNonexistent", Reason::domain_unknown},
    WordId{"SMTPSEND.DNS.NonExistentDomain", Reason::domain_unknown},
    WordId{"QUEUE.Expired", Reason::system_error},
    WordId{"ROUTING.LoopDetected", Reason::system_error},
    // Cox.
    WordId{"CXBL", Reason::blocked_ip},
    WordId{"CXDNS", Reason::client_identity},
    WordId{"CXCNCT", Reason::rate_limited},
    WordId{"CXMXRT", Reason::rate_limited},
    WordId{"CXMJ", Reason::rate_limited},
    WordId{"CXTHRT", Reason::rate_limited},
    WordId{"CXSNDR", Reason::sender_rejected},
    // AOL, AT&T.
    WordId{"RLY:B", Reason::blocked_ip},
    WordId{"RLY:SN", Reason::sender_rejected},
    WordId{"RLY:NW", Reason::blocked_ip},
    WordId{"DYN:T", Reason::rate_limited},
    WordId{"DNS:B", Reason::client_identity},
    WordId{"DNS:NR", Reason::client_identity},
    WordId{"CON:B", Reason::blocked_ip},
    WordId{"RTR:B", Reason::blocked_ip},
    WordId{"HVU:B", Reason::policy},
    WordId{"DNSBL:ATTRBL", Reason::blocked_ip},
    WordId{"DNSBL:RBL", Reason::blocked_ip},
    // Hotmail of old.
    WordId{"OU-00", Reason::blocked_ip},
    WordId{"DY-00", Reason::blocked_ip},
    WordId{"SC-00", Reason::policy},
    WordId{"RP-00", Reason::rate_limited},
    // Charter.
    WordId{"AUP#I", Reason::blocked_ip},
    WordId{"AUP#O", Reason::blocked_ip},
    // NetEase.
    WordId{"DT:SP", Reason::policy},
    WordId{"DT:SUM", Reason::policy},
    WordId{"DT:RBL", Reason::blocked_ip},
    WordId{"HL:REP", Reason::blocked_ip},
    WordId{"HL:IPB", Reason::blocked_ip},
    WordId{"HL:IHU", Reason::blocked_ip},
    WordId{"HL:ICC", Reason::rate_limited},
    WordId{"HL:IFC", Reason::rate_limited},
    WordId{"HL:MEP", Reason::blocked_ip},
    WordId{"WM:BLI", Reason::blocked_ip},
    WordId{"WM:BLU", Reason::sender_rejected},
    WordId{"MI:SPF", Reason::sender_auth},
    WordId{"MI:DMA", Reason::sender_auth},
    WordId{"MI:SPB", Reason::sender_rejected},
    WordId{"MI:NHD", Reason::sender_rejected},
    WordId{"MI:STC", Reason::rate_limited},
    WordId{"MI:SFQ", Reason::rate_limited},
    WordId{"MI:DMC", Reason::rate_limited},
    WordId{"MI:CCL", Reason::rate_limited},
    WordId{"MI:CEL", Reason::rate_limited},
    WordId{"RP:CEL", Reason::rate_limited},
    WordId{"RP:CCL", Reason::rate_limited},
    WordId{"RP:DRC", Reason::rate_limited},
    WordId{"RP:QRC", Reason::rate_limited},
    WordId{"RP:TRC", Reason::rate_limited},
    WordId{"RP:RCL", Reason::rate_limited},
    WordId{"RP:FRL", Reason::relay_denied},
};

/// Who is shown to these pages is on a list of theirs.
constexpr std::array list_hosts = {
    WordId{"openspf.", Reason::sender_auth},
    WordId{"spf.pobox.com", Reason::sender_auth},
    WordId{"spamhaus.", Reason::blocked_ip},
    WordId{"spamcop.net", Reason::blocked_ip},
    WordId{"sorbs.net", Reason::blocked_ip},
    WordId{"barracudacentral.org", Reason::blocked_ip},
    WordId{"ipcheck.proofpoint", Reason::blocked_ip},
    WordId{"csi.cloudmark.com", Reason::blocked_ip},
    WordId{"senderscore.", Reason::blocked_ip},
    WordId{"mail-abuse.", Reason::blocked_ip},
    WordId{"abuseat.org", Reason::blocked_ip},
    WordId{"uceprotect.", Reason::blocked_ip},
    WordId{"mailspike.", Reason::blocked_ip},
    WordId{"invaluement.com", Reason::blocked_ip},
    WordId{"surriel.com", Reason::blocked_ip},
    WordId{"spamrats.com", Reason::blocked_ip},
    WordId{"senderbase.org", Reason::blocked_ip},
    WordId{"talosintelligence.com", Reason::blocked_ip},
    WordId{"backscatterer.org", Reason::blocked_ip},
    WordId{"njabl.org", Reason::blocked_ip},
    WordId{"dsbl.org", Reason::blocked_ip},
    WordId{"trendmicro.com/", Reason::blocked_ip},
    WordId{"spfbl.net", Reason::blocked_ip},
};

bool is_upper(char c) {
  return c >= 'A' && c <= 'Z';
}
bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
bool is_alphanumeric(char c) {
  return is_upper(c) || is_digit(c) || (c >= 'a' && c <= 'z');
}

/// Reads the id that `rest` begins with: capitals, then a number that ends a word.
std::optional<Reason> numbered_id(std::string_view rest) {
  std::size_t letters = 0;
  while (letters < rest.size() && is_upper(rest[letters])) ++letters;
  const std::string_view name = rest.substr(0, letters);
  rest.remove_prefix(letters);
  const bool french = name == "OFR" || name == "LPN";
  if (french) {
    // OFR_416, OFR006_102, LPN007_426
    const std::size_t mark = std::min(rest.find('_'), rest.size());
    if (mark > 3 || mark == rest.size()) return std::nullopt;
    rest.remove_prefix(mark + 1);
  }
  unsigned number = 0;
  const auto read = std::from_chars(rest.data(), rest.data() + rest.size(), number);
  if (read.ec != std::errc{}) return std::nullopt;
  rest.remove_prefix(static_cast<std::size_t>(read.ptr - rest.data()));
  if (!rest.empty() && is_alphanumeric(rest.front())) return std::nullopt;
  if (french) return french_id(number);
  for (const NumberedIds& ids : numbered_ids) {
    if (ids.letters == name && number >= ids.first && number <= ids.last) return ids.reason;
  }
  return std::nullopt;
}

std::optional<Reason> word_id(std::string_view rest) {
  for (const WordId& id : word_ids) {
    if (id.word[0] == rest[0] && rest.starts_with(id.word)) return id.reason;
  }
  return std::nullopt;
}

}  // namespace

std::optional<Claim> claim_of_provider_id(std::string_view text) {
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char c = text[at];
    if (!is_upper(c) && c != 'p') continue;
    if (at != 0 && is_alphanumeric(text[at - 1])) continue;
    const std::string_view rest = text.substr(at);
    if (const auto reason = word_id(rest)) return Claim{*reason, Strength::decisive};
    if (const auto reason = numbered_id(rest)) return Claim{*reason, Strength::decisive};
  }
  for (const WordId& host : list_hosts) {
    if (text.find(host.word) != std::string_view::npos) return Claim{host.reason, Strength::strong};
  }
  return std::nullopt;
}

}  // namespace leadverify
