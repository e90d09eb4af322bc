#include "app/base/usage_error.hpp"
#include "app/settings/option_table.hpp"
#include "app/settings/read_settings.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <set>

namespace leadverify::app {
namespace {

using namespace std::chrono_literals;
using Arguments = std::vector<std::string>;

/// On a host without any configuration.
Settings parse_command_line(const Arguments& arguments) {
  return read_settings(arguments, Environment({"XDG_CONFIG_DIRS=/nowhere"}));
}

std::string refusal(const Arguments& arguments) {
  try {
    parse_command_line(arguments);
  } catch (const UsageError& error) {
    return error.what();
  }
  return {};
}

TEST_CASE("without an option everything is as documented", "[app][command line]") {
  const Settings settings = parse_command_line({});

  CHECK(settings.task == Task::verify);
  CHECK(settings.files.empty());
  CHECK(settings.options.depth == Depth::smtp);
  CHECK(settings.options.smtp_port == 25);
  CHECK(settings.summary_place == SummaryPlace::standard_output);
  CHECK(settings.progress == ProgressStyle::by_terminal);
  CHECK_FALSE(settings.output.has_value());
  CHECK_FALSE(settings.max_time.has_value());
}

TEST_CASE("the default that the table shows is the one that holds", "[app][command line]") {
  const Settings untouched = parse_command_line({});
  for (const OptionEntry& entry : option_table()) {
    if (entry.standard.empty()) continue;
    CAPTURE(entry.name);
    Settings settings = untouched;
    settings.options.mail_from = "ada@example.org";
    entry.apply(settings, OptionValue("--" + std::string(entry.name), std::string(entry.standard)));
    if (entry.name != "mail-from") settings.options.mail_from.clear();

    const Options& set = settings.options;
    const Options& by_default = untouched.options;
    CHECK(set.depth == by_default.depth);
    CHECK(set.catch_all == by_default.catch_all);
    CHECK(set.mail_from == by_default.mail_from);
    CHECK(set.smtp_port == by_default.smtp_port);
    CHECK(set.ip == by_default.ip);
    CHECK(set.connect_timeout == by_default.connect_timeout);
    CHECK(set.command_timeout == by_default.command_timeout);
    CHECK(set.session_timeout == by_default.session_timeout);
    CHECK(set.greylist_delays == by_default.greylist_delays);
    CHECK(set.greylist_retries == by_default.greylist_retries);
    CHECK(set.greylist_max_delay == by_default.greylist_max_delay);
    CHECK(set.max_connections == by_default.max_connections);
    CHECK(set.domain_connections == by_default.domain_connections);
    CHECK(set.mx_connections == by_default.mx_connections);
    CHECK(set.domain_rate == by_default.domain_rate);
    CHECK(set.rcpt_per_session == by_default.rcpt_per_session);
    CHECK(set.threads == by_default.threads);
    CHECK(set.mx_ttl == by_default.mx_ttl);
    CHECK(settings.summary_place == untouched.summary_place);
    CHECK(settings.progress == untouched.progress);
    CHECK(settings.dialect.format == untouched.dialect.format);
  }
}

TEST_CASE("each option sets what it names", "[app][command line]") {
  const Settings settings = parse_command_line({"--check",
                                                "dns",
                                                "--catch-all=off",
                                                "--helo",
                                                "probe.example.net",
                                                "--mail-from",
                                                "ada@example.org",
                                                "--fallback-mail-from",
                                                "grace@example.org",
                                                "--probe-provider",
                                                "yahoo",
                                                "--probe-provider=outlook",
                                                "--providers",
                                                "providers.txt",
                                                "--resolver",
                                                "192.0.2.1,[::1]:53",
                                                "--smtp-port",
                                                "2525",
                                                "--allow-net=127.0.0.0/8,::1/128",
                                                "--ip",
                                                "4",
                                                "--connect-timeout",
                                                "1s",
                                                "--command-timeout",
                                                "2s",
                                                "--session-timeout",
                                                "3s",
                                                "--greylist-delay",
                                                "1s,5m15s",
                                                "--greylist-retries",
                                                "0",
                                                "--greylist-max-delay",
                                                "20m",
                                                "--max-time",
                                                "1h",
                                                "--max-connections",
                                                "7",
                                                "--domain-connections",
                                                "6",
                                                "--mx-connections",
                                                "5",
                                                "--domain-rate",
                                                "3/s",
                                                "--rcpt-per-session",
                                                "4",
                                                "--threads",
                                                "2",
                                                "--mx-ttl",
                                                "9m",
                                                "-o",
                                                "out.jsonl",
                                                "--resume",
                                                "--summary",
                                                "sum.json",
                                                "--progress",
                                                "plain",
                                                "-v",
                                                "list.txt",
                                                "-"});

  const Options& options = settings.options;
  CHECK(options.depth == Depth::dns);
  CHECK_FALSE(options.catch_all);
  CHECK(options.helo == "probe.example.net");
  CHECK(options.mail_from == "ada@example.org");
  CHECK(options.fallback_mail_from == "grace@example.org");
  CHECK(options.probe_providers == Arguments{"yahoo", "outlook"});
  CHECK(settings.provider_file == "providers.txt");
  CHECK(options.resolvers == Arguments{"192.0.2.1", "[::1]:53"});
  CHECK(options.smtp_port == 2525);
  CHECK(options.allow_nets == Arguments{"127.0.0.0/8", "::1/128"});
  CHECK(options.ip == IpVersion::v4);
  CHECK(options.connect_timeout == 1s);
  CHECK(options.command_timeout == 2s);
  CHECK(options.session_timeout == 3s);
  CHECK(options.greylist_delays == std::vector<std::chrono::nanoseconds>{1s, 5min + 15s});
  CHECK(options.greylist_retries == 0);
  CHECK(options.greylist_max_delay == 20min);
  CHECK(options.max_connections == 7);
  CHECK(options.domain_connections == 6);
  CHECK(options.mx_connections == 5);
  CHECK(options.domain_rate == Rate{3, 1s});
  CHECK(options.rcpt_per_session == 4);
  CHECK(options.threads == 2);
  CHECK(options.mx_ttl == 9min);
  CHECK(settings.max_time == 1h);
  CHECK(settings.output == "out.jsonl");
  CHECK(settings.resume);
  CHECK(settings.summary_place == SummaryPlace::file);
  CHECK(settings.summary_file == "sum.json");
  CHECK(settings.progress == ProgressStyle::plain);
  CHECK(settings.verbose);
  CHECK(settings.files == Arguments{"list.txt", "-"});
}

TEST_CASE("the null reverse-path is written <> or as nothing", "[app][command line]") {
  const auto written = GENERATE("<>", "");

  CHECK(parse_command_line({"--mail-from", written}).options.mail_from.empty());
}

TEST_CASE("what stands behind -- is a file", "[app][command line]") {
  CHECK(parse_command_line({"--", "--check", "-q"}).files == Arguments{"--check", "-q"});
}

TEST_CASE("an output of - is standard output", "[app][command line]") {
  CHECK_FALSE(parse_command_line({"-o", "-"}).output.has_value());
}

TEST_CASE("help is shown whatever else is asked for", "[app][command line]") {
  CHECK(parse_command_line({"--smtp-port", "x", "-h"}).task == Task::help);
}

TEST_CASE("a mistake on the command line is answered with what to do", "[app][command line]") {
  struct Example {
    Arguments arguments;
    const char* refusal;
  };
  const auto example = GENERATE(values<Example>({
      {{"--smtp-port", "x"}, "--smtp-port wants a number from 1 to 65535, not 'x'"},
      {{"--smtp-port", "-5"}, "--smtp-port wants a number from 1 to 65535, not '-5'"},
      {{"--smtp-port", "65536"}, "--smtp-port wants a number from 1 to 65535, not '65536'"},
      {{"--smtp-port", ""}, "--smtp-port wants a number from 1 to 65535, not ''"},
      {{"--threads=0"}, "--threads wants a number from 1 to 64, not '0'"},
      {{"--threads", "4294967297"}, "--threads wants a number from 1 to 64, not '4294967297'"},
      {{"--check", "smpt"}, "--check wants one of syntax, dns, smtp, not 'smpt'"},
      {{"--catch-all", "yes"}, "--catch-all wants one of on, off, not 'yes'"},
      {{"--connect-timeout", "10"},
       "--connect-timeout wants a duration with its unit, such as 500ms, 45s, 5m or 1h, not '10'"},
      {{"--greylist-delay", "5s,x"},
       "--greylist-delay wants a duration with its unit, such as 500ms, 45s, 5m or 1h, not "
       "'5s,x'"},
      {{"--greylist-delay", "5s,"},
       "--greylist-delay wants a list with commas and no empty item, not '5s,'"},
      {{"--resolver", ""}, "--resolver wants a list with commas and no empty item, not ''"},
      {{"--domain-rate", "10"},
       "--domain-rate wants a rate such as 5/s, 10/min or 100/h (0 lifts the limit), not '10'"},
      {{"--max-time", "0s"}, "--max-time wants a duration longer than none, not '0s'"},
      {{"--helo", ""}, "--helo wants an argument that is not empty"},
      {{"--fallback-mail-from", ""}, "--fallback-mail-from wants an argument that is not empty"},
      {{"--probe-provider", ""}, "--probe-provider wants an argument that is not empty"},
      {{"--providers", "a", "--providers", "b"}, "--providers is given more than once"},
      {{"-o", ""}, "--output wants an argument that is not empty"},
      {{"--helo"}, "--helo wants an argument"},
      {{"-o"}, "--output wants an argument"},
      {{"--helo="}, "--helo= has nothing behind its '='"},
      {{"--quiet=1"}, "--quiet takes no argument"},
      {{"--ip", "4", "--ip", "6"}, "--ip is given more than once"},
      {{"-q", "-v"}, "choose one of -q and -v"},
      {{""}, "a FILE has an empty name"},
      {{"--config", ""}, "--config wants an argument that is not empty"},
      {{"--config", "/nowhere/at/all"},
       "--config: cannot read /nowhere/at/all: No such file or directory"},
      {{"-", "-"}, "standard input, '-', can be read only once"},
      {{"--resume"}, "--resume wants -o FILE, whose finished records it keeps"},
      {{"--resume", "-o", "-"}, "--resume wants -o FILE, whose finished records it keeps"},
      {{"--resume", "-o", "out", "--format", "csv"},
       "--resume is for records as JSON lines: leave --format out"},
      {{"--input-format", "xml"}, "--input-format wants one of auto, text, csv, jsonl, not 'xml'"},
      {{"--delimiter", "ab", "a.csv"},
       "--delimiter wants one ASCII character, such as ';', or tab, not 'ab'"},
      {{"--delimiter", "\"", "a.csv"},
       "--delimiter wants one ASCII character, such as ';', or tab, not '\"'"},
      {{"--keep", "a,,b", "a.csv"},
       "--keep wants a list with commas and no empty item, not 'a,,b'"},
      {{"--keep", "a,b,a", "a.csv"}, "--keep wants each column once, not 'a,b,a'"},
      {{"--column", "2"},
       "--column is for CSV and JSON lines, and no input is: give --input-format"},
      {{"--keep", "all", "list.txt"},
       "--keep is for CSV and JSON lines, and no input is: give --input-format"},
      {{"--delimiter", ";", "a.jsonl"},
       "--delimiter is for CSV, and no input is: give --input-format"},
      {{"--no-header", "--input-format", "text", "a.csv"},
       "--no-header is for CSV, and no input is: give --input-format"},
      {{"--explain", "550 no", "list.txt"},
       "--explain takes one REPLY and no FILE: put the reply in quotes"},
  }));
  CAPTURE(example.arguments);

  CHECK(refusal(example.arguments) == example.refusal);
}

TEST_CASE("the input's dialect is what the options say", "[app][command line]") {
  const Dialect dialect = parse_command_line({"--column",
                                              "Mail",
                                              "--delimiter",
                                              "tab",
                                              "--no-header",
                                              "--keep",
                                              "id,name",
                                              "list.csv"})
                              .dialect;

  CHECK(dialect.format == InputFormat::by_name);
  CHECK(dialect.column == "Mail");
  CHECK(dialect.delimiter == '\t');
  CHECK_FALSE(dialect.header);
  CHECK_FALSE(dialect.keep.all);
  CHECK(dialect.keep.columns == Arguments{"id", "name"});
  CHECK(parse_command_line({"--input-format", "jsonl", "--keep", "all"}).dialect.keep.all);
}

TEST_CASE("the summary is beside the records, but for CSV", "[app][command line]") {
  const auto place = [](const Arguments& arguments) {
    return parse_command_line(arguments).summary_place;
  };
  CHECK(place({"--format", "reacher"}) == SummaryPlace::standard_output);
  CHECK(place({"--format", "csv"}) == SummaryPlace::standard_error);
  CHECK(place({"--format", "csv", "-q"}) == SummaryPlace::none);
  CHECK(place({"--format", "csv", "-q", "--summary", "stdout"}) == SummaryPlace::standard_output);
}

TEST_CASE("a file is of the format that its name or the option tells", "[app][command line]") {
  CHECK(format_of("list.CSV", InputFormat::by_name) == InputFormat::csv);
  CHECK(format_of("a.b/list.tsv", InputFormat::by_name) == InputFormat::csv);
  CHECK(format_of("list.jsonl", InputFormat::by_name) == InputFormat::jsonl);
  CHECK(format_of("list.ndjson", InputFormat::by_name) == InputFormat::jsonl);
  CHECK(format_of("list.txt", InputFormat::by_name) == InputFormat::text);
  CHECK(format_of("-", InputFormat::by_name) == InputFormat::text);
  CHECK(format_of("list.csv", InputFormat::text) == InputFormat::text);
  CHECK(format_of("-", InputFormat::jsonl) == InputFormat::jsonl);
}

TEST_CASE("an unknown option is answered with the nearest known one", "[app][command line]") {
  CHECK(refusal({"--smpt-port", "1"}) ==
        "unknown option '--smpt-port': did you mean '--smtp-port'?");
  CHECK(refusal({"--treads=4"}) == "unknown option '--treads': did you mean '--threads'?");
  CHECK(refusal({"--greylist-del", "4s"}) ==
        "unknown option '--greylist-del': did you mean '--greylist-delay'?");
  CHECK(refusal({"-smtp-port", "25"}) ==
        "unknown option '-smtp-port': did you mean '--smtp-port'?");
  CHECK(refusal({"--proxy", "auto"}) == "unknown option '--proxy'");
  CHECK(refusal({"-x"}) == "unknown option '-x'");
  CHECK(refusal({"-qx"}) == "unknown option '-qx'");
  CHECK(refusal({"---"}) == "unknown option '---'");
}

TEST_CASE("an option is never abbreviated, not even its beginning alone", "[app][command line]") {
  for (const OptionEntry& entry : option_table()) {
    const std::string begun = "--" + std::string(entry.name.substr(0, entry.name.size() - 1));
    CAPTURE(begun);
    CHECK(refusal({begun, "1"}).starts_with("unknown option '" + begun + "'"));
  }
}

TEST_CASE("the help page shows each option in 80 columns", "[app][command line]") {
  const std::string page = help_page();

  for (const OptionEntry& entry : option_table()) {
    CAPTURE(entry.name);
    CHECK(page.find("--" + std::string(entry.name)) != std::string::npos);
  }
  std::size_t begin = 0;
  while (begin < page.size()) {
    const std::size_t end = page.find('\n', begin);
    CAPTURE(page.substr(begin, end - begin));
    REQUIRE(end != std::string::npos);
    CHECK(end - begin <= 80);
    begin = end + 1;
  }
}

TEST_CASE("the options of a group stand together", "[app][command line]") {
  std::set<std::string_view> closed;
  std::string_view group;
  for (const OptionEntry& entry : option_table()) {
    if (entry.group == group) continue;
    CAPTURE(entry.name);
    CHECK(closed.insert(entry.group).second);
    group = entry.group;
  }
}

}  // namespace
}  // namespace leadverify::app
