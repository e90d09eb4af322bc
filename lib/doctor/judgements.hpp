// What was seen of this host, and what it means for a run: one judgement for each check (pure).
//
// The names of the checks and what they say are explained to users in docs/doctor.md.
#pragma once

#include <leadverify/doctor.hpp>

#include "base/ip.hpp"
#include "base/time.hpp"
#include "dns/answers.hpp"
#include "dns/mail_route.hpp"
#include "dns/spf_check.hpp"
#include "smtp/outcome.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace leadverify {

/// `limit` descriptors may be open, absent: any number; `sessions` are to be.
Check judge_open_files(std::optional<std::uint64_t> limit, int sessions);

/// How the two clocks stood at the begin and at the end of the examination.
struct ClockReadings {
  std::chrono::system_clock::time_point begun;
  std::chrono::system_clock::time_point ended;
  Duration elapsed{0};                          // by the steady clock
  std::chrono::system_clock::time_point built;  // the day on which this program was
};
Check judge_clock(const ClockReadings& readings);

/// A DNS server's answer to a question that any can answer, and how long it took.
Check judge_resolver(const std::string& server, const MxAnswer& answer, Duration took);

/// An attempt to open a session with a mail server.
struct Attempt {
  std::string host;
  IpAddress address;
  std::optional<SessionFailure> failure;  // absent: it greeted us and took our EHLO
};
/// By the attempts over IPv4, or over IPv6 alone, the last of which may have succeeded.
/// `why_none` says why there are none, where there are none.
Check judge_mail_port(const std::vector<Attempt>& attempts,
                      std::uint16_t port,
                      const std::string& why_none);

/// IPv6 beside IPv4: the source address that this host has for it, and an attempt if there was one.
Check judge_ipv6(const std::optional<IpAddress>& source,
                 const std::optional<Attempt>& attempt,
                 const Reach& reach);

/// The address that mail servers see, if it is one that they can see; absent: there is no route.
Check judge_address(const std::optional<IpAddress>& source, const Reach& reach);

/// The EHLO name, absent where this host has none, and its addresses in the DNS, of the version of
/// `own`; `own` is absent where it is not known.
Check judge_helo_name(const std::optional<std::string>& name,
                      const AddressAnswer& addresses,
                      const std::optional<IpAddress>& own);

/// What `own`'s PTR records point to, and whether one of these names leads back.
struct ReverseDns {
  PointerAnswer pointers;
  std::optional<std::string> confirmed;  // the first name that does
};
Check judge_reverse_dns(const IpAddress& own, const ReverseDns& reverse);

/// Where mail for the domain of the reverse-path goes; `implicit` ones have an address.
Check judge_sender_domain(const std::string& domain, const MailRoute& route, bool has_address);

Check judge_spf(const std::string& domain, const IpAddress& own, const SpfVerdict& verdict);

/// What a blocklist says of the address that every list has, and of ours; `reason` is its TXT
/// record, empty where it has none.
struct Listing {
  AddressAnswer test;
  AddressAnswer own;
  std::string reason;
};
Check judge_blocklist(const std::string& zone, const IpAddress& own, const Listing& listing);

/// Does a blocklist's answer say that the address is listed (RFC 5782 §2.1)?
bool is_listed(const AddressAnswer& answer);

/// Can't be told, and why.
Check judge_unknown(std::string name, std::string subject, std::string why);

}  // namespace leadverify
