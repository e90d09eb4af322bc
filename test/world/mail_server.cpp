#include "world/mail_server.hpp"

#include <algorithm>

namespace leadverify::world {

MailServer::Arrival MailServer::connect(const IpAddress& address,
                                        const std::string& client,
                                        TimePoint now) {
  const Rule* greeting = nullptr;
  for (const Rule& rule : script_.rules) {
    if (rule.event != Event::connect || !holds(rule, client, now) || !use(rule, {})) continue;
    greeting = &rule;
    break;
  }
  if (greeting) {
    const Step::Kind kind = greeting->steps.front().kind;
    if (kind == Step::Kind::refuse) return {Door::refuses, nullptr};
    if (kind == Step::Kind::blackhole) return {Door::blackhole, nullptr};
  }
  return {Door::open, std::make_unique<ServerSession>(*this, address, client, greeting)};
}

MailServer::Door MailServer::door() const {
  const auto at_connect = [](const Rule& rule) { return rule.event == Event::connect; };
  const auto rule = std::ranges::find_if(script_.rules, at_connect);
  if (rule == script_.rules.end()) return Door::open;
  if (rule->client != "*" || rule->first != 0 || rule->until) return Door::open;
  const Step::Kind kind = rule->steps.front().kind;
  if (kind == Step::Kind::refuse) return Door::refuses;
  if (kind == Step::Kind::blackhole) return Door::blackhole;
  return Door::open;
}

bool MailServer::holds(const Rule& rule, const std::string& client, TimePoint now) const {
  if (rule.client != "*" && !fits(rule.client, client)) return false;
  return !rule.until || now - around_.began < *rule.until;
}

bool MailServer::use(const Rule& rule, const std::string& key) {
  return rule.first == 0 || ++uses_[{&rule, key}] <= rule.first;
}

}  // namespace leadverify::world
