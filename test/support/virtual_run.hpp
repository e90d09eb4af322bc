// A run of the whole schedule against a mail world, in virtual time and on one thread.
#pragma once

#include "dns/caching_resolver.hpp"
#include "schedule/dispatcher.hpp"
#include "support/virtual_network.hpp"

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace leadverify {

class VirtualRun {
 public:
  /// `script` is the world's (test/world/README.md).
  explicit VirtualRun(std::string_view script) : VirtualRun(script, Options{}) {}
  VirtualRun(std::string_view script, Options options);
  VirtualRun(std::string_view script, Options options, VirtualNetwork::Params network);

  /// Takes an address in. It must be a mailbox.
  void submit(std::string_view address);

  /// Goes on until everything is settled; the time that took.
  Duration run() { return run_in_virtual_time(context_, clock_); }
  /// The same, and calls `at_rest` whenever nothing is left but to let time pass.
  Duration run(const std::function<void()>& at_rest) {
    return run_in_virtual_time(context_, clock_, std::chrono::hours{24}, at_rest);
  }
  /// Goes on for `time`, if there is so much to wait for.
  void run_for(Duration time);

  /// The settlement of an address, and the moment since the beginning at which it came.
  struct Settled {
    Settlement settlement;
    Duration at{0};
    Reason reason() const { return settlement.judgement.reason; }
  };
  const Settled& operator[](const std::string& address) const { return settled_.at(address); }
  bool has(const std::string& address) const { return settled_.contains(address); }
  std::size_t size() const { return settled_.size(); }

  const VirtualNetwork::Open& open_connections() const { return network_.open(); }
  const std::map<IpAddress, std::size_t>& most_read() const { return network_.most_read(); }
  int open_sessions() const { return pool_.open_sessions(); }
  const world::Counts& seen() const { return world_.counts(); }
  void interrupt() { dispatcher_.interrupt(); }
  Duration elapsed() const { return clock_.now() - TimePoint{}; }
  const RunCounts& counts() const { return counts_; }
  const std::vector<std::string>& notices() const { return notices_; }

 private:
  FakeClock clock_;
  std::vector<std::string> notices_;
  RunCounts counts_;
  Options options_;
  world::MailWorld world_;
  VirtualNetwork network_;  // outlives the connections of sessions that were broken off
  asio::io_context context_{1};
  Reach reach_;
  ProviderTable providers_;
  CachingResolver resolver_;
  SessionPool pool_;
  Dispatcher dispatcher_;
  std::uint64_t last_id_ = 0;
  std::map<std::string, Settled> settled_;
};

}  // namespace leadverify
