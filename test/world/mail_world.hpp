// A whole mail world: DNS and mail servers made from a script, and the counts of what they saw.
//
// Pure: told the time, without sockets. One thread's.
#pragma once

#include "base/ip.hpp"
#include "base/time.hpp"
#include "dns/answers.hpp"
#include "world/counts.hpp"
#include "world/mail_server.hpp"
#include "world/name_server.hpp"
#include "world/script.hpp"

#include <deque>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace leadverify::world {

class MailWorld {
 public:
  /// `began` is the moment that a rule's `until=` counts from.
  MailWorld(Script script, TimePoint began);
  MailWorld(const MailWorld&) = delete;
  MailWorld& operator=(const MailWorld&) = delete;

  NameServer& names() { return names_; }
  /// Short for names().mx(domain): counted as a query.
  MxAnswer mx(const std::string& domain) { return names_.mx(domain); }
  AddressAnswer addresses(const std::string& host) { return names_.addresses(host); }

  /// A client's connection to port 25 of `address`. Where no server is, a loopback address
  /// refuses it and any other is a blackhole. The world outlives the session.
  MailServer::Arrival connect(const IpAddress& address, const std::string& client, TimePoint now);

  /// The addresses that servers have, and what their ports do.
  std::vector<std::pair<IpAddress, MailServer::Door>> doors() const;

  const Counts& counts() const { return counts_; }

 private:
  const Household* find_household(const MailServer& server, const std::string& domain);
  std::set<const MailServer*> find_servers(const std::string& domain) const;

  const Script script_;
  Counts counts_;
  NameServer names_;
  std::deque<MailServer> servers_;
  std::map<IpAddress, MailServer*> by_address_;
  // The servers that a domain's mail goes to, once it was asked about.
  std::map<std::string, std::set<const MailServer*>, std::less<>> serving_;
};

}  // namespace leadverify::world
