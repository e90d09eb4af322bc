#include "servers/exim.hpp"

#include "servers/certificate.hpp"

#include <string>

namespace leadverify::servers {
namespace {

/// The lines of the settings that are marked so.
std::string marked(const Case& asked, const std::string& mark) {
  std::string lines;
  for (const std::string& setting : asked.settings) {
    if (setting.starts_with(mark + ": ")) lines += "  " + setting.substr(mark.size() + 2) + "\n";
  }
  return lines;
}

std::string main_options(const Case& asked) {
  std::string lines;
  for (const std::string& setting : asked.settings) {
    const std::size_t mark = setting.find(": ");
    if (mark == std::string::npos || mark > setting.find(' ')) lines += setting + "\n";
  }
  return lines;
}

/// What stands in @s is filled in for each case.
constexpr std::string_view configuration = R"(primary_hostname = mx.test
log_file_path = /var/log/@name@_%slog
log_selector = +smtp_connection +smtp_no_mail +smtp_protocol_error +smtp_syntax_error
spool_directory = /var/spool/@name@
pid_file_path = /run/@name@.pid
local_interfaces = @address@
daemon_smtp_ports = @port@
host_lookup =
rfc1413_query_timeout = 0s
keep_environment =
LOCAL_DOMAINS = @domain@
acl_smtp_connect = at_connect
acl_smtp_helo = at_helo
acl_smtp_mail = at_mail
acl_smtp_rcpt = at_rcpt
acl_smtp_predata = at_data
@main@
begin acl
at_connect:
@connect@  accept
at_helo:
@helo@  accept
at_mail:
@mail@  accept
at_rcpt:
  require message = relay not permitted
          domains = LOCAL_DOMAINS
@rcpt@  require verify = recipient
  accept
at_data:
  deny
begin routers
@router@users:
  driver = accept
  domains = LOCAL_DOMAINS
  local_parts = ada : grace : postmaster
  transport = mailbox
begin transports
mailbox:
  driver = appendfile
  file = /var/mail/$local_part_data
  user = Debian-exim
  quota = 1K
remote:
  driver = smtp
  port = @port@
  allow_localhost
)";

void fill_in(std::string& text, const std::string& place, const std::string& value) {
  const std::string mark = "@" + place + "@";
  for (std::size_t at = text.find(mark); at != std::string::npos; at = text.find(mark, at)) {
    text.replace(at, mark.size(), value);
    at += value.size();
  }
}

std::string configuration_of(const Case& asked, const Endpoint& place, const std::string& name) {
  std::string text(configuration);
  const bool tls = main_options(asked).find("tls_advertise_hosts") != std::string::npos;
  fill_in(text, "main", main_options(asked) + (tls ? "" : "tls_advertise_hosts =\n"));
  for (const char* part : {"connect", "helo", "mail", "rcpt", "router"}) {
    fill_in(text, part, marked(asked, part));
  }
  fill_in(text, "name", name);
  fill_in(text, "domain", asked.domain);
  fill_in(text, "address", place.address.to_string());
  fill_in(text, "port", std::to_string(place.port));
  return text;
}

std::string file_of(const Case& asked) {
  return "/etc/exim4/exim-" + asked.domain + ".conf";
}

ServerProcess::Call prepare(const ServerRoot& root, const Case& asked, const Endpoint& place) {
  const std::string name = "exim-" + asked.domain;
  const std::string file = file_of(asked);
  root.write(file, configuration_of(asked, place, name));
  root.make_folder("/var/spool/" + name, exim_user, 0750);
  return {.name = name, .words = {"/usr/sbin/exim4", "-C", file, "-bdf"}, .listens = {place}};
}

}  // namespace

Exim::Exim(const ServerRoot& root, const Places& places, const std::vector<Case>& cases) {
  root.make_folder("/var/log", exim_user);
  // A process of Exim's that takes on another user would else not read these again.
  std::string trusted;
  for (const Case& each : cases) trusted += file_of(each) + "\n";
  root.write("/etc/exim4/trusted_configs", trusted);
  make_certificates(root);
  root.hand_over("/etc/tls/key.pem", exim_user);
  root.make_folder("/var/mail", exim_user);
  root.write("/var/mail/full", std::string(2048, 'x'));
  root.hand_over("/var/mail/full", exim_user);
  for (std::size_t i = 0; i < cases.size(); ++i) {
    processes_.emplace_back(root, prepare(root, cases[i], places.mail_server(i)));
  }
}

}  // namespace leadverify::servers
