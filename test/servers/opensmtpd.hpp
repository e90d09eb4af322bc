// OpenSMTPD: one daemon, with a listener for each case at its own address.
#pragma once

#include "servers/cases.hpp"
#include "servers/places.hpp"
#include "servers/server_process.hpp"

#include <vector>

namespace leadverify::servers {

class OpenSmtpd {
 public:
  /// Settings are lines of smtpd.conf, and "listen ..." what the case's listener has beyond its
  /// address. Where there is no "match", the domain's mail goes to the users of the host.
  OpenSmtpd(const ServerRoot& root, const Places& places, const std::vector<Case>& cases);

 private:
  ServerProcess process_;
};

}  // namespace leadverify::servers
