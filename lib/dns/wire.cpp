#include "dns/wire.hpp"

#include "base/expected.hpp"
#include "dns/wire_reader.hpp"

#include <algorithm>
#include <limits>
#include <optional>
#include <utility>
#include <vector>

namespace leadverify {
namespace {

using Octets = std::span<const std::uint8_t>;

constexpr std::uint16_t type_a = 1;
constexpr std::uint16_t type_ns = 2;
constexpr std::uint16_t type_cname = 5;
constexpr std::uint16_t type_soa = 6;
constexpr std::uint16_t type_ptr = 12;
constexpr std::uint16_t type_mx = 15;
constexpr std::uint16_t type_txt = 16;
constexpr std::uint16_t type_aaaa = 28;
constexpr std::uint16_t class_in = 1;

constexpr std::size_t most_records = 100;  // of one name that are used

constexpr int most_aliases = 16;  // CNAME records followed; BIND and Unbound stop before that

struct Header {
  bool is_response = false;
  bool is_truncated = false;
  bool offers_recursion = false;
  ResponseCode code = ResponseCode::no_error;
  std::uint16_t questions = 0;
  std::uint16_t answers = 0;
  std::uint16_t authorities = 0;
};

/// A record of class IN.
struct Record {
  std::string owner;
  std::uint16_t type = 0;
  std::uint32_t ttl = 0;
  std::size_t content_at = 0;  // of the RDATA in the message
  Octets content;
};

struct Message {
  Header header;
  std::vector<Record> answers;
  std::vector<Record> authorities;
};

/// The records of one type at the end of the CNAME chain, or why there are none.
struct RecordSet {
  DnsStatus status = DnsStatus::failed;
  std::vector<Record> records;
  std::uint32_t ttl = 0;
  std::string error;
};

RecordSet failure(std::string error) {
  return {.status = DnsStatus::failed, .records = {}, .ttl = 0, .error = std::move(error)};
}

std::optional<Header> read_header(WireReader& reader) {
  const auto id = reader.u16();
  const auto flags = reader.u16();
  const auto questions = reader.u16();
  const auto answers = reader.u16();
  const auto authorities = reader.u16();
  const auto additionals = reader.u16();
  if (!id || !additionals) return std::nullopt;
  return Header{.is_response = (*flags & 0x8000) != 0,
                .is_truncated = (*flags & 0x0200) != 0,
                .offers_recursion = (*flags & 0x0080) != 0,
                .code = static_cast<ResponseCode>(*flags & 0x000F),
                .questions = *questions,
                .answers = *answers,
                .authorities = *authorities};
}

/// A TTL with its highest bit set is none (RFC 2181 §8).
std::uint32_t sane_ttl(std::uint32_t ttl) {
  return ttl > 0x7FFF'FFFF ? 0 : ttl;
}

/// The next `count` records, those of other classes left out; absent: malformed.
std::optional<std::vector<Record>> read_records(WireReader& reader, int count) {
  std::vector<Record> records;
  for (int i = 0; i < count; ++i) {
    auto owner = reader.name();
    if (!owner) return std::nullopt;
    const auto type = reader.u16();
    const auto record_class = reader.u16();
    const auto ttl = reader.u32();
    const auto size = reader.u16();
    if (!size) return std::nullopt;
    const std::size_t content_at = reader.offset();
    const auto content = reader.octets(*size);
    if (!content) return std::nullopt;
    if (*record_class != class_in) continue;
    records.push_back({.owner = std::move(*owner),
                       .type = *type,
                       .ttl = sane_ttl(*ttl),
                       .content_at = content_at,
                       .content = *content});
  }
  return records;
}

/// The domain name that ends a record's content, after `before` octets; absent: malformed.
std::optional<std::string> name_in(Octets message, const Record& record, std::size_t before) {
  const std::size_t end = record.content_at + record.content.size();
  WireReader reader(message.first(end), record.content_at + before);
  auto name = reader.name();
  if (!name || reader.offset() != end) return std::nullopt;
  return name;
}

const Record* find(const std::vector<Record>& records, std::string_view owner, std::uint16_t type) {
  const auto found = std::ranges::find_if(
      records, [&](const Record& record) { return record.type == type && record.owner == owner; });
  return found == records.end() ? nullptr : &*found;
}

bool has_type(const std::vector<Record>& records, std::uint16_t type) {
  return std::ranges::find(records, type, &Record::type) != records.end();
}

/// How long "there is none" may be believed (RFC 2308 §5); 0 where no SOA says.
std::uint32_t negative_ttl(Octets message, const std::vector<Record>& authorities) {
  const auto soa = std::ranges::find(authorities, type_soa, &Record::type);
  if (soa == authorities.end()) return 0;
  WireReader reader(message.first(soa->content_at + soa->content.size()), soa->content_at);
  const auto primary = reader.name();
  const auto mailbox = primary ? reader.name() : std::nullopt;
  const auto serial_to_expire = mailbox ? reader.octets(16) : std::nullopt;
  const auto minimum = serial_to_expire ? reader.u32() : std::nullopt;
  if (!minimum) return 0;
  return std::min(soa->ttl, sane_ttl(*minimum));
}

/// Does an answer without records say that there are none (RFC 2308 §2.2)? A referral does not,
/// nor does a CNAME whose target a server without recursion has not looked up. Resolvers that
/// leave out the SOA, as systemd-resolved does, are believed.
bool is_denial(const Message& message, bool after_alias) {
  if (has_type(message.authorities, type_soa)) return true;
  if (has_type(message.authorities, type_ns)) return false;
  return message.header.offers_recursion || !after_alias;
}

std::string lower_case(std::string_view text) {
  std::string lower(text);
  for (char& c : lower) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return lower;
}

/// The character-strings of a TXT record, one behind the other (RFC 1035 §3.3); absent: malformed.
std::optional<std::string> join_strings(Octets content) {
  if (content.empty()) return std::nullopt;
  std::string text;
  WireReader reader(content);
  while (reader.offset() < content.size()) {
    const auto length = reader.octet();
    const auto octets = length ? reader.octets(*length) : std::nullopt;
    if (!octets) return std::nullopt;
    text.append(octets->begin(), octets->end());
  }
  return text;
}

/// The whole message, if it is an answer to this question; else what is wrong, as a sentence.
Expected<Message, std::string> read_message(Octets octets,
                                            std::string_view name,
                                            std::uint16_t type) {
  WireReader reader(octets);
  const auto header = read_header(reader);
  if (!header || !header->is_response) return Unexpected<std::string>("no DNS answer");
  if (header->code != ResponseCode::no_error && header->code != ResponseCode::name_error) {
    return Unexpected(to_string(header->code));
  }
  if (header->is_truncated) return Unexpected<std::string>("a truncated answer");

  const auto asked_name = header->questions == 1 ? reader.name() : std::nullopt;
  const auto asked_type = asked_name ? reader.u16() : std::nullopt;
  const auto asked_class = asked_type ? reader.u16() : std::nullopt;
  if (!asked_class || *asked_name != lower_case(name) || *asked_type != type ||
      *asked_class != class_in) {
    return Unexpected<std::string>("an answer to another question");
  }

  auto answers = read_records(reader, header->answers);
  auto authorities = answers ? read_records(reader, header->authorities) : std::nullopt;
  if (!authorities) return Unexpected<std::string>("a malformed answer");
  return Message{*header, std::move(*answers), std::move(*authorities)};
}

/// The records of `type` for `name`, or for what its CNAME records lead to.
RecordSet read_record_set(Octets octets, std::string_view name, std::uint16_t type) {
  const auto message = read_message(octets, name, type);
  if (!message) return failure(message.error());

  std::string owner = lower_case(name);
  std::uint32_t ttl = std::numeric_limits<std::uint32_t>::max();
  int aliases = 0;
  while (const Record* alias = find(message->answers, owner, type_cname)) {
    auto target = name_in(octets, *alias, 0);
    if (!target) return failure("a malformed CNAME record");
    if (++aliases > most_aliases) return failure("a CNAME loop, or a chain too long to follow");
    ttl = std::min(ttl, alias->ttl);
    owner = std::move(*target);
  }

  RecordSet set;
  if (message->header.code == ResponseCode::name_error) {
    set.status = DnsStatus::nxdomain;
    set.ttl = std::min(ttl, negative_ttl(octets, message->authorities));
    return set;
  }
  for (const Record& record : message->answers) {
    if (record.type != type || record.owner != owner) continue;
    set.records.push_back(record);
    ttl = std::min(ttl, record.ttl);
  }
  if (!set.records.empty()) {
    set.status = DnsStatus::ok;
    set.ttl = ttl;
    return set;
  }
  if (!is_denial(*message, aliases > 0)) return failure("an answer that does not know the name");
  set.status = DnsStatus::no_data;
  set.ttl = std::min(ttl, negative_ttl(octets, message->authorities));
  return set;
}

template <class Answer>
Answer answer_without_records(const RecordSet& set) {
  Answer answer;
  answer.status = set.status;
  answer.ttl = std::chrono::seconds(set.ttl);
  answer.error = set.error;
  return answer;
}

/// The records that are used of what may be many.
std::span<const Record> first_records(const RecordSet& set) {
  return std::span(set.records).first(std::min(set.records.size(), most_records));
}

}  // namespace

ResponseCode response_code(Octets message) {
  WireReader reader(message);
  const auto header = read_header(reader);
  return header ? header->code : ResponseCode::server_failure;
}

std::string to_string(ResponseCode code) {
  switch (code) {
    case ResponseCode::no_error: return "NOERROR";
    case ResponseCode::format_error: return "FORMERR";
    case ResponseCode::server_failure: return "SERVFAIL";
    case ResponseCode::name_error: return "NXDOMAIN";
    case ResponseCode::not_implemented: return "NOTIMP";
    case ResponseCode::refused: return "REFUSED";
  }
  return "response code " + std::to_string(static_cast<int>(code));
}

MxAnswer read_mx_answer(Octets message, std::string_view name) {
  const RecordSet set = read_record_set(message, name, type_mx);
  auto answer = answer_without_records<MxAnswer>(set);
  for (const Record& record : set.records) {
    const auto preference = WireReader(record.content).u16();
    auto exchange = preference ? name_in(message, record, 2) : std::nullopt;
    if (!exchange) return failed_answer<MxAnswer>("a malformed MX record");
    answer.records.push_back({.preference = *preference, .exchange = std::move(*exchange)});
  }
  return answer;
}

AddressAnswer read_address_answer(Octets message, std::string_view name, IpAddress::Family family) {
  const bool is_v4 = family == IpAddress::Family::v4;
  const RecordSet set = read_record_set(message, name, is_v4 ? type_a : type_aaaa);
  auto answer = answer_without_records<AddressAnswer>(set);
  for (const Record& record : set.records) {
    if (record.content.size() != (is_v4 ? 4U : 16U)) {
      return failed_answer<AddressAnswer>("a malformed address record");
    }
    const IpAddress address = is_v4 ? IpAddress::v4(record.content.first<4>())
                                    : IpAddress::v6(record.content.first<16>());
    if (answer.addresses.size() < most_addresses &&
        std::ranges::find(answer.addresses, address) == answer.addresses.end()) {
      answer.addresses.push_back(address);
    }
  }
  return answer;
}

TextAnswer read_text_answer(Octets message, std::string_view name) {
  const RecordSet set = read_record_set(message, name, type_txt);
  auto answer = answer_without_records<TextAnswer>(set);
  for (const Record& record : first_records(set)) {
    auto text = join_strings(record.content);
    if (!text) return failed_answer<TextAnswer>("a malformed TXT record");
    answer.texts.push_back(*std::move(text));
  }
  return answer;
}

PointerAnswer read_pointer_answer(Octets message, std::string_view name) {
  const RecordSet set = read_record_set(message, name, type_ptr);
  auto answer = answer_without_records<PointerAnswer>(set);
  for (const Record& record : first_records(set)) {
    auto target = name_in(message, record, 0);
    if (!target) return failed_answer<PointerAnswer>("a malformed PTR record");
    answer.names.push_back(*std::move(target));
  }
  return answer;
}

}  // namespace leadverify
