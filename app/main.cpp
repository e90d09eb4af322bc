// leadverify, the program: argv in, exit status out.
#include <leadverify/version.hpp>

#include "app/base/descriptor.hpp"
#include "app/base/message.hpp"
#include "app/base/usage_error.hpp"
#include "app/doctor.hpp"
#include "app/exit_status.hpp"
#include "app/explain.hpp"
#include "app/output/output_file.hpp"
#include "app/run.hpp"
#include "app/settings/environment.hpp"
#include "app/settings/option_table.hpp"
#include "app/settings/read_settings.hpp"

#include <unistd.h>

#include <csignal>
#include <system_error>

namespace leadverify::app {
namespace {

int carry_out(const Settings& settings) {
  switch (settings.task) {
    case Task::verify: return run(settings);
    case Task::explain: return explain(settings.reply);
    case Task::doctor: return doctor(settings);
    case Task::help: print_all(help_page()); break;
    case Task::version: print_all("leadverify " + std::string(version()) + "\n"); break;
  }
  return exit_complete;
}

int complain(std::string_view words, int status) {
  if (!words.empty()) {
    static_cast<void>(write_all(STDERR_FILENO, message_line("leadverify: " + std::string(words))));
  }
  return status;
}

}  // namespace
}  // namespace leadverify::app

int main(int argc, char** argv) {
  using namespace leadverify::app;
  keep_standard_streams();
  // Both then come back as the error of a write: a reader has gone, a file may grow no more.
  std::signal(SIGPIPE, SIG_IGN);
  std::signal(SIGXFSZ, SIG_IGN);
  // Who asks how far a run is must not end it, before it listens either. A signal that is held
  // back comes to a SignalWatch all the same.
  std::signal(SIGUSR1, SIG_IGN);
  try {
    const std::vector<std::string> arguments(argv + (argc > 0 ? 1 : 0), argv + argc);
    return carry_out(read_settings(arguments, Environment::of_process()));
  } catch (const UsageError& error) {
    return complain(error.what(), exit_usage);
  } catch (const InputOutputError& error) {
    return complain(error.what(), exit_input_output);
  } catch (const std::system_error& error) {
    return complain(error.what(), exit_input_output);
  }
}
