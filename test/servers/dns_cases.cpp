// What name servers and resolvers are asked.
#include "servers/cases.hpp"

namespace leadverify::servers {
namespace {

/// Mail for it goes to this exchange.
Case found(Case asked, const std::string& exchange, const std::string& address = "127.0.2.1") {
  asked.expected = {{.address = "ada@" + asked.domain,
                     .verdict = "unknown not_checked",
                     .stage = "dns",
                     .attempts = 0,
                     .exchange = exchange,
                     .exchange_address = address}};
  return asked;
}

/// Mail for it goes nowhere, as far as the DNS tells.
Case lost(Case asked,
          const std::string& verdict,
          const std::string& error,
          const std::string& exchange = {}) {
  asked.expected = {{.address = "ada@" + asked.domain,
                     .verdict = verdict,
                     .stage = "dns",
                     .attempts = 0,
                     .error = error,
                     .exchange = exchange,
                     .exchange_address = ""}};
  return asked;
}

std::vector<std::string> sixty_exchanges() {
  std::vector<std::string> records;
  for (int i = 1; i <= 60; ++i) {
    const std::string name = "a-mail-server-with-a-long-name-" + std::to_string(i);
    records.push_back("@ MX " + std::to_string(i) + " " + name);
    records.push_back(name + " A 127.0.2.1");
  }
  return records;
}

constexpr const char* no_answer = "SERVFAIL from @";

}  // namespace

std::vector<Case> dns_cases() {
  return {
      found({.title = "two MX records: the lower preference",
             .domain = "two.test",
             .settings = {"@ MX 20 b", "@ MX 10 a", "a A 127.0.2.1", "b A 127.0.2.2"}},
            "a.two.test"),
      lost({.title = "a null MX", .domain = "null.test", .settings = {"@ MX 0 ."}},
           "invalid null_mx high",
           "the domain takes no mail (null MX)"),
      found({.title = "no MX but an address",
             .domain = "implicit.test",
             .settings = {"@ A 127.0.2.1"}},
            "implicit.test"),
      found({.title = "no MX but an IPv6 address",
             .domain = "implicit6.test",
             .settings = {"@ AAAA ::1"}},
            "implicit6.test",
            "::1"),
      found({.title = "a domain that is an alias",
             .domain = "alias.test",
             .settings = {"@ CNAME two.test."}},
            "a.two.test"),
      found({.title = "an exchange that is an alias",
             .domain = "alias-mx.test",
             .settings = {"@ MX 10 mail", "mail CNAME a.two.test."}},
            "mail.alias-mx.test"),
      found({.title = "sixty MX records, which takes TCP",
             .domain = "sixty.test",
             .settings = sixty_exchanges()},
            "a-mail-server-with-a-long-name-1.sixty.test"),
      found({.title = "a wildcard",
             .domain = "any.wild.test",
             .settings = {"*.wild.test. MX 10 a.two.test."}},
            "a.two.test"),
      found({.title = "an internationalised domain",
             .domain = "xn--bcher-kva.test",
             .settings = {"@ MX 10 a.two.test."}},
            "a.two.test"),
      lost({.title = "a domain that is not there", .domain = "nowhere.test", .settings = {}},
           "invalid domain_not_found high",
           "the domain does not exist (NXDOMAIN)"),
      lost({.title = "neither MX nor address",
            .domain = "nothing.test",
            .settings = {"@ TXT \"no mail here\""}},
           "invalid no_mail_server high",
           "the domain has neither an MX nor an address record",
           "nothing.test"),
      lost({.title = "an exchange without an address",
            .domain = "dangling.test",
            .settings = {"@ MX 10 gone"}},
           "invalid no_mail_server high",
           "none of the domain's mail servers has an address",
           "gone.dangling.test"),
      lost({.title = "an MX record that names an IP address",
            .domain = "literal.test",
            .settings = {"@ MX 10 127.0.2.1."}},
           "invalid no_mail_server high",
           "no MX record names a mail server: 127.0.2.1"),
      lost({.title = "an exchange in a private network",
            .domain = "private.test",
            .settings = {"@ MX 10 mail", "mail A 10.1.2.3"}},
           "unknown unroutable",
           "the domain's mail servers have no public address",
           "mail.private.test"),
  };
}

std::vector<Case> recursion_cases() {
  return {
      lost({.title = "a domain whose name server does not serve it",
            .domain = "lame.example",
            .settings = {}},
           "unknown dns_error",
           no_answer),
      lost({.title = "answers that DNSSEC finds forged",
            .domain = "bogus.test",
            .settings = {"@ MX 10 mail", "mail A 127.0.2.1"}},
           "unknown dns_error",
           no_answer),
      lost({.title = "aliases in a circle",
            .domain = "circle.test",
            .settings = {"@ CNAME other", "other CNAME circle.test."}},
           "unknown dns_error",
           no_answer),
  };
}

}  // namespace leadverify::servers
