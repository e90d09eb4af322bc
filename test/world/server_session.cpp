#include "world/server_session.hpp"

#include "world/acts.hpp"
#include "world/commands.hpp"
#include "world/mail_server.hpp"

#include <algorithm>
#include <utility>

namespace leadverify::world {
namespace {

using namespace std::chrono_literals;

constexpr std::size_t longest_line = 512;    // RFC 5321 §4.5.3.1.4, CRLF included
constexpr std::size_t longest_taken = 4096;  // beyond it the rest of a line is dropped
constexpr std::size_t most_fault_lines = 20;
constexpr std::string_view tls_alert("\x15\x03\x03\x00\x02\x02\x50", 7);  // internal_error

void replace_all(std::string& text, std::string_view mark, std::string_view by) {
  for (auto at = text.find(mark); at != text.npos; at = text.find(mark, at + by.size())) {
    text.replace(at, mark.size(), by);
  }
}

std::string in_whole_seconds(Duration time) {
  return std::to_string(std::chrono::ceil<std::chrono::seconds>(time).count());
}

/// Keywords are the same in any case, and parameters may follow them (RFC 5321 §4.1.1.1).
bool is_pipelining(std::string_view offer) {
  return lower_case(offer.substr(0, offer.find_first_of(" \t="))) == "pipelining";
}

int code_of(std::string_view line) {
  return (line[0] - '0') * 100 + (line[1] - '0') * 10 + (line[2] - '0');
}

void count_in_minute(DomainCounts& counts, TimePoint now) {
  counts.rcpt_at.push_back(now);
  const auto begun = std::ranges::upper_bound(counts.rcpt_at, now - 60s);
  const auto in_minute = static_cast<std::uint64_t>(counts.rcpt_at.end() - begun);
  counts.most_rcpt_in_a_minute = std::max(counts.most_rcpt_in_a_minute, in_minute);
}

}  // namespace

ServerSession::ServerSession(MailServer& server,
                             const IpAddress& address,
                             std::string client,
                             const Rule* greeting)
    : server_(server),
      client_(std::move(client)),
      greeting_(greeting),
      counts_(server.around_.counts.servers[address.to_string()]) {
  ++server_.around_.counts.connections;
  ++counts_.connections;
  server_.around_.counts.sessions.rise();
  counts_.sessions.rise();
  ++server_.sessions_[client_];
}

ServerSession::~ServerSession() {
  finish();
}

Outputs ServerSession::on_connect(TimePoint now) {
  now_ = now;
  start_reply(Event::connect);
  const auto& most = server_.script_.most_sessions;
  const std::string banner = "220 " + server_.script_.name + " ESMTP ready";
  int code = 0;
  if (most && server_.sessions_[client_] > *most) {
    code = say(fill_in("421 4.7.0 {server} Too many connections from {client}"));
  } else {
    code = greeting_ ? carry_out(*greeting_, banner) : say(banner);
  }
  usable_ = code == 220;
  greeted_at_ = deaf_ ? TimePoint::max() : due_;
  return std::exchange(outputs_, {});
}

Outputs ServerSession::on_octets(std::string_view octets, TimePoint now) {
  if (ended_) return {};
  now_ = now;
  in_group_ = false;
  if (breaks_tls_) {
    if (deaf_) return {};
    put(std::string(tls_alert));
    end(Output::End::close);
    return std::exchange(outputs_, {});
  }
  if (now < greeted_at_) {
    note_fault(server_.around_.counts.faults.early, octets);
    reply(Event::early, {});
  }
  while (!octets.empty() && !ended_) {
    const auto lf = octets.find('\n');
    const std::string_view part = octets.substr(0, lf);
    pending_.append(part.substr(0, longest_taken - std::min(longest_taken, pending_.size())));
    if (lf == octets.npos) break;
    octets.remove_prefix(lf + 1);
    const std::string line = std::exchange(pending_, {});
    take_line(line);
    in_group_ = true;
    pending_early_ = false;
  }
  pending_early_ = pending_early_ || (!pending_.empty() && (in_group_ || now < due_));
  return std::exchange(outputs_, {});
}

Outputs ServerSession::on_secured(TimePoint now) {
  now_ = now;
  secured_ = true;
  ++server_.around_.counts.secured;
  // RFC 3207 §4.2: what was said before is forgotten.
  helo_.clear();
  envelope_.reset();
  pending_.clear();
  pipelining_ = false;
  return {};
}

void ServerSession::on_end() {
  finish();
}

void ServerSession::take_line(std::string_view line) {
  const bool has_cr = line.ends_with('\r');
  count_line_faults(line, has_cr);
  if (has_cr) line.remove_suffix(1);
  if (!deaf_) take_command(line);
}

void ServerSession::count_line_faults(std::string_view line, bool has_cr) {
  FaultCounts& faults = server_.around_.counts.faults;
  if (!has_cr) note_fault(faults.bare_lf, line);
  if (line.find('\0') != line.npos) note_fault(faults.nul, line);
  if (line.size() + 1 > longest_line) note_fault(faults.long_line, line);
}

void ServerSession::take_command(std::string_view line) {
  const auto space = line.find(' ');
  const Event event = event_of(line.substr(0, space));
  const bool had_to_wait = in_group_ || pending_early_ || (now_ < due_ && now_ >= greeted_at_);
  const bool unlawful = had_to_wait && (!pipelining_ || ends_group_);
  ends_group_ = ends_group(event);
  if (unlawful) {
    note_fault(server_.around_.counts.faults.pipelining, line);
    if (reply(Event::pipelining, {}) != 0 || ended_ || deaf_) return;
  }

  const auto& script = server_.script_;
  if (script.hard_errors && errors_ >= *script.hard_errors) {
    start_reply(event);
    say(fill_in("421 4.7.0 {server} Error: too many errors"));
    return;
  }
  if (!usable_ && event != Event::quit) {
    start_reply(event);
    say("503 5.5.1 No service here, please QUIT");
    return;
  }
  if (event == Event::data || event == Event::other) {
    note_fault(server_.around_.counts.faults.forbidden_command, line);
  }
  answer_command(event, space == line.npos ? std::string_view{} : line.substr(space + 1));
}

void ServerSession::answer_command(Event event, std::string_view argument) {
  Counts& all = server_.around_.counts;
  switch (event) {
    case Event::ehlo: ++all.ehlo; return greet(event, argument);
    case Event::helo: ++all.helo; return greet(event, argument);
    case Event::mail:
      ++all.mail;
      ++counts_.mail;
      return answer_mail(argument);
    case Event::rcpt:
      ++all.rcpt;
      ++counts_.rcpt;
      return answer_rcpt(argument);
    case Event::rset:
      ++all.rset;
      ++counts_.rset;
      envelope_.reset();
      if (domain_) domain_->sessions.fall();
      domain_ = nullptr;
      reply(event, "250 2.0.0 Ok");
      return;
    case Event::noop: reply(event, "250 2.0.0 Ok"); return;
    case Event::quit:
      ++all.quit;
      ++counts_.quit;
      reply(event, "221 2.0.0 Bye");
      if (!deaf_ && !ended_) end(Output::End::close);
      return;
    case Event::starttls: ++all.starttls; return answer_starttls();
    case Event::data: reply(event, "503 5.5.1 Error: no valid recipients"); return;
    default: reply(Event::other, "500 5.5.2 Error: command not recognized"); return;
  }
}

void ServerSession::greet(Event event, std::string_view name) {
  helo_ = name;
  std::vector<std::string> offers = server_.script_.offers;
  if (server_.script_.tls != Server::Tls::off && !secured_) offers.emplace_back("STARTTLS");
  std::string usual = "250 " + server_.script_.name;
  if (name.empty()) {
    usual = "501 5.5.4 Syntax: EHLO hostname";
  } else if (event == Event::ehlo) {
    std::string lines;
    for (const std::string& offer : offers) lines += "\n250-" + offer;
    if (!lines.empty()) lines[lines.rfind("\n250-") + 4] = ' ';
    if (!lines.empty()) usual[3] = '-';
    usual += lines;
  }
  const bool accepted = reply(event, usual) / 100 == 2;
  if (!accepted) {
    helo_.clear();
    return;
  }
  pipelining_ = event == Event::ehlo && std::ranges::any_of(offers, is_pipelining);
  envelope_.reset();
}

void ServerSession::answer_starttls() {
  const Server::Tls tls = server_.script_.tls;
  std::string usual = "220 2.0.0 Ready to start TLS";
  if (tls == Server::Tls::off || secured_) usual = "502 5.5.1 STARTTLS is not offered here";
  if (tls == Server::Tls::refused) usual = "454 4.7.0 TLS not available due to local problem";
  const bool welcome = reply(Event::starttls, usual) == 220 && !ended_ && !deaf_;
  breaks_tls_ = deaf_ || (welcome && tls == Server::Tls::broken);
  if (!welcome || breaks_tls_) return;
  if (tls == Server::Tls::inject) put("250 2.1.5 Ok\r\n");
  put({}, Output::End::secure);
}

void ServerSession::answer_mail(std::string_view argument) {
  const auto sender = read_path(argument, "FROM:");
  std::string usual = "250 2.1.0 Ok";
  if (helo_.empty()) usual = "503 5.5.1 Error: EHLO comes first";
  if (!sender) usual = "501 5.5.4 Syntax: MAIL FROM:<address>";
  if (envelope_) usual = "503 5.5.1 Error: nested MAIL command";
  const bool needs_tls = server_.script_.tls == Server::Tls::required && !secured_;
  if (needs_tls) usual = "530 5.7.0 Must issue a STARTTLS command first";
  if (envelope_ || !sender || helo_.empty() || needs_tls) {
    start_reply(Event::mail);
    say(usual);
    return;
  }
  // The rules for MAIL look at the sender as one that is already there.
  envelope_ = Envelope{*sender};
  const bool accepted = reply(Event::mail, usual) / 100 == 2;
  if (!accepted) envelope_.reset();
}

void ServerSession::answer_rcpt(std::string_view argument) {
  const auto path = read_path(argument, "TO:");
  const auto at = path ? path->rfind('@') : std::string::npos;
  if (!envelope_ || at == std::string::npos) {
    start_reply(Event::rcpt);
    say(envelope_ ? "501 5.1.3 Bad recipient address syntax"
                  : "503 5.5.1 Error: need MAIL command");
    return;
  }
  recipient_ = {*path, unquote(path->substr(0, at)), lower_case(path->substr(at + 1))};

  Counts& all = server_.around_.counts;
  ++all.recipients[recipient_.address];
  DomainCounts& domain = all.domains[recipient_.domain];
  if (domain_ != &domain) {
    if (domain_) domain_->sessions.fall();
    domain.sessions.rise();
    domain_ = &domain;
  }
  ++domain.rcpt;
  count_in_minute(domain, now_);
  counts_.most_rcpt_in_session = std::max<std::uint64_t>(counts_.most_rcpt_in_session, ++rcpts_);

  const Household* const home = server_.around_.household(server_, recipient_.domain);
  start_reply(Event::rcpt);
  ++events_[static_cast<std::size_t>(Event::rcpt)];
  const std::string usual = decide_recipient(recipient_, home);
  const Rule* const rule = find_rule(Event::rcpt, &recipient_, home);
  const int code = rule ? carry_out(*rule, usual) : say(usual);
  if (code / 100 == 2) ++envelope_->accepted;
}

std::string ServerSession::decide_recipient(const Recipient& recipient, const Household* home) {
  const Server& script = server_.script_;
  if (!home) return fill_in(script.relay_reply);
  if (script.most_recipients && envelope_->accepted >= *script.most_recipients) {
    return "452 4.5.3 Error: too many recipients";
  }
  const Household& here = script.household;
  if (const auto& greylist = home->greylist ? home->greylist : here.greylist) {
    const auto& [place, is_new] = server_.triplets_.try_emplace(
        client_ + '\n' + envelope_->sender + '\n' + lower_case(recipient.address), now_);
    left_ = place->second + greylist->delay - now_;
    if (left_ > Duration{0}) return fill_in(greylist->reply);
  }
  const auto& users = home->users ? home->users : here.users;
  const auto lives_there = [&](const std::string& glob) {
    return fits(glob, recipient.local_part);
  };
  const bool known = users && std::ranges::any_of(*users, lives_there);
  return fill_in(known ? script.accepted_reply : script.unknown_reply);
}

const Rule* ServerSession::find_rule(Event event,
                                     const Recipient* recipient,
                                     const Household* home) {
  const auto find_in = [&](const std::vector<Rule>& rules) -> const Rule* {
    for (const Rule& rule : rules) {
      if (rule.event != event || !holds(rule, recipient)) continue;
      if (server_.use(rule, recipient ? lower_case(recipient->address) : std::string())) {
        return &rule;
      }
    }
    return nullptr;
  };
  if (event != Event::rcpt) return find_in(server_.script_.rules);
  const Rule* const of_domain = home ? find_in(home->rules) : nullptr;
  return of_domain ? of_domain : find_in(server_.script_.household.rules);
}

bool ServerSession::holds(const Rule& rule, const Recipient* recipient) const {
  if (rule.nth != 0 && events_[static_cast<std::size_t>(rule.event)] != rule.nth) return false;
  if (!server_.holds(rule, client_, now_) || !fits(rule.helo, helo_)) return false;
  if (rule.sender != "*" && !(envelope_ && fits(rule.sender, envelope_->sender))) return false;
  if (!recipient || rule.recipient == "*") return true;
  const bool whole = rule.recipient.find('@') != std::string::npos;
  return fits(rule.recipient, whole ? recipient->address : recipient->local_part);
}

int ServerSession::reply(Event event, const std::string& usual) {
  ++events_[static_cast<std::size_t>(event)];
  const Rule* const rule = find_rule(event, nullptr, nullptr);
  if (!rule && usual.empty()) return 0;
  start_reply(event);
  return rule ? carry_out(*rule, usual) : say(usual);
}

int ServerSession::carry_out(const Rule& rule, const std::string& usual) {
  int code = 0;
  for (const Step& step : rule.steps) {
    due_ += step.wait;
    if (const int said = carry_out(step, usual); said != 0) code = said;
    if (ended_ || deaf_) break;
  }
  return code;
}

int ServerSession::carry_out(const Step& step, const std::string& usual) {
  switch (step.kind) {
    case Step::Kind::line: return say(fill_in(step.text));
    case Step::Kind::usual: return usual.empty() ? 0 : say(usual);
    case Step::Kind::octets:
      put(step.text);
      return is_reply_line(step.text) ? code_of(step.text) : 0;
    case Step::Kind::drip:
      for (const char octet : fill_in(step.text) + "\r\n") {
        due_ += step.pause;
        put(std::string(1, octet));
      }
      return code_of(step.text);
    case Step::Kind::repeat:
      for (std::size_t i = 0; i < step.times; ++i) {
        if (i != 0) due_ += step.pause;
        put(fill_in(step.text) + "\r\n");
      }
      return code_of(step.text);
    case Step::Kind::silent: deaf_ = true; return 0;
    case Step::Kind::close: end(Output::End::close); return 0;
    case Step::Kind::reset: end(Output::End::reset); return 0;
    case Step::Kind::refuse:
    case Step::Kind::blackhole: return 0;  // MailServer::connect let nobody in
  }
  return 0;
}

int ServerSession::say(std::string_view lines) {
  std::string octets;
  std::string_view last;
  while (true) {
    const auto end_of_line = lines.find('\n');
    last = lines.substr(0, end_of_line);
    octets.append(last).append("\r\n");
    if (end_of_line == lines.npos) break;
    lines.remove_prefix(end_of_line + 1);
  }
  const int code = code_of(last);
  put(std::move(octets));
  const bool complete = last.size() == 3 || last[3] == ' ';
  if (!complete) return code;
  if (code >= 400) {
    counts_.most_errors_in_session =
        std::max<std::uint64_t>(counts_.most_errors_in_session, ++errors_);
  }
  if (code == 421) end(Output::End::close);
  return code;
}

std::string ServerSession::fill_in(std::string_view text) const {
  std::string filled(text);
  if (filled.find('{') == std::string::npos) return filled;
  replace_all(filled, "{server}", server_.script_.name);
  replace_all(filled, "{client}", client_);
  replace_all(filled, "{helo}", helo_);
  replace_all(filled, "{sender}", envelope_ ? envelope_->sender : std::string());
  replace_all(filled, "{domain}", recipient_.domain);
  replace_all(filled, "{left}", in_whole_seconds(left_));
  replace_all(filled, "{recipient}", recipient_.address);
  return filled;
}

void ServerSession::start_reply(Event event) {
  const Server& script = server_.script_;
  due_ = std::max(due_, now_ + script.latency);
  for (const auto& [slow_event, time] : script.slow) {
    if (slow_event == event) due_ += time;
  }
  if (script.soft_errors && errors_ >= *script.soft_errors) due_ += 1s;
}

void ServerSession::put(std::string octets, Output::End end) {
  const bool joins = !outputs_.empty() && outputs_.back().at == due_;
  if (!joins) outputs_.push_back({due_, {}, Output::End::keep});
  outputs_.back().octets += octets;
  outputs_.back().end = end;
}

void ServerSession::end(Output::End end) {
  if (!ended_) put({}, end);
  finish();
}

void ServerSession::finish() {
  if (ended_) return;
  ended_ = true;
  server_.around_.counts.sessions.fall();
  counts_.sessions.fall();
  if (domain_) domain_->sessions.fall();
  const auto open = server_.sessions_.find(client_);
  if (--open->second == 0) server_.sessions_.erase(open);
}

void ServerSession::note_fault(std::uint64_t& count, std::string_view line) {
  ++count;
  auto& lines = server_.around_.counts.fault_lines;
  if (lines.size() < most_fault_lines) lines.emplace_back(line.substr(0, longest_line));
}

}  // namespace leadverify::world
