// Statements with co_await: those that GCC 12 miscompiles are marked, and are to be refused;
// the others are sound, and are to pass. Read by test/lint/awaits_test; compiled into nothing.
#include "base/asio.hpp"

#include <array>
#include <string>
#include <vector>

namespace leadverify {
namespace {

struct Params {
  std::string name;
  std::vector<std::string> recipients;
};

class Connection {
 public:
  explicit Connection(std::string name) : name_(std::move(name)) {}

 private:
  std::string name_;
};

class Record {
 public:
  Record(int answer, Params params);
};

void record(int answer, const Params& params);
asio::awaitable<int> ask(Params params);
asio::awaitable<int> ask_about(const Params& params, int attempts);
asio::awaitable<int> ask_each(std::vector<std::string> names);
asio::awaitable<int> ask_pair(std::array<std::string, 2> pair);
asio::awaitable<int> ask_by(Connection connection);
asio::awaitable<int> ask_text(std::string text);
asio::awaitable<int> ask_or(Params params = {});                  // refused
asio::awaitable<int> ask_times(std::string name, int times = 1);  // refused
Params make_params(Params like = Params());

template <class Question>
asio::awaitable<int> ask_with(Question question) {
  co_return co_await question();
}

asio::awaitable<void> braces(std::string name, Params params) {
  co_await ask({.name = name});                                        // refused
  co_await ask(Params{.name = name});                                  // refused
  co_await ask_about(Params{name}, 1);                                 // refused
  co_await ask_about({name, {}}, co_await ask(params));                // refused
  co_await ask_each({"ada", "bob"});                                   // refused
  co_await ask_pair(std::array<std::string, 2>{name, name});           // refused
  const Params awaited{.name = std::to_string(co_await ask(params))};  // refused
  record(co_await ask(params), {.name = name});                        // refused
  const Record kept{co_await ask(params), {name, {}}};                 // refused
  const Connection answered{std::to_string(co_await ask(params))};
  record(co_await ask(params), params);
}

asio::awaitable<void> defaults() {
  co_await ask_or();            // refused
  co_await ask(make_params());  // refused
}

asio::awaitable<void> lambdas(std::string name) {
  const auto executor = co_await asio::this_coro::executor;
  const auto question = [name]() -> asio::awaitable<int> { co_return co_await ask_text(name); };
  co_await asio::co_spawn(
      executor, [name]() { return ask_text(name); }, asio::use_awaitable);  // refused
  co_await ask_with([name]() { return ask_text(name); });                   // refused
  co_await [name]() -> asio::awaitable<int> { co_return 1; }();             // refused
  co_await asio::co_spawn(executor, question, asio::use_awaitable);
  co_await ask_with(question);

  const auto report = [](std::exception_ptr, int) {};
  asio::co_spawn(
      executor, [name]() { return ask_text(name); }, report);
  asio::co_spawn(
      executor,
      [name]() -> asio::awaitable<void> { co_await ask_text(name); },
      [](std::exception_ptr) {});
}

asio::awaitable<void> choices(bool again, Params params) {
  co_await ask(again ? Params(params) : make_params(params));  // refused
  co_await (again ? ask(params) : ask_text("ada"));            // refused
  if (again) co_await ask(params);
}

template <class Peer>
asio::awaitable<void> not_instantiated(Peer peer, std::string name) {
  co_await peer.ask(Params{.name = name});  // refused
  co_await peer.ask(name);
}

asio::awaitable<int> sound(asio::ip::tcp::socket& socket, std::string name) {
  Params params{.name = name, .recipients = {"ada", "bob"}};
  co_await ask_about(params, 2);
  co_await ask_text("RCPT TO:<" + name + ">");
  co_await ask_text("QUIT");
  co_await ask_by(Connection(name));
  co_await ask_each(std::vector<std::string>(2, name));

  error_code error;
  std::string line;
  co_await asio::async_write(socket, asio::buffer(name), into(error));
  co_await asio::async_read_until(socket, asio::dynamic_buffer(line), '\n', into(error));
  asio::steady_timer timer(socket.get_executor());
  co_await timer.async_wait(into(error));
  for (const auto& each : params.recipients) co_await ask_text(each);
  co_return co_await ask(std::move(params));
}

}  // namespace
}  // namespace leadverify
