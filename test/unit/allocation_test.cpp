// A host short of memory: the nth allocation of a run fails, for n = 1, 2, 3 ...
#include "support/allocation_faults.hpp"
#include "support/virtual_run.hpp"

#include <catch2/catch.hpp>

#include <array>
#include <cstdlib>
#include <execinfo.h>
#include <new>
#include <string_view>
#include <unordered_map>

namespace {

long allocations_left = 0;  // until one fails; 0: none does
bool has_failed = false;

/// What a place in the program is, by its name.
struct Place {
  bool is_ours = false;
  bool is_coroutine = false;     // the body of one
  bool suspends = false;         // a coroutine
  bool asks_for_memory = false;  // for the operation that it waits for (base/asio.hpp)
  bool is_asios_own = false;     // a new strand or a turn of it, a wait that is over, a coroutine's
                                 // beginning
};

const Place& find_place(void* address) {
  static std::unordered_map<void*, Place> known;  // finding out is slow
  const auto [place, is_new] = known.try_emplace(address);
  if (!is_new) return place->second;
  char** const names = ::backtrace_symbols(&address, 1);
  const std::string_view name = names[0];
  const auto has = [&](const char* part) { return name.find(part) != name.npos; };
  place->second.is_ours = has("(_ZN10leadverify") || has("(_ZNK10leadverify") ||
                          has("(_ZZN10leadverify") || has("(_ZZNK10leadverify");
  place->second.is_coroutine = has(".actor");
  place->second.suspends = has("await_suspend");
  place->second.asks_for_memory = has("asio_handler_allocateINS");
  place->second.is_asios_own = has("create_implementation") ||
                               has("strand_executor_service7invoker") || has("handler_work") ||
                               has("co_spawn_entry_point");
  std::free(names);
  return place->second;
}

/// Is the allocation one of Asio's own, that Boost 1.74 does not survive or loses a handler by if
/// it fails? Nor may anything be thrown where a coroutine is being suspended.
bool is_deadly() {
  std::array<void*, 100> frames{};
  const int depth = ::backtrace(frames.data(), static_cast<int>(frames.size()));
  bool asked_for_memory = false;
  bool is_on_our_behalf = true;  // no function of ours was met yet, from the inside out
  for (int i = 0; i < depth; ++i) {
    const Place& place = find_place(frames[static_cast<std::size_t>(i)]);
    if (is_on_our_behalf && place.is_asios_own) return true;
    is_on_our_behalf = is_on_our_behalf && !place.is_ours;
    asked_for_memory |= place.asks_for_memory;
    if (place.suspends) return !asked_for_memory;
    if (place.is_coroutine) return false;
  }
  return false;
}

void* allocate(std::size_t size) {
  const bool counts = allocations_left > 0 && leadverify::fault_shelters == 0;
  if (counts && --allocations_left == 0) {
    const leadverify::FaultShelter shelter;
    if (is_deadly()) {
      allocations_left = 1;
    } else {
      has_failed = true;
      throw std::bad_alloc();
    }
  }
  if (void* const memory = std::malloc(size == 0 ? 1 : size)) return memory;
  throw std::bad_alloc();
}

}  // namespace

void* operator new(std::size_t size) {
  return allocate(size);
}
void* operator new[](std::size_t size) {
  return allocate(size);
}
void* operator new(std::size_t size, const std::nothrow_t&) noexcept {
  try {
    return allocate(size);
  } catch (const std::bad_alloc&) {
    return nullptr;
  }
}
void* operator new[](std::size_t size, const std::nothrow_t& tag) noexcept {
  return operator new(size, tag);
}
void operator delete(void* memory) noexcept {
  std::free(memory);
}
void operator delete[](void* memory) noexcept {
  std::free(memory);
}
void operator delete(void* memory, std::size_t) noexcept {
  std::free(memory);
}
void operator delete[](void* memory, std::size_t) noexcept {
  std::free(memory);
}

namespace leadverify {
namespace {

constexpr const char* small_world = R"(
template default
  users ada grace
domain one.test
  mx 10 mx.shared.test
domain two.test
  mx 10 mx.shared.test
server mx.shared.test 127.30.0.1
domain grey.test
  mx 10 mx.grey.test
server mx.grey.test 127.30.0.2
  no-pipelining
  greylist 20s
domain dead.test
  mx 10 mx1.dead.test
  mx 20 mx2.dead.test
host mx1.dead.test 127.30.0.3
server mx2.dead.test 127.30.0.4
)";

const std::vector<std::string> addresses = {"ada@one.test",
                                            "nobody@one.test",
                                            "grace@two.test",
                                            "ada@grey.test",
                                            "nobody@grey.test",
                                            "ada@dead.test",
                                            "ada@absent.test"};

/// False where the exception leaves the io_context. The Verifier then ends the run, and what is not
/// settled is an internal_error.
bool goes_to_its_end(VirtualRun& run) {
  try {
    run.run();
    return true;
  } catch (const std::bad_alloc&) {
    return false;
  }
}

TEST_CASE("an allocation that fails costs an address its verdict at worst, and no slot",
          "[schedule][memory]") {
  long tried = 0;
  int spoiled = 0;
  int broken_off = 0;
  for (long n = 1;; ++n) {
    CAPTURE(n);
    VirtualRun run(small_world, {.max_connections = 2});
    for (const std::string& address : addresses) run.submit(address);

    has_failed = false;
    allocations_left = n;
    const bool at_its_end = goes_to_its_end(run);
    allocations_left = 0;

    if (!has_failed) break;
    ++tried;
    if (!at_its_end) ++broken_off;
    REQUIRE((!at_its_end || run.size() == addresses.size()));
    REQUIRE((!at_its_end || run.open_sessions() == 0));
    for (const std::string& address : addresses) {
      if (!run.has(address)) continue;
      CAPTURE(address);
      // Its patience is not what anybody waits for.
      if (!address.ends_with("@grey.test")) REQUIRE(run[address].at < std::chrono::seconds{60});
      const Reason reason = run[address].reason();
      if (reason == Reason::internal_error) ++spoiled;
      const bool known = address.starts_with("ada") || address.starts_with("grace");
      const bool absent = address == "ada@absent.test";
      const Reason right = absent  ? Reason::domain_not_found
                           : known ? Reason::accepted
                                   : Reason::user_unknown;
      // Less than the truth, and never a lie.
      const bool unknown = status_of(reason) == Status::unknown;
      REQUIRE((reason == right || unknown));
    }
  }

  CHECK(tried > 400);
  CHECK(spoiled > 0);
  CHECK(broken_off < tried / 4);
  CHECK(spoiled < 2 * tried);
}

}  // namespace
}  // namespace leadverify
