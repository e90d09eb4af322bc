#include "world/acts.hpp"

#include "world/words.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace leadverify::world {
namespace {

using Kind = Step::Kind;

constexpr std::array<std::pair<std::string_view, Event>, 13> events = {{
    {"connect", Event::connect},
    {"early", Event::early},
    {"pipelining", Event::pipelining},
    {"ehlo", Event::ehlo},
    {"helo", Event::helo},
    {"starttls", Event::starttls},
    {"mail", Event::mail},
    {"rcpt", Event::rcpt},
    {"rset", Event::rset},
    {"noop", Event::noop},
    {"quit", Event::quit},
    {"data", Event::data},
    {"other", Event::other},
}};

constexpr std::array<std::pair<std::string_view, Kind>, 6> plain_steps = {{
    {"silent", Kind::silent},
    {"close", Kind::close},
    {"reset", Kind::reset},
    {"refuse", Kind::refuse},
    {"blackhole", Kind::blackhole},
    {"usual", Kind::usual},
}};

// Bytes of no charset, a NUL, and no reply code anywhere.
constexpr std::string_view garbage("\xFF\xFE\x00garbage\x80\r\n", 13);

Unexpected<std::string> fault(std::string what) {
  return Unexpected(std::move(what));
}

std::string quoted(std::string_view text) {
  return "'" + std::string(text) + "'";
}

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

/// Reads \r \n \t \\ and \xHH.
std::optional<std::string> unescape(std::string_view text) {
  std::string octets;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '\\') {
      octets += text[i];
      continue;
    }
    if (++i == text.size()) return std::nullopt;
    switch (text[i]) {
      case 'r': octets += '\r'; break;
      case 'n': octets += '\n'; break;
      case 't': octets += '\t'; break;
      case '\\': octets += '\\'; break;
      case 'x': {
        if (i + 2 >= text.size()) return std::nullopt;
        const int high = hex_digit(text[i + 1]);
        const int low = hex_digit(text[i + 2]);
        if (high < 0 || low < 0) return std::nullopt;
        octets += static_cast<char>(high * 16 + low);
        i += 2;
        break;
      }
      default: return std::nullopt;
    }
  }
  return octets;
}

Expected<Step, std::string> read_spaced_line(Step step, Words words) {
  const std::string_view pause = words.take();
  const auto duration = read_duration(pause);
  if (!duration) return fault(quoted(pause) + " is no duration");
  if (!is_reply_line(words.rest())) return fault(quoted(words.rest()) + " is no reply");
  step.pause = *duration;
  step.text = words.rest();
  return step;
}

Expected<Step, std::string> read_step(std::string_view text) {
  Step step;
  Words words(text);
  if (words.peek() == "after") {
    words.take();
    const std::string_view wait = words.take();
    const auto duration = read_duration(wait);
    if (!duration) return fault(quoted(wait) + " is no duration");
    step.wait = *duration;
  }
  if (is_reply_line(words.rest())) {
    step.text = words.rest();
    return step;
  }
  const std::string_view verb = words.take();
  if (verb == "octets" || verb == "garbage") {
    step.kind = Kind::octets;
    const auto octets = unescape(words.rest());
    if (!octets) return fault("an escape is one of \\r \\n \\t \\\\ \\xHH");
    step.text = verb == "garbage" ? std::string(garbage) : *octets;
    return step;
  }
  if (verb == "flood") {
    step.kind = Kind::octets;
    const auto times = read_number(words.take());
    const auto octets = unescape(words.rest());
    if (!times || !octets) return fault("after 'flood' come a number and octets");
    for (std::size_t i = 0; i < *times; ++i) step.text += *octets;
    return step;
  }
  if (verb == "drip") {
    step.kind = Kind::drip;
    return read_spaced_line(std::move(step), words);
  }
  if (verb == "repeat") {
    const auto times = read_number(words.take());
    if (!times) return fault("after 'repeat' comes how often");
    step.kind = Kind::repeat;
    step.times = *times;
    return read_spaced_line(std::move(step), words);
  }
  const auto plain = std::ranges::find(plain_steps, verb, [](auto& p) { return p.first; });
  if (plain == plain_steps.end()) return fault(quoted(text) + " is nothing that a server can do");
  if (!words.empty()) return fault("nothing may follow " + quoted(verb));
  step.kind = plain->second;
  return step;
}

/// Takes one `key=value` into `rule`. False if `word` is none; the error is a sentence.
Expected<bool, std::string> read_condition(std::string_view word, Rule& rule) {
  const auto equals = word.find('=');
  if (equals == word.npos) return false;
  const std::string_view key = word.substr(0, equals);
  const std::string_view value = word.substr(equals + 1);
  if (key == "from") {
    rule.client = value;
  } else if (key == "helo") {
    rule.helo = value;
  } else if (key == "sender") {
    const bool bracketed = value.starts_with('<') && value.ends_with('>');
    rule.sender = bracketed ? value.substr(1, value.size() - 2) : value;
  } else if (key == "nth" || key == "first") {
    const auto number = read_number(value);
    if (!number || *number == 0) return fault(quoted(value) + " is no count");
    (key == "nth" ? rule.nth : rule.first) = *number;
  } else if (key == "until") {
    rule.until = read_duration(value);
    if (!rule.until) return fault(quoted(value) + " is no duration");
  } else {
    return fault("there is no condition " + quoted(key));
  }
  return true;
}

bool belongs_to_connect(const Step& step) {
  return step.kind == Kind::refuse || step.kind == Kind::blackhole;
}

}  // namespace

bool is_reply_line(std::string_view text) {
  if (text.size() < 3) return false;
  const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  if (!std::ranges::all_of(text.substr(0, 3), is_digit)) return false;
  return text.size() == 3 || text[3] == ' ' || text[3] == '-';
}

std::optional<Event> read_event(std::string_view word) {
  const auto found = std::ranges::find(events, word, [](auto& e) { return e.first; });
  if (found == events.end()) return std::nullopt;
  return found->second;
}

Expected<std::vector<Step>, std::string> read_act(std::string_view text) {
  std::vector<Step> steps;
  while (true) {
    const auto bar = text.find(" | ");
    auto step = read_step(text.substr(0, bar));
    if (!step) return fault(step.error());
    steps.push_back(*std::move(step));
    if (bar == text.npos) return steps;
    text.remove_prefix(bar + 3);
  }
}

Expected<Rule, std::string> read_rule(std::string_view text) {
  Rule rule;
  Words words(text);
  const std::string_view event_word = words.take();
  const auto event = read_event(event_word);
  if (!event) return fault("there is no event " + quoted(event_word));
  rule.event = *event;
  if (rule.event == Event::rcpt) rule.recipient = words.take();
  while (!is_reply_line(words.rest())) {
    const auto condition = read_condition(words.peek(), rule);
    if (!condition) return fault(condition.error());
    if (!*condition) break;
    words.take();
  }
  auto steps = read_act(words.rest());
  if (!steps) return fault(steps.error());
  rule.steps = *std::move(steps);
  if (rule.event != Event::connect && std::ranges::any_of(rule.steps, belongs_to_connect)) {
    return fault("only 'on connect' can refuse or be a blackhole");
  }
  return rule;
}

}  // namespace leadverify::world
