#include "servers/cases.hpp"

namespace leadverify::servers {
namespace {

Expected ada(const std::string& domain) {
  return {.address = "ada@" + domain,
          .verdict = "valid accepted high",
          .reply = "250 2.1.5 Ok",
          .catch_all = false};
}

}  // namespace

std::vector<Case> postfix_tls_cases() {
  return {
      {
          .title = "TLS is offered, and used",
          .domain = "tls.test",
          .settings = {"smtpd_tls_security_level = may"},
          .expected = {ada("tls.test"),
                       {.address = "nobody@tls.test",
                        .verdict = "invalid user_unknown high",
                        .reply = "550 5.1.1 <nobody@tls.test>: Recipient address rejected: User "
                                 "unknown in local recipient table"}},
          .log = "ehlo=2 starttls=1 mail=1",
      },
      {
          .title = "TLS is required",
          .domain = "required.test",
          .settings = {"smtpd_tls_security_level = encrypt"},
          .expected = {ada("required.test")},
          .log = "starttls=1",
      },
      {
          .title = "TLS is required, and not spoken",
          .domain = "never.test",
          .settings = {"smtpd_tls_security_level = encrypt"},
          .options = {"--starttls", "never"},
          .expected = {{.address = "ada@never.test",
                        .verdict = "unknown tls_required",
                        .reply = "530 5.7.0 Must issue a STARTTLS command first",
                        .stage = "mail"}},
      },
      {
          .title = "TLS is not offered, and insisted on",
          .domain = "insist.test",
          .settings = {"smtpd_tls_security_level = none"},
          .options = {"--starttls", "require"},
          .expected = {{.address = "ada@insist.test",
                        .verdict = "unknown tls_required",
                        .stage = "ehlo",
                        .error = "the server does not offer STARTTLS"}},
      },
      {
          .title = "TLS 1.2 alone",
          .domain = "tls12.test",
          .settings = {"smtpd_tls_security_level = may", "smtpd_tls_protocols = TLSv1.2"},
          .expected = {ada("tls12.test")},
          .log = "TLSv1.2 with cipher",
      },
      {
          .title = "TLS 1.3 alone",
          .domain = "tls13.test",
          .settings = {"smtpd_tls_security_level = may", "smtpd_tls_protocols = TLSv1.3"},
          .expected = {ada("tls13.test")},
          .log = "TLSv1.3 with cipher",
      },
      {
          .title = "TLS 1.0 alone, which is too old",
          .domain = "tls10.test",
          .settings = {"smtpd_tls_security_level = may",
                       "smtpd_tls_protocols = TLSv1",
                       "tls_medium_cipherlist = ALL:@SECLEVEL=0"},
          .expected = {ada("tls10.test")},
          .sessions = 2,
          .complaint = "lost connection after STARTTLS",
      },
      {
          .title = "a certificate of ours is required",
          .domain = "certificate.test",
          .settings = {"smtpd_tls_security_level = encrypt", "smtpd_tls_req_ccert = yes"},
          .expected = {{.address = "ada@certificate.test",
                        .verdict = "unknown tls_required",
                        .reply = "421 4.7.1 mx.test Error: No client certificate presented",
                        .stage = "ehlo",
                        .error = "the server turned us away"}},

      },
      {
          .title = "the certificate is missing",
          .domain = "missing.test",
          .settings = {"smtpd_tls_security_level = may",
                       "smtpd_tls_cert_file = /etc/tls/missing.pem"},
          .expected = {ada("missing.test")},
      },
  };
}

}  // namespace leadverify::servers
