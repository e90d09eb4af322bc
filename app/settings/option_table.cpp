#include "app/settings/option_table.hpp"

#include <array>
#include <set>

namespace leadverify::app {
namespace {

using Value = OptionValue;

constexpr int most_connections = 1'000'000;

void take_delimiter(Settings& settings, const Value& value) {
  const std::string& word = value.word();
  const std::string delimiter = word == "tab" || word == "\\t" ? "\t" : word;
  constexpr std::string_view taken = "\"\r\n";  // by what a cell or a row begins and ends with
  if (delimiter.size() != 1 || taken.find(delimiter) != taken.npos || delimiter.front() < 0) {
    value.refuse("one ASCII character, such as ';', or tab");
  }
  settings.dialect.delimiter = delimiter.front();
}

void take_keep(Settings& settings, const Value& value) {
  settings.dialect.keep = {.all = value.word() == "all", .columns = {}};
  if (settings.dialect.keep.all) return;
  settings.dialect.keep.columns = value.list();
  std::set<std::string> seen;
  for (const std::string& column : settings.dialect.keep.columns) {
    if (!seen.insert(column).second) value.refuse("each column once");
  }
}

void take_summary(Settings& settings, const Value& value) {
  const std::string& place = value.word();
  if (place == "stdout" || place == "-") {
    settings.summary_place = SummaryPlace::standard_output;
  } else if (place == "stderr") {
    settings.summary_place = SummaryPlace::standard_error;
  } else if (place == "none") {
    settings.summary_place = SummaryPlace::none;
  } else {
    settings.summary_place = SummaryPlace::file;
    settings.summary_file = place;
  }
}

void take_max_time(Settings& settings, const Value& value) {
  settings.max_time = value.duration();
  if (settings.max_time->count() == 0) value.refuse("a duration longer than none");
}

constexpr std::array entries = {
    OptionEntry{
        .group = "Input",
        .name = "input-format",
        .argument = "auto|text|csv|jsonl",
        .standard = "auto",
        .text =
            "text: one address a line; blank lines and lines that start with # are skipped. csv: a "
            "row for each address. jsonl: an object or a string a line. auto: by the file's "
            "name, .csv, .tsv, .jsonl, .ndjson, else text",
        .apply =
            [](Settings& settings, const Value& value) {
              settings.dialect.format = value.choice<InputFormat>({{"auto", InputFormat::by_name},
                                                                   {"text", InputFormat::text},
                                                                   {"csv", InputFormat::csv},
                                                                   {"jsonl", InputFormat::jsonl}});
            },
    },
    OptionEntry{
        .group = "Input",
        .name = "column",
        .argument = "NAME|N",
        .text = "the CSV column, by its name or its number from 1, or the JSON key that holds the "
                "address; without it, email (in CSV also e-mail, mail or email_address)",
        .apply = [](Settings& settings,
                    const Value& value) { settings.dialect.column = value.word(); },
    },
    OptionEntry{
        .group = "Input",
        .name = "delimiter",
        .argument = "C",
        .text = "what stands between the cells of a CSV row; without it, the comma, semicolon, tab "
                "or | that the first row shows",
        .apply = take_delimiter,
    },
    OptionEntry{
        .group = "Input",
        .name = "no-header",
        .text = "the first CSV row is one of data",
        .apply = [](Settings& settings, const Value&) { settings.dialect.header = false; },
    },
    OptionEntry{
        .group = "Input",
        .name = "keep",
        .argument = "all|COL[,COL...]",
        .text = "carry these CSV columns or JSON keys into each record",
        .apply = take_keep,
    },
    OptionEntry{
        .group = "Checks",
        .name = "check",
        .argument = "syntax|dns|smtp",
        .standard = "smtp",
        .text = "how deep to look; each depth includes those before it",
        .apply =
            [](Settings& settings, const Value& value) {
              settings.options.depth = value.choice<Depth>(
                  {{"syntax", Depth::syntax}, {"dns", Depth::dns}, {"smtp", Depth::smtp}});
            },
    },
    OptionEntry{
        .group = "Checks",
        .name = "catch-all",
        .argument = "on|off",
        .standard = "on",
        .text = "ask each domain that accepts a recipient for a random one too",
        .apply =
            [](Settings& settings, const Value& value) {
              settings.options.catch_all = value.choice<bool>({{"on", true}, {"off", false}});
            },
    },
    OptionEntry{
        .group = "Checks",
        .name = "probe-provider",
        .argument = "NAME",
        .text = "ask a provider that is otherwise not asked, since it accepts every recipient or "
                "does not want the question; may be repeated",
        .repeatable = true,
        .apply =
            [](Settings& settings, const Value& value) {
              settings.options.probe_providers.push_back(value.word());
            },
    },
    OptionEntry{
        .group = "Checks",
        .name = "providers",
        .argument = "FILE",
        .text = "a table of providers in the place of the built-in one",
        .apply = [](Settings& settings,
                    const Value& value) { settings.provider_file = value.word(); },
    },
    OptionEntry{
        .group = "Checks",
        .name = "lists",
        .argument = "DIR",
        .text = "disposable.txt, free.txt, role.txt and typos.txt of DIR, or those of them that "
                "are there, in the place of the built-in lists",
        .apply = [](Settings& settings,
                    const Value& value) { settings.list_folder = value.word(); },
    },
    OptionEntry{
        .group = "Identity",
        .name = "helo",
        .argument = "FQDN",
        .text = "the name that is said in EHLO; without it, this host's own full name",
        .apply = [](Settings& settings,
                    const Value& value) { settings.options.helo = value.word(); },
    },
    OptionEntry{
        .group = "Identity",
        .name = "mail-from",
        .argument = "ADDRESS",
        .standard = "<>",
        .text = "the reverse-path in MAIL FROM; <> is the null one",
        .apply =
            [](Settings& settings, const Value& value) {
              settings.options.mail_from = value.any() == "<>" ? "" : value.any();
            },
    },
    OptionEntry{
        .group = "Identity",
        .name = "fallback-mail-from",
        .argument = "ADDRESS",
        .text = "the reverse-path that a server is asked with where it refuses the null one; "
                "without it, postmaster@ the name said in EHLO",
        .apply = [](Settings& settings,
                    const Value& value) { settings.options.fallback_mail_from = value.word(); },
    },
    OptionEntry{
        .group = "Identity",
        .name = "source-ip",
        .argument = "IP",
        .text = "the address of this host to connect from; servers of the other IP version are not "
                "asked then",
        .apply = [](Settings& settings,
                    const Value& value) { settings.options.source_ip = value.word(); },
    },
    OptionEntry{
        .group = "Network",
        .name = "resolver",
        .argument = "IP[:PORT][,...]",
        .text = "the DNS servers to ask; without it, the system's",
        .apply = [](Settings& settings,
                    const Value& value) { settings.options.resolvers = value.list(); },
    },
    OptionEntry{
        .group = "Network",
        .name = "smtp-port",
        .argument = "N",
        .standard = "25",
        .text = "the port of mail servers",
        .apply =
            [](Settings& settings, const Value& value) {
              settings.options.smtp_port = static_cast<std::uint16_t>(value.number(1, 65535));
            },
    },
    OptionEntry{
        .group = "Network",
        .name = "starttls",
        .argument = "auto|never|require",
        .standard = "auto",
        .text = "secure sessions by TLS; auto: where it is offered and works. No certificate is "
                "turned down",
        .apply =
            [](Settings& settings, const Value& value) {
              settings.options.starttls = value.choice<StartTls>({{"auto", StartTls::automatic},
                                                                  {"never", StartTls::never},
                                                                  {"require", StartTls::require}});
            },
    },
    OptionEntry{
        .group = "Network",
        .name = "allow-net",
        .argument = "CIDR[,...]",
        .text = "connect to mail servers in these nets although they are not public",
        .apply = [](Settings& settings,
                    const Value& value) { settings.options.allow_nets = value.list(); },
    },
    OptionEntry{
        .group = "Network",
        .name = "ip",
        .argument = "any|4|6",
        .standard = "any",
        .text = "the IP version that mail servers are connected to over",
        .apply =
            [](Settings& settings, const Value& value) {
              settings.options.ip = value.choice<IpVersion>(
                  {{"any", IpVersion::any}, {"4", IpVersion::v4}, {"6", IpVersion::v6}});
            },
    },
    OptionEntry{
        .group = "Time",
        .name = "connect-timeout",
        .argument = "TIME",
        .standard = "10s",
        .text = "for a TCP connection to be made",
        .apply = [](Settings& settings,
                    const Value& value) { settings.options.connect_timeout = value.duration(); },
    },
    OptionEntry{
        .group = "Time",
        .name = "command-timeout",
        .argument = "TIME",
        .standard = "30s",
        .text = "for the greeting and for each reply",
        .apply = [](Settings& settings,
                    const Value& value) { settings.options.command_timeout = value.duration(); },
    },
    OptionEntry{
        .group = "Time",
        .name = "session-timeout",
        .argument = "TIME",
        .standard = "2m",
        .text = "for one session in all, however slowly its server talks",
        .apply = [](Settings& settings,
                    const Value& value) { settings.options.session_timeout = value.duration(); },
    },
    OptionEntry{
        .group = "Time",
        .name = "greylist-delay",
        .argument = "TIME[,TIME...]",
        .standard = "45s",
        .text = "the wait before each retry of a temporarily refused recipient; the last one "
                "repeats",
        .apply = [](Settings& settings,
                    const Value& value) { settings.options.greylist_delays = value.durations(); },
    },
    OptionEntry{
        .group = "Time",
        .name = "greylist-retries",
        .argument = "N",
        .standard = "2",
        .text = "retries for each address",
        .apply =
            [](Settings& settings, const Value& value) {
              settings.options.greylist_retries = value.number(0, 100);
            },
    },
    OptionEntry{
        .group = "Time",
        .name = "greylist-max-delay",
        .argument = "TIME",
        .standard = "10m",
        .text = "the longest wait that a server's own hint can ask for; past it, no retry",
        .apply = [](Settings& settings,
                    const Value& value) { settings.options.greylist_max_delay = value.duration(); },
    },
    OptionEntry{
        .group = "Time",
        .name = "max-time",
        .argument = "TIME",
        .text = "after it the run ends early, says that it is incomplete, and exits with 75",
        .apply = take_max_time,
    },
    OptionEntry{
        .group = "Limits",
        .name = "max-connections",
        .argument = "N",
        .standard = "50",
        .text = "SMTP sessions open at once, in all",
        .apply =
            [](Settings& settings, const Value& value) {
              settings.options.max_connections = value.number(1, most_connections);
            },
    },
    OptionEntry{
        .group = "Limits",
        .name = "domain-connections",
        .argument = "N",
        .standard = "5",
        .text = "of these, for one recipient domain",
        .apply =
            [](Settings& settings, const Value& value) {
              settings.options.domain_connections = value.number(1, most_connections);
            },
    },
    OptionEntry{
        .group = "Limits",
        .name = "mx-connections",
        .argument = "N",
        .standard = "5",
        .text = "of these, for one address of a mail server, whatever the domains behind it",
        .apply =
            [](Settings& settings, const Value& value) {
              settings.options.mx_connections = value.number(1, most_connections);
            },
    },
    OptionEntry{
        .group = "Limits",
        .name = "domain-rate",
        .argument = "N/s|N/min|N/h",
        .standard = "10/min",
        .text = "recipients asked for one domain, of which 10 may come at once; 0 lifts the limit",
        .apply = [](Settings& settings,
                    const Value& value) { settings.options.domain_rate = value.rate(); },
    },
    OptionEntry{
        .group = "Limits",
        .name = "rcpt-per-session",
        .argument = "N",
        .standard = "20",
        .text = "recipients asked over one connection",
        .apply =
            [](Settings& settings, const Value& value) {
              settings.options.rcpt_per_session = value.number(1, 10'000);
            },
    },
    OptionEntry{
        .group = "Limits",
        .name = "threads",
        .argument = "N",
        .standard = "1",
        .text = "threads that do the work; one is enough for most lists",
        .apply = [](Settings& settings,
                    const Value& value) { settings.options.threads = value.number(1, 64); },
    },
    OptionEntry{
        .group = "Limits",
        .name = "mx-ttl",
        .argument = "TIME",
        .standard = "1h",
        .text = "the longest time that a DNS answer is kept; its own TTL if that is shorter",
        .apply = [](Settings& settings,
                    const Value& value) { settings.options.mx_ttl = value.duration(); },
    },
    OptionEntry{
        .group = "Output",
        .letter = "o",
        .name = "output",
        .argument = "FILE",
        .text = "write the records to FILE and not to standard output. Of a run that is ended "
                "early it holds the settled addresses alone",
        .apply =
            [](Settings& settings, const Value& value) {
              if (value.word() != "-") settings.output = value.word();
            },
    },
    OptionEntry{
        .group = "Output",
        .name = "resume",
        .text = "keep the finished records that an ended run left in the FILE of -o, and do the "
                "rest of the same input; for JSON lines alone",
        .apply = [](Settings& settings, const Value&) { settings.resume = true; },
    },
    OptionEntry{
        .group = "Output",
        .name = "format",
        .argument = "jsonl|csv|reacher",
        .standard = "jsonl",
        .text = "how the records are written: JSON lines, CSV for spreadsheets, or JSON lines with "
                "the Reacher service's field names",
        .apply =
            [](Settings& settings, const Value& value) {
              settings.format = value.choice<RecordFormat>({{"jsonl", RecordFormat::jsonl},
                                                            {"csv", RecordFormat::csv},
                                                            {"reacher", RecordFormat::reacher}});
            },
    },
    OptionEntry{
        .group = "Output",
        .name = "summary",
        .argument = "stdout|stderr|none|FILE",
        .standard = "stdout",
        .text = "where the summary goes; on stdout it is the last line. With --format csv the "
                "default is stderr",
        .apply = take_summary,
    },
    OptionEntry{
        .group = "Output",
        .name = "ordered",
        .text = "records in the order of the input, not as they become known; one that waits out "
                "a greylist holds back those behind it, at most 32 MB of them. Of a run that is "
                "ended early the FILE of -o then ends before the first address that is not settled",
        .apply = [](Settings& settings, const Value&) { settings.ordered = true; },
    },
    OptionEntry{
        .group = "Output",
        .name = "trace",
        .argument = "FILE",
        .text = "write down each line of each session with a mail server, as JSON lines",
        .apply =
            [](Settings& settings, const Value& value) {
              if (value.word() == "-") value.refuse("a file");
              settings.trace = value.word();
            },
    },
    OptionEntry{
        .group = "Messages",
        .name = "progress",
        .argument = "auto|bar|plain|none",
        .standard = "auto",
        .text = "how standard error shows the progress; auto: a bar on a terminal, else nothing; "
                "plain: a line every 10 seconds",
        .apply =
            [](Settings& settings, const Value& value) {
              settings.progress = value.choice<ProgressStyle>({{"auto", ProgressStyle::by_terminal},
                                                               {"bar", ProgressStyle::bar},
                                                               {"plain", ProgressStyle::plain},
                                                               {"none", ProgressStyle::none}});
            },
    },
    OptionEntry{
        .group = "Messages",
        .name = "color",
        .argument = "auto|always|never",
        .standard = "auto",
        .text = "colours on standard error; auto: on a terminal, unless NO_COLOR is set",
        .apply =
            [](Settings& settings, const Value& value) {
              settings.colour = value.choice<ColourStyle>({{"auto", ColourStyle::by_terminal},
                                                           {"always", ColourStyle::always},
                                                           {"never", ColourStyle::never}});
            },
    },
    OptionEntry{
        .group = "Messages",
        .letter = "q",
        .name = "quiet",
        .text = "nothing but errors on standard error",
        .excludes = "verbose",
        .apply = [](Settings& settings, const Value&) { settings.quiet = true; },
    },
    OptionEntry{
        .group = "Messages",
        .letter = "v",
        .name = "verbose",
        .text = "a line on standard error for each step",
        .excludes = "quiet",
        .apply = [](Settings& settings, const Value&) { settings.verbose = true; },
    },
    OptionEntry{
        .group = "Other",
        .name = "config",
        .argument = "FILE",
        .text = "read settings from FILE in the place of the user's own file; those that are typed "
                "here, or given as LEADVERIFY_... variables, are stronger",
        .weakest = Source::variable,
        .apply = [](Settings& settings,
                    const Value& value) { settings.config_file = value.word(); },
    },
    OptionEntry{
        .group = "Other",
        .name = "doctor",
        .text = "look at this host before a long run: its DNS servers, port 25, its names, SPF, "
                "blocklists; verify nothing, and exit with 4 on a failure. Of FILE the first "
                "domains say which mail servers are tried",
        .weakest = Source::command_line,
        .apply = [](Settings& settings, const Value&) { settings.task = Task::doctor; },
    },
    OptionEntry{
        .group = "Other",
        .name = "probe-host",
        .argument = "HOST",
        .text = "with --doctor: the mail server that is tried",
        .apply = [](Settings& settings, const Value& value) { settings.probe_host = value.word(); },
    },
    OptionEntry{
        .group = "Other",
        .name = "dnsbl",
        .argument = "ZONE",
        .text =
            "with --doctor: a blocklist to ask, in the place of those built in; may be repeated",
        .repeatable = true,
        .apply = [](Settings& settings,
                    const Value& value) { settings.blocklists.push_back(value.word()); },
    },
    OptionEntry{
        .group = "Other",
        .name = "explain",
        .argument = "REPLY",
        .text = "say what one SMTP reply means, and do nothing else; with - for REPLY, of each "
                "JSON line {\"id\",\"code\",\"enhanced\",\"text\",\"stage\",\"host\"} on standard "
                "input",
        .weakest = Source::command_line,
        .apply =
            [](Settings& settings, const Value& value) {
              settings.task = Task::explain;
              settings.reply = value.word();
            },
    },
    OptionEntry{
        .group = "Other",
        .letter = "h",
        .name = "help",
        .text = "show all options",
        .weakest = Source::command_line,
        .apply = [](Settings& settings, const Value&) { settings.task = Task::help; },
    },
    OptionEntry{
        .group = "Other",
        .name = "version",
        .text = "show the version",
        .weakest = Source::command_line,
        .apply = [](Settings& settings, const Value&) { settings.task = Task::version; },
    },
};

}  // namespace

std::span<const OptionEntry> option_table() {
  return entries;
}

}  // namespace leadverify::app
