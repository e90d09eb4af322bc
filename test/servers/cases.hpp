// What real servers are asked, and what leadverify is to say of it: the one table that the tests
// run and that docs/tested-against.md is written from.
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace leadverify::servers {

/// One address that is asked about, and its whole record, as far as it is not the same each time.
struct Expected {
  std::string address;
  std::string verdict;     // status, reason, and confidence where there is one
  std::string reply = {};  // the server's last word on it; empty: none
  std::string stage = "rcpt";
  std::optional<bool> catch_all = {};
  int attempts = 1;
  bool greylist = false;
  std::string error = {};  // empty: none; @ is the resolver
  // Where it is not mx.DOMAIN at the case's own address; empty: none.
  std::optional<std::string> exchange = {};
  std::optional<std::string> exchange_address = {};
};

/// One run of leadverify against one server.
struct Case {
  std::string title;
  std::string domain;                     // whose one mail server this is: mx.DOMAIN
  std::vector<std::string> settings;      // of the server, as its configuration writes them
  std::vector<std::string> options = {};  // of leadverify
  std::vector<Expected> expected = {};    // in the order asked
  int sessions = 1;                       // at most, in all
  int held_connections = 0;               // that somebody else has open meanwhile
  std::string complaint = {};             // what its log says of us all the same, and may
  std::string log = {};                   // what its log has to say
};

/// Each in the order of docs/tested-against.md.
std::vector<Case> postfix_cases();
std::vector<Case> postfix_refusal_cases();
std::vector<Case> postfix_tls_cases();
std::vector<Case> postscreen_cases();
std::vector<Case> postgrey_cases();
std::vector<Case> exim_cases();
std::vector<Case> opensmtpd_cases();
/// These have a zone in the place of a server: their settings are its records.
std::vector<Case> dns_cases();
/// The same, of what a resolver has to find out by itself.
std::vector<Case> recursion_cases();

struct Server {
  std::string name;     // "Postfix"
  std::string package;  // Debian's
  std::string version;  // its first two numbers: Debian's updates change the rest
};

/// Cases of one kind, for the page.
struct Chapter {
  std::string title;
  std::vector<Server> servers;
  std::string setting;  // how a case sets them up
  std::vector<Case> cases;
};

std::vector<Chapter> chapters();

}  // namespace leadverify::servers
