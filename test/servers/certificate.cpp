#include "servers/certificate.hpp"

#include <unistd.h>

#include <spawn.h>
#include <stdexcept>
#include <string>
#include <sys/wait.h>
#include <vector>

namespace leadverify::servers {

namespace {

void make(const std::string& folder, const std::string& prefix, std::vector<std::string> key) {
  std::vector<std::string> words = {"openssl",
                                    "req",
                                    "-x509",
                                    "-noenc",
                                    "-batch",
                                    "-days",
                                    "2",
                                    "-subj",
                                    "/CN=mx.test",
                                    "-keyout",
                                    folder + prefix + "key.pem",
                                    "-out",
                                    folder + prefix + "certificate.pem",
                                    "-newkey"};
  words.insert(words.end(), key.begin(), key.end());
  std::vector<char*> pointers;
  for (std::string& word : words) pointers.push_back(word.data());
  pointers.push_back(nullptr);

  posix_spawn_file_actions_t quiet;
  posix_spawn_file_actions_init(&quiet);
  posix_spawn_file_actions_addopen(&quiet, STDERR_FILENO, "/dev/null", 1, 0);
  pid_t openssl = -1;
  const int failure =
      ::posix_spawnp(&openssl, "openssl", &quiet, nullptr, pointers.data(), environ);
  posix_spawn_file_actions_destroy(&quiet);
  int status = -1;
  if (failure != 0 || ::waitpid(openssl, &status, 0) != openssl || status != 0) {
    throw std::runtime_error("openssl makes no certificate");
  }
}

}  // namespace

void make_certificates(const ServerRoot& root) {
  root.make_folder("/etc/tls");
  const std::string folder = root.path() / "etc/tls/";
  make(folder, "", {"rsa:2048"});
  make(folder, "ec-", {"ec", "-pkeyopt", "ec_paramgen_curve:P-256"});
}

}  // namespace leadverify::servers
