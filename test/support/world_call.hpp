// The options that lead the built program into a mail world.
#pragma once

#include "world/loopback_front.hpp"

#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace leadverify {

inline world::Script read(std::string_view text) {
  auto script = world::read_script(text);
  if (!script) throw std::invalid_argument(to_string(script.error()));
  return *std::move(script);
}

/// Those for `world`, and `more` behind them.
inline std::vector<std::string> into(const world::LoopbackWorld& world,
                                     const std::vector<std::string>& more = {}) {
  std::vector<std::string> arguments = {"--resolver",
                                        to_string(world.places().dns),
                                        "--smtp-port",
                                        std::to_string(world.places().smtp_port),
                                        "--allow-net",
                                        "127.0.0.0/8,::1",
                                        "--helo",
                                        "probe.example.net"};
  arguments.insert(arguments.end(), more.begin(), more.end());
  return arguments;
}

}  // namespace leadverify
