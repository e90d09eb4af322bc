#include "address/lists.hpp"
#include "base/word_lines.hpp"

#include <catch2/catch.hpp>

#include <set>

namespace leadverify {
namespace {

using Meant = std::optional<std::string>;

Lists lists_of(const ListTexts& texts) {
  auto lists = Lists::make(texts);
  INFO((lists ? std::string() : lists.error()));
  REQUIRE(lists);
  return *std::move(lists);
}

const Lists& built_in() {
  static const Lists lists = lists_of({});
  return lists;
}

std::string fault_of(const ListTexts& texts) {
  const auto lists = Lists::make(texts);
  return lists ? "" : lists.error();
}

TEST_CASE("an office is a role, and a person is none", "[address][lists]") {
  struct Example {
    std::string_view local_part;
    bool role;
  };
  const auto example = GENERATE(values<Example>({
      {"info", true},
      {"Info", true},
      {"info+news", true},
      {"\"info\"", true},
      {"abuse", true},
      {"noc", true},
      {"security", true},
      {"postmaster", true},
      {"hostmaster", true},
      {"usenet", true},
      {"news", true},
      {"webmaster", true},
      {"www", true},
      {"uucp", true},
      {"ftp", true},
      {"marketing", true},
      {"sales", true},
      {"support", true},
      {"noreply", true},
      {"no-reply", true},
      {"users-request", true},
      {"owner-users", true},
      {"buchhaltung", true},
      {"comptabilite", true},
      {"ada", false},
      {"ada.lovelace", false},
      {"alexa", false},
      {"paris", false},
      {"sydney", false},
      {"gardner", false},
      {"reg", false},
      {"mt", false},
      {"abc", false},
      {"church", false},
      {"information.desk", false},
      {"request", true},
      {"+info", false},
      {"\"\"", false},
  }));
  CAPTURE(example.local_part);

  CHECK(built_in().is_role(example.local_part) == example.role);
}

TEST_CASE("throw-away mailboxes are known with all names below their domain", "[address][lists]") {
  struct Example {
    std::string_view domain;
    bool disposable;
  };
  const auto example = GENERATE(values<Example>({
      {"mailinator.com", true},
      {"a.b.mailinator.com", true},
      {"yopmail.com", true},
      {"not-mailinator.com", false},
      {"mailinator.com.example", false},
      {"example.org", false},
      {"[192.0.2.1]", false},
  }));
  CAPTURE(example.domain);

  CHECK(built_in().is_disposable(example.domain) == example.disposable);
}

TEST_CASE("a relay to somebody's mailbox is not disposable", "[address][lists]") {
  const auto* const domain = GENERATE("duck.com",
                                      "relay.firefox.com",
                                      "mozmail.com",
                                      "privaterelay.appleid.com",
                                      "simplelogin.com",
                                      "aleeas.com",
                                      "passmail.net",
                                      "anonaddy.me",
                                      "addy.io",
                                      "customer.us.to");
  CAPTURE(domain);

  CHECK_FALSE(built_in().is_disposable(domain));
}

TEST_CASE("free mailboxes are known by their domain", "[address][lists]") {
  struct Example {
    std::string_view domain;
    bool free;
  };
  const auto example = GENERATE(values<Example>({
      {"gmail.com", true},
      {"gmx.de", true},
      {"proton.me", true},
      {"btinternet.com", true},
      {"mailinator.com", false},
      {"alibaba.com", false},
      {"mail.gmail.com", false},
      {"example.org", false},
      {"[192.0.2.1]", false},
  }));
  CAPTURE(example.domain);

  CHECK(built_in().is_free(example.domain) == example.free);
}

TEST_CASE("no well-known provider is called disposable, or a slip", "[address][lists]") {
  WordLines providers(built_in_lists().typos);
  while (providers.next()) {
    const std::string_view meant = providers.words()[0];
    CAPTURE(meant);
    CHECK_FALSE(built_in().is_disposable(meant));
    if (meant.starts_with('.')) continue;
    CHECK(built_in().known_slip(meant) == std::nullopt);
    CHECK(built_in().nearest(meant) == std::nullopt);
  }
}

TEST_CASE("no domain of free mailboxes is a slip, near another or disposable", "[address][lists]") {
  WordLines domains(built_in_lists().free);
  while (domains.next()) {
    const std::string_view domain = domains.words()[0];
    CAPTURE(domain);
    CHECK(built_in().known_slip(domain) == std::nullopt);
    CHECK(built_in().nearest(domain) == std::nullopt);
    CHECK_FALSE(built_in().is_disposable(domain));
  }
}

TEST_CASE("the built-in lists are sorted, and have each name once", "[address][lists]") {
  const BuiltInLists lists = built_in_lists();
  for (const std::string_view text : {lists.disposable, lists.free, lists.role}) {
    std::vector<std::string_view> names;
    WordLines lines(text);
    while (lines.next()) names.push_back(lines.words()[0]);
    CHECK(names.size() > 900);
    CHECK(std::ranges::is_sorted(names));
    CHECK(std::ranges::adjacent_find(names) == names.end());
  }
}

TEST_CASE("what was meant is told for slips of well-known domains", "[address][lists]") {
  CHECK(built_in().known_slip("gmial.com") == Meant("gmail.com"));
  CHECK(built_in().known_slip("example.con") == Meant("example.com"));
  CHECK(built_in().known_slip("example.com") == std::nullopt);
  CHECK(built_in().nearest("hotmaul.fr") == Meant("hotmail.fr"));
  CHECK(built_in().nearest("example.com") == std::nullopt);
  CHECK(built_in().known_slip("[192.0.2.1]") == std::nullopt);
  CHECK(built_in().nearest("[192.0.2.1]") == std::nullopt);
}

TEST_CASE("a list of one's own takes the place of the built-in one alone", "[address][lists]") {
  const Lists lists = lists_of({.disposable = "# mine\nThrowaway.EXAMPLE\nm\xC3\xBCll.example\n"
                                              "xn--o38h.example\n"});

  CHECK(lists.is_disposable("throwaway.example"));
  CHECK(lists.is_disposable("xn--mll-hoa.example"));
  CHECK(lists.is_disposable("xn--o38h.example"));
  CHECK_FALSE(lists.is_disposable("mailinator.com"));
  CHECK(lists.is_free("gmail.com"));

  const Lists others =
      lists_of({.free = "mail.example", .role = "Boss\n", .typos = "mail.example mial.example"});
  CHECK(others.is_free("mail.example"));
  CHECK_FALSE(others.is_free("gmail.com"));
  CHECK(others.is_role("boss"));
  CHECK_FALSE(others.is_role("info"));
  CHECK(others.known_slip("mial.example") == Meant("mail.example"));
  CHECK(others.nearest("mailx.example") == Meant("mail.example"));
  CHECK(others.known_slip("gmial.com") == std::nullopt);
  CHECK(others.is_disposable("mailinator.com"));
}

TEST_CASE("an empty list is a list", "[address][lists]") {
  const Lists lists = lists_of({.disposable = "", .free = "", .role = "", .typos = ""});

  CHECK_FALSE(lists.is_disposable("mailinator.com"));
  CHECK_FALSE(lists.is_free("gmail.com"));
  CHECK_FALSE(lists.is_role("info"));
  CHECK(lists.known_slip("gmial.com") == std::nullopt);
  CHECK(lists.nearest("gmial.com") == std::nullopt);
}

TEST_CASE("what is wrong with a list is told with its name and line", "[address][lists]") {
  struct Example {
    ListTexts texts;
    std::string_view fault;
  };
  const auto example = GENERATE(values<Example>({
      {{.disposable = "a.example\n\nno domain\n"},
       "disposable.txt, line 3 wants a domain, as in example.org, not 'no'"},
      {{.free = "localhost\n"}, "free.txt, line 1 wants a domain"},
      {{.free = "a.example b.example\n"}, "free.txt, line 1 has more than one word: 'b.example'"},
      {{.role = "info\ninfo@example.org\n"},
       "role.txt, line 2 wants what stands before an @, as in info, not 'info@example.org'"},
      {{.role = std::string(65, 'x')}, "role.txt, line 1 wants what stands before an @"},
      {{.typos = "gmail\n"}, "typos.txt, line 1 wants domains"},
  }));

  const std::string fault = fault_of(example.texts);

  CHECK(fault.starts_with(example.fault));
}

}  // namespace
}  // namespace leadverify
