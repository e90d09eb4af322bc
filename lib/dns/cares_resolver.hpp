// The real resolver: asks DNS servers over the network, one after another until one knows.
//
// A server that fails, refuses, or answers nonsense is asked once for a question; one that is
// silent is asked again after the others. Servers that were silent of late come last
// (ServerOrder). Where all of them are silent, to whoever asks, that says nothing of a name: the
// questions wait for a while, and one of them tries every now and then. So do those that this host
// itself can't ask, for want of descriptors or buffers. Only so many questions are under way at
// once; the rest wait, first come, first served. Never the hosts file, never search suffixes.
#pragma once

#include <leadverify/options.hpp>

#include "base/expected.hpp"
#include "base/ip.hpp"
#include "base/time.hpp"
#include "dns/resolver.hpp"

#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace leadverify {

class CaresResolver final : public Resolver {
 public:
  struct Params {
    std::vector<Endpoint> servers = {};            // none: those that resolv_conf names
    std::string resolv_conf = "/etc/resolv.conf";  // resolv.conf(5)
    IpVersion ip = IpVersion::any;                 // which addresses of a host are asked for
    Duration timeout = std::chrono::seconds{2};    // for one answer; 1 ms to 60 s
    int tries = 2;                                 // of a silent server, for one question
    // Under way at once, at least 1. A server's socket with Linux's default buffer (208 KiB) holds
    // about 185 questions that come in one burst; what is beyond is lost, and costs a timeout.
    std::size_t most_questions = 150;
    Duration server_rest = std::chrono::seconds{30};  // how long a silent server comes last
    // While no server answers anybody, questions wait so long for one that does again.
    Duration outage_patience = std::chrono::seconds{10};
    // While this host cannot ask, for want of descriptors, ports, buffers or memory: until it can.
    Duration shortage_patience = std::chrono::seconds{30};
  };

  /// Works on a strand of its own on `executor`. The error is a sentence.
  static Expected<std::shared_ptr<CaresResolver>, std::string> make(asio::any_io_executor executor,
                                                                    const Params& params);
  /// Lookups under way go on to their end.
  ~CaresResolver() override;

  /// From any thread. A name under .onion does not exist (RFC 7686).
  void lookup_mx(const std::string& domain, MxDone done) override;
  void lookup_addresses(const std::string& host, AddressDone done) override;

  using TextDone = std::function<void(const TextAnswer&)>;
  using PointerDone = std::function<void(const PointerAnswer&)>;

  /// Looks up the TXT, the PTR records of `name`, as lookup_mx() does. From any thread.
  void lookup_texts(const std::string& name, TextDone done);
  void lookup_pointers(const std::string& name, PointerDone done);

  /// Ends all lookups as failed, soon, those that come after too. Their `done` are still called;
  /// then the io_context has no more work from here. From any thread, any number of times.
  void stop();

  /// One query for each lookup, two for addresses of both versions.
  ResolverCounts counts() const override;

 private:
  class Core;
  explicit CaresResolver(std::shared_ptr<Core> core);

  std::shared_ptr<Core> core_;
};

}  // namespace leadverify
