#include "dns/spf_check.hpp"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <utility>

namespace leadverify {
namespace {

using Kind = SpfMechanism::Kind;

// RFC 7208 §4.6.4
constexpr int most_lookups = 10;
constexpr int most_void_lookups = 2;
constexpr std::size_t most_exchanges = 10;
// Includes can't nest deeper than there are lookups.

bool has_macro(const std::string& domain) {
  return domain.find('%') != domain.npos;
}

/// Does the term match? Nobody knows, where it rests on what is not looked at.
enum class Match : std::uint8_t { no, yes, nobody_knows };

class SpfCheck {
 public:
  SpfCheck(const IpAddress& client, const SpfAnswers& answers)
      : client_(client), answers_(answers) {}

  std::variant<SpfVerdict, SpfQuestion> run(const std::string& domain) {
    const std::optional<SpfVerdict> verdict = check_host(domain);
    if (missing_) return *missing_;
    return *verdict;
  }

 private:
  // Where something is missing, or the check is at its end, everything below returns nothing:
  // then missing_ or end_ says more.
  using Verdict = std::optional<SpfVerdict>;

  /// check_host() of RFC 7208 §4; absent only where something is missing.
  Verdict check_host(const std::string& domain) {
    const TextAnswer* const texts = find(answers_.texts, SpfQuestion::Kind::texts, domain);
    if (!texts) return std::nullopt;
    if (texts->status == DnsStatus::failed) return dns_failed(domain, texts->error);
    const std::string* record_text = nullptr;
    for (const std::string& text : texts->texts) {
      if (!is_spf_record(text)) continue;
      if (record_text) return SpfVerdict{SpfResult::permerror, domain + " has two SPF records"};
      record_text = &text;
    }
    if (!record_text) return SpfVerdict{SpfResult::none, domain + " has no SPF record"};
    const auto record = read_spf_record(*record_text);
    if (!record) {
      return SpfVerdict{SpfResult::permerror,
                        "'" + record.error() + "' in the SPF record of " + domain};
    }
    return check_record(domain, *record);
  }

  Verdict check_record(const std::string& domain, const SpfRecord& record) {
    // What the result is where terms match of which nobody knows whether they do.
    std::vector<SpfResult> possible;
    const auto settle = [&](const SpfVerdict& verdict) {
      const bool one_way =
          std::ranges::all_of(possible, [&](SpfResult result) { return result == verdict.result; });
      return one_way ? verdict : SpfVerdict{SpfResult::undecided, undecided_by_};
    };

    for (const SpfMechanism& mechanism : record.mechanisms) {
      const std::optional<Match> match = matches(domain, mechanism);
      if (!match) return std::exchange(end_, std::nullopt);
      if (*match == Match::no) continue;
      if (*match == Match::yes) return settle({mechanism.qualifier, mechanism.text});
      undecided_by_ = mechanism.text;
      possible.push_back(mechanism.qualifier);
    }
    if (!record.redirect) return settle({SpfResult::neutral, {}});

    if (!count_lookup()) return std::exchange(end_, std::nullopt);
    if (has_macro(*record.redirect)) {
      return SpfVerdict{SpfResult::undecided, "redirect=" + *record.redirect};
    }
    Verdict verdict = check_host(*record.redirect);
    if (!verdict) return std::nullopt;
    if (verdict->result == SpfResult::none) verdict->result = SpfResult::permerror;
    return settle(*verdict);
  }

  std::optional<Match> matches(const std::string& domain, const SpfMechanism& mechanism) {
    switch (mechanism.kind) {
      case Kind::all: return Match::yes;
      case Kind::ip4:
      case Kind::ip6: return match_if(mechanism.network->contains(client_));
      case Kind::include:
      case Kind::a:
      case Kind::mx:
      case Kind::ptr:
      case Kind::exists: break;
    }
    if (!count_lookup()) return std::nullopt;
    const std::string& target = mechanism.domain.empty() ? domain : mechanism.domain;
    const bool looked_at = mechanism.kind != Kind::ptr && mechanism.kind != Kind::exists;
    if (!looked_at || has_macro(target)) return Match::nobody_knows;
    if (mechanism.kind == Kind::include) return includes(target);
    if (mechanism.kind == Kind::a) return has_address(target, mechanism);
    return has_exchange(target, mechanism);
  }

  static Match match_if(bool condition) { return condition ? Match::yes : Match::no; }

  /// RFC 7208 §5.2
  std::optional<Match> includes(const std::string& domain) {
    const Verdict verdict = check_host(domain);
    if (!verdict) return std::nullopt;
    switch (verdict->result) {
      case SpfResult::pass: return Match::yes;
      case SpfResult::fail:
      case SpfResult::softfail:
      case SpfResult::neutral: return Match::no;
      case SpfResult::undecided: return Match::nobody_knows;
      case SpfResult::none:
      case SpfResult::permerror: return end(SpfResult::permerror, verdict->because);
      case SpfResult::temperror: return end(SpfResult::temperror, verdict->because);
    }
    return std::nullopt;
  }

  std::optional<Match> has_address(const std::string& host, const SpfMechanism& mechanism) {
    const auto* const answer = find(answers_.addresses, SpfQuestion::Kind::addresses, host);
    if (!answer || !is_usable(host, *answer)) return std::nullopt;
    const int prefix = client_.is_v4() ? mechanism.v4_prefix : mechanism.v6_prefix;
    for (const IpAddress& address : answer->addresses) {
      if (IpNetwork(address, prefix).contains(client_)) return Match::yes;
    }
    // There may be more addresses than are looked at.
    return answer->addresses.size() < most_addresses ? Match::no : Match::nobody_knows;
  }

  std::optional<Match> has_exchange(const std::string& domain, const SpfMechanism& mechanism) {
    const auto* const answer = find(answers_.exchanges, SpfQuestion::Kind::exchanges, domain);
    if (!answer || !is_usable(domain, *answer)) return std::nullopt;
    if (answer->records.size() > most_exchanges) {
      return end(SpfResult::permerror, domain + " has more than 10 MX records");
    }
    Match best = Match::no;
    for (const MxRecord& record : answer->records) {
      if (record.exchange.empty()) continue;
      const std::optional<Match> match = has_address(record.exchange, mechanism);
      if (!match || *match == Match::yes) return match;
      if (*match == Match::nobody_knows) best = Match::nobody_knows;
    }
    return best;
  }

  // ---- answers, and the limits on them ------------------------------------------------------

  template <class Answer>
  const Answer* find(const std::map<std::string, Answer>& answers,
                     SpfQuestion::Kind kind,
                     const std::string& name) {
    const auto found = answers.find(name);
    if (found != answers.end()) return &found->second;
    missing_ = SpfQuestion{kind, name};
    return nullptr;
  }

  /// False: the check is at its end.
  template <class Answer>
  bool is_usable(const std::string& name, const Answer& answer) {
    if (answer.status == DnsStatus::failed) {
      end_ = dns_failed(name, answer.error);
      return false;
    }
    if (answer.status == DnsStatus::ok) return true;
    if (++void_lookups_ <= most_void_lookups) return true;
    end(SpfResult::permerror, "more than 2 lookups without an answer");
    return false;
  }

  bool count_lookup() {
    if (++lookups_ <= most_lookups) return true;
    end(SpfResult::permerror, "more than 10 lookups");
    return false;
  }

  static SpfVerdict dns_failed(const std::string& name, const std::string& error) {
    return {SpfResult::temperror, name + ": " + error};
  }

  std::optional<Match> end(SpfResult result, std::string because) {
    end_ = SpfVerdict{result, std::move(because)};
    return std::nullopt;
  }

  IpAddress client_;
  const SpfAnswers& answers_;
  int lookups_ = 0;
  int void_lookups_ = 0;
  std::string undecided_by_;
  std::optional<SpfVerdict> end_;
  std::optional<SpfQuestion> missing_;
};

}  // namespace

std::variant<SpfVerdict, SpfQuestion> check_spf(const std::string& domain,
                                                const IpAddress& client,
                                                const SpfAnswers& answers) {
  return SpfCheck(client, answers).run(domain);
}

}  // namespace leadverify
