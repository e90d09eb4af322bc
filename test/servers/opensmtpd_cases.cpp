// What OpenSMTPD is asked.
#include "servers/cases.hpp"

namespace leadverify::servers {
namespace {

Expected accepted(const std::string& address) {
  return {.address = address,
          .verdict = "valid accepted high",
          .reply = "250 2.1.5 Destination address valid: Recipient ok",
          .catch_all = false};
}

Expected invalid(const std::string& address) {
  return {.address = address,
          .verdict = "invalid user_unknown high",
          .reply = "550 Invalid recipient: <" + address + ">"};
}

}  // namespace

std::vector<Case> opensmtpd_cases() {
  return {
      {
          .title = "as it comes: somebody and nobody",
          .domain = "plain.test",
          .settings = {},
          .expected = {accepted("ada@plain.test"), invalid("missing@plain.test")},
      },
      {
          .title = "an unknown name in a virtual table",
          .domain = "virtual.test",
          .settings = {"action \"virtual\" mbox virtual { \"ada@virtual.test\" = ada }",
                       "match from any for domain \"virtual.test\" action \"virtual\""},
          .expected = {accepted("ada@virtual.test"),
                       {.address = "missing@virtual.test",
                        .verdict = "invalid user_unknown high",
                        .reply =
                            "524 5.2.4 Mailing list expansion problem: <missing@virtual.test>"}},
      },
      {
          .title = "every name of the domain is taken",
          .domain = "catch-all.test",
          .settings = {"action \"all\" mbox virtual { \"@catch-all.test\" = ada }",
                       "match from any for domain \"catch-all.test\" action \"all\""},
          .expected = {{.address = "ada@catch-all.test",
                        .verdict = "catch_all catch_all low",
                        .reply = "250 2.1.5 Destination address valid: Recipient ok",
                        .catch_all = true}},
      },
      {
          .title = "the domain is not served here",
          .domain = "foreign.test",
          .settings = {"match from any for domain \"elsewhere.test\" action \"users\""},
          .expected = {invalid("ada@foreign.test")},
      },
      {
          .title = "quoted local parts, which it does not take",
          .domain = "quoted.test",
          .settings = {},
          .expected = {{.address = "\"al ice\"@quoted.test",
                        .verdict = "unknown protocol_error",
                        .reply = "501 5.1.3 Recipient address syntax error"},
                       accepted("ada@quoted.test")},
      },
      {
          .title = "four recipients a transaction",
          .domain = "few.test",
          .settings = {"smtp limit max-rcpt 4",
                       "action \"few\" mbox virtual { \"a1\" = ada, \"a2\" = ada, \"a3\" = ada, "
                       "\"a4\" = ada, \"a5\" = ada }",
                       "match from any for domain \"few.test\" action \"few\""},
          .expected = {accepted("a1@few.test"),
                       accepted("a2@few.test"),
                       accepted("a3@few.test"),
                       accepted("a4@few.test"),
                       accepted("a5@few.test")},
      },
      {
          .title = "our sender is refused, reported at RCPT",
          .domain = "sender.test",
          .settings = {"match mail-from \"probe@sender.example\" from any for domain "
                       "\"sender.test\" reject",
                       "match from any for domain \"sender.test\" action \"users\""},
          .options = {"--mail-from", "probe@sender.example"},
          .expected = {invalid("ada@sender.test")},
      },
      {
          .title = "our sender is refused at MAIL by a filter",
          .domain = "mail.test",
          .settings = {"filter \"mail\" phase mail-from match mail-from { \"probe@sender.example\" "
                       "} reject \"550 5.7.1 Sender rejected\"",
                       "listen filter \"mail\""},
          .options = {"--mail-from", "probe@sender.example"},
          .expected = {{.address = "ada@mail.test",
                        .verdict = "unknown sender_rejected",
                        .reply = "550 5.7.1 Sender rejected",
                        .stage = "mail"}},
      },
      {
          .title = "our address has no name, and is sent away",
          .domain = "rdns.test",
          .settings =
              {"filter \"rdns\" phase connect match src 127.0.0.1 disconnect \"550 5.7.1 No rDNS\"",
               "listen filter \"rdns\""},
          .expected = {{.address = "ada@rdns.test",
                        .verdict = "unknown client_identity",
                        .reply = "550 5.7.1 No rDNS",
                        .stage = "banner",
                        .error = "the server turned us away"}},
      },
      {
          .title = "our name is refused at EHLO",
          .domain = "helo.test",
          .settings = {"filter \"helo\" phase ehlo match helo { \"probe.example.net\" } reject "
                       "\"550 5.7.1 Invalid HELO\"",
                       "filter \"helo2\" phase helo match helo { \"probe.example.net\" } reject "
                       "\"550 5.7.1 Invalid HELO\"",
                       "filter \"helos\" chain { \"helo\", \"helo2\" }",
                       "listen filter \"helos\""},
          .expected = {{.address = "ada@helo.test",
                        .verdict = "unknown client_identity",
                        .reply = "550 5.7.1 Invalid HELO",
                        .stage = "ehlo",
                        .error = "the server turned us away"}},
      },
      {
          .title = "a mailbox over quota, by a filter",
          .domain = "full.test",
          .settings = {"filter \"full\" phase rcpt-to match rcpt-to { \"full@full.test\" } reject "
                       "\"452 4.2.2 Mailbox full\"",
                       "listen filter \"full\""},
          .expected = {{.address = "full@full.test",
                        .verdict = "unknown mailbox_full",
                        .reply = "452 4.2.2 Mailbox full"},
                       accepted("ada@full.test")},
      },
      {
          .title = "the session is ended at RCPT, by a filter",
          .domain = "later.test",
          .settings = {"filter \"later\" phase rcpt-to match !rcpt-to { \"grace@later.test\" } "
                       "disconnect \"421 4.3.0 Try again later\"",
                       "listen filter \"later\""},
          .expected = {{.address = "ada@later.test",
                        .verdict = "unknown try_again_later",
                        .reply = "421 4.3.0 Try again later",
                        .attempts = 2,
                        .error = "the server turned us away"}},
          .sessions = 2,
      },
      {
          .title = "TLS is offered, with an RSA key, and fails: the session is held in the clear",
          .domain = "tls-rsa.test",
          .settings = {"listen tls pki rsa"},
          .expected = {accepted("ada@tls-rsa.test"), invalid("missing@tls-rsa.test")},
          .sessions = 2,
          .log = "rsa routines::missing private key",
      },
      {
          .title = "TLS is offered, with an elliptic curve's key, and fails likewise",
          .domain = "tls-ec.test",
          .settings = {"listen tls pki ec"},
          .expected = {accepted("ada@tls-ec.test")},
          .sessions = 2,
          .log = "elliptic curve routines::missing private key",
      },
      {
          .title = "TLS is required, with an RSA key, and fails",
          .domain = "tls-required.test",
          .settings = {"listen tls-require pki rsa"},
          .expected = {{.address = "ada@tls-required.test",
                        .verdict = "unknown tls_required",
                        .reply = "530 5.5.1 Invalid command: Must issue a STARTTLS command first",
                        .stage = "mail"}},
          .sessions = 2,
          .complaint = "Must issue a STARTTLS",
      },
      {
          .title = "TLS is required, and not spoken",
          .domain = "tls-never.test",
          .settings = {"listen tls-require pki rsa"},
          .options = {"--starttls", "never"},
          .expected = {{.address = "ada@tls-never.test",
                        .verdict = "unknown tls_required",
                        .reply = "530 5.5.1 Invalid command: Must issue a STARTTLS command first",
                        .stage = "mail"}},
          .complaint = "Must issue a STARTTLS",
      },
  };
}

}  // namespace leadverify::servers
