#include "address/lists.hpp"

#include "address/ascii.hpp"
#include "address/domain_name.hpp"
#include "base/word_lines.hpp"

#include <algorithm>
#include <array>
#include <cstddef>

namespace leadverify {
namespace {

constexpr std::size_t longest_local_part = 64;

std::string lower_case(std::string_view text) {
  std::string lower(text);
  std::ranges::transform(lower, lower.begin(), to_lower);
  return lower;
}

/// A domain as an address has it; absent: it is none.
std::optional<std::string> read_domain(std::string_view word) {
  // A list may have A-labels that IDNA refuses now: no address has them, and no harm is done.
  if (is_helo_name(word) && word.find('.') != word.npos) return lower_case(word);
  const auto domain = normalise_domain(word);
  if (!domain) return std::nullopt;
  return *domain;
}

/// A local part as is_role() looks for it.
std::optional<std::string> read_role(std::string_view word) {
  const bool fits = word.size() <= longest_local_part && word.find_first_of("@+\"") == word.npos;
  return fits ? std::optional(lower_case(word)) : std::nullopt;
}

using ReadWord = std::optional<std::string> (*)(std::string_view);

/// One name a line. The error goes behind the name of the list.
Expected<NameSet, std::string> read_names(std::string_view text,
                                          ReadWord read,
                                          std::string_view wanted) {
  NameSet names;
  WordLines lines(text);
  const auto fault = [&](const std::string& what, std::string_view word) {
    return Unexpected("line " + std::to_string(lines.number()) + " " + what + in_quotes(word));
  };
  while (lines.next()) {
    const auto name = read(lines.words()[0]);
    if (!name) return fault("wants " + std::string(wanted) + ", not ", lines.words()[0]);
    if (lines.words().size() > 1) return fault("has more than one word: ", lines.words()[1]);
    names.add(*name);
  }
  return names;
}

// RFC 2142 §6: who looks after a mailing list. The other one is older than that RFC.
constexpr std::string_view request = "-request";
constexpr std::string_view owner = "owner-";

bool is_literal(std::string_view domain) {
  return domain.starts_with('[');
}

std::string_view unquoted(std::string_view local_part) {
  if (local_part.size() < 2 || local_part.front() != '"') return local_part;
  return local_part.substr(1, local_part.size() - 2);
}

}  // namespace

Expected<Lists, std::string> Lists::make(const ListTexts& texts) {
  struct List {
    std::string_view file;
    std::string_view wanted;
    ReadWord read;
    std::string_view text;
    NameSet Lists::*names;
  };
  const auto text_of = [](const std::optional<std::string>& given, std::string_view built_in) {
    return given ? std::string_view(*given) : built_in;
  };
  const BuiltInLists built_in = built_in_lists();
  const std::array lists_of_names = {
      List{"disposable.txt",
           "a domain, as in example.org",
           read_domain,
           text_of(texts.disposable, built_in.disposable),
           &Lists::disposable_},
      List{"free.txt",
           "a domain, as in example.org",
           read_domain,
           text_of(texts.free, built_in.free),
           &Lists::free_},
      List{"role.txt",
           "what stands before an @, as in info",
           read_role,
           text_of(texts.role, built_in.role),
           &Lists::role_},
  };

  Lists lists;
  for (const List& list : lists_of_names) {
    auto names = read_names(list.text, list.read, list.wanted);
    if (!names) return Unexpected(std::string(list.file) + ", " + names.error());
    lists.*list.names = *std::move(names);
  }
  auto slips = SlipTable::parse(text_of(texts.typos, built_in.typos));
  if (!slips) return Unexpected("typos.txt, " + slips.error());
  lists.slips_ = *std::move(slips);
  return lists;
}

bool Lists::is_role(std::string_view local_part) const {
  const std::string_view name = unquoted(local_part);
  const std::string role = lower_case(name.substr(0, name.find('+')));
  return role_.contains(role) || role.ends_with(request) || role.starts_with(owner);
}

bool Lists::is_disposable(std::string_view domain) const {
  // No list has a top-level label alone.
  std::size_t dot = domain.find('.');
  while (dot != domain.npos) {
    if (disposable_.contains(domain)) return true;
    domain.remove_prefix(dot + 1);
    dot = domain.find('.');
  }
  return false;
}

bool Lists::is_free(std::string_view domain) const {
  return free_.contains(domain);
}

std::optional<std::string> Lists::known_slip(std::string_view domain) const {
  if (is_literal(domain)) return std::nullopt;
  return slips_.known_slip(domain);
}

std::optional<std::string> Lists::nearest(std::string_view domain) const {
  if (is_literal(domain) || is_free(domain) || is_disposable(domain)) return std::nullopt;
  return slips_.nearest(domain);
}

}  // namespace leadverify
