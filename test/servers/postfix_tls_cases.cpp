// What Postfix is asked in TLS.
#include "servers/postfix_replies.hpp"

namespace leadverify::servers {
std::vector<Case> postfix_tls_cases() {
  return {
      {
          .title = "TLS is offered, and used",
          .domain = "tls.test",
          .settings = {"smtpd_tls_security_level = may"},
          .expected = {accepted("ada@tls.test"), unlisted("nobody@tls.test")},
          .log = "ehlo=2 starttls=1 mail=1",
      },
      {
          .title = "TLS is required",
          .domain = "required.test",
          .settings = {"smtpd_tls_security_level = encrypt"},
          .expected = {accepted("ada@required.test")},
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
          .expected = {accepted("ada@tls12.test")},
          .log = "TLSv1.2 with cipher",
      },
      {
          .title = "TLS 1.3 alone",
          .domain = "tls13.test",
          .settings = {"smtpd_tls_security_level = may", "smtpd_tls_protocols = TLSv1.3"},
          .expected = {accepted("ada@tls13.test")},
          .log = "TLSv1.3 with cipher",
      },
      {
          .title = "TLS 1.0 alone, which is too old",
          .domain = "tls10.test",
          .settings = {"smtpd_tls_security_level = may",
                       "smtpd_tls_protocols = TLSv1",
                       "tls_medium_cipherlist = ALL:@SECLEVEL=0"},
          .expected = {accepted("ada@tls10.test")},
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
          .expected = {accepted("ada@missing.test")},
      },
  };
}

}  // namespace leadverify::servers
