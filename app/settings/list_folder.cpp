#include "app/settings/list_folder.hpp"

#include "app/base/usage_error.hpp"
#include "app/settings/small_file.hpp"

namespace leadverify::app {

ListTexts read_lists(const std::string& named_by, const std::string& folder) {
  // Lists of throw-away domains from elsewhere can have a hundred thousand.
  constexpr std::size_t most_mebibytes = 16;
  const auto read = [&](const char* name) {
    return read_small_file_if_there(named_by, folder + "/" + name, most_mebibytes);
  };
  const ListTexts lists{.disposable = read("disposable.txt"),
                        .free = read("free.txt"),
                        .role = read("role.txt"),
                        .typos = read("typos.txt")};
  if (lists == ListTexts{}) {
    throw UsageError(named_by + ": " + folder +
                     " has none of disposable.txt, free.txt, role.txt and typos.txt");
  }
  return lists;
}

}  // namespace leadverify::app
