// What is known of one input address once it is settled: the record, as a struct.
//
// Every member that is optional is absent where the thing is not known or was
// not asked; the JSON line then says null.
#pragma once

#include <leadverify/verdict.hpp>

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace leadverify {

/// What an input item carries into its record: some of its columns or keys.
struct Row {
  struct Value {
    std::string text;      // any bytes
    bool is_json = false;  // `text` is JSON: a number, true, null, an object ...
  };

  std::shared_ptr<const std::vector<std::string>> names;  // of the values; null: the item had none
  std::vector<Value> values;                              // as many as names
};

/// One address as it came in.
struct Input {
  std::string text;                   // the address as given, any bytes
  std::uint64_t line = 0;             // 1-based number of the input line, counted in each file
  std::optional<std::string> file;    // its file, where there are two inputs or more
  std::optional<Row> row;             // carried into the record; absent: nothing is
  std::optional<std::string> remark;  // what is wrong with the item, in a sentence for a person
  bool is_broken = false;  // `text` is no address but the item, from which none could be read
};

struct Result {
  Input input;
  std::string email;                  // domain in lower case and A-labels; input.text if unparsable
  std::optional<std::string> domain;  // absent where the input can't be parsed

  Status status = Status::unknown;
  Reason reason = Reason::not_checked;
  std::optional<Confidence> confidence;  // absent for unknown
  std::optional<bool> catch_all;         // does the domain accept any recipient?
  bool greylist = false;                 // was it greylisted on the way, whatever came of it?

  std::optional<int> code;                 // the last reply about this address: 200 to 599
  std::optional<EnhancedStatus> enhanced;  // likewise
  std::optional<std::string> message;      // likewise: its text without the codes; any bytes
  std::optional<std::string> error;        // a sentence for a person

  std::optional<std::string> mx;        // the exchange that was asked last
  std::optional<std::string> mx_ip;     // its address
  std::optional<std::string> provider;  // who runs it
  std::optional<Stage> stage;           // how far the look came

  int attempts = 0;                           // trips to the domain's mail servers
  std::optional<std::uint64_t> duplicate_of;  // line of the same address, seen earlier

  std::optional<std::string> did_you_mean;  // a domain that was more likely meant
  std::optional<bool> role;                 // an office, not a person (RFC 2142); these three are
                                            // absent where the input can't be parsed
  std::optional<bool> disposable;           // a domain of throw-away mailboxes
  std::optional<bool> free;                 // a provider of free mailboxes

  std::chrono::milliseconds elapsed{0};                // from its first step to its settlement
  std::chrono::system_clock::time_point checked_at{};  // when it was settled
};

}  // namespace leadverify
