// The pre-flight of a host that is going to verify: can it, and will mail servers listen to it?
//
//   leadverify::Checkup checkup;
//   checkup.options.helo = "probe.example.net";
//   checkup.probe_host = "mx.example.org";
//   for (const leadverify::Check& check : leadverify::examine(checkup)) {
//     std::puts(leadverify::json_line(check).c_str());
//   }
//
// It asks the DNS, blocklists among it, and opens a session with one mail server, which it greets
// and leaves. Nobody is asked about a recipient.
#pragma once

#include <leadverify/options.hpp>

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace leadverify {

/// How one thing looks; spelled as the JSON output spells it.
enum class Health : std::uint8_t {
  ok,
  unknown,  // can't be told from here
  warning,  // a run is possible, and its verdicts may suffer
  failure,  // a run makes no sense before it is mended
};

std::string_view to_string(Health health);

/// One thing that was looked at.
struct Check {
  std::string name;     // "resolver", "reverse_dns" ...: docs/doctor.md explains each
  std::string subject;  // which of its kind: an address, a domain, a zone; may be empty
  Health health = Health::ok;
  std::string found;   // what was seen, as a sentence; any bytes
  std::string advice;  // what it means and what to do; empty where it is ok

  friend bool operator==(const Check&, const Check&) = default;
};

struct Checkup {
  Options options;                        // what the run will be called with
  std::optional<std::string> probe_host;  // a mail server to connect to: a host name or IP address
  std::vector<std::string> addresses;     // without a probe host: the exchanges of the first
                                          // domains here are connected to
  std::vector<std::string> blocklists;    // zones to ask; none: built_in_blocklists()
};

/// Well-known blocklists of IP addresses.
std::vector<std::string> built_in_blocklists();

/// What is wrong with `checkup`, as one sentence; absent where nothing is.
std::optional<std::string> fault(const Checkup& checkup);

/// Looks at everything, in a blocking call of a minute or two at most; `on_check` is told each
/// check as soon as it is known, from the thread of the caller. Throws as Verifier does.
std::vector<Check> examine(const Checkup& checkup,
                           const std::function<void(const Check&)>& on_check = {});

/// The check as one line of JSON, without its end.
std::string json_line(const Check& check);

}  // namespace leadverify
