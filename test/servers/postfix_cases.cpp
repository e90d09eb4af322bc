#include "servers/cases.hpp"

namespace leadverify::servers {

std::vector<Case> postfix_cases() {
  return {
      {
          .title = "as it comes: somebody and nobody",
          .domain = "plain.test",
          .settings = {},
          .expected =
              {
                  {.address = "ada@plain.test",
                   .verdict = "valid accepted high",
                   .reply = "250 2.1.5 Ok",
                   .catch_all = false},
                  {.address = "nobody@plain.test",
                   .verdict = "invalid user_unknown high",
                   .reply = "550 5.1.1 <nobody@plain.test>: Recipient address rejected: User "
                            "unknown in local recipient table"},
                  {.address = "Grace@plain.test",
                   .verdict = "valid accepted high",
                   .reply = "250 2.1.5 Ok",
                   .catch_all = false},
              },
      },
      {
          .title = "quoted local parts",
          .domain = "quoted.test",
          .settings = {"local_recipient_maps = regexp:{ {/^\"al ice\"@/ found} }"},
          .expected =
              {
                  {.address = "\"al ice\"@quoted.test",
                   .verdict = "valid accepted high",
                   .reply = "250 2.1.5 Ok",
                   .catch_all = false},
                  {.address = "\"no body\"@quoted.test",
                   .verdict = "invalid user_unknown high",
                   .reply = "550 5.1.1 <no body@quoted.test>: Recipient address rejected: User "
                            "unknown in local recipient table"},
              },
      },
      {
          .title = "an unknown user that is refused for now",
          .domain = "soft.test",
          .settings = {"soft_bounce = yes"},
          .expected = {{.address = "nobody@soft.test",
                        .verdict = "invalid user_unknown medium",
                        .reply = "450 4.1.1 <nobody@soft.test>: Recipient address rejected: User "
                                 "unknown in local recipient table",
                        .attempts = 2}},
          .sessions = 2,
      },
      {
          .title = "mailboxes over quota, for now and for good",
          .domain = "full.test",
          .settings =
              {"smtpd_recipient_restrictions = check_recipient_access inline:{ {full@full.test = "
               "452 4.2.2 Mailbox is full}, {over@full.test = 552 5.2.2 Mailbox is over quota} }"
               ", reject_unauth_destination",
               "local_recipient_maps = inline:{ full=found, over=found }"},
          .expected =
              {
                  {.address = "full@full.test",
                   .verdict = "unknown mailbox_full",
                   .reply =
                       "452 4.2.2 <full@full.test>: Recipient address rejected: Mailbox is full"},
                  {.address = "over@full.test",
                   .verdict = "unknown mailbox_full",
                   .reply =
                       "552 5.2.2 <over@full.test>: Recipient address rejected: Mailbox is over "
                       "quota"},
              },
      },
      {
          .title = "a mailbox that has moved",
          .domain = "moved.test",
          .settings = {"relocated_maps = inline:{ {bob@moved.test = bob@elsewhere.example} }"},
          .expected = {{.address = "bob@moved.test",
                        .verdict = "invalid mailbox_moved high",
                        .reply = "550 5.1.6 <bob@moved.test>: Recipient address rejected: User has "
                                 "moved to bob@elsewhere.example"}},
      },
      {
          .title = "every name of the domain is taken, by luser_relay",
          .domain = "luser.test",
          .settings = {"local_recipient_maps ="},
          .expected = {{.address = "ada@luser.test",
                        .verdict = "catch_all catch_all low",
                        .reply = "250 2.1.5 Ok",
                        .catch_all = true}},
      },
      {
          .title = "every name of the domain is taken, by a virtual alias",
          .domain = "virtual.test",
          .settings = {"virtual_alias_domains = virtual.test",
                       "virtual_alias_maps = inline:{ {@virtual.test = ada@plain.test} }"},
          .expected = {{.address = "ada@virtual.test",
                        .verdict = "catch_all catch_all low",
                        .reply = "250 2.1.5 Ok",
                        .catch_all = true}},
      },
      {
          .title = "an unknown virtual alias",
          .domain = "alias.test",
          .settings = {"virtual_alias_domains = alias.test",
                       "virtual_alias_maps = inline:{ {ada@alias.test = ada@plain.test} }"},
          .expected =
              {
                  {.address = "ada@alias.test",
                   .verdict = "valid accepted high",
                   .reply = "250 2.1.5 Ok",
                   .catch_all = false},
                  {.address = "nobody@alias.test",
                   .verdict = "invalid user_unknown high",
                   .reply =
                       "550 5.1.1 <nobody@alias.test>: Recipient address rejected: User unknown in "
                       "virtual alias table"},
              },
      },
      {
          .title = "an unknown virtual mailbox",
          .domain = "mailbox.test",
          .settings = {"virtual_mailbox_domains = mailbox.test",
                       "virtual_mailbox_maps = inline:{ {ada@mailbox.test = ada/} }"},
          .expected = {{.address = "nobody@mailbox.test",
                        .verdict = "invalid user_unknown high",
                        .reply =
                            "550 5.1.1 <nobody@mailbox.test>: Recipient address rejected: User "
                            "unknown in virtual mailbox table"}},
      },
      {
          .title = "an unknown recipient of a relay",
          .domain = "relay.test",
          .settings = {"relay_domains = relay.test",
                       "relay_recipient_maps = inline:{ {ada@relay.test = found} }"},
          .expected = {{.address = "nobody@relay.test",
                        .verdict = "invalid user_unknown high",
                        .reply = "550 5.1.1 <nobody@relay.test>: Recipient address rejected: User "
                                 "unknown in relay recipient table"}},
      },
      {
          .title = "the domain is not served here, as it comes",
          .domain = "foreign.test",
          .settings = {"mydestination ="},
          .expected = {{.address = "ada@foreign.test",
                        .verdict = "unknown relay_denied",
                        .reply = "454 4.7.1 <ada@foreign.test>: Relay access denied",
                        .attempts = 2}},
          .sessions = 2,
      },
      {
          .title = "the domain is not served here, for good",
          .domain = "alien.test",
          .settings = {"mydestination =", "smtpd_relay_restrictions = reject_unauth_destination"},
          .expected = {{.address = "ada@alien.test",
                        .verdict = "unknown relay_denied",
                        .reply = "554 5.7.1 <ada@alien.test>: Relay access denied"}},
      },
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
          .expected = {{.address = "ada@null.test",
                        .verdict = "valid accepted high",
                        .reply = "250 2.1.5 Ok",
                        .catch_all = false},
                       {.address = "nobody@null.test",
                        .verdict = "invalid user_unknown high",
                        .reply = "550 5.1.1 <nobody@null.test>: Recipient address rejected: User "
                                 "unknown in local recipient table"}},
      },
      {
          .title = "the null sender is refused at MAIL, the other one is not",
          .domain = "null-mail.test",
          .settings = {"smtpd_sender_restrictions = check_sender_access inline:{ <>=REJECT }",
                       "smtpd_delay_reject = no"},
          .expected = {{.address = "ada@null-mail.test",
                        .verdict = "valid accepted high",
                        .reply = "250 2.1.5 Ok",
                        .catch_all = false}},
      },
      {
          .title = "three errors end the session",
          .domain = "errors.test",
          .settings = {"smtpd_soft_error_limit = 2",
                       "smtpd_hard_error_limit = 3",
                       "smtpd_error_sleep_time = 0"},
          .expected =
              {
                  {.address = "n1@errors.test",
                   .verdict = "invalid user_unknown high",
                   .reply =
                       "550 5.1.1 <n1@errors.test>: Recipient address rejected: User unknown in "
                       "local recipient table"},
                  {.address = "n2@errors.test",
                   .verdict = "invalid user_unknown high",
                   .reply =
                       "550 5.1.1 <n2@errors.test>: Recipient address rejected: User unknown in "
                       "local recipient table"},
                  {.address = "n3@errors.test",
                   .verdict = "invalid user_unknown high",
                   .reply =
                       "550 5.1.1 <n3@errors.test>: Recipient address rejected: User unknown in "
                       "local recipient table"},
                  {.address = "n4@errors.test",
                   .verdict = "invalid user_unknown high",
                   .reply =
                       "550 5.1.1 <n4@errors.test>: Recipient address rejected: User unknown in "
                       "local recipient table"},
                  {.address = "ada@errors.test",
                   .verdict = "valid accepted high",
                   .reply = "250 2.1.5 Ok",
                   .catch_all = false},
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
                  {.address = "ada@few.test",
                   .verdict = "valid accepted high",
                   .reply = "250 2.1.5 Ok",
                   .catch_all = false},
                  {.address = "grace@few.test",
                   .verdict = "valid accepted high",
                   .reply = "250 2.1.5 Ok",
                   .catch_all = false},
                  {.address = "postmaster@few.test",
                   .verdict = "valid accepted high",
                   .reply = "250 2.1.5 Ok",
                   .catch_all = false},
                  {.address = "nobody@few.test",
                   .verdict = "invalid user_unknown high",
                   .reply =
                       "550 5.1.1 <nobody@few.test>: Recipient address rejected: User unknown in "
                       "local recipient table"},
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
          .expected =
              {{.address = "nobody@session-rate.test",
                .verdict = "invalid user_unknown high",
                .reply = "550 5.1.1 <nobody@session-rate.test>: Recipient address rejected: User "
                         "unknown in local recipient table"},
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
      {
          .title = "pipelining is offered, and used",
          .domain = "pipelining.test",
          .settings =
              {"smtpd_recipient_restrictions = reject_unauth_pipelining, reject_unauth_destination",
               "smtpd_data_restrictions = reject_unauth_pipelining"},
          .expected = {{.address = "ada@pipelining.test",
                        .verdict = "valid accepted high",
                        .reply = "250 2.1.5 Ok",
                        .catch_all = false},
                       {.address = "nobody@pipelining.test",
                        .verdict = "invalid user_unknown high",
                        .reply =
                            "550 5.1.1 <nobody@pipelining.test>: Recipient address rejected: User "
                            "unknown in local recipient table"}},
      },
      {
          .title = "pipelining is not offered, and not used",
          .domain = "no-pipelining.test",
          .settings = {"smtpd_discard_ehlo_keywords = pipelining",
                       "smtpd_recipient_restrictions = reject_unauth_pipelining, "
                       "reject_unauth_destination"},
          .expected = {{.address = "ada@no-pipelining.test",
                        .verdict = "valid accepted high",
                        .reply = "250 2.1.5 Ok",
                        .catch_all = false},
                       {.address = "nobody@no-pipelining.test",
                        .verdict = "invalid user_unknown high",
                        .reply =
                            "550 5.1.1 <nobody@no-pipelining.test>: Recipient address rejected: "
                            "User unknown in local recipient table"}},
      },
      {
          .title = "a local part beyond ASCII, with SMTPUTF8",
          .domain = "utf8.test",
          .settings = {"local_recipient_maps = inline:{ renée=found }"},
          .expected =
              {{.address = "renée@utf8.test",
                .verdict = "valid accepted high",
                .reply = "250 2.1.5 Ok",
                .catch_all = false},
               {.address = "noé@utf8.test",
                .verdict = "invalid user_unknown high",
                .reply = "550 5.1.1 <noé@utf8.test>: Recipient address rejected: User unknown in "
                         "local recipient table"}},
      },
      {
          .title = "a local part beyond ASCII, where SMTPUTF8 is not offered",
          .domain = "ascii.test",
          .settings = {"smtputf8_enable = no"},
          .expected = {{.address = "renée@ascii.test",
                        .verdict = "unknown smtputf8_required",
                        .stage = "ehlo",
                        .attempts = 0,
                        .error = "the mail server does not take addresses that are not ASCII"}},
      },
      {
          .title = "a server error: its tables can't be read",
          .domain = "broken.test",
          .settings = {"local_recipient_maps = fail:out-of-order"},
          .expected = {{.address = "ada@broken.test",
                        .verdict = "unknown system_error",
                        .reply = "451 4.3.0 <ada@broken.test>: Temporary lookup failure",
                        .attempts = 2}},
          .sessions = 2,
      },
      {
          .title = "the server verifies recipients itself, which takes its time",
          .domain = "verify.test",
          .settings = {"smtpd_reject_unlisted_recipient = no",
                       "smtpd_recipient_restrictions = reject_unauth_destination, "
                       "reject_unverified_recipient",
                       "unverified_recipient_reject_code = 550"},
          .expected = {{.address = "ada@verify.test",
                        .verdict = "valid accepted high",
                        .reply = "250 2.1.5 Ok",
                        .catch_all = false},
                       {.address = "missing@verify.test",
                        .verdict = "invalid user_unknown high",
                        .reply = "550 5.1.1 <missing@verify.test>: Recipient address rejected: "
                                 "undeliverable address: unknown user: \"missing\""}},
      },
      {
          .title = "the server verifies recipients itself, and has no answer yet",
          .domain = "verify-later.test",
          .settings = {"smtpd_reject_unlisted_recipient = no",
                       "smtpd_recipient_restrictions = reject_unauth_destination, "
                       "reject_unverified_recipient",
                       "unverified_recipient_reject_code = 550",
                       "address_verify_poll_count = 1"},
          .options = {"--greylist-delay", "3s"},
          .expected = {{.address = "grace@verify-later.test",
                        .verdict = "valid accepted high",
                        .reply = "250 2.1.5 Ok",
                        .catch_all = false,
                        .attempts = 2,
                        .greylist = true},
                       {.address = "missing@verify-later.test",
                        .verdict = "invalid user_unknown high",
                        .reply =
                            "550 5.1.1 <missing@verify-later.test>: Recipient address rejected: "
                            "undeliverable address: unknown user: \"missing\"",
                        .attempts = 2,
                        .greylist = true}},
          .sessions = 3,
      },
  };
}

std::vector<Case> postscreen_cases() {
  return {
      {
          .title = "postscreen's greeting takes its time",
          .domain = "greeting.test",
          .settings = {"postscreen"},
          .expected = {{.address = "ada@greeting.test",
                        .verdict = "valid accepted high",
                        .reply = "250 2.1.5 Ok",
                        .catch_all = false},
                       {.address = "nobody@greeting.test",
                        .verdict = "invalid user_unknown high",
                        .reply = "550 5.1.1 <nobody@greeting.test>: Recipient address rejected: "
                                 "User unknown in local recipient table"}},
      },
      {
          .title = "postscreen tests deeply, and wants us to come back",
          .domain = "deep.test",
          .settings = {"postscreen",
                       "postscreen_greet_wait = 1",
                       "postscreen_pipelining_enable = yes",
                       "postscreen_non_smtp_command_enable = yes",
                       "postscreen_bare_newline_enable = yes"},
          .expected = {{.address = "ada@deep.test",
                        .verdict = "valid accepted high",
                        .reply = "250 2.1.5 Ok",
                        .catch_all = false,
                        .attempts = 2,
                        .greylist = true},
                       {.address = "nobody@deep.test",
                        .verdict = "invalid user_unknown high",
                        .reply = "550 5.1.1 <nobody@deep.test>: Recipient address rejected: "
                                 "User unknown in local recipient table",
                        .attempts = 2,
                        .greylist = true}},
          .sessions = 3,
      },
      {
          .title = "postscreen tests deeply, in TLS",
          .domain = "deep-tls.test",
          .settings = {"postscreen",
                       "postscreen_greet_wait = 1",
                       "postscreen_pipelining_enable = yes",
                       "postscreen_tls_security_level = encrypt"},
          .expected = {{.address = "ada@deep-tls.test",
                        .verdict = "valid accepted high",
                        .reply = "250 2.1.5 Ok",
                        .catch_all = false,
                        .attempts = 2,
                        .greylist = true}},
          .sessions = 2,
          .log = "tlsproxy",
      },
      {
          .title = "postscreen has our address on its list",
          .domain = "denied.test",
          .settings = {"postscreen",
                       "postscreen_access_list = cidr:{ {127.0.0.0/8 reject} }",
                       "postscreen_denylist_action = enforce"},
          .expected = {{.address = "ada@denied.test",
                        .verdict = "unknown unspecified",
                        .reply = "550 5.3.2 Service currently unavailable"}},
      },
      {
          .title = "postscreen has our address on its list, and drops us",
          .domain = "dropped.test",
          .settings = {"postscreen",
                       "postscreen_access_list = cidr:{ {127.0.0.0/8 reject} }",
                       "postscreen_denylist_action = drop"},
          .expected = {{.address = "ada@dropped.test",
                        .verdict = "unknown unspecified",
                        .reply = "521 5.3.2 Service currently unavailable",
                        .stage = "banner",
                        .error = "the server turned us away"}},
      },
  };
}

std::vector<Case> postgrey_cases() {
  return {
      {
          .title = "postgrey greylists everybody; the verdicts are those without it",
          .domain = "grey.test",
          .settings = {"smtpd_recipient_restrictions = reject_unauth_destination, "
                       "check_policy_service $postgrey"},
          .options = {"--greylist-delay", "4s"},
          .expected = {{.address = "ada@grey.test",
                        .verdict = "valid accepted high",
                        .reply = "250 2.1.5 Ok",
                        .catch_all = false,
                        .attempts = 2,
                        .greylist = true},
                       {.address = "nobody@grey.test",
                        .verdict = "invalid user_unknown high",
                        .reply = "550 5.1.1 <nobody@grey.test>: Recipient address rejected: User "
                                 "unknown in local recipient table",
                        .attempts = 2,
                        .greylist = true}},
          .sessions = 3,
      },
      {
          .title = "postgrey has not seen us wait long enough",
          .domain = "early.test",
          .settings = {"smtpd_recipient_restrictions = reject_unauth_destination, "
                       "check_policy_service $postgrey"},
          .expected =
              {{.address = "nobody@early.test",
                .verdict = "unknown greylist_timeout",
                .reply =
                    "450 4.2.0 <nobody@early.test>: Recipient address rejected: Greylisted, see "
                    "http://postgrey.schweikert.ch/help/early.test.html",
                .attempts = 2,
                .greylist = true}},
          .sessions = 2,
      },
      {
          .title = "postgrey comes after the list of recipients",
          .domain = "behind.test",
          .settings = {"smtpd_recipient_restrictions = reject_unauth_destination, "
                       "reject_unlisted_recipient, "
                       "check_policy_service $postgrey"},
          .options = {"--greylist-delay", "4s"},
          .expected = {{.address = "ada@behind.test",
                        .verdict = "valid accepted high",
                        .reply = "250 2.1.5 Ok",
                        .catch_all = false,
                        .attempts = 2,
                        .greylist = true},
                       {.address = "nobody@behind.test",
                        .verdict = "invalid user_unknown high",
                        .reply = "550 5.1.1 <nobody@behind.test>: Recipient address rejected: User "
                                 "unknown in local recipient table"}},
          .sessions = 2,
      },
  };
}

}  // namespace leadverify::servers
