#include "world/mail_world.hpp"

#include <algorithm>

namespace leadverify::world {

MailWorld::MailWorld(Script script, TimePoint began)
    : script_(std::move(script)), names_(script_, counts_) {
  for (const Server& server : script_.servers) {
    servers_.emplace_back(
        server,
        MailServer::Surroundings{
            counts_, began, [this](const MailServer& asked, const std::string& domain) {
              return find_household(asked, domain);
            }});
    for (const IpAddress& address : server.addresses) by_address_[address] = &servers_.back();
  }
}

MailServer::Arrival MailWorld::connect(const IpAddress& address,
                                       const std::string& client,
                                       TimePoint now) {
  const auto server = by_address_.find(address);
  if (server != by_address_.end()) return server->second->connect(address, client, now);
  static const std::vector<IpNetwork> loopback = {*IpNetwork::parse("127.0.0.0/8"),
                                                  *IpNetwork::parse("::1")};
  const auto holds_address = [&](const IpNetwork& net) { return net.contains(address); };
  const bool local = std::ranges::any_of(loopback, holds_address);
  return {local ? MailServer::Door::refuses : MailServer::Door::blackhole, nullptr};
}

std::vector<std::pair<IpAddress, MailServer::Door>> MailWorld::doors() const {
  std::vector<std::pair<IpAddress, MailServer::Door>> doors;
  for (const auto& [address, server] : by_address_) doors.emplace_back(address, server->door());
  return doors;
}

const Household* MailWorld::find_household(const MailServer& server, const std::string& domain) {
  static const Household nobodys;
  const auto name = script_.names.find(domain);
  const Household* const home = name == script_.names.end() ? &nobodys : &name->second.household;
  const auto fits_domain = [&](const std::string& glob) { return fits(glob, domain); };
  if (std::ranges::any_of(server.script().serves, fits_domain)) return home;
  if (name == script_.names.end()) return nullptr;
  auto serving = serving_.find(domain);
  if (serving == serving_.end()) serving = serving_.emplace(domain, find_servers(domain)).first;
  return serving->second.contains(&server) ? home : nullptr;
}

std::set<const MailServer*> MailWorld::find_servers(const std::string& domain) const {
  // The script is asked, not the DNS: a server knows its domains even while their DNS is broken.
  std::string owner = domain;
  auto name = script_.names.find(owner);
  for (int length = 0; length < 16 && name != script_.names.end(); ++length) {
    if (name->second.cname.empty()) break;
    owner = name->second.cname;
    name = script_.names.find(owner);
  }
  std::vector<std::string> exchanges = {owner};
  if (name != script_.names.end() && !name->second.mx.empty()) {
    exchanges.clear();
    for (const MxRecord& mx : name->second.mx) exchanges.push_back(mx.exchange);
  }
  std::set<const MailServer*> servers;
  for (const std::string& exchange : exchanges) {
    for (const IpAddress& address : names_.find_addresses(exchange)) {
      const auto server = by_address_.find(address);
      if (server != by_address_.end()) servers.insert(server->second);
    }
  }
  return servers;
}

}  // namespace leadverify::world
