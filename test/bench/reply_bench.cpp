// How well, and how fast, replies are read: the reading against replies labelled by hand.
//
//   reply_bench FILE.jsonl [--show N] [--reason REASON] [--folds K]
//
// FILE holds one JSON object a line: {"code","enhanced","text","stage","host","reason",
// "reason_ok","verdict","verdict_ok"}. Printed are the share of right verdicts (valid, invalid,
// undecided) and reasons, macro-F1 over the reasons, the two costly errors, the worst confusions,
// how much the figures differ from fold to fold, and replies read in one second of a processor.
#include <leadverify/reply_reading.hpp>

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <fstream>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <vector>

using namespace leadverify;

namespace {

struct LabelledReply {
  int code = 0;
  std::optional<EnhancedStatus> enhanced;
  std::string text;
  std::optional<Stage> stage;
  std::string host;
  std::string reason;              // the best one
  std::set<std::string> reasons;   // every right one
  std::set<std::string> verdicts;  // every right one of deliverable, undeliverable, undecided
  bool dead = false;               // its best verdict is undeliverable

  HeardReply heard() const {
    return {.code = code, .enhanced = enhanced, .text = text, .stage = stage, .exchange = host};
  }
};

std::string coarse(const std::string& verdict) {
  return verdict == "deliverable" || verdict == "undeliverable" ? verdict : "undecided";
}

std::string coarse(Status status) {
  switch (status) {
    case Status::valid:
    case Status::catch_all: return "deliverable";
    case Status::invalid: return "undeliverable";
    case Status::unknown: return "undecided";
  }
  return {};
}

std::string string_at(const nlohmann::json& row, const char* key) {
  const auto found = row.find(key);
  return found != row.end() && found->is_string() ? found->get<std::string>() : std::string();
}

std::optional<Stage> stage_named(const std::string& name) {
  if (name == "connect") return Stage::connect;
  if (name == "helo") return Stage::ehlo;
  if (name == "mail") return Stage::mail;
  if (name == "rcpt") return Stage::rcpt;
  return std::nullopt;
}

std::vector<LabelledReply> load(const char* path) {
  std::vector<LabelledReply> replies;
  std::ifstream file(path);
  for (std::string line; std::getline(file, line);) {
    const nlohmann::json row = nlohmann::json::parse(line);
    LabelledReply reply;
    reply.code = row.at("code").get<int>();
    reply.enhanced = parse_enhanced_status(string_at(row, "enhanced"));
    reply.text = string_at(row, "text");
    reply.stage = stage_named(string_at(row, "stage"));
    reply.host = string_at(row, "host");
    reply.reason = string_at(row, "reason");
    for (const auto& reason : row.at("reason_ok")) reply.reasons.insert(reason.get<std::string>());
    for (const auto& verdict : row.at("verdict_ok"))
      reply.verdicts.insert(coarse(verdict.get<std::string>()));
    reply.dead = string_at(row, "verdict") == "undeliverable";
    replies.push_back(std::move(reply));
  }
  return replies;
}

struct Score {
  int replies = 0, right_verdicts = 0, right_reasons = 0;
  int not_dead = 0, live_as_dead = 0, dead = 0, dead_found = 0, dead_as_live = 0;
  std::map<std::string, std::array<int, 3>> by_reason;  // labelled, read, both

  void add(const LabelledReply& reply, Reason read) {
    const std::string reason(to_string(read));
    const std::string verdict = coarse(status_of(read));
    const bool right = reply.reasons.contains(reason);
    ++replies;
    right_verdicts += reply.verdicts.contains(verdict);
    right_reasons += right;
    if (!reply.verdicts.contains("undeliverable")) {
      ++not_dead;
      live_as_dead += verdict == "undeliverable";
    }
    if (reply.dead) {
      ++dead;
      dead_found += verdict == "undeliverable";
      dead_as_live += verdict == "deliverable";
    }
    ++by_reason[reply.reason][0];
    ++by_reason[right ? reply.reason : reason][1];
    if (right) ++by_reason[reply.reason][2];
  }

  /// Over the reasons that three replies or more are labelled with.
  double macro_f1() const {
    double sum = 0;
    int reasons = 0;
    for (const auto& [reason, n] : by_reason) {
      if (n[0] < 3) continue;
      ++reasons;
      sum += 2.0 * n[2] / (n[0] + n[1]);
    }
    return reasons == 0 ? 0 : sum / reasons;
  }

  void print(const char* name) const {
    std::printf(
        "%-10s replies %4d  coarse %.4f  reason %.4f  macro-F1 %.4f  live-as-dead %d of %d  "
        "dead-as-live %d  dead recall %.4f\n",
        name,
        replies,
        1.0 * right_verdicts / replies,
        1.0 * right_reasons / replies,
        macro_f1(),
        live_as_dead,
        not_dead,
        dead_as_live,
        dead == 0 ? 1.0 : 1.0 * dead_found / dead);
  }
};

/// A fold that depends on the text alone, so that equal texts stay together.
std::size_t fold_of(const LabelledReply& reply, std::size_t folds) {
  return std::hash<std::string>{}(reply.text) % folds;
}

/// By the processor's time, so that what else runs on the machine does not count.
void print_speed(const std::vector<LabelledReply>& replies) {
  std::size_t read = 0;
  unsigned sum = 0;  // keeps the work from being left out
  const std::clock_t start = std::clock();
  while (std::clock() - start < CLOCKS_PER_SEC) {
    for (const LabelledReply& reply : replies) {
      sum += static_cast<unsigned>(read_reply(reply.heard()).reason);
    }
    read += replies.size();
  }
  const double seconds = static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
  std::printf("%.0f replies a processor second (checksum %u)\n",
              static_cast<double>(read) / seconds,
              sum % 1000);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2) {
    std::fputs("usage: reply_bench FILE.jsonl [--show N] [--reason REASON] [--folds K]\n", stderr);
    return 2;
  }
  std::size_t show = 0;
  std::size_t folds = 0;
  std::string only;
  for (int i = 2; i + 1 < argc; i += 2) {
    const std::string option = argv[i];
    if (option == "--show") show = std::strtoul(argv[i + 1], nullptr, 10);
    if (option == "--folds") folds = std::strtoul(argv[i + 1], nullptr, 10);
    if (option == "--reason") only = argv[i + 1];
  }

  const std::vector<LabelledReply> replies = load(argv[1]);
  Score all;
  std::vector<Score> parts(folds);
  std::map<std::string, int> confusions;
  for (const LabelledReply& reply : replies) {
    const Reason read = read_reply(reply.heard()).reason;
    all.add(reply, read);
    if (folds != 0) parts[fold_of(reply, folds)].add(reply, read);
    const std::string reason(to_string(read));
    const bool wrong_verdict = !reply.verdicts.contains(coarse(status_of(read)));
    if (reply.reasons.contains(reason) && !wrong_verdict) continue;
    ++confusions[reply.reason + " read as " + reason];
    if (show == 0 || (!only.empty() && only != reply.reason && only != reason)) continue;
    --show;
    const std::string enhanced = reply.enhanced ? to_string(*reply.enhanced) : "-";
    std::printf("%s%s read as %s: %d %s %s\n",
                wrong_verdict ? "!! " : "",
                reply.reason.c_str(),
                reason.c_str(),
                reply.code,
                enhanced.c_str(),
                reply.text.substr(0, 240).c_str());
  }

  all.print("all");
  for (std::size_t k = 0; k < folds; ++k) parts[k].print(("fold " + std::to_string(k + 1)).c_str());
  std::vector<std::pair<std::string, int>> worst(confusions.begin(), confusions.end());
  std::stable_sort(
      worst.begin(), worst.end(), [](const auto& a, const auto& b) { return a.second > b.second; });
  worst.resize(std::min<std::size_t>(worst.size(), 12));
  for (const auto& [confusion, count] : worst) std::printf("%4d  %s\n", count, confusion.c_str());
  print_speed(replies);
  return 0;
}
