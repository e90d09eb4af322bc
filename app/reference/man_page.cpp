// The man page, docs/leadverify.1: the words around the table of options, and the table.
#include "app/reference/argument_form.hpp"
#include "app/reference/mdoc.hpp"
#include "app/reference/pages.hpp"
#include "app/settings/call_examples.hpp"

#include <algorithm>

namespace leadverify::app {
namespace {

constexpr std::string_view beginning = R"(.\" Made from the table of options by scripts/reference.
.Dd November 20, 2026
.Dt LEADVERIFY 1
.Os
.Sh NAME
.Nm leadverify
.Nd say which e-mail addresses take mail, and send none
.Sh SYNOPSIS
.Nm
.Op Ar OPTIONS
.Op Ar FILE ...
.Sh DESCRIPTION
.Nm
reads e-mail addresses from each
.Ar FILE ,
or from standard input where none or
.Sq -
is given, and says of each whether mail for it would be taken.
It asks the DNS and the domain's own mail servers, with the commands EHLO, MAIL
FROM, RCPT TO and QUIT, and never sends a message.
.Pp
On standard output each address gets one line of JSON as soon as its verdict is
known, unless
.Fl -format
or
.Fl -ordered
says otherwise.
Its
.Sq status
is
.Cm valid ,
.Cm invalid ,
.Cm catch_all
.Pq the domain takes mail for every name
or
.Cm unknown .
The last line is a summary.
What is for a person goes to standard error.
.Pp
Long options are written in full.
Durations take a unit:
.Cm 500ms ,
.Cm 45s ,
.Cm 5m15s ,
.Cm 1h .
)";

constexpr std::string_view configuration = R"(.Ss Configuration
Every option but those that ask for something else than a verification can also
be given as a variable or in a file.
The command line is stronger than variables, and those are stronger than the
file of
.Fl -config
or else the user's own file, which is stronger than the system's.
Each option is taken from the strongest place that names it.
.Fl v
shows which options were not typed, and where they come from.
.Pp
A file has one
.Ql key = value
a line, where the key is the long name of an option.
A
.Ql #
that begins a line or follows a blank begins a comment, and a value can stand
in double quotes.
Options without an argument take
.Cm yes ,
.Cm true
or
.Cm 1 ,
and
.Cm no ,
.Cm false
or
.Cm 0 .
Options that may be repeated take a list with commas.
)";

constexpr std::string_view end = R"(.Sh ENVIRONMENT
.Bl -tag -width Ds
.It Ev LEADVERIFY_NAME
the option
.Fl -name
in capital letters and with
.Ql _
for
.Ql - :
.Ev LEADVERIFY_DOMAIN_RATE
is
.Fl -domain-rate .
An empty one counts as not set; one of no option is refused.
.It Ev NO_COLOR
where it is not empty, nothing is coloured unless
.Fl -color
asks for it.
.It Ev XDG_CONFIG_HOME , XDG_CONFIG_DIRS , HOME
where configuration files are looked for.
.El
.Sh FILES
.Bl -tag -width Ds
.It Pa $XDG_CONFIG_HOME/leadverify/config
the user's configuration; without the variable it is
.Pa \(ti/.config/leadverify/config .
.It Pa $XDG_CONFIG_DIRS/leadverify/config
the system's configuration, in each of these folders, the first one being the
strongest; without the variable it is
.Pa /etc/xdg/leadverify/config .
.El
.Sh EXIT STATUS
.Bl -tag -width 130
.It 0
complete, whatever the verdicts
.It 2
usage or configuration
.It 3
an input can't be read, or an output can't be written
.It 4
.Fl -doctor
found a failure
.It 75
incomplete: ended by
.Fl -max-time
.It 129 , 130 , 143
ended by SIGHUP, SIGINT or SIGTERM, with the records and the summary written; a
second signal ends the run at once
.El
)";

constexpr std::string_view standards = R"(.Sh STANDARDS
.Rs
.%A J. Klensin
.%T Simple Mail Transfer Protocol
.%R RFC 5321
.Re
.Sh CAVEATS
Where a mail server accepts every recipient, its answer says nothing of a
mailbox.
Some servers accept every recipient and refuse the message later.
A verdict holds for the host that asked, on the day that it asked.
)";

std::string examples() {
  std::string section = ".Sh EXAMPLES\n.Bl -tag -width Ds\n";
  for (const CallExample& example : call_examples) {
    section += ".It Ic " + literal(example.call) + "\n" + std::string(example.text) + "\n";
  }
  return section + ".El\n";
}

/// `forms` behind the macro that says what they are; empty where there are none.
std::string operands(std::string_view macro, const std::vector<std::string_view>& forms) {
  std::string line;
  for (const std::string_view form : forms) {
    line += (line.empty() ? " " + std::string(macro) + " " : " | ") + literal(form);
  }
  return line;
}

/// How the option is called: the operands of its .It.
std::string call_of(const OptionEntry& entry) {
  const ArgumentForm form = argument_form(entry.argument);
  const bool both = !form.words.empty() && !form.others.empty();
  const std::string argument =
      operands("Cm", form.words) + (both ? " |" : "") + operands("Ar", form.others);
  std::string call;
  if (!entry.letter.empty()) call = "Fl " + std::string(entry.letter) + argument + " , ";
  return call + "Fl -" + literal(entry.name) + argument;
}

std::string item(const OptionEntry& entry) {
  std::string lines = ".It " + call_of(entry) + "\n" + paragraph(entry.text);
  if (!entry.standard.empty()) lines += "The default is\n.Cm " + literal(entry.standard) + " .\n";
  return lines;
}

std::string options() {
  std::string section;
  std::string_view group;
  for (const OptionEntry& entry : option_table()) {
    if (entry.group != group) {
      if (!group.empty()) section += ".El\n";
      group = entry.group;
      section += ".Ss " + literal(group) + "\n.Bl -tag -width Ds\n";
    }
    section += item(entry);
  }
  return section + ".El\n";
}

}  // namespace

std::string man_page() {
  return std::string(beginning) + options() + std::string(configuration) + std::string(end) +
         examples() + std::string(standards);
}

}  // namespace leadverify::app
