#include "world/name_server.hpp"

#include <algorithm>
#include <utility>

namespace leadverify::world {
namespace {

constexpr std::size_t longest_chain = 16;    // of CNAMEs
constexpr std::size_t plain_udp_size = 512;  // RFC 1035 §4.2.1
constexpr std::size_t most_udp_size = 1232;

std::string type_name(std::uint16_t type) {
  switch (type) {
    case dns_type::a: return "A";
    case dns_type::aaaa: return "AAAA";
    case dns_type::mx: return "MX";
    case dns_type::txt: return "TXT";
    case dns_type::ptr: return "PTR";
    default: return "TYPE" + std::to_string(type);
  }
}

std::uint16_t type_number(std::string_view key) {
  if (key.ends_with(" MX")) return dns_type::mx;
  if (key.ends_with(" TXT")) return dns_type::txt;
  if (key.ends_with(" PTR")) return dns_type::ptr;
  return key.ends_with(" A") ? dns_type::a : dns_type::aaaa;
}

void append_records(const std::string& owner,
                    const Name& name,
                    std::uint16_t type,
                    std::vector<ResourceRecord>& records) {
  if (type == dns_type::mx) {
    for (const MxRecord& mx : name.mx) records.push_back({owner, name.ttl, mx});
    return;
  }
  if (type == dns_type::txt) {
    for (const std::string& text : name.texts) records.push_back({owner, name.ttl, Text{text}});
    return;
  }
  if (type == dns_type::ptr) {
    for (const std::string& target : name.pointers) {
      records.push_back({owner, name.ttl, Pointer{target}});
    }
    return;
  }
  for (const IpAddress& address : name.addresses) {
    const std::uint16_t address_type = address.is_v4() ? dns_type::a : dns_type::aaaa;
    if (address_type == type) records.push_back({owner, name.ttl, address});
  }
}

ResourceRecord soa_of(std::string_view name, std::chrono::seconds ttl) {
  const auto dot = name.rfind('.');
  return {std::string(dot == name.npos ? name : name.substr(dot + 1)), ttl, Soa{ttl}};
}

/// How an answer looks to the one who asked: status, TTL and error of a ...Answer.
template <class AnswerType>
AnswerType summarize(const Response& response, bool understood) {
  AnswerType answer;
  if (!understood) {
    answer.error = "the DNS server did not answer";
    return answer;
  }
  const bool known = response.code == ResponseCode::ok || response.code == ResponseCode::nxdomain;
  if (!known) {
    answer.error = response.code == ResponseCode::servfail  ? "SERVFAIL"
                   : response.code == ResponseCode::refused ? "REFUSED"
                                                            : "FORMERR";
    return answer;
  }
  answer.status =
      response.code == ResponseCode::nxdomain ? DnsStatus::nxdomain : DnsStatus::no_data;
  const auto& records = response.authority.empty() ? response.answers : response.authority;
  if (records.empty()) return answer;
  answer.ttl = std::ranges::min(records, {}, &ResourceRecord::ttl).ttl;
  return answer;
}

}  // namespace

std::optional<NameServer::Answer> NameServer::answer(std::string_view message,
                                                     Transport transport) {
  const auto question = read_question(message);
  if (!question) return std::nullopt;
  const Reply reply = look_up(question->name, question->type, transport);
  if (reply.silent) return std::nullopt;
  if (reply.garbage) return Answer{"no message", reply.after};
  std::string octets = write_response(*question, reply.response);
  const std::size_t room =
      std::clamp(question->udp_size.value_or(plain_udp_size), plain_udp_size, most_udp_size);
  if (transport == Transport::udp && octets.size() > room) {
    Response cut;
    cut.truncated = true;
    octets = write_response(*question, cut);
  }
  return Answer{std::move(octets), reply.after};
}

MxAnswer NameServer::mx(const std::string& domain) {
  const Reply reply = look_up(lower_case(domain), dns_type::mx, Transport::tcp);
  auto answer = summarize<MxAnswer>(reply.response, !reply.silent && !reply.garbage);
  for (const ResourceRecord& record : reply.response.answers) {
    if (const auto* const mx = std::get_if<MxRecord>(&record.content)) {
      answer.records.push_back(*mx);
      answer.status = DnsStatus::ok;
    }
  }
  return answer;
}

AddressAnswer NameServer::addresses(const std::string& host) {
  std::optional<AddressAnswer> whole;
  for (const std::uint16_t type : {dns_type::aaaa, dns_type::a}) {
    const Reply reply = look_up(lower_case(host), type, Transport::tcp);
    auto answer = summarize<AddressAnswer>(reply.response, !reply.silent && !reply.garbage);
    for (const ResourceRecord& record : reply.response.answers) {
      if (const auto* const address = std::get_if<IpAddress>(&record.content)) {
        answer.addresses.push_back(*address);
        answer.status = DnsStatus::ok;
      }
    }
    if (!whole) {
      whole = std::move(answer);
      continue;
    }
    const bool first_counts = whole->status == DnsStatus::ok || answer.status == DnsStatus::no_data;
    const bool both = whole->status == DnsStatus::ok && answer.status == DnsStatus::ok;
    if (both) {
      whole->addresses.insert(
          whole->addresses.end(), answer.addresses.begin(), answer.addresses.end());
      whole->ttl = std::min(whole->ttl, answer.ttl);
    } else if (!first_counts) {
      whole = std::move(answer);
    }
  }
  return *whole;
}

Duration NameServer::time_to_answer(const std::string& name, Duration most) const {
  const auto known = script_.names.find(lower_case(name));
  if (known == script_.names.end()) return Duration{0};
  const auto is_silent = [](const DnsManner& manner) {
    return manner.kind == DnsManner::Kind::silent && manner.first == 0;
  };
  if (std::ranges::any_of(known->second.manners, is_silent)) return most;
  return std::min(known->second.latency, most);
}

std::vector<IpAddress> NameServer::find_addresses(const std::string& host) const {
  std::vector<IpAddress> addresses;
  for (const std::uint16_t type : {dns_type::aaaa, dns_type::a}) {
    for (const ResourceRecord& record : collect(host, type).answers) {
      if (const auto* const found = std::get_if<IpAddress>(&record.content)) {
        addresses.push_back(*found);
      }
    }
  }
  return addresses;
}

NameServer::Reply NameServer::look_up(const std::string& name,
                                      std::uint16_t type,
                                      Transport transport) {
  const std::string key = name + " " + type_name(type);
  ++counts_.dns_queries;
  ++counts_.dns[key];
  Reply reply;
  if (const auto known = script_.names.find(name); known != script_.names.end()) {
    reply.after = known->second.latency;
    if (depart(key, known->second, transport, reply)) return reply;
  }
  reply.response = collect(name, type);
  return reply;
}

bool NameServer::depart(const std::string& key,
                        const Name& name,
                        Transport transport,
                        Reply& reply) {
  using Kind = DnsManner::Kind;
  const DnsManner* const manner = find_manner(key, name);
  if (!manner) return false;
  switch (manner->kind) {
    case Kind::nxdomain:
      reply.response.code = ResponseCode::nxdomain;
      reply.response.authority.push_back(soa_of(key.substr(0, key.find(' ')), name.negative_ttl));
      return true;
    case Kind::servfail: reply.response.code = ResponseCode::servfail; return true;
    case Kind::refused: reply.response.code = ResponseCode::refused; return true;
    case Kind::formerr: reply.response.code = ResponseCode::formerr; return true;
    case Kind::silent: reply.silent = true; return true;
    case Kind::garbage: reply.garbage = true; return true;
    case Kind::truncated:
      reply.response.truncated = transport == Transport::udp;
      return transport == Transport::udp;
  }
  return false;
}

const DnsManner* NameServer::find_manner(const std::string& key, const Name& name) {
  for (const DnsManner& manner : name.manners) {
    if (manner.type && *manner.type != type_number(key)) continue;
    if (manner.first == 0 || ++uses_[{&manner, key}] <= manner.first) return &manner;
  }
  return nullptr;
}

Response NameServer::collect(const std::string& name, std::uint16_t type) const {
  Response response;
  std::string owner = name;
  for (std::size_t length = 0; length < longest_chain; ++length) {
    const auto found = script_.names.find(owner);
    if (found == script_.names.end()) {
      response.code = ResponseCode::nxdomain;
      response.authority.push_back(soa_of(owner, Name{}.negative_ttl));
      return response;
    }
    const Name& known = found->second;
    if (known.cname.empty()) {
      const std::size_t before = response.answers.size();
      append_records(owner, known, type, response.answers);
      if (response.answers.size() == before) {
        response.authority.push_back(soa_of(owner, known.negative_ttl));
      }
      return response;
    }
    response.answers.push_back({owner, known.ttl, Alias{known.cname}});
    owner = known.cname;
  }
  return response;
}

}  // namespace leadverify::world
