// What replies mean, by meaning and by language; and what must not change a meaning.
#include <leadverify/reply_reading.hpp>

#include "verdict/meanings.hpp"

#include <catch2/catch.hpp>

#include <cctype>
#include <string>
#include <vector>

using namespace leadverify;
using namespace std::chrono_literals;

namespace {

/// Reads "550 5.1.1 text" as it stands on the wire, heard at RCPT.
ReplyReading read(std::string_view wire, std::optional<Stage> stage = Stage::rcpt) {
  HeardReply heard;
  heard.code = std::stoi(std::string(wire.substr(0, 3)));
  heard.text = wire.substr(std::min<std::size_t>(4, wire.size()));
  heard.stage = stage;
  return read_reply(heard);
}

Reason reason_of(std::string_view wire) {
  return read(wire).reason;
}

bool is_dead(Reason reason) {
  return status_of(reason) == Status::invalid;
}

struct Example {
  Reason reason;
  std::vector<std::string_view> replies;
};

void check(const std::vector<Example>& examples) {
  for (const Example& example : examples) {
    for (const std::string_view reply : example.replies) {
      CAPTURE(reply);
      CHECK(to_string(reason_of(reply)) == to_string(example.reason));
    }
  }
}

/// Replies whose words are clear, one or more for each meaning; without codes.
struct ClearText {
  Reason reason;
  std::string_view text;
};

const std::vector<ClearText> clear_texts = {
    {Reason::user_unknown, "Sorry, we know no such user"},
    {Reason::user_unknown, "The mailbox you are writing to does not exist"},
    {Reason::user_unknown, "<ada@example.org>: that account was not found on our side"},
    {Reason::user_unknown, "Unknown recipient in this house"},
    {Reason::mailbox_disabled, "That account has been suspended by its provider"},
    {Reason::mailbox_disabled, "The user's mailbox is no longer active"},
    {Reason::mailbox_full, "The mailbox is over its quota"},
    {Reason::mailbox_full, "Recipient's inbox is full just now"},
    {Reason::domain_unknown, "We serve no such domain"},
    {Reason::greylisted, "Greylisting is at work, come back soon"},
    {Reason::rate_limited, "Too many connections from your side"},
    {Reason::rate_limited, "You are sending too fast, slow down"},
    {Reason::blocked_ip, "Your IP address is on our blacklist"},
    {Reason::blocked_ip, "Client host [192.0.2.1] blocked using bl.example.net"},
    {Reason::client_identity, "Your server has no reverse DNS entry"},
    {Reason::client_identity, "HELO name is not valid"},
    {Reason::sender_rejected, "Sender address does not exist"},
    {Reason::sender_rejected, "Domain of the sender was not found"},
    {Reason::sender_auth, "SPF check failed for example.net"},
    {Reason::auth_required, "Authentication is required here"},
    {Reason::tls_required, "Please issue a STARTTLS command first, thanks"},
    {Reason::tls_required, "Error: No client certificate presented"},
    {Reason::relay_denied, "Relaying to that place is denied"},
};

}  // namespace

TEST_CASE("2yz means accepted, but 252 promises nothing", "[verdict][reading]") {
  CHECK(reason_of("250 2.1.5 Fine") == Reason::accepted);
  CHECK(reason_of("250 user unknown") == Reason::accepted);
  CHECK(reason_of("251 Will go on to <ada@example.net>") == Reason::accepted);
  CHECK(reason_of("252 Can't say, but will try") == Reason::unspecified);
}

TEST_CASE("a recipient that is not there is unknown", "[verdict][reading]") {
  check({{Reason::user_unknown,
          {"550 5.1.1 <ada@example.org>: there is no such mailbox",
           "550 no mailbox by the name of ada in this place",
           "550 The account ada@example.org does not exist",
           "554 5.7.1 <ada@example.org>: Recipient address rejected: nonexistent recipient",
           "550 5.7.1 No such user at our company",
           "553 Sorry, nobody here by that name (#5.1.1)",
           "550 We couldn't find any mailbox for ada",
           "550 The user isn't known here",
           "550 Unrouteable address for ada",
           "550 The recipient is not in our directory",
           "550 ada isn't a valid recipient",
           "524 5.2.4 Mailing list expansion problem: <ada@example.org>",
           "550 Your mail went nowhere: recipient unknown",
           "450 4.1.1 <ada@example.org>: Recipient address rejected: User unknown in a table",
           "550 5.1.1 <ada@example.org>: Recipient address rejected: undeliverable address: host "
           "mx.example.org[192.0.2.9] said: 550 no such user (in reply to RCPT TO command)",
           "550 5.4.1 Recipient address rejected: Access denied. [edge.example.org]",
           "550 #5.1.0 Address rejected",
           "550 5.1.1 <ada@example.org>... no",
           "550 mailbox unavailable"}}});
}

TEST_CASE("a mailbox can be there and out of use, or full, or its owner gone",
          "[verdict][reading]") {
  check({{Reason::mailbox_disabled,
          {"550 5.2.1 This mailbox is disabled",
           "550 ada@example.org: account deactivated by its owner",
           "554 The user has been suspended",
           "550 5.1.1 Mailbox is no longer in use",
           "550 Account closed",
           "525 5.7.13 no",
           "550 User account has expired, sorry"}},
         {Reason::mailbox_full,
          {"552 5.2.2 The mailbox is full",
           "452 4.2.2 <ada@example.org>: over quota",
           "550 5.1.1 The recipient has exceeded the storage quota",
           "554 user's inbox is out of space",
           "552 exceeded storage allocation",
           "422 4.2.2 no"}},
         {Reason::mailbox_moved,
          {"551 5.1.6 ada has moved to <ada@example.net>",
           "551 not local, please try <ada@example.net>",
           "551"}}});
}

TEST_CASE("a refused domain is not a refused mailbox", "[verdict][reading]") {
  check({{Reason::domain_unknown,
          {"550 5.1.2 We don't know that domain: unknown domain",
           "550 The domain example.org is not hosted here",
           "556 5.1.10 Recipient's domain has a null MX",
           "550 No such domain"}},
         {Reason::relay_denied,
          {"554 5.7.1 <ada@example.org>: Relay access is denied",
           "550 5.7.1 Sorry, we do not relay",
           "553 the domain isn't in my list of allowed rcpthosts (#5.7.1)"}}});
}

TEST_CASE("an address that can't be is told from one that is not", "[verdict][reading]") {
  check({{Reason::address_syntax,
          {"501 5.1.3 The recipient's address is malformed: bad address syntax",
           "501 Invalid address given",
           "553 illegal character in the address"}}});
}

TEST_CASE("a server that is out of order says nothing of the mailbox", "[verdict][reading]") {
  check(
      {{Reason::system_error,
        {"451 4.3.0 Internal error, sorry",
         "451 4.3.5 <ada@example.org>: Recipient address rejected: our configuration has an error",
         "452 4.3.1 Insufficient system storage here",
         "554 5.4.6 Too many hops for this one",
         "451 LDAP server could not be asked: connection timed out",
         "550 5.2.4 Mailing list expansion problem: <ada@example.org>"}},
       {Reason::try_again_later,
        {"450 4.1.1 <ada@example.org>: unverified address: address verification in progress",
         "451 Please try again later",
         "450 mailbox unavailable",
         "421 4.3.2 Going down, try again in a moment",
         "451 4.1.1 User unknown temporarily, the directory is asleep",
         "450"}},
       {Reason::unspecified, {"554 Transaction failed", "554", "550 no"}}});
}

TEST_CASE("a provider's id outweighs the words around it", "[verdict][reading]") {
  check({{Reason::blocked_ip,
          {"550 5.7.1 Not today (S3140)",
           "421 4.7.0 [TSS04] not now",
           "550 5.7.606 Access denied, banned address",
           "554 IB105 refused",
           "550 see https://www.spamhaus.org/query/ip/192.0.2.1"}},
         {Reason::rate_limited, {"550 5.1.1 IB607 not now", "554 RL000002 wait"}},
         {Reason::user_unknown, {"550 RESOLVER.ADR.RecipNotFound; gone"}},
         {Reason::mailbox_full, {"552 OFR_417 no", "452 https://example.org/?p=OverQuotaTemp"}},
         {Reason::greylisted, {"421 4.7.0 [GL01] wait"}}});
}

TEST_CASE("the enhanced status speaks where the words do not", "[verdict][reading]") {
  check({{Reason::user_unknown, {"550 5.1.1 so sorry"}},
         {Reason::domain_unknown, {"550 5.1.2 so sorry"}},
         {Reason::mailbox_disabled, {"550 5.2.1 so sorry"}},
         {Reason::mailbox_full, {"550 5.2.2 so sorry"}},
         {Reason::sender_rejected, {"550 5.1.8 so sorry", "550 5.1.7 no such address"}},
         {Reason::rate_limited, {"452 4.5.3 so sorry"}},
         {Reason::client_identity, {"550 5.7.25 so sorry"}},
         {Reason::sender_auth, {"550 5.7.23 so sorry"}},
         {Reason::policy, {"550 5.7.1 so sorry"}}});
}

TEST_CASE("the words outweigh the enhanced status where they are clear", "[verdict][reading]") {
  check(
      {{Reason::rate_limited, {"550 5.1.1 Too many recipients this hour"}},
       {Reason::mailbox_full, {"552 5.1.1 The recipient's mailbox is full"}},
       {Reason::user_unknown, {"550 5.7.1 There is no such user", "550 5.2.1 User unknown, sorry"}},
       {Reason::blocked_ip, {"550 5.1.1 Your IP was blacklisted by us"}}});
}

TEST_CASE("replies are read in ten languages and more", "[verdict][reading]") {
  check({{Reason::user_unknown,
          {"550 Dieser Empfänger ist uns unbekannt",
           "550 Das Postfach existiert nicht",
           "550 Ce destinataire est inconnu chez nous",
           "550 L'utilisateur n'existe pas",
           "550 El destinatario no existe",
           "550 Usuario desconocido en este servidor",
           "550 L'utente è sconosciuto",
           "550 La casella non esiste",
           "550 O usuário não existe",
           "550 Destinatário desconhecido",
           "550 De gebruiker is onbekend",
           "550 Dit postvak bestaat niet",
           "550 Użytkownik nie istnieje",
           "550 Nieznany odbiorca wiadomości",
           "550 Пользователь не существует",
           "550 Получатель неизвестен",
           "550 宛先のメールアドレスは存在しません",
           "550 ユーザーが見つかりません"}},
         {Reason::mailbox_full,
          {"552 Das Postfach ist leider voll",
           "552 La boîte du destinataire est pleine",
           "552 El buzón está lleno",
           "552 La casella del destinatario è piena",
           "552 A caixa postal está cheia",
           "552 De mailbox is helemaal vol",
           "552 Skrzynka jest przepełniona",
           "552 Ящик переполнен",
           "552 メールボックスがいっぱいです"}},
         {Reason::mailbox_disabled,
          {"550 Dieses Konto wurde deaktiviert",
           "550 Ce compte est désactivé",
           "550 La cuenta está suspendida",
           "550 La casella è stata disattivata",
           "550 A conta foi desativada",
           "550 Dit account is opgeheven",
           "550 Konto jest nieaktywne",
           "550 Аккаунт отключен"}},
         {Reason::blocked_ip,
          {"554 Ihre IP-Adresse ist gesperrt",
           "554 Votre adresse IP est bloquée",
           "554 Su dirección IP está bloqueada",
           "554 Il tuo indirizzo IP è bloccato",
           "554 Seu endereço IP foi bloqueado",
           "554 Uw IP-adres is geblokkeerd door ons",
           "554 Twój adres IP jest zablokowany",
           "554 Ваш IP-адрес заблокирован"}},
         {Reason::sender_rejected,
          {"550 Der Absender existiert nicht",
           "550 Expéditeur inconnu",
           "550 El remitente no existe",
           "550 Il mittente non esiste",
           "550 O remetente não existe",
           "550 De afzender bestaat niet",
           "550 Nadawca nie istnieje",
           "550 Отправитель не существует"}},
         {Reason::try_again_later,
          {"451 Bitte später noch einmal versuchen",
           "451 Veuillez réessayer plus tard",
           "451 Inténtelo más tarde",
           "451 Riprovare più tardi",
           "451 Tente novamente mais tarde",
           "451 Probeer het later opnieuw",
           "451 Proszę spróbować później",
           "451 Попробуйте позже"}}});
}

TEST_CASE("a reply about us is never a verdict on the mailbox", "[verdict][reading]") {
  const std::vector<std::string_view> texts = {
      "Your host is unknown to us",
      "Client host rejected: cannot find your host's name",
      "Client host rejected: domain not found",
      "Sender address rejected: user unknown in our table",
      "Sender address rejected: undeliverable address: no such user",
      "Sender address rejected: the domain does not exist",
      "The sender's mailbox does not exist",
      "Sender verify failed: no such user here",
      "Could not verify the sender: mailbox unavailable",
      "Your account has been suspended",
      "Your domain is not known",
      "HELO command rejected: no host of that name was found",
      "Invalid HELO argument",
      "Your IP is not allowed to ask for recipients",
      "192.0.2.1 is listed as a source of invalid recipients",
      "Too many unknown users asked for",
      "Too many invalid recipients, go away",
      "Greylisted, unknown sender and recipient",
      "DMARC policy of the domain was not met",
      "SPF: no such record",
      "No PTR record found",
      "Reverse DNS does not exist",
      "Authentication required to reach this user",
      "Return path is invalid",
      "Relaying denied, unknown user",
      "The mailbox is full and inactive",
      "Connection refused",
      "Spam is not accepted by this user",
      "Command unknown",
      "An unknown error was met",
      "Database lookup failed",
      "Zu viele ungültige Empfänger",
      "Trop de destinataires inconnus",
      "Le domaine de l'expéditeur n'existe pas",
      "El dominio del remitente no existe",
      "Il dominio del mittente è inesistente",
      "O domínio do remetente não existe",
      "De afzender is onbekend",
      "Domena nadawcy nie istnieje",
      "Домен отправителя не найден",
  };
  for (const std::string_view text : texts) {
    for (const std::string_view codes : {"550 ",
                                         "550 5.1.1 ",
                                         "553 5.1.3 ",
                                         "554 5.7.1 ",
                                         "450 4.1.1 ",
                                         "551 5.1.6 ",
                                         "501 5.1.2 "}) {
      const std::string reply = std::string(codes) + std::string(text);
      CAPTURE(reply);
      CHECK_FALSE(is_dead(reason_of(reply)));
    }
  }
}

TEST_CASE("whatever name we go by in the book, what is said of us is not said of a mailbox",
          "[verdict][reading]") {
  const std::vector<std::string_view> before = {
      "unknown ", "no such ", "invalid ", "we disabled the ", "cannot find "};
  const std::vector<std::string_view> after = {" unknown",
                                               " does not exist",
                                               " not found",
                                               " is invalid",
                                               " has been disabled",
                                               " is no longer active",
                                               " rejected: no such user",
                                               " <ada@example.net> does not exist",
                                               ": user unknown"};
  for (const PhraseEntry& entry : subject_phrases()) {
    const Subject subject = subject_of(entry.meaning);
    if (subject != Subject::sender && subject != Subject::client && subject != Subject::helo &&
        subject != Subject::ptr && subject != Subject::sender_check) {
      continue;
    }
    std::string_view rest = entry.phrases;
    while (!rest.empty()) {
      std::string name(rest.substr(0, rest.find(',')));
      rest.remove_prefix(std::min(name.size() + 1, rest.size()));
      std::erase_if(name, [](char c) { return c == '*' || c == '?' || c == '~' || c == '\n'; });
      if (name.find("<ip>") != std::string::npos) continue;  // a name, not a word
      std::vector<std::string> texts;
      for (const std::string_view words : before) texts.push_back(std::string(words) + name);
      for (const std::string_view words : after) texts.push_back(name + std::string(words));
      for (const std::string& text : texts) {
        CAPTURE(text);
        CHECK_FALSE(is_dead(reason_of("550 5.1.1 " + text)));
      }
    }
  }
}

TEST_CASE("a mailbox without room is full, whatever the code says", "[verdict][reading]") {
  const std::vector<std::string_view> texts = {
      "The recipient's inbox has no room for one more letter",
      "User's mailbox has outgrown the space allotted to it",
      "Mailbox unavailable: not enough space left",
      "Ada's box is stuffed, ask her to delete some letters",
      "The account has used up its storage allowance",
      "Mailbox space limit was reached",
      "The inbox can't take any more mail",
      "Quota limitation of this recipient",
      "Too much mail data for the user",
      "Im Postfach ist kein Platz mehr",
      "El buzón no tiene espacio",
  };
  for (const std::string_view text : texts) {
    CAPTURE(text);
    CHECK(reason_of("550 5.1.1 " + std::string(text)) == Reason::mailbox_full);
    CHECK_FALSE(is_dead(reason_of("550 " + std::string(text))));
  }
  check({{Reason::mailbox_full,
          {"550 5.1.1 at 100 percent of 50 MB",
           "550 5.1.1 the maximum was exceeded",
           "552 Inbox has hit its size limit and takes nothing",
           "550 5.2.0 STOREDRV; QuotaExceededException"}},
         {Reason::user_unknown,
          {"550 5.1.1 No such user in this place",
           "550 5.1.1 <room7@example.org>: user unknown",
           "550 5.1.1 User unknown. For help with quotas see https://example.org/quota",
           "550 No such mailbox on this storage server"}}});
}

TEST_CASE("a quota of those who send is a rate, not a full mailbox", "[verdict][reading]") {
  check({{Reason::rate_limited,
          {"550 5.1.1 The sender is over quota: 50 recipients an hour",
           "450 4.7.1 <ada@example.org>: Recipient address rejected: message count quota exceeded",
           "450 Over quota for sender",
           "450 Recipient address rejected: quota exceeded for the sender",
           "450 Your IP exceeded its message quota",
           "452 quota per connection exceeded",
           "450 Límite de envío superado"}},
         {Reason::mailbox_full,
          {"552 Your server's mail was refused: the mailbox of ada is over quota",
           "552 From <probe@example.net>: recipient over quota",
           "552 Quota exceeded for user ada"}}});
}

TEST_CASE("who calls back at our own server speaks of our address", "[verdict][reading]") {
  const std::vector<std::string_view> texts = {
      "Callback to probe@example.net failed: user unknown",
      "Our call-out for <probe@example.net> said: no such user",
      "We could not verify that <probe@example.net> exists; no such mailbox there",
      "I can't reply to you: no such user here",
      "The reply address is unknown: no such mailbox",
      "Your own mail server answers: no such user",
      "The return path leads nowhere. Mailbox does not exist",
      "Your mail host knows nothing of it: mailbox not found",
      "Our reply would bounce: unknown user",
  };
  for (const std::string_view text : texts) {
    for (const std::string_view codes : {"550 ", "550 5.1.1 ", "553 "}) {
      const std::string reply = std::string(codes) + std::string(text);
      CAPTURE(reply);
      CHECK_FALSE(is_dead(reason_of(reply)));
    }
  }
  check({{Reason::user_unknown,
          {"550 5.1.1 user unknown, please check that ada@example.org is right",
           "550 5.1.1 host mx.example.org said: no such user (in reply to RCPT TO command)",
           "550 5.1.1 The user that you tried to reach does not exist",
           "550 5.1.1 No such user. Your message is returned to you"}}});
}

TEST_CASE("a block outweighs the rate or the relay that led to it", "[verdict][reading]") {
  check({{Reason::blocked_ip,
          {"554 192.0.2.1 has been blacklisted after a dictionary attack",
           "550 Too many unknown users from your network; it is blocked now",
           "550 Address harvesting suspected",
           "550 DY-001 we do not relay for dynamic ranges",
           "554 not available AUP#I-1310",
           "550 5.7.511 Access denied, banned sender[192.0.2.7]",
           "550 5.1.1 192.0.2.7 is blacklisted, users get no mail from there",
           "554 5.7.1 this comes from a black IP address"}},
         {Reason::rate_limited,
          {"450 Too many unknown users, slow down",
           "450 too much mail from 192.0.2.1",
           "421 4.4.2 Connection dropped due to TooManyErrors"}}});
}

TEST_CASE("causes are told apart where verdicts are alike", "[verdict][reading]") {
  check(
      {{Reason::client_identity,
        {"554 192.0.2.1 has no reverse DNS", "421 Reverse DNS failure, try again later"}},
       {Reason::system_error,
        {"452 4.4.5 Insufficient disk space, try again later",
         "424 The upstream directory is not reachable now",
         "451 4.4.4 hosted tenant without subscriptions. ATTR5"}},
       {Reason::greylisted, {"450 This is your first attempt, please retry in a while"}},
       {Reason::domain_unknown,
        {"550 5.1.2 We do not handle mail for that domain", "540 The domain has no mail service"}},
       {Reason::relay_denied,
        {"550 5.7.1 We do not handle mail for that domain", "550 5.1.2 relaying denied"}},
       {Reason::address_syntax, {"550 Restricted characters in the local part"}},
       {Reason::policy, {"550 Recipient is not permitted to receive mail from outside"}},
       {Reason::sender_rejected, {"550 Your domain was registered a week ago"}},
       {Reason::sender_auth, {"550 5.7.27 blocked because SPF [example.net] = did not pass"}},
       {Reason::tls_required, {"451 Certificate of client could not be validated"}}});
  CHECK(read("501 Invalid domain name", Stage::ehlo).reason == Reason::client_identity);
}

TEST_CASE("the plainest replies are read in ten languages more", "[verdict][reading]") {
  check({{Reason::user_unknown,
          {"550 Nincs ilyen felhasználó",
           "550 Ismeretlen címzett",
           "550 Uživatel neexistuje",
           "550 Používateľ neexistuje",
           "550 Destinatarul nu există",
           "550 Kullanıcı bulunamadı",
           "550 Användaren finns inte",
           "550 Brukeren finnes ikke",
           "550 Brugeren findes ikke",
           "550 Vastaanottajaa ei löydy",
           "550 Άγνωστος χρήστης",
           "550 Ο ΧΡΗΣΤΗΣ ΔΕΝ ΥΠΑΡΧΕΙ",
           "550 E-mail do usua\xCC\x81rio: o destinata\xCC\x81rio na\xCC\x83o existe"}},
         {Reason::mailbox_full,
          {"552 A postafiók megtelt",
           "552 Schránka je plná",
           "552 Căsuța poștală este plină",
           "552 Posta kutusu dolu",
           "552 Brevlådan är full",
           "552 Postkassen er fuld",
           "552 Postilaatikko on täynnä",
           "552 Το γραμματοκιβώτιο είναι πλήρες"}},
         {Reason::blocked_ip,
          {"554 Vaše IP adresa je blokována",
           "554 Adresa IP este blocată",
           "554 IP adresiniz engellendi",
           "554 Din IP-adress är spärrad",
           "554 IP-osoite on estetty",
           "554 Η διεύθυνση IP είναι αποκλεισμένη"}},
         {Reason::sender_rejected,
          {"550 A feladó nem létezik",
           "550 Odesílatel neexistuje",
           "550 Expeditorul nu există",
           "550 Gönderen bulunamadı",
           "550 Avsändaren finns inte",
           "550 Lähettäjää ei löydy",
           "550 Ο αποστολέας δεν υπάρχει"}}});
}

TEST_CASE("before RCPT nothing can be said of a mailbox", "[verdict][reading]") {
  for (const ClearText& example : clear_texts) {
    for (const Stage stage : {Stage::connect, Stage::banner, Stage::ehlo, Stage::mail}) {
      const std::string reply = "550 5.1.1 " + std::string(example.text);
      CAPTURE(reply, to_string(stage));
      CHECK_FALSE(is_dead(read(reply, stage).reason));
    }
  }
  CHECK(read("550 5.1.1 No such user", Stage::mail).reason == Reason::sender_rejected);
}

TEST_CASE("before EHLO a refusal without a cause can only be about our address",
          "[verdict][reading]") {
  CHECK(read("554 5.7.1 Access denied", Stage::banner).reason == Reason::blocked_ip);
  CHECK(read("554 No SMTP service here", Stage::banner).reason == Reason::unspecified);
  CHECK(read("554 5.7.1 Access denied", Stage::rcpt).reason == Reason::policy);
}

TEST_CASE("a 421 or a failed login says nothing of a mailbox", "[verdict][reading]") {
  CHECK_FALSE(is_dead(reason_of("421 4.1.1 No such user, goodbye")));
  CHECK(reason_of("535 5.7.8 No such user") == Reason::auth_required);
  CHECK(reason_of("450 4.1.2 No such domain") == Reason::try_again_later);
}

TEST_CASE("where the words are clear, nothing around them changes the answer",
          "[verdict][reading]") {
  for (const ClearText& example : clear_texts) {
    const std::string text(example.text);
    std::string loud = text;
    for (char& c : loud) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
    std::string broken = text;
    broken.replace(broken.find(' ', broken.size() / 2), 1, "\n");
    const std::vector<std::string> variants = {
        "550 " + text,
        "550 " + loud,
        "550 " + broken,
        "550 " + text + " https://example.org/unknown/full/spf?user=suspended",
        "550 " + text + " [4711-qX2b9]",
        "550 " + text + " - 2.5.2026 10:00:31",
        "550 " + text + " (id 3B1a9c0)",
        "550 " + text + ". For more information please visit https://example.org/help",
        "550 5.1.1 " + text,
        "550 5.2.0 " + text,
        "550 5.7.1 " + text,
        "550 5.0.0 " + text,
        "550 mx7.example.org " + text,
    };
    for (const std::string& variant : variants) {
      CAPTURE(variant);
      CHECK(to_string(reason_of(variant)) == to_string(example.reason));
    }
  }
}

TEST_CASE("a reading says whom it is about", "[verdict][reading]") {
  CHECK(read("550 no such user").about == About::recipient);
  CHECK(read("550 no such domain").about == About::domain);
  CHECK(read("550 sender refused").about == About::sender);
  CHECK(read("550 your IP is blacklisted").about == About::client);
  CHECK(read("451 internal error").about == About::server);
}

TEST_CASE("only a 4yz reply states a wait", "[verdict][reading]") {
  CHECK(read("450 4.2.0 Greylisted for 300 seconds").retry_after == 300s);
  CHECK_FALSE(read("550 5.7.1 Greylisted for 300 seconds").retry_after.has_value());
  CHECK_FALSE(read("450 4.2.0 Greylisted").retry_after.has_value());
}

TEST_CASE("an enhanced status that was split off counts like one in the text",
          "[verdict][reading]") {
  HeardReply heard;
  heard.code = 550;
  heard.enhanced = EnhancedStatus{5, 2, 2};
  heard.text = "so sorry";

  CHECK(read_reply(heard).reason == Reason::mailbox_full);
  CHECK(read_reply(heard).enhanced == EnhancedStatus{5, 2, 2});
  CHECK(read("550 so sorry (#5.2.2)").enhanced == EnhancedStatus{5, 2, 2});
}

TEST_CASE("\"Access denied\" with 5.4.1 is Exchange Online's way, and nobody else's",
          "[verdict][reading]") {
  HeardReply heard;
  heard.code = 550;
  heard.enhanced = EnhancedStatus{5, 4, 1};
  heard.text = "Recipient address rejected: Access denied";

  heard.exchange = "example-org.mail.protection.outlook.com";
  CHECK(read_reply(heard).reason == Reason::user_unknown);

  heard.exchange = "mx.example.org";
  CHECK_FALSE(is_dead(read_reply(heard).reason));

  heard.exchange = {};
  heard.enhanced = EnhancedStatus{5, 7, 1};
  CHECK_FALSE(is_dead(read_reply(heard).reason));
}

TEST_CASE("any octets can be read", "[verdict][reading]") {
  unsigned state = 7;
  for (int round = 0; round < 2000; ++round) {
    std::string text;
    for (unsigned i = 0; i < 60; ++i) {
      state = state * 1103515245U + 12345U;
      text += static_cast<char>(state >> 16U);
    }
    HeardReply heard;
    heard.code = 200 + static_cast<int>(state % 400U);
    heard.text = text;
    const Status status = status_of(read_reply(heard).reason);
    CHECK((status == Status::valid) == (heard.code / 100 == 2 && heard.code != 252));
  }
}
