#include "servers/exim.hpp"

#include <array>
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
  std::string lines = "LOCAL_DOMAINS = " + asked.domain + "\n";
  for (const std::string& setting : asked.settings) {
    const std::size_t mark = setting.find(": ");
    if (mark == std::string::npos || mark > setting.find(' ')) lines += setting + "\n";
  }
  return lines;
}

std::string configuration(const Case& asked, const Endpoint& place, const std::string& name) {
  return "primary_hostname = mx.test\n"
         "log_file_path = /var/log/exim.log\n"
         "log_selector = +smtp_connection +smtp_no_mail +smtp_protocol_error +smtp_syntax_error\n"
         "spool_directory = /var/spool/" +
         name +
         "\n"
         "pid_file_path = /run/" +
         name +
         ".pid\n"
         "local_interfaces = " +
         place.address.to_string() +
         "\n"
         "daemon_smtp_ports = " +
         std::to_string(place.port) +
         "\n"
         "host_lookup =\n"
         "rfc1413_query_timeout = 0s\n"
         "keep_environment =\n"
         "tls_advertise_hosts =\n"
         "acl_smtp_connect = at_connect\n"
         "acl_smtp_helo = at_helo\n"
         "acl_smtp_mail = at_mail\n"
         "acl_smtp_rcpt = at_rcpt\n" +
         main_options(asked) +
         "begin acl\n"
         "at_connect:\n" +
         marked(asked, "connect") +
         "  accept\n"
         "at_helo:\n" +
         marked(asked, "helo") +
         "  accept\n"
         "at_mail:\n" +
         marked(asked, "mail") +
         "  accept\n"
         "at_rcpt:\n"
         "  require message = relay not permitted\n"
         "          domains = LOCAL_DOMAINS\n" +
         marked(asked, "rcpt") +
         "  require verify = recipient\n"
         "  accept\n"
         "begin routers\n" +
         marked(asked, "router") +
         "users:\n"
         "  driver = accept\n"
         "  domains = LOCAL_DOMAINS\n"
         "  local_parts = ada : grace : postmaster\n"
         "  transport = mailbox\n"
         "begin transports\n"
         "mailbox:\n"
         "  driver = appendfile\n"
         "  file = /var/mail/$local_part_data\n"
         "  user = mail\n"
         "  quota = 1K\n"
         "remote:\n"
         "  driver = smtp\n"
         "  port = " +
         std::to_string(place.port) +
         "\n"
         "  allow_localhost\n";
}

ServerProcess::Call prepare(const ServerRoot& root, const Case& asked, const Endpoint& place) {
  const std::string name = "exim-" + asked.domain;
  const std::string file = "/etc/exim4/" + name + ".conf";
  root.write(file, configuration(asked, place, name));
  root.make_folder("/var/spool/" + name, exim_user, 0750);
  return {.name = name, .words = {"/usr/sbin/exim4", "-C", file, "-bdf"}, .listens = {place}};
}

}  // namespace

Exim::Exim(const ServerRoot& root, const Places& places, const std::vector<Case>& cases) {
  root.write("/var/log/exim.log", "");
  root.hand_over("/var/log/exim.log", exim_user);
  for (const char* name : {"ada", "grace"}) root.write(std::string("/var/mail/") + name, "");
  root.write("/var/mail/full", std::string(2048, 'x'));
  for (std::size_t i = 0; i < cases.size(); ++i) {
    processes_.emplace_back(root, prepare(root, cases[i], places.mail_server(i)));
  }
}

}  // namespace leadverify::servers
