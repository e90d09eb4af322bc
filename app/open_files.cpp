#include "app/open_files.hpp"

#include "app/base/usage_error.hpp"
#include "app/settings/in_force.hpp"

#include <string>
#include <sys/resource.h>

namespace leadverify::app {
namespace {

// For all that is no SMTP session: standard streams, inputs and outputs, DNS sockets, and
// what an io_context needs for itself.
constexpr rlim_t beside_sessions = 64;

}  // namespace

void raise_open_files() {
  rlimit limit{};
  if (::getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
  limit.rlim_cur = limit.rlim_max;
  static_cast<void>(::setrlimit(RLIMIT_NOFILE, &limit));
}

void check_open_files(const Settings& settings) {
  const Options& options = settings.options;
  rlimit limit{};
  if (options.depth != Depth::smtp || ::getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
  const auto sessions = static_cast<rlim_t>(options.max_connections);
  if (limit.rlim_cur == RLIM_INFINITY || sessions + beside_sessions <= limit.rlim_cur) return;

  std::string message = given_as(settings, "max-connections") + " " + std::to_string(sessions) +
                        " needs " + std::to_string(sessions + beside_sessions) +
                        " open files, and the system allows " + std::to_string(limit.rlim_cur);
  if (limit.rlim_cur > beside_sessions) {
    message += ": choose at most " + std::to_string(limit.rlim_cur - beside_sessions) +
               ", or raise ulimit -n";
  } else {
    message += ": raise ulimit -n";
  }
  throw UsageError(message);
}

}  // namespace leadverify::app
