// Many names, of which one is looked for: the domains or the local parts of a list (pure).
//
// A list has thousands of names, and every address is looked for in all of them. They stand in one
// text, one behind the other, and are found by their hash: a look costs about as much as the hash.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace leadverify {

class NameSet {
 public:
  /// Adds `name` as it stands, unless it is there already. Names have 1 to 65,535 octets, all of
  /// them together fewer than 4 GiB.
  void add(std::string_view name);

  bool contains(std::string_view name) const;

  std::size_t size() const { return size_; }

 private:
  struct Place {
    std::uint32_t begin = 0;   // in names_
    std::uint16_t length = 0;  // 0: free
    std::uint16_t mark = 0;    // some bits of the hash: most other names are told apart by them
  };

  static std::uint16_t mark_of(std::size_t hash);
  std::string_view name_at(const Place& place) const;
  std::size_t find(std::string_view name, std::size_t hash) const;
  void grow();

  std::string names_;
  std::vector<Place> places_;  // a power of two of them, or none
  std::size_t size_ = 0;
};

}  // namespace leadverify
