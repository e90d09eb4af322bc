#include "servers/postfix.hpp"

#include "servers/certificate.hpp"

#include <algorithm>
#include <array>
#include <map>

namespace leadverify::servers {
namespace {

constexpr std::string_view main_cf = R"(compatibility_level = 3.6
maillog_file = /var/log/mail.log
myhostname = mx.test
mynetworks =
inet_protocols = all
alias_maps =
local_recipient_maps = inline:{ada=found, grace=found, postmaster=found}
smtpd_peername_lookup = no
smtpd_client_event_limit_exceptions =
smtputf8_enable = yes
smtpd_tls_security_level = none
smtpd_tls_cert_file = /etc/tls/certificate.pem
smtpd_tls_key_file = /etc/tls/key.pem
smtpd_tls_loglevel = 1
)";

constexpr std::string_view services = R"(
smtpd pass - - n - - smtpd
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
verify unix - - n - 1 verify
proxymap unix - - n - - proxymap
tlsmgr unix - - n 1000? 1 tlsmgr
local unix - n n - - local
error unix - - n - - error
retry unix - - n - - error
anvil unix - - n - 1 anvil
dnsblog unix - - n - 0 dnsblog
tlsproxy unix - - n - 0 tlsproxy
  -o tlsproxy_tls_security_level=may
postlog unix-dgram n - n - 1 postlogd
)";

/// Settings that trivial-rewrite needs too, and so hold for the whole of Postfix.
constexpr std::array routing = {"virtual_alias_domains",
                                "virtual_alias_maps",
                                "virtual_mailbox_domains",
                                "virtual_mailbox_maps",
                                "relay_domains",
                                "relay_recipient_maps",
                                "relocated_maps"};

/// The domain that is served nowhere has this setting.
const std::string foreign = "mydestination =";

std::string name_of(const std::string& setting) {
  return setting.substr(0, setting.find(" ="));
}

std::string value_of(const std::string& setting) {
  return setting.substr(setting.find(" =") + 2);
}

bool is_routing(const std::string& setting) {
  return std::ranges::find(routing, name_of(setting)) != routing.end();
}

bool is_local(const Case& each) {
  return std::ranges::none_of(each.settings, [](const std::string& setting) {
    return setting == foreign || name_of(setting).ends_with("_domains");
  });
}

/// "{ name = value }", as master.cf takes what has spaces.
std::string with_settings(std::string service, const std::vector<std::string>& settings) {
  for (const std::string& setting : settings) {
    if (!is_routing(setting) && setting != foreign) service += "\n  -o { " + setting + " }";
  }
  return service;
}

std::string main_cf_of(const Places& places, const std::vector<Case>& cases) {
  std::map<std::string, std::string> shared;
  for (const Case& each : cases) {
    if (is_local(each)) shared["mydestination"] += " " + each.domain;
    for (const std::string& setting : each.settings) {
      if (is_routing(setting)) shared[name_of(setting)] += value_of(setting);
    }
  }
  std::string text(main_cf);
  text += "postgrey = inet:" + to_string(places.policy_server()) + "\n";
  for (const auto& [name, value] : shared) text += name + " =" + value + "\n";
  return text;
}

std::string bracketed(const Endpoint& place) {
  const std::string address = place.address.to_string();
  return (place.address.is_v4() ? address : "[" + address + "]") + ":" + std::to_string(place.port);
}

std::string master_cf(const Places& places, const std::vector<Case>& cases) {
  std::string text;
  for (std::size_t i = 0; i < cases.size(); ++i) {
    std::vector<std::string> settings = cases[i].settings;
    const bool screened = std::erase(settings, "postscreen") > 0;
    // Nobody can share a cache with another postscreen.
    if (screened) {
      settings.push_back("postscreen_cache_map = btree:/var/lib/postfix/screen" +
                         std::to_string(i));
    }
    const std::string place = bracketed(places.mail_server(i));
    text +=
        with_settings(place + (screened ? " inet n - n - 1 postscreen" : " inet n - n - - smtpd"),
                      settings) +
        "\n";
  }
  return text + std::string(services);
}

void make_queue(const ServerRoot& root) {
  const std::string queue = "/var/spool/postfix";
  root.make_folder(queue);
  for (const char* name : {"active",
                           "bounce",
                           "corrupt",
                           "defer",
                           "deferred",
                           "flush",
                           "hold",
                           "incoming",
                           "private",
                           "saved",
                           "trace"}) {
    root.make_folder(queue + '/' + name, postfix_user, 0700);
  }
  root.make_folder(queue + "/pid");
  root.make_folder(queue + "/public", postdrop_group, 0710);
  root.make_folder(queue + "/maildrop", postdrop_group, 0730);
  root.make_folder("/var/lib/postfix", postfix_user, 0700);
}

ServerProcess::Call prepare(const ServerRoot& root,
                            const Places& places,
                            const std::vector<Case>& cases) {
  root.write("/etc/postfix/main.cf", main_cf_of(places, cases));
  root.write("/etc/postfix/master.cf", master_cf(places, cases));
  make_queue(root);
  make_certificates(root);

  ServerProcess::Call call{.name = "postfix",
                           .words = {"/usr/lib/postfix/sbin/master", "-c", "/etc/postfix", "-d"},
                           .listens = {}};
  for (std::size_t i = 0; i < cases.size(); ++i) call.listens.push_back(places.mail_server(i));
  return call;
}

ServerProcess::Call prepare_postgrey(const ServerRoot& root, const Places& places) {
  root.make_folder("/var/lib/postgrey", postfix_user, 0700);
  return {.name = "postgrey",
          .words = {"/usr/sbin/postgrey",
                    "--inet=" + to_string(places.policy_server()),
                    "--user=postfix",
                    "--group=postfix",
                    "--dbdir=/var/lib/postgrey",
                    "--hostname=mx.test",
                    "--delay=3"},
          .listens = {places.policy_server()}};
}

}  // namespace

Postfix::Postfix(const ServerRoot& root, const Places& places, const std::vector<Case>& cases)
    : process_(root, prepare(root, places, cases)) {}

Postgrey::Postgrey(const ServerRoot& root, const Places& places)
    : process_(root, prepare_postgrey(root, places)) {}

}  // namespace leadverify::servers
