// Phrases on what was asked: the command, the recipient and its domain.
#include "verdict/meanings.hpp"

#include <array>

namespace leadverify {

namespace {

constexpr std::uint16_t claim(Reason reason, Strength strength) {
  return meaning_of(Claim{reason, strength});
}

constexpr std::array idioms = {
    // --- What was said.
    PhraseEntry{claim(Reason::protocol_error, Strength::strong), R"(
      bad sequence, out of sequence, wrong sequence, command sequence, sequence of commands,
      send helo first, say helo first, say hello first, say ehlo first, hello first, helo first,
      ehlo first, helo ehlo first, ehlo helo first, need helo, need mail*, need rcpt*,
      need mail before, mail first, mail from first, rcpt first, rcpt to first, mail before,
      no sender specified, sender not specified, sender already, sender not yet, sender not given,
      sender must be specified, sender already given, sender already specified, nested mail,
      nested mail command, no mail from, no valid recipients, no recipients,
      no recipient specified, valid rcpt command must precede, must precede, duplicate helo,
      duplicate ehlo, duplicate mail, already identified, commands out of, unrecognized command,
      unrecognised command, command unrecognized, command not recognized, unknown command,
      command unknown, command not implemented, not implemented, unimplemented,
      command unimplemented, command rejected ~ sequence, invalid command, bad command,
      command not supported, command disabled, command is disabled, command not allowed,
      command not permitted, syntax error, bad syntax, syntactically, syntax ~ command,
      invalid syntax, error in parameters, invalid parameter*, unsupported parameter*,
      unrecognized parameter*, unrecognised parameter*, parameter unrecognized,
      parameters unrecognized, parameters not recognized, parameter* not implemented,
      parameter* not supported, unsupported ~ parameters, bad parameter*, invalid argument*,
      invalid number of, wrong number of, protocol error, protocol violation, smtp protocol,
      protocol synchronization, synchronization error, pipelining, command pipelining,
      improper use, improper command, command too long, line too long, path too long,
      can not parse, malformed command, invalid arguments, unexpected command, unexpected ehlo,
      not smtp, non smtp, bare lf, bare newline, null characters, nul characters,
      unsupported option, command not valid, commande inconnue, commande non reconnue,
      erreur de syntaxe, syntaxfehler, error de sintaxis, errore di sintassi, erro de sintaxe,
      comando desconocido, comando desconhecido, comando sconosciuto, syntaxisfout, błąd składni,
      ошибка синтаксиса, синтаксическая ошибка, неизвестная команда, nieznane polecenie,
      unbekannter befehl, unbekanntes kommando, onbekend commando, 不明なコマンド, 命令, 语法)"},
    PhraseEntry{claim(Reason::address_syntax, Strength::strong), R"(
      bad address syntax, address syntax, invalid address syntax, invalid address format,
      address format, bad recipient address syntax, recipient address syntax,
      bad destination mailbox address syntax, malformed address, malformed recipient,
      malformed email, malformed mailbox, syntax error in address, syntax error in mailbox,
      syntax error in recipient, syntax error in local, syntax error in mailbox address,
      syntax ~ recipient address, mailbox syntax, invalid recipient syntax, bad recipient syntax,
      mailbox name not allowed, mailbox name invalid, invalid mailbox name, invalid characters in,
      illegal character*, invalid character*, bad character*, not a valid email address,
      not a valid rfc, not rfc ~ compliant, unqualified address, domain missing, missing domain,
      domain required, missing or malformed local, malformed local part, illegal local part,
      local part contains, unbalanced, colon expected, expected after, fully qualified address,
      fully qualified recipient, internationali* mailbox, internationali* address*, non ascii,
      recipient address must contain a domain, must contain a domain, user or domain missing,
      missing local part, address literal*, syntax incorrect, adressformat, formato de dirección,
      format d adresse, formato indirizzo, 形式が, 格式, local part too long, domain too long,
      domain part too long, address too long, address is too long, email format, mailbox format,
      recipient format, format of ~ address, address ~ format, restricted character*,
      forbidden character*, disallowed character*, unsupported character*)"},

    // --- The recipient's domain.
    PhraseEntry{claim(Reason::domain_unknown, Strength::strong), R"(
      null mx, nullmx, domain does not accept mail, domain ~ does not accept mail,
      unknown recipient domain, recipient domain ~ not found, bad destination system,
      bad destination host, bad destination system address, reserved by rfc, unknown tld,
      no acceptable mx, no mx for, domain parked, domain can not receive, not host ~ domain,
      do not host, not hosting, domain is not local, no domain,
      domain has no mail service*, domain has no mail server*, domain has no mail exchanger*,
      domain without mail service*, dns domain <host> does not exist)"},

    // --- The recipient.
    PhraseEntry{claim(Reason::mailbox_moved, Strength::strong),
                R"(
      has moved, user has moved, moved to, mailbox moved, mailbox has moved, recipient has moved,
      address has changed, address changed, new address is, please use the new, changed ~ address,
      changed ~ email address, please try <address>, please forward to, user moved,
      no longer on server, destination mailbox has moved, has a new address, new email address,
      ha cambiado de dirección, ist umgezogen, umgezogen, neue adresse, a changé d adresse,
      nouvelle adresse, nueva dirección, nuovo indirizzo, novo endereço, nieuw adres, nowy adres,
      новый адрес, address has been changed)"},
    PhraseEntry{claim(Reason::user_unknown, Strength::strong), R"(
      no user of that name, no mailbox of that name, no account of that name,
      nobody of that name, no one of that name, no mailbox here by that name,
      no mailbox by that name, user unknown in, nosuchuser, there is no one, there is nobody,
      not our user, not our customer, has been reassigned, anyone by the name)"},
    PhraseEntry{claim(Reason::mailbox_full, Strength::strong), R"(
      mailbox full, mailbox is full, mailbox has exceeded, over quota, overquota, quota exceeded,
      exceeded storage allocation, exceeded storage, storage allocation, exceed* ~ mailbox quota,
      exceed* quota, exceed* ~ quota, user is overquota, user quota, mailbox quota, mailbox over,
      disk quota, full mailbox, inbox is full, inbox full, account is full, account full,
      user ~ full, mailbox ~ full, out of storage space, no space left in mailbox,
      mailbox size ~ exceed*, mailbox size limit, mailbox too large, mailbox exceeds,
      not enough ~ in mailbox, insufficient ~ in mailbox, boîte pleine,
      boîte du destinataire pleine, boîte aux lettres pleine, boîte ~ pleine, postfach voll,
      postfach ist voll, postfach ~ voll, quota dépassé, buzón lleno, buzón ~ lleno,
      casella piena, casella ~ piena, caixa cheia, caixa ~ cheia, mailbox vol, mailbox is vol,
      skrzynka pełna, skrzynka przepełniona, skrzynka ~ pełna, ящик переполнен, ящик полон,
      превышена квота, メールボックスが一杯, メールボックスがいっぱい, 邮箱已满, schránka ~ plná, user over quota,
      too many messages on ~ server, too many messages in, too many messages stored,
      number of messages in ~ mailbox, storage limit*, maximum allowed storage, allowed storage,
      too much mail data, too much data, too much mail stored, too much mail in, 容量が超過, 容量を超過, 容量超過)"},
};

}  // namespace

std::span<const PhraseEntry> address_idioms() {
  return idioms;
}

}  // namespace leadverify
