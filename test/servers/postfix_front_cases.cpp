// What Postfix is asked behind postscreen and postgrey.
#include "servers/postfix_replies.hpp"

namespace leadverify::servers {

std::vector<Case> postscreen_cases() {
  return {
      {
          .title = "postscreen's greeting takes its time",
          .domain = "greeting.test",
          .settings = {"postscreen"},
          .expected = {accepted("ada@greeting.test"), unlisted("nobody@greeting.test")},
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
                       unlisted("nobody@behind.test")},
          .sessions = 2,
      },
  };
}

}  // namespace leadverify::servers
