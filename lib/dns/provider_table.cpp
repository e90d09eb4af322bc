#include "dns/provider_table.hpp"

#include "base/host_name.hpp"
#include "base/word_lines.hpp"

#include <algorithm>
#include <array>
#include <cassert>
#include <utility>

namespace leadverify {
namespace {

constexpr std::size_t longest_provider_name = 64;

constexpr std::array<std::pair<std::string_view, Answering>, 3> answers = {{
    {"verifiable", Answering::verifiable},
    {"accepts-all", Answering::accepts_all},
    {"forbids", Answering::forbids},
}};

// The locale has no say in what a host name is.
char to_lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
}

std::string lower_case(std::string_view text) {
  std::string lower(text);
  std::ranges::transform(lower, lower.begin(), to_lower);
  return lower;
}

bool is_provider_name(std::string_view name) {
  const auto may_stand = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
  };
  return !name.empty() && name.size() <= longest_provider_name && name.front() != '-' &&
         name.back() != '-' && std::ranges::all_of(name, may_stand);
}

std::optional<Answering> answering_called(std::string_view word) {
  const auto* const answer =
      std::ranges::find(answers, word, &std::pair<std::string_view, Answering>::first);
  if (answer == answers.end()) return std::nullopt;
  return answer->second;
}

/// "yahoo, outlook"
std::string list(const std::vector<std::string>& names) {
  std::string text;
  for (const std::string& name : names) text += (text.empty() ? "" : ", ") + name;
  return text;
}

}  // namespace

/// Reads a table line by line; each of its parts says what is wrong, or nothing.
class ProviderTableReader {
 public:
  using Fault = std::optional<std::string>;

  explicit ProviderTableReader(std::string_view text) : lines_(text) {}

  Expected<ProviderTable, std::string> read() {
    while (lines_.next()) {
      if (const Fault fault = read_line(lines_.words())) {
        return Unexpected("line " + std::to_string(lines_.number()) + " of the provider table " +
                          *fault);
      }
    }
    return std::move(table_);
  }

 private:
  Fault read_line(const std::vector<std::string_view>& words) {
    if (!is_provider_name(words[0])) {
      return "wants a name of a-z, 0-9 and inner hyphens first, 64 characters at most, not " +
             in_quotes(words[0]);
    }
    if (words.size() < 3) {
      return "wants a name, an answer and at least one suffix, and ends behind " +
             in_quotes(words.back());
    }
    const std::optional<Answering> answering = answering_called(words[1]);
    if (!answering) {
      return "wants one of verifiable, accepts-all, forbids behind the name, not " +
             in_quotes(words[1]);
    }

    const std::size_t place = place_of(words[0], *answering);
    if (table_.providers_[place].answering != *answering) {
      return "gives another answer than line " + std::to_string(first_lines_[place]) + " for " +
             in_quotes(words[0]);
    }
    for (std::size_t i = 2; i < words.size(); ++i) {
      if (Fault fault = add_suffix(words[i], place)) return fault;
    }
    return std::nullopt;
  }

  std::size_t place_of(std::string_view name, Answering answering) {
    std::vector<Provider>& providers = table_.providers_;
    const auto known = std::ranges::find(providers, name, &Provider::name);
    const auto place = static_cast<std::size_t>(known - providers.begin());
    if (known == providers.end()) {
      providers.push_back({.name = std::string(name),
                           .answering = answering,
                           .asked = answering == Answering::verifiable});
      first_lines_.push_back(lines_.number());
    }
    return place;
  }

  Fault add_suffix(std::string_view suffix, std::size_t place) {
    if (!is_host_name(suffix)) {
      return "wants suffixes such as example.net, without a dot at either end, not " +
             in_quotes(suffix);
    }
    const auto [entry, is_new] = table_.by_suffix_.emplace(lower_case(suffix), place);
    if (is_new) return std::nullopt;
    return "repeats a suffix of " + table_.providers_[entry->second].name + ": " +
           in_quotes(suffix);
  }

  WordLines lines_;
  ProviderTable table_;
  std::vector<std::size_t> first_lines_;  // where each provider came first
};

Expected<ProviderTable, std::string> ProviderTable::parse(std::string_view text) {
  return ProviderTableReader(text).read();
}

std::optional<Provider> ProviderTable::find(std::string_view exchange) const {
  const std::string name = lower_case(exchange);
  std::string_view suffix = name;
  while (true) {
    const auto entry = by_suffix_.find(suffix);
    if (entry != by_suffix_.end()) return providers_[entry->second];
    const std::size_t dot = suffix.find('.');
    if (dot == std::string_view::npos) return std::nullopt;
    suffix.remove_prefix(dot + 1);
  }
}

bool ProviderTable::ask(std::string_view name) {
  const auto provider = std::ranges::find(providers_, name, &Provider::name);
  if (provider == providers_.end()) return false;
  provider->asked = true;
  return true;
}

std::vector<std::string> ProviderTable::not_asked() const {
  std::vector<std::string> names;
  for (const Provider& provider : providers_) {
    if (!provider.asked) names.push_back(provider.name);
  }
  return names;
}

Expected<ProviderTable, std::string> make_provider_table(const Options& options) {
  auto table = ProviderTable::parse(options.providers ? *options.providers : built_in_providers());
  if (!table) return table;
  const std::vector<std::string> not_asked = table->not_asked();
  for (const std::string& name : options.probe_providers) {
    if (table->ask(name)) continue;
    const std::string known = not_asked.empty()
                                  ? "the table has none that is not asked anyway"
                                  : "those that are not asked by themselves are " + list(not_asked);
    return Unexpected("there is no provider " + in_quotes(name) + ": " + known);
  }
  return table;
}

std::string why_not_asked(const Provider& provider) {
  const std::string how_to = "(--probe-provider " + provider.name + " asks all the same)";
  switch (provider.answering) {
    case Answering::accepts_all:
      return provider.name + " accepts every recipient, so it was not asked " + how_to;
    case Answering::forbids:
      return provider.name + " does not want to be asked about recipients, and was not " + how_to;
    case Answering::verifiable: break;
  }
  assert(false);
  return {};
}

}  // namespace leadverify
