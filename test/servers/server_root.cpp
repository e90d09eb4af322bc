#include "servers/server_root.hpp"

#include <unistd.h>

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <sys/stat.h>
#include <sys/sysmacros.h>

namespace leadverify::servers {
namespace {

namespace fs = std::filesystem;

struct Device {
  const char* name;
  unsigned major_number;
  unsigned minor_number;
};

constexpr Device devices[] = {{"null", 1, 3}, {"zero", 1, 5}, {"random", 1, 8}, {"urandom", 1, 9}};

constexpr std::string_view passwd = R"(root:x:0:0::/root:/bin/false
nobody:x:65534:65534::/nonexistent:/bin/false
mail:x:8:8::/var/mail:/bin/false
postfix:x:64101:64101::/var/spool/postfix:/bin/false
Debian-exim:x:64103:64103::/var/spool/exim4:/bin/false
opensmtpd:x:64104:64104::/run/opensmtpd:/bin/false
opensmtpq:x:64105:64105::/run/opensmtpd:/bin/false
ada:x:64110:64110::/home/ada:/bin/false
grace:x:64111:64110::/home/grace:/bin/false
)";

constexpr std::string_view group = R"(root:x:0:
nogroup:x:65534:
mail:x:8:
postfix:x:64101:
postdrop:x:64102:
Debian-exim:x:64103:
opensmtpd:x:64104:
opensmtpq:x:64105:
users:x:64110:
)";

// No name is looked up in the DNS: nobody listens there.
constexpr std::string_view resolv_conf =
    "nameserver 127.255.255.53\noptions timeout:1 attempts:1\n";

fs::path unpacked() {
  return fs::path(LEADVERIFY_SERVERS) / "root";
}

}  // namespace

ServerRoot::ServerRoot() {
  if (::geteuid() != 0)
    throw std::runtime_error("servers are started in a root of their own: run as root");
  if (!fs::exists(unpacked())) throw std::runtime_error("run scripts/unpack_servers first");

  std::string name = (fs::path(LEADVERIFY_SERVERS) / "test-XXXXXX").string();
  if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("no folder: " + name);
  path_ = name;
  fs::copy(unpacked(),
           path_,
           fs::copy_options::recursive | fs::copy_options::create_hard_links |
               fs::copy_options::copy_symlinks);
  fs::permissions(path_, fs::perms(0755));
  for (const Device& device : devices) {
    const fs::path place = path_ / "dev" / device.name;
    if (::mknod(place.c_str(),
                S_IFCHR | 0666,
                ::makedev(device.major_number, device.minor_number)) != 0) {
      throw std::runtime_error("no device: " + place.string());
    }
    fs::permissions(place, fs::perms(0666));
  }
  fs::permissions(path_ / "tmp", fs::perms(01777));
  make_folder("/var/log");
  fs::create_directory_symlink("/run", path_ / "var/run");
  write("/etc/passwd", passwd);
  write("/etc/group", group);
  write("/etc/hosts", "127.0.0.1 localhost\n");
  write("/etc/nsswitch.conf", "passwd: files\ngroup: files\nhosts: files dns\n");
  write("/etc/resolv.conf", resolv_conf);
}

ServerRoot::~ServerRoot() {
  std::error_code ignored;
  fs::remove_all(path_, ignored);
}

void ServerRoot::write(std::string_view name, std::string_view content) const {
  const fs::path place = outside(name);
  fs::create_directories(place.parent_path());
  // What is there may be a link to what every test shares.
  fs::remove(place);
  std::ofstream file(place, std::ios::binary);
  file.write(content.data(), static_cast<std::streamsize>(content.size()));
}

std::string ServerRoot::read(std::string_view name) const {
  std::ifstream file(outside(name), std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

void ServerRoot::make_folder(std::string_view name, Owner owner, unsigned mode) const {
  const fs::path place = outside(name);
  fs::create_directories(place);
  hand_over(name, owner);
  fs::permissions(place, fs::perms(mode));
}

void ServerRoot::hand_over(std::string_view name, Owner owner) const {
  if (::chown(outside(name).c_str(), owner.user, owner.group) != 0) {
    throw std::runtime_error("not to be handed over: " + std::string(name));
  }
}

fs::path ServerRoot::outside(std::string_view name) const {
  return path_ / name.substr(1);
}

}  // namespace leadverify::servers
