#include "world/script.hpp"

#include "world/acts.hpp"
#include "world/words.hpp"

#include <algorithm>
#include <array>
#include <functional>
#include <utility>

namespace leadverify::world {
namespace {

/// What is wrong with a line, or nothing.
using Complaint = std::optional<std::string>;

struct Line {
  std::size_t number = 0;
  std::string text;  // without comment and white space around it
};

/// A heading and the directives under it.
struct Block {
  Line heading;
  std::vector<Line> directives;
};

/// `{1-60}` in a text.
struct Series {
  std::size_t begin = 0;  // where it stands
  std::size_t end = 0;
  std::uint32_t first = 0;
  std::uint32_t last = 0;
};

std::string quoted(std::string_view text) {
  return "'" + std::string(text) + "'";
}

std::string_view without_comment(std::string_view line) {
  if (line.starts_with('#')) return {};
  for (const std::string_view mark : {" #", "\t#"}) line = line.substr(0, line.find(mark));
  return Words(line).rest();
}

std::optional<Series> find_series(std::string_view text) {
  for (auto begin = text.find('{'); begin != text.npos; begin = text.find('{', begin + 1)) {
    const auto end = text.find('}', begin);
    if (end == text.npos) return std::nullopt;
    const std::string_view inner = text.substr(begin + 1, end - begin - 1);
    const auto dash = inner.find('-');
    if (dash == inner.npos) continue;
    const auto first = read_number(inner.substr(0, dash));
    const auto last = read_number(inner.substr(dash + 1));
    if (first && last && *first <= *last) return Series{begin, end + 1, *first, *last};
  }
  return std::nullopt;
}

/// `text` with the number in place of the series, if there is one, and of each `{}`.
std::string with_number(std::string text, std::uint32_t number) {
  const std::string digits = std::to_string(number);
  if (const auto series = find_series(text)) {
    text.replace(series->begin, series->end - series->begin, digits);
  }
  for (auto at = text.find("{}"); at != text.npos; at = text.find("{}", at)) {
    text.replace(at, 2, digits);
  }
  return text;
}

std::string without_dot(std::string_view name) {
  std::string lower = lower_case(name);
  if (lower.ends_with('.') && !lower.ends_with("\\.")) lower.pop_back();
  return lower;
}

/// "192.0.2.1", or "192.0.2.1+7": seven addresses further on.
std::optional<IpAddress> read_address(std::string_view text) {
  const auto plus = text.find('+');
  const auto base = IpAddress::parse(text.substr(0, plus));
  if (plus == text.npos || !base) return base;
  const auto steps = read_number(text.substr(plus + 1));
  if (!steps || !base->is_v4()) return std::nullopt;
  std::uint32_t bits = 0;
  for (const std::uint8_t octet : base->octets()) bits = bits << 8 | octet;
  bits += *steps;
  const std::array<std::uint8_t, 4> octets = {static_cast<std::uint8_t>(bits >> 24),
                                              static_cast<std::uint8_t>(bits >> 16),
                                              static_cast<std::uint8_t>(bits >> 8),
                                              static_cast<std::uint8_t>(bits)};
  return IpAddress::v4(octets);
}

Complaint read_addresses(Words words, std::vector<IpAddress>& addresses) {
  if (words.empty()) return "an IP address is missing";
  while (!words.empty()) {
    const std::string_view word = words.take();
    const auto address = read_address(word);
    if (!address) return quoted(word) + " is no IP address";
    addresses.push_back(*address);
  }
  return std::nullopt;
}

Complaint read_time(Words words, Duration& time) {
  const auto duration = read_duration(words.rest());
  if (!duration) return quoted(words.rest()) + " is no duration such as 200ms, 45s or 5m";
  time = *duration;
  return std::nullopt;
}

Complaint read_ttl(Words words, std::chrono::seconds& ttl) {
  if (const auto number = read_number(words.rest())) {
    ttl = std::chrono::seconds(*number);
    return std::nullopt;
  }
  Duration time{0};
  if (const auto complaint = read_time(words, time)) return complaint;
  ttl = std::chrono::duration_cast<std::chrono::seconds>(time);
  return std::nullopt;
}

Complaint read_count(Words words, std::optional<std::size_t>& count) {
  const auto number = read_number(words.rest());
  if (!number) return quoted(words.rest()) + " is no count";
  count = *number;
  return std::nullopt;
}

Complaint read_reply(Words words, std::string& reply) {
  if (!is_reply_line(words.rest())) return quoted(words.rest()) + " is no reply";
  reply = words.rest();
  return std::nullopt;
}

Complaint read_mx(Words words, std::vector<MxRecord>& records) {
  const std::string_view word = words.take();
  const auto preference = read_number(word);
  if (!preference || *preference > 65535) return quoted(word) + " is no MX preference";
  if (words.empty()) return "an MX record names an exchange, or '.' for none";
  const std::string exchange = without_dot(words.rest());
  const auto series = find_series(exchange);
  const std::uint32_t first = series ? series->first : 0;
  const std::uint32_t last = series ? series->last : 0;
  for (std::uint32_t number = first; number <= last; ++number) {
    records.push_back({static_cast<std::uint16_t>(*preference), with_number(exchange, number)});
  }
  return std::nullopt;
}

std::optional<std::uint16_t> read_type(std::string_view word) {
  if (word == "a") return std::uint16_t{1};
  if (word == "mx") return std::uint16_t{15};
  if (word == "aaaa") return std::uint16_t{28};
  return std::nullopt;
}

/// The words behind `dns`: "servfail", "silent mx first=2", "latency 50ms".
Complaint read_manner(Words words, Name& name) {
  using Kind = DnsManner::Kind;
  static const std::map<std::string_view, Kind> kinds = {{"nxdomain", Kind::nxdomain},
                                                         {"servfail", Kind::servfail},
                                                         {"refused", Kind::refused},
                                                         {"formerr", Kind::formerr},
                                                         {"silent", Kind::silent},
                                                         {"truncated", Kind::truncated},
                                                         {"garbage", Kind::garbage}};
  const std::string_view word = words.take();
  if (word == "latency") return read_time(words, name.latency);
  const auto kind = kinds.find(word);
  if (kind == kinds.end()) return "the DNS cannot be " + quoted(word);
  DnsManner manner{.kind = kind->second, .type = std::nullopt, .first = 0};
  while (!words.empty()) {
    const std::string_view limit = words.take();
    if (limit.starts_with("first=")) {
      const auto number = read_number(limit.substr(6));
      if (!number || *number == 0) return quoted(limit) + " is no count";
      manner.first = *number;
      continue;
    }
    manner.type = read_type(limit);
    if (!manner.type) return quoted(limit) + " is neither a, aaaa, mx nor first=N";
  }
  name.manners.push_back(manner);
  return std::nullopt;
}

/// What a directive may be about: a name alone, or a server and its name.
struct Subject {
  Name& name;
  Server* server = nullptr;  // absent in the block of a domain or host

  Household& household() const { return server ? server->household : name.household; }
};

using Directive = std::function<Complaint(Words, const Subject&)>;
using Directives = std::map<std::string_view, Directive>;

Complaint read_users(Words words, const Subject& subject) {
  std::vector<std::string> users;
  if (words.rest() != "none") {
    while (!words.empty()) users.emplace_back(words.take());
  }
  subject.household().users = std::move(users);
  return std::nullopt;
}

Complaint read_greylist(Words words, const Subject& subject) {
  Greylist greylist;
  greylist.reply = "450 4.2.0 <{recipient}>: Recipient address rejected: Greylisted";
  if (const auto complaint = read_time(Words(words.take()), greylist.delay)) return complaint;
  if (!words.empty()) {
    if (const auto complaint = read_reply(words, greylist.reply)) return complaint;
  }
  subject.household().greylist = std::move(greylist);
  return std::nullopt;
}

Complaint read_on(std::string_view text, const Subject& subject) {
  auto rule = read_rule(text);
  if (!rule) return rule.error();
  if (rule->event == Event::rcpt) {
    subject.household().rules.push_back(*std::move(rule));
    return std::nullopt;
  }
  if (!subject.server) return "a domain has rules for rcpt alone; the others are a server's";
  subject.server->rules.push_back(*std::move(rule));
  return std::nullopt;
}

Complaint read_slow(Words words, Server& server) {
  const std::string_view word = words.take();
  const auto event = read_event(word);
  if (!event) return "there is no event " + quoted(word);
  Duration time{0};
  if (const auto complaint = read_time(words, time)) return complaint;
  server.slow.emplace_back(*event, time);
  return std::nullopt;
}

Complaint read_errors(Words words, Server& server) {
  if (const auto complaint = read_count(Words(words.take()), server.soft_errors)) return complaint;
  return read_count(words, server.hard_errors);
}

Complaint read_offers(Words words, Server& server) {
  server.offers.clear();
  std::string_view rest = words.rest() == "nothing" ? std::string_view{} : words.rest();
  while (!rest.empty()) {
    const auto comma = rest.find(',');
    server.offers.emplace_back(Words(rest.substr(0, comma)).rest());
    rest = comma == rest.npos ? std::string_view{} : rest.substr(comma + 1);
  }
  return std::nullopt;
}

const Directives& directives_of_names() {
  static const Directives directives = {
      {"mx", [](Words words, const Subject& s) { return read_mx(words, s.name.mx); }},
      {"a", [](Words words, const Subject& s) { return read_addresses(words, s.name.addresses); }},
      {"cname",
       [](Words words, const Subject& s) -> Complaint {
         s.name.cname = without_dot(words.rest());
         return std::nullopt;
       }},
      {"ttl", [](Words words, const Subject& s) { return read_ttl(words, s.name.ttl); }},
      {"negative-ttl",
       [](Words words, const Subject& s) { return read_ttl(words, s.name.negative_ttl); }},
      {"dns", [](Words words, const Subject& s) { return read_manner(words, s.name); }},
      {"users", read_users},
      {"greylist", read_greylist},
      {"on", [](Words words, const Subject& s) { return read_on(words.rest(), s); }},
  };
  return directives;
}

const Directives& directives_of_servers() {
  static const Directives directives = {
      {"latency",
       [](Words words, const Subject& s) { return read_time(words, s.server->latency); }},
      {"slow", [](Words words, const Subject& s) { return read_slow(words, *s.server); }},
      {"banner",
       [](Words words, const Subject& s) {
         return read_on("connect " + std::string(words.rest()), s);
       }},
      {"offers", [](Words words, const Subject& s) { return read_offers(words, *s.server); }},
      {"no-pipelining",
       [](Words, const Subject& s) -> Complaint {
         std::erase(s.server->offers, "PIPELINING");
         return std::nullopt;
       }},
      {"serves",
       [](Words words, const Subject& s) -> Complaint {
         while (!words.empty()) s.server->serves.emplace_back(words.take());
         return std::nullopt;
       }},
      {"max-rcpt",
       [](Words words, const Subject& s) { return read_count(words, s.server->most_recipients); }},
      {"max-sessions",
       [](Words words, const Subject& s) { return read_count(words, s.server->most_sessions); }},
      {"errors", [](Words words, const Subject& s) { return read_errors(words, *s.server); }},
      {"accepted",
       [](Words words, const Subject& s) { return read_reply(words, s.server->accepted_reply); }},
      {"unknown",
       [](Words words, const Subject& s) { return read_reply(words, s.server->unknown_reply); }},
      {"relay",
       [](Words words, const Subject& s) { return read_reply(words, s.server->relay_reply); }},
  };
  return directives;
}

class ScriptReader {
 public:
  Expected<Script, ScriptFault> read(std::string_view text) {
    if (auto fault = take_lines(text)) return Unexpected(*std::move(fault));
    for (const Block& block : blocks_) {
      if (auto fault = enter_series(block)) return Unexpected(*std::move(fault));
    }
    return std::move(script_);
  }

 private:
  using Fault = std::optional<ScriptFault>;

  static bool is_heading(std::string_view word) {
    return word == "domain" || word == "host" || word == "server" || word == "template";
  }

  Fault take_lines(std::string_view text) {
    for (std::size_t number = 1; !text.empty(); ++number) {
      const auto end = text.find('\n');
      std::string_view line = text.substr(0, end);
      text = end == text.npos ? std::string_view{} : text.substr(end + 1);
      if (line.ends_with('\r')) line.remove_suffix(1);
      line = without_comment(line);
      if (line.empty()) continue;
      const std::string_view word = Words(line).peek();
      if (is_heading(word)) {
        blocks_.push_back({{number, std::string(line)}, {}});
      } else if (blocks_.empty()) {
        return ScriptFault{number,
                           quoted(word) + " stands before any domain, host, server or template"};
      } else {
        blocks_.back().directives.push_back({number, std::string(line)});
      }
    }
    return std::nullopt;
  }

  Fault enter_series(const Block& block) {
    const auto series = find_series(block.heading.text);
    if (!series) return enter(block);
    for (std::uint32_t number = series->first; number <= series->last; ++number) {
      Block one = block;
      one.heading.text = with_number(one.heading.text, number);
      for (Line& line : one.directives) {
        // `{1-60}` inside a block is that line's own series.
        std::string text = line.text;
        for (auto at = text.find("{}"); at != text.npos; at = text.find("{}", at)) {
          text.replace(at, 2, std::to_string(number));
        }
        line.text = std::move(text);
      }
      if (auto fault = enter(one)) return fault;
    }
    return std::nullopt;
  }

  Fault enter(const Block& block) {
    Words words(block.heading.text);
    const std::string_view kind = words.take();
    const auto complain = [&](std::string what) {
      return ScriptFault{block.heading.number, std::move(what)};
    };
    if (words.empty()) return complain("a " + std::string(kind) + " needs a name");
    if (kind == "template") return keep_template(words.take(), block.directives);
    if (kind == "domain") return enter_domains(block, words);

    const std::string name = without_dot(words.take());
    Subject subject{script_.names[name], nullptr};
    std::vector<IpAddress> addresses;
    if (const auto complaint = read_addresses(words, addresses)) return complain(*complaint);
    auto& known = subject.name.addresses;
    known.insert(known.end(), addresses.begin(), addresses.end());
    if (kind == "host") return follow_all(block.directives, subject);

    Server server;
    server.name = name;
    server.addresses = std::move(addresses);
    subject.server = &server;
    if (const auto usual = templates_.find("default"); usual != templates_.end()) {
      if (auto fault = follow_all(usual->second, subject)) return fault;
    }
    if (auto fault = follow_all(block.directives, subject)) return fault;
    script_.servers.push_back(std::move(server));
    return std::nullopt;
  }

  /// Templates are kept with those they are like already in place, so none can lead to itself.
  Fault keep_template(std::string_view name, const std::vector<Line>& directives) {
    std::vector<Line> lines;
    for (const Line& line : directives) {
      Words words(line.text);
      if (words.take() != "like") {
        lines.push_back(line);
        continue;
      }
      const auto found = templates_.find(words.rest());
      if (found == templates_.end()) return no_template(line, words.rest());
      lines.insert(lines.end(), found->second.begin(), found->second.end());
    }
    templates_[std::string(name)] = std::move(lines);
    return std::nullopt;
  }

  static ScriptFault no_template(const Line& line, std::string_view name) {
    return {line.number, "there is no template " + quoted(name) + " above"};
  }

  Fault enter_domains(const Block& block, Words names) {
    while (!names.empty()) {
      const Subject subject{script_.names[without_dot(names.take())], nullptr};
      if (auto fault = follow_all(block.directives, subject)) return fault;
    }
    return std::nullopt;
  }

  Fault follow_all(const std::vector<Line>& lines, const Subject& subject) {
    for (const Line& line : lines) {
      if (auto fault = follow(line, subject)) return fault;
    }
    return std::nullopt;
  }

  Fault follow(const Line& line, const Subject& subject) {
    Words words(line.text);
    const std::string_view word = words.take();
    if (word == "like") {
      const auto found = templates_.find(words.rest());
      if (found == templates_.end()) return no_template(line, words.rest());
      return follow_all(found->second, subject);
    }
    const Directive* directive = nullptr;
    const Directives& of_names = directives_of_names();
    const Directives& of_servers = directives_of_servers();
    if (const auto found = of_names.find(word); found != of_names.end()) {
      directive = &found->second;
    } else if (const auto servers = of_servers.find(word); servers != of_servers.end()) {
      if (!subject.server) {
        return ScriptFault{line.number, quoted(word) + " belongs to a server"};
      }
      directive = &servers->second;
    }
    if (!directive) return ScriptFault{line.number, "there is no directive " + quoted(word)};
    if (auto complaint = (*directive)(words, subject)) {
      return ScriptFault{line.number, *std::move(complaint)};
    }
    return std::nullopt;
  }

  std::vector<Block> blocks_;
  std::map<std::string, std::vector<Line>, std::less<>> templates_;
  Script script_;
};

}  // namespace

Server::Server()
    : offers{"PIPELINING", "SIZE 36700160", "ENHANCEDSTATUSCODES", "8BITMIME"},
      accepted_reply("250 2.1.5 Ok"),
      unknown_reply(
          "550 5.1.1 <{recipient}>: Recipient address rejected: "
          "User unknown in virtual mailbox table"),
      relay_reply("554 5.7.1 <{recipient}>: Relay access denied") {}

std::string to_string(const ScriptFault& fault) {
  return "line " + std::to_string(fault.line) + ": " + fault.what;
}

Expected<Script, ScriptFault> read_script(std::string_view text) {
  return ScriptReader().read(text);
}

bool fits(std::string_view glob, std::string_view text) {
  const auto same = [](char a, char b) {
    const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; };
    return lower(a) == lower(b);
  };
  std::size_t g = 0;
  std::size_t t = 0;
  std::size_t star = glob.npos;  // the last * met, and where in the text it began to stand
  std::size_t star_text = 0;
  while (t < text.size()) {
    if (g < glob.size() && glob[g] == '*') {
      star = g++;
      star_text = t;
    } else if (g < glob.size() && (glob[g] == '?' || same(glob[g], text[t]))) {
      ++g;
      ++t;
    } else if (star != glob.npos) {
      g = star + 1;
      t = ++star_text;
    } else {
      return false;
    }
  }
  while (g < glob.size() && glob[g] == '*') ++g;
  return g == glob.size();
}

std::string lower_case(std::string_view text) {
  std::string lower(text);
  for (char& c : lower) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
  }
  return lower;
}

}  // namespace leadverify::world
