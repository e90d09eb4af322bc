// Remarks: phrases that claim nothing, but change what others are worth.
#include "verdict/meanings.hpp"

#include <array>

namespace leadverify {

namespace {

constexpr std::array remarks = {
    PhraseEntry{meaning_of(Remark::aside), R"(
      for more, for further, for additional, for details, for assistance, for help,
      for information, for explanation, for support, for questions, more information, see our,
      more details, additional information, if you, if this, if the problem, if your, please see,
      please visit, please contact, please refer, please check, please verify, please read,
      please make sure, please ensure, please report, please ask, please call, please try double,
      contact your, contact the, contact us, contact postmaster, contact support, refer to,
      to resolve, to request, to avoid, to remove, to be removed, to review, to find, see also,
      see http, visit, help at, ask your, check the recipient, check that, check if, check for,
      check your, verify that, verify the, make sure, learn more, send your questions,
      please provide, perhaps you, according to the, questions, in the latter case, you need to,
      for removal, weitere informationen, bitte kontaktieren, pour plus, veuillez contacter,
      para más, per ulteriori, para mais, voor meer, aby uzyskać, для получения, подробн*, 詳細)"},
    PhraseEntry{meaning_of(Remark::temporary), R"(
      temporar*, tempor*, transient*, later, moment, tmp, temp, temporary, vorübergehend*,
      zeitweise, später, momentan*, temporaire*, provisoire*, actuellement, temporal*, temporane*,
      momentanea*, temporári*, tijdelijk*, tymczasow*, chwilow*, временн*, 一時, 暂时, dočasn*)"},
    PhraseEntry{meaning_of(Remark::to_mail),
                R"(
      reply to mail from, reply to mail, reply to mail from command, response to mail from)"},
    PhraseEntry{meaning_of(Remark::callout), R"(
      callback*, call back*, callout to, callout for, callout on, callout failed, call out to,
      call out for, call out on, call out failed, sender callout*, sender call out*,
      reply address*, return address*, return path*, envelope sender*, reply to you,
      replying to you, reply back, replies back, answer you, answer to you, respond to you,
      write back, write to you, mail you back, mail to you, back to you, reach you,
      your own ~ server*, your own ~ host*, your own mail*, your own mx, your own system*,
      its own ~ server*, its own ~ host*, its own mx, their own ~ server*, your server,
      your mail server, your mailserver, your mail host, your host, call out check*,
      callout check*, our reply, our replies, our answer*, a reply to, receive replies,
      replies to, return errors, return ~ bounce*, return mail to, your mail from, your own side,
      your mailbox*, your site, you do not exist, you are unknown, asked <host>, asked at <host>,
      verifying <address>, its mail host, its mail server, your own domain, your own address,
      your mx, your mail exchanger*, not verify that, unable to verify that, not verify if,
      not verify whether, failed to verify that, not confirm that, unable to confirm that,
      not confirm whether, not be returned to, reply path*, bounce to, bounces to, not bounce,
      told by your, your server said, your server says, your server told, verif* the sender*,
      verif* ~ existence of ~ sender*, probe* ~ sender*)"},
    PhraseEntry{meaning_of(Remark::room), R"(
      room, quota*, allowance*, allotted, allotment*, allocation, allocated ~ space,
      allocated storage, capacity, space limit*, space left, space quota, space exhausted,
      space exceeded, space is, space available, space has, disk space, mail space,
      mailbox space, inbox space, box space, storage space, enough ~ space, more space,
      free space, remaining space, available space, allowed space, its space, their space,
      his space, her space, no space, of space, of ~ storage, storage left, storage limit*,
      storage exhausted, enough storage, stuffed, overstuffed, crammed, overfilled, overfull,
      filled up, filled to, brim, bursting, can not take any, can not take more,
      can not take ~ more, will not take ~ more, hold no, holds no, can not hold,
      not hold ~ more, can not store, takes no more, accepts no more, holds no more,
      hold no more, can not accept any more, not accept more, not fit, its limit, its ~ limit,
      their limit, at the limit, to the limit, mailbox limit*, inbox limit*, mailbox size,
      inbox size, box size, size limit of ~ mailbox, size of ~ mailbox, size of ~ inbox,
      size of ~ box, limit of ~ mailbox, limit of ~ inbox, limit of ~ box, delete some,
      megabytes, gigabytes, speicherplatz, speicherlimit, speicher voll, kein* platz,
      plus de place, pas assez d espace, espace disque, espace insuffisant, pas assez de place,
      sin espacio, espacio suficiente, no tiene espacio, no hay espacio, non ha spazio,
      non c è spazio, não tem espaço, não há espaço, nie ma miejsca, espacio insuficiente,
      spazio insufficiente, spazio esaurito, sem espaço, espaço insuficiente, geen ruimte,
      onvoldoende ruimte, brak miejsca, нет места)"},
    PhraseEntry{meaning_of(Remark::measure), R"(
      space*, storage, mail store, size*, limit*, cap, maximum, max, maxed, hold, holds, fit,
      fits, any more, no more, no further, one more, take more, exhausted, used, use up, usage,
      place left, no place, no ~ left, saturated, depleted, empty*, emptied, tidy*, clean up,
      clean out, swollen, swell*, grown, grow, grows, loaded, laden, ceiling, bound, too much,
      stored, yer yok, yer kalma*, percent, mb, gb, kb, megabyte*, gigabyte*, mbyte*, gbyte*,
      kilobyte*, bytes, free up, fill*, disk, exceed*, exceeding, beyond, over, overrun*,
      overflow*, too big, too large, too small, packed, cram*, stuff*, bloated, excess*, chock,
      outgrown, speicher*, grösse*, platz, erschöpft, maximal*, überlauf*, stockage, espace*,
      épuisé*, taille*, dépass*, espacio*, tamaño*, agotad*, almacenamiento, excedid*, spazio,
      dimension*, esaurit*, capacità, capienza, espaço*, tamanho*, armazenamento, esgotad*,
      ruimte, opslag*, grootte, miejsc*, pojemnoś*, rozmiar*, места, место, размер*, объем*,
      лимит*, hely, méret*, místo, miesto, kapacit*, spațiu*, boyut*, depolama, utrymme*,
      lagring*, plads*, plass*, tila, tilaa, χώρος, χώρο)"},
    PhraseEntry{meaning_of(Remark::rate), R"(
      per hour, per day, per minute, per second, per connection, per session, an hour, a minute,
      a day, hourly, daily, this hour, message count, messages count,
      message quota*, messages quota*, recipient count, count quota,
      messages sent, recipients allowed, number of recipients, sending quota, sending limit*,
      outgoing quota, outbound quota, submission quota, slow down, pro stunde, pro tag, par heure,
      par jour, por hora, por día, por dia, per uur, per dag, na godzinę, в час, в сутки)"},
};

}  // namespace

std::span<const PhraseEntry> remark_phrases() {
  return remarks;
}

}  // namespace leadverify
