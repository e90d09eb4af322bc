// The chapters of docs/tested-against.md.
#include "servers/cases.hpp"

namespace leadverify::servers {

namespace {

const Server postfix = {.name = "Postfix", .package = "postfix", .version = "3.7"};
const Server postgrey = {.name = "postgrey", .package = "postgrey", .version = "1.37"};
const Server exim = {.name = "Exim", .package = "exim4-daemon-light", .version = "4.96"};
const Server opensmtpd = {.name = "OpenSMTPD", .package = "opensmtpd", .version = "6.8"};
const Server nsd = {.name = "NSD", .package = "nsd", .version = "4.6"};
const Server unbound = {.name = "Unbound", .package = "unbound", .version = "1.17"};
const Server dnsmasq = {.name = "dnsmasq", .package = "dnsmasq-base", .version = "2.90"};

}  // namespace

std::vector<Chapter> chapters() {
  return {
      {.title = "Postfix",
       .servers = {postfix},
       .setting =
           "`main.cf`, beyond what is built in; the users are `ada`, `grace` and `postmaster`",
       .cases = postfix_cases()},
      {.title = "Postfix that refuses who asks, or how much",
       .servers = {postfix},
       .setting = "the same",
       .cases = postfix_refusal_cases()},
      {.title = "Postfix with TLS",
       .servers = {postfix},
       .setting = "the same",
       .cases = postfix_tls_cases()},
      {.title = "Postfix behind postscreen",
       .servers = {postfix},
       .setting = "the same",
       .cases = postscreen_cases()},
      {.title = "Postfix with postgrey",
       .servers = {postfix, postgrey},
       .setting =
           "the same; postgrey makes everybody wait for three seconds, leadverify comes back "
           "at once where nothing is said",
       .cases = postgrey_cases()},
      {.title = "Exim",
       .servers = {exim},
       .setting =
           "main options, and lines for the ACLs `connect`, `helo`, `mail` and `rcpt` and for "
           "the routers",
       .cases = exim_cases()},
      {.title = "OpenSMTPD",
       .servers = {opensmtpd},
       .setting = "lines of `smtpd.conf`; `listen` goes on with what the listener has",
       .cases = opensmtpd_cases()},
      {.title = "NSD, Unbound and dnsmasq",
       .servers = {nsd, unbound, dnsmasq},
       .setting =
           "the domain's records. Each case is run with `--check dns`, three times: with NSD "
           "itself as the resolver, with Unbound, and with dnsmasq in front of Unbound",
       .cases = dns_cases()},
      {.title = "Unbound, also behind dnsmasq",
       .servers = {nsd, unbound, dnsmasq},
       .setting = "the domain's records",
       .cases = recursion_cases()},
  };
}

}  // namespace leadverify::servers
