// Phrases that ask to come back later, or to come less often.
#include "verdict/meanings.hpp"

#include <array>

namespace leadverify {

namespace {

constexpr std::uint16_t claim(Reason reason, Strength strength) {
  return meaning_of(Claim{reason, strength});
}

constexpr std::array idioms = {
    // --- Come back later.
    PhraseEntry{claim(Reason::greylisted, Strength::decisive), R"(
      greylist*, graylist*, grey list*, gray list*, greylisting, postgrey, grey listed,
      gray listed, greyed, greytrap, not yet authorized to deliver, liste grise, lista gris,
      lista cinza, lista grigia, grijze lijst, szar* list*, серый список, серые списки,
      серого списка, серым списк*, grau* liste, グレイリスト, グレーリスト, 灰名单, greylistov*)"},
    PhraseEntry{claim(Reason::greylisted, Strength::clear), R"(
      intentional policy rejection ~ later, policy rejection ~ try later,
      mail is temporarily denied, first time sender ~ later, temporary envelope failure,
      unknown sender and recipient combination, delayed for first delivery)"},
    PhraseEntry{claim(Reason::greylisted, Strength::strong), R"(
      first attempt, first delivery attempt, first try, first time we see, first time we have seen,
      first contact from, not seen this sender before, not seen you before)"},
    PhraseEntry{claim(Reason::try_again_later, Strength::clear), R"(
      try again, retry later, try later, come back later, please retry, will be retried,
      resend ~ later, retry ~ later, try ~~ again later, try ~ later, later time, call back later,
      again later, temporarily deferred, temporary deferral, message deferred, mail deferred,
      has been deferred, is deferred, deferred, temporarily refused, temporarily rejected,
      temporarily unavailable, temporary unavailable, temporarily not available,
      temporary not available, temporary failure, temporary error, temporary problem,
      temporarily unable, currently unavailable, currently not available,
      verification in progress, address verification in progress, verify callout in progress,
      defer, in a few minutes, in a few moments, in a moment, please wait, minutes and try,
      try your call later, delivery postponed, temporary delivery, temporarily blocked recipient,
      später ~ erneut, später noch, später wieder, versuchen sie es ~ später, bitte später,
      vorübergehend nicht, momentan nicht, réessayer plus tard, réessayez plus tard,
      essayer plus tard, essayez plus tard, ultérieurement, temporairement indisponible,
      momentanément, inténtelo ~ tarde, intente más tarde, intente ~ más tarde, más tarde,
      temporalmente no disponible, temporalmente, riprova* più tardi, più tardi,
      temporaneamente non, temporaneamente, tente novamente, tente mais tarde, mais tarde,
      temporariamente, probeer ~ later, later opnieuw, tijdelijk niet, tijdelijk, spróbuj później,
      spróbuj ponownie, później, tymczasowo, chwilowo, попробуйте позже, повторите попытку, позже,
      позднее, временно, しばらくして, しばらく, 後ほど, 一時的, 再度, 稍后, 请重试, 暂时, zkuste ~ později, později,
      dočasně, shutting down, going down, not accepting messages at this time,
      unable to accept ~ at this time, can not accept ~ at this time, not accept ~ at this time)"},
    PhraseEntry{claim(Reason::try_again_later, Strength::vague),
                R"(
      server busy, busy, too busy, resources temporarily, service unavailable,
      service not available, service is unavailable, service currently unavailable,
      closing transmission channel, closing connection)"},

    PhraseEntry{claim(Reason::auth_required, Strength::clear), R"(
      local user only, local users only)"},

    // --- Too much.
    PhraseEntry{claim(Reason::rate_limited, Strength::strong), R"(
      too many connections, too many concurrent, too many simultaneous, too many sessions,
      too many smtp sessions, too many open connections, too many messages, too many recipients,
      too many mails, too many emails, too much mail, too many errors, too many bad commands,
      too many invalid, too many unknown, too many bad, too many failed, too many unrecognized,
      too many rcpt*, too many mail, too many transactions, too many requests, too many commands,
      too many nonmail, too many non mail, too many attempts, too many connection attempts,
      too many hits, too many tries, too many consecutive, too many different, too many smtp,
      too many unauthenticated, too many spam, too many incorrect, too many clients,
      too many processes, too many rejected, too many syntax, connection rate, rate limit*,
      ratelimit*, rate limited, rate exceeded, rate overlimit, message rate, recipient rate,
      sending rate, rate control*, rate of ~ mail, receiving mail at a rate, receiving mail too,
      receiving too many, sent too many, sending too many, sending too fast, sent too,
      exceed* ~~ per hour, exceed* ~~ per day, exceed* ~~ per minute, exceed* ~~ per second,
      exceed* ~~ per connection, exceed* ~~ per session, limit* ~~ per hour, limit* ~~ per day,
      limit* ~~ per minute, limit* ~~ per session, messages per session, messages per connection,
      recipients per session, recipients per message, hourly limit, daily limit, hour limit,
      daily quota, hourly quota, sending limit*, sending quota, sending messages too, sends too,
      concurrent connection*, concurrent sessions, concurrency limit*, simultaneous connections,
      simultaneous sessions, number of concurrent, connection limit*, connections limit,
      session limit*, recipient limit*, recipients limit, message limit*,
      maximum number of recipients, maximum number of connections, maximum number of messages,
      maximum number of sessions, maximum connections, max connections, max recipients,
      maximum recipients, max message*, maximum messages, maximum sessions, max sessions,
      maxim* ~ per connection, number of recipients exceeds, number of recipients ~ exceed*,
      number of messages exceeds, number of messages ~ exceed*, number of connections ~ exceed*,
      exceed* ~ number of, exceed* ~ recipients, exceed* ~ connections, exceed* ~ messages,
      exceed* ~ connection rate, exceeded ~ rate, slow down, throttl*, frequency limited,
      frequency limit*, over frequency, mail frequency, flooding, flood, mail bomb,
      unexpected volume, unusual rate, unusual volume, message volume, excessive volume,
      volume of, high volume, burst, quota of messages, quota for recipients, retrying too fast,
      too many mails per, per hour message, message receive limit,
      limit for the number of messages, sender quota, connection frequency, exceeded sending,
      exceeded the maximum number, trop de connexions, trop de destinataires, trop de messages,
      trop de mails, trop d erreurs, trop de sessions, zu viele verbindungen, zu viele empfänger,
      zu viele nachrichten, zu viele gleichzeitige, zu viele mails, zu viele fehler,
      demasiadas conexiones, demasiados mensajes, demasiados destinatarios, demasiados errores,
      troppe connessioni, troppi messaggi, troppi destinatari, troppi errori, muitas conexões,
      muitas mensagens, muitos destinatários, muitos erros, te veel verbindingen,
      te veel berichten, te veel ontvangers, te veel, zbyt wiele połączeń, zbyt wielu odbiorców,
      zbyt wiele wiadomości, zbyt wiele, za dużo połączeń, za dużo odbiorców, za dużo,
      слишком много, превышен* лимит*, превышена частота, ограничение частоты, 接続数, 多すぎ, 频率, 过于频繁,
      过多, 并发连接, 发送频率, příliš mnoho, limit překročen, is receiving mail, exceed* <number> message*,
      exceed* <number> mail*, exceed* <number> recipient*, exceed* <number> connection*,
      daily ~ quota, daily ~ limit, hourly ~ quota, hourly ~ limit, per day limit,
      maximum invalid, max invalid, maximum unknown, number of invalid, number of unknown,
      number of bad, invalid recipients reached, invalid recipient limit,
      invalid recipients limit, unknown user limit, excessive invalid, excessive unknown,
      excessive bad, many invalid, many unknown, many bad, invalid recipient threshold,
      invalid recipients exceeded, recipients reached, may not send more than, not send more than,
      quota for ~ sender*, quota of ~ sender*, quota exceeded for ~ sender*,
      over quota for ~ sender*, more than <number> mails, more than <number> messages,
      more than <number> recipients,
      connection dropped ~ toomany*, too much mail from <ip>,
      too many messages from <ip>, too many mails from <ip>, too many emails from <ip>, toomany*,
      límite de envío*, limite d envoi, limite di invio, sendelimit, versandlimit, verzendlimiet,
      limit wysyłania, limit wysyłki, limite horario, limite por hora)"},
};

}  // namespace

std::span<const PhraseEntry> time_idioms() {
  return idioms;
}

}  // namespace leadverify
