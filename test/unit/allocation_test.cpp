// A host short of memory: the nth allocation of a run fails, for n = 1, 2, 3 ...
#include "support/allocation_faults.hpp"
#include "support/virtual_run.hpp"

#include <catch2/catch.hpp>

#include <cstdlib>
#include <new>

namespace {

long allocations_left = 0;  // until one fails; 0: none does
bool has_failed = false;

void* allocate(std::size_t size) {
  const bool counts = allocations_left > 0 && leadverify::fault_shelters == 0;
  if (counts && --allocations_left == 0) {
    has_failed = true;
    throw std::bad_alloc();
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

/// Goes on where the io_context was left by an exception.
void run_to_its_end(VirtualRun& run) {
  while (true) {
    try {
      run.run();
      return;
    } catch (const std::bad_alloc&) {
    }
  }
}

TEST_CASE("an allocation that fails costs an address its verdict at worst, and no slot",
          "[schedule][memory]") {
  long tried = 0;
  int spoiled = 0;
  for (long n = 1;; n += n < 400 ? 1 : 7) {
    CAPTURE(n);
    VirtualRun run(small_world, {.max_connections = 2});
    run.reserve_timers(100);
    for (const std::string& address : addresses) run.submit(address);

    has_failed = false;
    allocations_left = n;
    run_to_its_end(run);
    allocations_left = 0;

    if (!has_failed) break;
    ++tried;
    REQUIRE(run.size() == addresses.size());
    REQUIRE(run.open_sessions() == 0);
    for (const std::string& address : addresses) {
      CAPTURE(address);
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
  CHECK(spoiled < 2 * tried);
}

}  // namespace
}  // namespace leadverify
