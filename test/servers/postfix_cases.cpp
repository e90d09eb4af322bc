// What Postfix is asked of its mailboxes.
#include "servers/postfix_replies.hpp"

namespace leadverify::servers {

std::vector<Case> postfix_cases() {
  return {
      {
          .title = "as it comes: somebody and nobody",
          .domain = "plain.test",
          .settings = {},
          .expected =
              {
                  accepted("ada@plain.test"),
                  unlisted("nobody@plain.test"),
                  accepted("Grace@plain.test"),
              },
      },
      {
          .title = "quoted local parts",
          .domain = "quoted.test",
          .settings = {"local_recipient_maps = regexp:{ {/^\"al ice\"@/ found} }"},
          .expected =
              {
                  accepted("\"al ice\"@quoted.test"),
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
                  accepted("ada@alias.test"),
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
          .title = "pipelining is offered, and used",
          .domain = "pipelining.test",
          .settings =
              {"smtpd_recipient_restrictions = reject_unauth_pipelining, reject_unauth_destination",
               "smtpd_data_restrictions = reject_unauth_pipelining"},
          .expected = {accepted("ada@pipelining.test"), unlisted("nobody@pipelining.test")},
      },
      {
          .title = "pipelining is not offered, and not used",
          .domain = "no-pipelining.test",
          .settings = {"smtpd_discard_ehlo_keywords = pipelining",
                       "smtpd_recipient_restrictions = reject_unauth_pipelining, "
                       "reject_unauth_destination"},
          .expected = {accepted("ada@no-pipelining.test"), unlisted("nobody@no-pipelining.test")},
      },
      {
          .title = "a local part beyond ASCII, with SMTPUTF8",
          .domain = "utf8.test",
          .settings = {"local_recipient_maps = inline:{ renée=found }"},
          .expected = {accepted("renée@utf8.test"), unlisted("noé@utf8.test")},
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
          .expected = {accepted("ada@verify.test"),
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

}  // namespace leadverify::servers
