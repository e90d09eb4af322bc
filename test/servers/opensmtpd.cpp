#include "servers/opensmtpd.hpp"

#include "servers/certificate.hpp"

#include <algorithm>
#include <string>

namespace leadverify::servers {
namespace {

// Two names for what is one host: a pki is found by the name that a listener gives.
constexpr std::string_view pki = R"(pki rsa cert "/etc/tls/certificate.pem"
pki rsa key "/etc/tls/key.pem"
pki ec cert "/etc/tls/ec-certificate.pem"
pki ec key "/etc/tls/ec-key.pem"
)";

/// The settings that begin with this word, one a line.
std::string lines_of(const Case& asked, const std::string& word) {
  std::string lines;
  for (const std::string& setting : asked.settings) {
    if (setting.starts_with(word + " ")) lines += setting + "\n";
  }
  return lines;
}

std::string listener_of(const Case& asked, const Endpoint& place) {
  std::string line =
      "listen on " + place.address.to_string() + " port " + std::to_string(place.port);
  for (const std::string& setting : asked.settings) {
    if (setting.starts_with("listen ")) line += setting.substr(setting.find(' '));
  }
  return line + "\n";
}

std::string configuration(const Places& places, const std::vector<Case>& cases) {
  std::string before(pki);
  std::string listeners;
  std::string actions = "action \"users\" mbox\n";
  std::string matches;
  for (std::size_t i = 0; i < cases.size(); ++i) {
    for (const char* word : {"smtp", "pki", "table", "filter"}) before += lines_of(cases[i], word);
    listeners += listener_of(cases[i], places.mail_server(i));
    actions += lines_of(cases[i], "action");
    const std::string own = lines_of(cases[i], "match");
    matches += own.empty()
                   ? "match from any for domain \"" + cases[i].domain + "\" action \"users\"\n"
                   : own;
  }
  return before + listeners + actions + matches;
}

ServerProcess::Call prepare(const ServerRoot& root,
                            const Places& places,
                            const std::vector<Case>& cases) {
  root.write("/etc/smtpd.conf", configuration(places, cases));
  make_certificates(root);
  root.write("/etc/mailname", "mx.test\n");
  root.make_folder("/run/opensmtpd", {}, 0711);
  root.make_folder("/var/spool/smtpd", {}, 0711);
  ServerProcess::Call call{
      .name = "opensmtpd", .words = {"/usr/sbin/smtpd", "-d", "-v", "-T", "smtp"}, .listens = {}};
  for (std::size_t i = 0; i < cases.size(); ++i) call.listens.push_back(places.mail_server(i));
  return call;
}

}  // namespace

OpenSmtpd::OpenSmtpd(const ServerRoot& root, const Places& places, const std::vector<Case>& cases)
    : process_(root, prepare(root, places, cases)) {}

}  // namespace leadverify::servers
