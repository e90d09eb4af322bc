#include "world/dns_message.hpp"

#include <map>
#include <utility>

namespace leadverify::world {
namespace {

constexpr std::size_t header_size = 12;
constexpr std::uint16_t class_in = 1;
constexpr std::uint16_t own_udp_size = 1232;

std::uint16_t read_16(std::string_view octets, std::size_t at) {
  const auto high = static_cast<std::uint8_t>(octets[at]);
  const auto low = static_cast<std::uint8_t>(octets[at + 1]);
  return static_cast<std::uint16_t>(high << 8 | low);
}

void append_16(std::string& octets, std::size_t number) {
  octets += static_cast<char>(number >> 8 & 0xFF);
  octets += static_cast<char>(number & 0xFF);
}

void append_32(std::string& octets, std::size_t number) {
  append_16(octets, number >> 16);
  append_16(octets, number);
}

/// A label in lower case, with dots, backslashes and unprintable octets escaped.
std::string escape(std::string_view label) {
  std::string text;
  for (const char c : label) {
    const auto octet = static_cast<std::uint8_t>(c);
    if (octet <= 0x20 || octet >= 0x7F) {
      const std::string digits = std::to_string(octet);
      text += "\\" + std::string(3 - digits.size(), '0') + digits;
      continue;
    }
    if (c == '.' || c == '\\') text += '\\';
    text += c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  }
  return text;
}

/// The labels of a name in the escapes of RFC 1035 §5.1.
std::vector<std::string> split_labels(std::string_view name) {
  std::vector<std::string> labels;
  if (name.empty()) return labels;
  labels.emplace_back();
  for (std::size_t i = 0; i < name.size(); ++i) {
    if (name[i] == '.') {
      labels.emplace_back();
      continue;
    }
    if (name[i] != '\\' || i + 1 == name.size()) {
      labels.back() += name[i];
      continue;
    }
    ++i;
    const bool in_digits = i + 2 < name.size() && name[i] >= '0' && name[i] <= '2';
    if (!in_digits) {
      labels.back() += name[i];
      continue;
    }
    labels.back() +=
        static_cast<char>((name[i] - '0') * 100 + (name[i + 1] - '0') * 10 + (name[i + 2] - '0'));
    i += 2;
  }
  return labels;
}

class MessageWriter {
 public:
  MessageWriter(const Question& question, const Response& response) {
    const bool wants_recursion = (question.flags & 0x0100) != 0;
    const unsigned flags = 0x8480U | (wants_recursion ? 0x0100U : 0U) |
                           (response.truncated ? 0x0200U : 0U) |
                           static_cast<unsigned>(response.code);
    append_16(message_, question.id);
    append_16(message_, flags);
    append_16(message_, 1);
    append_16(message_, response.answers.size());
    append_16(message_, response.authority.size());
    append_16(message_, question.udp_size ? 1 : 0);
    known_[question.name] = header_size;
    message_ += question.wire;
    for (const ResourceRecord& record : response.answers) append(record);
    for (const ResourceRecord& record : response.authority) append(record);
    if (question.udp_size) append_opt();
  }

  std::string take() { return std::move(message_); }

 private:
  /// A name, its end replaced by a pointer where it stood before (RFC 1035 §4.1.4).
  void append_name(std::string_view name) {
    const std::vector<std::string> labels = split_labels(name);
    std::size_t at = 0;  // where in `name` the label begins
    for (const std::string& label : labels) {
      const std::string suffix(name.substr(at));
      if (const auto known = known_.find(suffix); known != known_.end()) {
        append_16(message_, 0xC000 | known->second);
        return;
      }
      if (message_.size() < 0x4000) known_[suffix] = message_.size();
      message_ += static_cast<char>(label.size());
      message_ += label;
      at = next_label(name, at);
    }
    message_ += '\0';
  }

  static std::size_t next_label(std::string_view name, std::size_t at) {
    while (at < name.size() && name[at] != '.') at += name[at] == '\\' ? 2 : 1;
    return std::min(at + 1, name.size());
  }

  void append(const ResourceRecord& record) {
    append_name(record.owner);
    append_16(message_, type_of(record));
    append_16(message_, class_in);
    append_32(message_, static_cast<std::size_t>(record.ttl.count()));
    const std::size_t length_at = message_.size();
    append_16(message_, 0);
    std::visit([this](const auto& content) { append_content(content); }, record.content);
    std::string length;
    append_16(length, message_.size() - length_at - 2);
    message_.replace(length_at, 2, length);
  }

  static std::uint16_t type_of(const ResourceRecord& record) {
    if (const auto* const address = std::get_if<IpAddress>(&record.content)) {
      return address->is_v4() ? dns_type::a : dns_type::aaaa;
    }
    if (std::holds_alternative<MxRecord>(record.content)) return dns_type::mx;
    if (std::holds_alternative<Text>(record.content)) return dns_type::txt;
    if (std::holds_alternative<Pointer>(record.content)) return dns_type::ptr;
    return std::holds_alternative<Alias>(record.content) ? dns_type::cname : dns_type::soa;
  }

  void append_content(const IpAddress& address) {
    for (const std::uint8_t octet : address.octets()) message_ += static_cast<char>(octet);
  }
  void append_content(const MxRecord& mx) {
    append_16(message_, mx.preference);
    append_name(mx.exchange);
  }
  void append_content(const Alias& alias) { append_name(alias.target); }
  void append_content(const Pointer& pointer) { append_name(pointer.target); }
  /// In strings of 255 octets at most (RFC 1035 §3.3).
  void append_content(const Text& text) {
    std::string_view rest = text.text;
    do {
      const std::string_view part = rest.substr(0, 255);
      message_ += static_cast<char>(part.size());
      message_ += part;
      rest.remove_prefix(part.size());
    } while (!rest.empty());
  }
  void append_content(const Soa& soa) {
    append_name("ns.test");
    append_name("hostmaster.test");
    for (const std::size_t number :
         {std::size_t{1}, std::size_t{3600}, std::size_t{600}, std::size_t{86400}}) {
      append_32(message_, number);
    }
    append_32(message_, static_cast<std::size_t>(soa.minimum.count()));
  }

  void append_opt() {
    message_ += '\0';
    append_16(message_, dns_type::opt);
    append_16(message_, own_udp_size);
    append_32(message_, 0);
    append_16(message_, 0);
  }

  std::string message_;
  std::map<std::string, std::size_t, std::less<>> known_;  // where a name stands in it
};

}  // namespace

std::optional<Question> read_question(std::string_view message) {
  if (message.size() < header_size) return std::nullopt;
  Question question;
  question.id = read_16(message, 0);
  question.flags = read_16(message, 2);
  const bool is_query = (question.flags & 0xF800) == 0;
  if (!is_query || read_16(message, 4) != 1) return std::nullopt;

  std::size_t at = header_size;
  while (at < message.size() && message[at] != '\0') {
    const auto length = static_cast<std::uint8_t>(message[at]);
    if (length > 63 || at + 1 + length >= message.size()) return std::nullopt;
    if (!question.name.empty()) question.name += '.';
    question.name += escape(message.substr(at + 1, length));
    at += 1U + length;
  }
  at += 1;
  if (at + 4 > message.size()) return std::nullopt;
  question.type = read_16(message, at);
  at += 4;
  question.wire = message.substr(header_size, at - header_size);

  // A query's only further record is EDNS's, whose owner is the root.
  const bool has_opt = read_16(message, 10) == 1 && at + 11 <= message.size() &&
                       message[at] == '\0' && read_16(message, at + 1) == dns_type::opt;
  if (has_opt) question.udp_size = read_16(message, at + 3);
  return question;
}

std::string write_response(const Question& question, const Response& response) {
  return MessageWriter(question, response).take();
}

}  // namespace leadverify::world
