// Runs targets on octets that were kept: fuzz_replay TARGET FILE|FOLDER...
#include "fuzz/target.hpp"

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>

namespace leadverify::fuzz {
namespace {

void run_file(const Target& target, const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  std::printf("%s\n", path.c_str());
  std::fflush(stdout);  // the last one named is the one that failed
  target.run({reinterpret_cast<const std::uint8_t*>(text.data()), text.size()});
}

/// The number of files that were run.
std::size_t run_all(const Target& target, const std::filesystem::path& place) {
  if (!std::filesystem::is_directory(place)) {
    run_file(target, place);
    return 1;
  }
  std::vector<std::filesystem::path> paths;
  for (const auto& entry : std::filesystem::directory_iterator(place)) {
    paths.push_back(entry.path());
  }
  std::ranges::sort(paths);
  for (const auto& path : paths) run_file(target, path);
  return paths.size();
}

int replay(std::span<char*> arguments) {
  if (arguments.size() < 3) {
    std::fputs("usage: fuzz_replay TARGET FILE|FOLDER...\n", stderr);
    return 2;
  }
  const auto target = std::ranges::find(targets(), arguments[1], &Target::name);
  if (target == targets().end()) {
    std::fprintf(stderr, "fuzz_replay: there is no target %s\n", arguments[1]);
    return 2;
  }
  std::size_t files = 0;
  for (const char* const place : arguments.subspan(2)) files += run_all(*target, place);
  std::printf("%zu files\n", files);
  return files == 0 ? 1 : 0;
}

}  // namespace
}  // namespace leadverify::fuzz

int main(int count, char** arguments) {
  return leadverify::fuzz::replay({arguments, static_cast<std::size_t>(count)});
}
