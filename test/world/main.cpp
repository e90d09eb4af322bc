// mail_world: acts a script of DNS and mail servers out on loopback until it is told to stop.
#include "world/loopback_front.hpp"
#include "world/words.hpp"

#include <nlohmann/json.hpp>

#include <csignal>
#include <fstream>
#include <iostream>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>
#include <sys/resource.h>
#include <vector>

namespace leadverify::world {
namespace {

constexpr std::string_view usage =
    "usage: mail_world SCRIPT [--smtp-port N] [--dns 127.0.0.1:PORT] [--ready FILE]\n"
    "Port 0, the default, is chosen. Prints 'ready dns=ADDRESS:PORT smtp_port=PORT' (also into\n"
    "FILE), on SIGUSR1 and at its end (SIGINT, SIGTERM) what it saw as a line of JSON.\n";

struct Wishes {
  std::string script;
  Places places;
  std::string ready_file;  // empty: none
};

std::optional<std::uint16_t> read_port(std::string_view text) {
  const auto number = read_number(text);
  if (!number || *number > 65535) return std::nullopt;
  return static_cast<std::uint16_t>(*number);
}

bool read_option(std::string_view name, std::string_view value, Wishes& wishes) {
  if (name == "--ready") {
    wishes.ready_file = value;
    return true;
  }
  const auto colon = value.rfind(':');
  const auto port = read_port(colon == value.npos ? value : value.substr(colon + 1));
  if (!port) return false;
  if (name == "--smtp-port") {
    wishes.places.smtp_port = *port;
    return colon == value.npos;
  }
  if (name != "--dns" || colon == value.npos) return false;
  const auto address = IpAddress::parse(value.substr(0, colon));
  if (!address) return false;
  wishes.places.dns = {*address, *port};
  return true;
}

std::optional<Wishes> read_wishes(const std::vector<std::string_view>& words) {
  Wishes wishes;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (!words[i].starts_with("--")) {
      if (!wishes.script.empty()) return std::nullopt;
      wishes.script = words[i];
      continue;
    }
    if (i + 1 == words.size() || !read_option(words[i], words[i + 1], wishes)) return std::nullopt;
    ++i;
  }
  if (wishes.script.empty()) return std::nullopt;
  return wishes;
}

/// Thousands of sessions need thousands of descriptors.
void raise_descriptor_limit() {
  rlimit limit{};
  if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
  limit.rlim_cur = limit.rlim_max;
  setrlimit(RLIMIT_NOFILE, &limit);
}

void print_counts(const MailWorld& world) {
  const auto replace = nlohmann::ordered_json::error_handler_t::replace;
  std::cout << to_json(world.counts()).dump(-1, ' ', false, replace) << std::endl;
}

class SignalWatch {
 public:
  SignalWatch(asio::io_context& context, const MailWorld& world)
      : context_(context), world_(world), signals_(context, SIGINT, SIGTERM, SIGUSR1) {
    wait();
  }

 private:
  void wait() {
    signals_.async_wait([this](error_code error, int signal) {
      if (error) return;
      print_counts(world_);
      if (signal != SIGUSR1) return context_.stop();
      wait();
    });
  }

  asio::io_context& context_;
  const MailWorld& world_;
  asio::signal_set signals_;
};

int run(const Wishes& wishes) {
  std::ifstream file(wishes.script);
  const std::string text(std::istreambuf_iterator<char>(file), {});
  if (!file) {
    std::cerr << "mail_world: cannot read " << wishes.script << '\n';
    return 2;
  }
  auto script = read_script(text);
  if (!script) {
    std::cerr << "mail_world: " << wishes.script << ": " << to_string(script.error()) << '\n';
    return 2;
  }
  raise_descriptor_limit();
  MailWorld world(*std::move(script), std::chrono::steady_clock::now());
  asio::io_context context(1);
  const LoopbackFront front(context, world, wishes.places);
  const SignalWatch watch(context, world);
  const std::string ready = "ready " + front.describe_places();
  if (!wishes.ready_file.empty()) std::ofstream(wishes.ready_file) << ready << '\n';
  std::cout << ready << std::endl;
  context.run();
  return 0;
}

}  // namespace
}  // namespace leadverify::world

int main(int argc, char** argv) {
  using namespace leadverify::world;
  const auto wishes = read_wishes({argv + 1, argv + argc});
  if (!wishes) {
    std::cerr << usage;
    return 2;
  }
  try {
    return run(*wishes);
  } catch (const boost::system::system_error& error) {
    std::cerr << "mail_world: " << error.what() << '\n';
    return 3;
  }
}
