#include "bench/world_child.hpp"

#include <nlohmann/json.hpp>
#include <unistd.h>

#include <array>
#include <csignal>
#include <stdexcept>
#include <string_view>

namespace leadverify::bench {
namespace {

std::string behind(const std::string& line, const std::string& name) {
  const auto at = line.find(name);
  if (at == line.npos) throw std::runtime_error("the mail world did not come up");
  const auto begin = at + name.size();
  return line.substr(begin, line.find(' ', begin) - begin);
}

}  // namespace

WorldChild::WorldChild(const std::string& script_file)
    : child_({MAIL_WORLD_PROGRAM, script_file}, {.input = -1, .output = said_.write_end}) {
  said_.close_write_end();
  const std::string ready = read_line(said_.read_end);
  dns_ = behind(ready, "dns=");
  smtp_port_ = behind(ready, "smtp_port=");
}

std::vector<std::string> WorldChild::options() const {
  return {"--resolver",
          dns_,
          "--smtp-port",
          smtp_port_,
          "--allow-net",
          "127.0.0.0/8",
          "--helo",
          "probe.example.net"};
}

Witness WorldChild::count() {
  child_.send(SIGUSR1);
  return read_witness();
}

Witness WorldChild::finish() {
  child_.send(SIGTERM);
  const Witness witness = read_witness();
  child_.wait();
  return witness;
}

/// The figures come first; what is told of each server and recipient is not kept, so that this
/// program keeps small.
Witness WorldChild::read_witness() {
  std::string figures;
  bool complete = false;
  bool ended = false;
  std::array<char, 65536> piece{};
  while (!ended) {
    const ssize_t length = ::read(said_.read_end, piece.data(), piece.size());
    if (length <= 0) break;
    const std::string_view octets(piece.data(), static_cast<std::size_t>(length));
    ended = octets.ends_with('\n');
    if (complete) continue;
    figures.append(octets);
    const auto rest = figures.find(",\"fault_lines\"");
    if (rest == figures.npos) continue;
    figures.resize(rest);
    complete = true;
  }
  if (!complete) throw std::runtime_error("the mail world told nothing");

  const auto json = nlohmann::json::parse(figures + "}");
  Witness witness{
      .connections = json.at("connections"),
      .open_sessions = json.at("sessions").at("now"),
      .most_sessions = json.at("sessions").at("most"),
      .most_sessions_to_one_server = json.at("most_sessions_to_one_server"),
      .most_sessions_for_one_domain = json.at("most_sessions_for_one_domain"),
      .rcpt = json.at("rcpt"),
      .dns_queries = json.at("dns_queries"),
  };
  for (const auto& fault : json.at("faults")) witness.faults += fault.get<std::uint64_t>();
  return witness;
}

}  // namespace leadverify::bench
