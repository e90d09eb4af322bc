// Phrases on the server's own rules and troubles.
#include "verdict/meanings.hpp"

#include <array>

namespace leadverify {

namespace {

constexpr std::uint16_t claim(Reason reason, Strength strength) {
  return meaning_of(Claim{reason, strength});
}

constexpr std::array idioms = {
    // --- Rules.
    PhraseEntry{claim(Reason::policy, Strength::clear), R"(
      policy restriction*, policy violation, policy reason*, policy reject*, policy error,
      local policy, site policy, security policy, against ~ policy, violates ~ policy,
      due to policy, by policy, blocked by ~ policy, administrative policy, company policy,
      organization policy, content policy, content reject*, content not accepted,
      message rejected, message refused, message blocked, message denied, message not accepted,
      message was not accepted, message has been rejected, message was rejected,
      message ~ rejected, message ~ blocked, message ~ refused, message content, mail rejected,
      mail refused, email rejected, email blocked, mail blocked, considered spam,
      classified as spam, identified as spam, detected as spam, looks like spam, looked like spam,
      appears to be spam, appeared to be spam, appears to be unsolicited, likely spam,
      spam message, spam detected, spam content, rejected as spam, spam rejected, spam mail,
      unsolicited, junk mail, virus, viruses, malware, phishing, infected, forbidden attachment,
      illegal attachment, attachment ~ not allowed, message size exceeds, message too large,
      message too big, message size, message exceeds, too large, size exceeds,
      maximum message size, message header size, header* ~ rejected, suspicious content,
      url ~ blacklist*, link*, blocked by recipient, rejected by recipient, refused to receive,
      refuses to receive, recipient refuses, recipient does not want, recipient has blocked,
      user ~ refuse*, does not wish to receive, not wish to receive, does not want,
      not allowed to send to, not permitted to send to, not authorized to send to,
      not have permission, do not have permission, no permission, permission denied,
      not accept mail from you, not accepting mail from you, only accepts mail from,
      only accept mail from, accepts mail only, only receives, internal use only, internal only,
      restricted to, members only, subscribers only, only members, closed mailing list,
      access list denies, administrative prohibition, administratively prohibited,
      administratively denied, noreply address, no reply address, not allowed sender,
      not accepted by recipient, challenge, blocked by filter, mail filter, content filter,
      filter rule, spam filter, rejected by filter, rule imposed, transport rule, blocked by rule,
      abuse, prohibited by, sender not in allowed, prohibit*, envelope blocked, expression block,
      blocked by ~ administrator, not accept* html, unacceptable content, disallowed content,
      restricted by policy, not authenticated for, not authenticated by,
      no autorizado por política, refusé par politique, politique locale, richtlinie*,
      aus sicherheitsgründen, política de, criterio di, reglas, zgodnie z polityką,
      política local, политик*, спам, spamverdacht, als spam, comme spam, spam verdacht,
      como spam, 迷惑メール, スパム, 垃圾邮件, 拒信, delivery not authorized, delivery restricted,
      not authorized to deliver to, not allowed to send mail to, not permitted to send mail to,
      not authorized to send mail to, one or more recipients ~ blocked)"},
    PhraseEntry{claim(Reason::policy, Strength::vague), R"(
      access denied, access rejected, permission, policy, restrict*, denied by, rejected by,
      refused by, blocked by, filter, accès refusé, accès interdit, zugriff verweigert,
      acceso denegado, accesso negato, acesso negado, toegang geweigerd, odmowa dostępu,
      dostęp zabroniony, доступ запрещен, отказано, can not receive ~ from, no thanks, no thank)"},

    PhraseEntry{claim(Reason::policy, Strength::strong), R"(
      not permitted to receive, not allowed to receive, not authorized to receive,
      not authorised to receive, mail from the internet, mails from the internet,
      messages from the internet, email from the internet, mail from external,
      mail from outside, messages from external, messages from outside)"},

    // --- The server.
    PhraseEntry{claim(Reason::system_error, Strength::clear), R"(
      internal error, internal server error, local error, local problem, local system error,
      local configuration error, configuration error, configuration problem,
      server configuration, server error, system error, temporary system, system failure,
      temporary server error, temporary local problem, temporary local error, temporary internal,
      temporary lookup failure, temporary database error, database error, database is down,
      database down, database unavailable, database failure, can not open ~ database,
      alias database, ldap ~ fail*, ldap ~ error, ldap ~ unavailable, ldap lookup,
      directory lookup, dns error, dns failure, dns lookup ~ fail*, dns timeout, dns temporary,
      dns temporary failure, dns problem, name service error, name server ~ timeout,
      host not found try, resolution failed, dns query failed, server failure, queue file,
      write error, read error, file error, disk error, out of memory, can not allocate,
      resources exhausted, insufficient system, insufficient resources,
      insufficient system resources, insufficient system storage, not enough disk, disk full,
      insufficient disk space, out of disk space, no disk space, low on disk space,
      low disk space, directory is not reachable, directory not reachable,
      directory is not available, directory not available, directory is unavailable,
      directory unavailable, directory is unreachable, directory unreachable, directory is down,
      directory is offline, system storage, no space left on device, too many hops, hop count,
      mail loop, loops back, loop detected, routing loop, looping, routing error,
      no route to host, network is unreachable, connection timed out, connection reset,
      connection lost, lost connection, connection to ~ refused, connect to, unable to connect,
      could not connect, can not connect, remote server ~ not responding, not responding,
      no answer from host, unable to contact, can not contact, mail system not,
      mail service ~ unavailable, system not accepting, system incorrectly configured,
      incorrectly configured, misconfigured, misconfiguration, qq write, qq read, qq temporary,
      mail server temporarily, server is down, unable to chdir, unable to stat, unable to read,
      unable to write, unable to open, unable to lock, can not create, can not write,
      unable to create, mailing list expansion, list expansion, expansion problem,
      expansion failed, unknown error, unexpected error, unexpected failure, unknown failure,
      error reading, error writing, error processing, error in processing, error while,
      processing error, backend error, upstream error, milter, replicat*, transport error,
      unknown mail transport, unknown mail transport error, transport unavailable,
      mailbox corrupt*, mail receiving disabled, out of disk, overloaded, high load, system load,
      load too high, system too busy, maintenance, protocol exchange, delivery time expired,
      queue expired, message expired, bad gateway, crashed, too many open files, interner fehler,
      systemfehler, serverfehler, konfigurationsfehler, erreur interne, erreur système,
      erreur serveur, erreur de configuration, error interno, error del sistema,
      error del servidor, errore interno, errore di sistema, errore del server, erro interno,
      erro do sistema, erro no servidor, interne fout, systeemfout, błąd wewnętrzny,
      błąd systemu, błąd serwera, błąd konfiguracji, внутренняя ошибка, ошибка сервера,
      системная ошибка, ошибка системы, 内部エラー, システムエラー, サーバーエラー, 系统错误, 内部错误, 服务器错误,
      vnitřní chyba, chyba serveru, unable to ~ read, unable to correctly, reverse delivery loop,
      could not load, can not load, unable to load, scanner malfunction, resources exceeded,
      system resources, resources low, low on resources, lokaler fehler, erreur locale,
      error local, errore locale, erro local, lokale fout, błąd lokalny, локальная ошибка)"},
    PhraseEntry{claim(Reason::system_error, Strength::vague),
                R"(
      timeout, timed out, time out, failure, lookup failed, lookup failure, lookup error,
      lookup timed out)"},
    PhraseEntry{claim(Reason::unspecified, Strength::clear),
                R"(
      can not vrfy, transaction failed, can not deliver)"},
};

}  // namespace

std::span<const PhraseEntry> server_idioms() {
  return idioms;
}

}  // namespace leadverify
