// What Postfix is asked when it does not want to be, or not so much.
#include "servers/postfix_replies.hpp"

namespace leadverify::servers {

std::vector<Case> postfix_refusal_cases() {
  return {
      {
          .title = "our address is refused, reported at RCPT",
          .domain = "client.test",
          .settings =
              {"smtpd_client_restrictions = check_client_access inline:{ 127.0.0.1=REJECT }"},
          .expected = {{.address = "ada@client.test",
                        .verdict = "unknown blocked_ip",
                        .reply =
                            "554 5.7.1 <unknown[127.0.0.1]>: Client host rejected: Access denied"},
                       {.address = "nobody@client.test",
                        .verdict = "unknown blocked_ip",
                        .reply =
                            "554 5.7.1 <unknown[127.0.0.1]>: Client host rejected: Access denied"}},
      },
      {
          .title = "our address is refused by a list, reported at RCPT",
          .domain = "listed.test",
          .settings =
              {"smtpd_client_restrictions = check_client_access inline:{ {127.0.0.1 = 554 5.7.1 "
               "Service unavailable; Client host [127.0.0.1] blocked using zen.example.org} }"},
          .expected = {{.address = "ada@listed.test",
                        .verdict = "unknown blocked_ip",
                        .reply =
                            "554 5.7.1 <unknown[127.0.0.1]>: Client host rejected: Service "
                            "unavailable; Client host [127.0.0.1] blocked using zen.example.org"}},
      },
      {
          .title = "our address is refused in the banner",
          .domain = "banner.test",
          .settings = {"smtpd_client_restrictions = check_client_access inline:{ {127.0.0.1 = 521 "
                       "5.7.1 Go away} }",
                       "smtpd_delay_reject = no"},
          .expected = {{.address = "ada@banner.test",
                        .verdict = "unknown client_identity",
                        .reply = "521 5.7.1 <unknown[127.0.0.1]>: Client host rejected: Go away",
                        .stage = "banner",
                        .error = "the server turned us away"}},
      },
      {
          .title = "our name is refused, reported at RCPT",
          .domain = "helo.test",
          .settings = {"smtpd_helo_required = yes",
                       "smtpd_helo_restrictions = reject_non_fqdn_helo_hostname"},
          .options = {"--helo", "probe"},
          .expected =
              {{.address = "ada@helo.test",
                .verdict = "unknown client_identity",
                .reply =
                    "504 5.5.2 <probe>: Helo command rejected: need fully-qualified hostname"}},
      },
      {
          .title = "our name is not found, reported at RCPT",
          .domain = "helo-dns.test",
          .settings = {"smtpd_helo_restrictions = reject_unknown_helo_hostname"},
          .expected = {{.address = "ada@helo-dns.test",
                        .verdict = "unknown client_identity",
                        .reply =
                            "450 4.7.1 <probe.example.net>: Helo command rejected: Host not found",
                        .attempts = 2}},
          .sessions = 2,
      },
      {
          .title = "our name is refused at EHLO",
          .domain = "ehlo.test",
          .settings = {"smtpd_helo_restrictions = reject_non_fqdn_helo_hostname",
                       "smtpd_delay_reject = no"},
          .options = {"--helo", "probe"},
          .expected =
              {{.address = "ada@ehlo.test",
                .verdict = "unknown client_identity",
                .reply = "504 5.5.2 <probe>: Helo command rejected: need fully-qualified hostname",
                .stage = "ehlo",
                .error = "the server turned us away"}},
      },
      {
          .title = "our sender's domain is not found, reported at RCPT",
          .domain = "sender-dns.test",
          .settings = {"smtpd_sender_restrictions = reject_unknown_sender_domain"},
          .options = {"--mail-from", "probe@nowhere.example"},
          .expected = {{.address = "ada@sender-dns.test",
                        .verdict = "unknown sender_rejected",
                        .reply = "450 4.1.8 <probe@nowhere.example>: Sender address rejected: "
                                 "Domain not found",
                        .attempts = 2}},
          .sessions = 2,
      },
      {
          .title = "our sender is refused, reported at RCPT",
          .domain = "sender.test",
          .settings = {"smtpd_sender_restrictions = check_sender_access inline:{ "
                       "{probe@sender.example = REJECT} }"},
          .options = {"--mail-from", "probe@sender.example"},
          .expected =
              {{.address = "ada@sender.test",
                .verdict = "unknown sender_rejected",
                .reply =
                    "554 5.7.1 <probe@sender.example>: Sender address rejected: Access denied"}},
      },
      {
          .title = "our sender is refused at MAIL",
          .domain = "mail.test",
          .settings = {"smtpd_sender_restrictions = check_sender_access inline:{ "
                       "{probe@sender.example = REJECT} }",
                       "smtpd_delay_reject = no"},
          .options = {"--mail-from", "probe@sender.example"},
          .expected =
              {{.address = "ada@mail.test",
                .verdict = "unknown sender_rejected",
                .reply = "554 5.7.1 <probe@sender.example>: Sender address rejected: Access denied",
                .stage = "mail"}},
      },
      {
          .title = "the null sender is refused at RCPT, the other one is not",
          .domain = "null.test",
          .settings = {"smtpd_sender_restrictions = check_sender_access inline:{ <>=REJECT }"},
          .expected = {accepted("ada@null.test"), unlisted("nobody@null.test")},
      },
      {
          .title = "the null sender is refused at MAIL, the other one is not",
          .domain = "null-mail.test",
          .settings = {"smtpd_sender_restrictions = check_sender_access inline:{ <>=REJECT }",
                       "smtpd_delay_reject = no"},
          .expected = {accepted("ada@null-mail.test")},
      },
      {
          .title = "three errors end the session",
          .domain = "errors.test",
          .settings = {"smtpd_soft_error_limit = 2",
                       "smtpd_hard_error_limit = 3",
                       "smtpd_error_sleep_time = 0"},
          .expected =
              {
                  unlisted("n1@errors.test"),
                  unlisted("n2@errors.test"),
                  unlisted("n3@errors.test"),
                  unlisted("n4@errors.test"),
                  accepted("ada@errors.test"),
              },
          .sessions = 2,
          .complaint = "too many errors after RCPT",
      },
      {
          .title = "two recipients a transaction",
          .domain = "few.test",
          .settings = {"smtpd_recipient_limit = 2", "smtpd_recipient_overshoot_limit = 1000"},
          .expected =
              {
                  accepted("ada@few.test"),
                  accepted("grace@few.test"),
                  accepted("postmaster@few.test"),
                  unlisted("nobody@few.test"),
              },
      },
      {
          .title = "two recipients a minute",
          .domain = "rate.test",
          .settings = {"smtpd_client_recipient_rate_limit = 2"},
          .expected = {{.address = "ada@rate.test",
                        .verdict = "valid accepted medium",
                        .reply = "250 2.1.5 Ok"},
                       {.address = "grace@rate.test",
                        .verdict = "valid accepted medium",
                        .reply = "250 2.1.5 Ok"},
                       {.address = "postmaster@rate.test",
                        .verdict = "unknown rate_limited",
                        .reply = "450 4.7.1 Error: too many recipients from 127.0.0.1",
                        .attempts = 2}},
          .sessions = 2,
      },
      {
          .title = "one session a minute",
          .domain = "session-rate.test",
          .settings = {"smtpd_client_connection_rate_limit = 1"},
          .options = {"--rcpt-per-session", "1", "--domain-connections", "1"},
          .expected = {unlisted("nobody@session-rate.test"),
                       {.address = "ada@session-rate.test",
                        .verdict = "unknown rate_limited",
                        .reply = "421 4.7.0 mx.test Error: too many connections from 127.0.0.1",
                        .stage = "banner",
                        .attempts = 2,
                        .error = "the server turned us away"}},
          .sessions = 3,
      },
      {
          .title = "one session at a time, and somebody else has it",
          .domain = "session.test",
          .settings = {"smtpd_client_connection_count_limit = 1"},
          .expected = {{.address = "ada@session.test",
                        .verdict = "unknown rate_limited",
                        .reply = "421 4.7.0 mx.test Error: too many connections from 127.0.0.1",
                        .stage = "banner",
                        .attempts = 2,
                        .error = "the server turned us away"}},
          .sessions = 2,
          .held_connections = 1,
          .complaint = "lost connection after CONNECT",
      },
  };
}

}  // namespace leadverify::servers
