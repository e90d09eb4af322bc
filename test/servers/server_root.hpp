// A small Debian of its own for the servers of one test, with a root, users and devices.
//
// scripts/unpack_servers has put the packages into build/servers/root. Each test gets a copy in
// hard links, so that every server finds its files where Debian has them, nothing of the system
// is read or written, and tests don't meet each other. To make one, and to start servers in it
// by chroot, takes root's rights.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace leadverify::servers {

struct Owner {
  std::uint32_t user = 0;
  std::uint32_t group = 0;
};

/// Who is in its /etc/passwd, beside root.
inline constexpr Owner postfix_user = {.user = 64101, .group = 64101};
inline constexpr Owner postdrop_group = {.user = 64101, .group = 64102};
inline constexpr Owner exim_user = {.user = 64103, .group = 64103};
inline constexpr Owner opensmtpd_user = {.user = 64104, .group = 64104};
inline constexpr Owner opensmtpd_queue_user = {.user = 64105, .group = 64105};

class ServerRoot {
 public:
  ServerRoot();
  ~ServerRoot();
  ServerRoot(const ServerRoot&) = delete;
  ServerRoot& operator=(const ServerRoot&) = delete;

  const std::filesystem::path& path() const { return path_; }

  /// Writes a file, in the place of one that is there; `name` as seen from within, "/etc/x".
  void write(std::string_view name, std::string_view content) const;
  std::string read(std::string_view name) const;
  void make_folder(std::string_view name, Owner owner = {}, unsigned mode = 0755) const;
  void hand_over(std::string_view name, Owner owner) const;

 private:
  std::filesystem::path outside(std::string_view name) const;

  std::filesystem::path path_;
};

}  // namespace leadverify::servers
