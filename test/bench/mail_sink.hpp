// The cheapest mail server there can be, on loopback and in a process of its own: it takes
// everything, keeps nothing and counts nothing, so that what is measured is the client.
#pragma once

#include "base/ip.hpp"

#include <cstddef>
#include <sys/types.h>
#include <vector>

namespace leadverify::bench {

class MailSink {
 public:
  /// Listens at so many addresses, since each has client ports for some 28,000 sessions a minute.
  explicit MailSink(std::size_t addresses = 32);
  ~MailSink();
  MailSink(const MailSink&) = delete;
  MailSink& operator=(const MailSink&) = delete;

  const std::vector<Endpoint>& places() const { return places_; }

 private:
  std::vector<Endpoint> places_;
  pid_t pid_ = -1;
};

}  // namespace leadverify::bench
