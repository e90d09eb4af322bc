// The words for what a reply says of its subject.
#include "verdict/meanings.hpp"

#include <array>

namespace leadverify {

namespace {

constexpr std::array states = {
    PhraseEntry{meaning_of(State::absent), R"(
      unknown, not known, isnt known, not found, not be found, wasnt found, does not ~ exist*, do not ~ exist*, doesnt ~ exist*, dont ~ exist*,
      doesnt exist*, does not exists, did not exist, not exist*, not existing, not existant, isnt exist, no longer exist*, no such, no any such,
      nonexist*, non exist*, non extant, inexist*, unable to find, could not find, couldnt find, cannot find, can not find, cant find, couldnt be found,
      cannot be found, can not be found, not find, not recogni*, unrecogni*, isnt recogni*, not listed in ~ directory, not listed in, not in ~ directory,
      not in ~ database, not in ~ table, not in the? list, no mailbox, no user, no recipient, no account, no mail box, no mailbox* here, no valid recipient*, no valid mailbox*,
      not have an? account, not have a user, not have any user, not have a mailbox, not have any mailbox, not have such, dont have a user, dont have any, dont have such, no user by, no mailbox by, no account by, doesnt have an? account, doesnt have a ~ account, does not have a ~ account, does not have an? ~ mailbox, doesnt have an? mailbox,
      havent an account, has no account, has no mailbox, not here, isnt here, arent here, not at this, not on this, not a local, not local, isnt local,
      not our, isnt our, not ours, not a customer, not a member, not a user, not a subscriber,
      unroutable, unrouteable, not routable, undeliverable, not deliverable, non deliverable, not registered, unregistered, not hosted, isnt hosted, nobody here,
      no one here, not present, not defined, undefined, not exsist, doesnt match any, not match any, does not match, no match*, nosuchuser, unknown or illegal, unknown or invalid,
      not resolve*, doesnt resolve*, does not resolve*,
      cannot resolve, could not resolve, couldnt resolve, cant resolve, unresolvable, unresolved, not resolvable, cannot be resolved, could not be resolved, unable to resolve, missing, lacks, without,
      has no, have no, no longer with, no longer employed, no longer works, no longer at, no longer on, no longer here, no more here, has left, left the company, left the organization, left our, non-existing,
      not associated with, cannot be associated, unallocated, unassigned, not assigned, not allocated, not provisioned, unprovisioned, misspelled, not identified, unidentified, cant be reached at)"},
    PhraseEntry{meaning_of(State::absent), R"(
      unbekannt*, existiert nicht, existiert hier nicht, existiert nicht mehr, nicht gefunden, nicht vorhanden, nicht bekannt, gibt es nicht, nicht existent, nicht existierend*,
      kein gültig*, keine gültig*, kein solch*, keine solch*, kein postfach, kein empfänger, kein benutzer, nicht eingerichtet, nicht ermittelt, nicht auflösbar,
      inconnu*, existe pas, existe plus, pas trouvé*, introuvable*, aucun utilisateur, aucun destinataire, aucune boîte, inexistant*, pas connu*, non trouvé*, pas été trouvé*,
      no existe*, desconocid*, no encontrad*, no se encuentra, no se encontró, no ha sido encontrad*, no se ha encontrado, inexistente*, no hay tal, ya no existe, no se pudo encontrar,
      sconosciut*, non esist*, inesistent*, non trovat*, non è stat* trovat*, non conosciut*, nessun utente, nessuna casella, non presente,
      não existe*, desconhecid*, não encontrad*, não foi encontrad*, não localizad*, nao existe*, não cadastrad*, nenhum usuário,
      onbekend*, bestaat niet, bestaat hier niet, bestaat niet meer, niet gevonden, niet bekend, geen gebruiker, geen mailbox, niet gevonden worden, geen bekende,
      nie istnieje, nieznan*, nie znalezion*, nie znaleziono, nie ma takiego, nie ma takiej, brak takiego, brak użytkownika, brak skrzynki, nie został* znalezion*, nie odnaleziono, nieistniejąc*,
      не существует, неизвест*, не найден*, нет такого, нет такой, такого ~ нет, не зарегистрирован*, не обнаружен*, несуществующ*, отсутствует, нет пользователя, не существующ*,
      存在しません, 存在しない, 存在しておりません, 不明, 見つかりません, 見つからない, 存在していません, 不存在, 未知, 找不到, 无此, 没有找到, 존재하지, neexist*, neznám*, nenalezen*, není znám*, nenájden*, nebol nájden*,
      okänd*, finns inte, ukendt*, findes ikke, ukjent*, finnes ikke, ei löydy, tuntematon, ismeretlen, nem létezik, bulunamad*, necunoscut*, nu există)"},
    PhraseEntry{meaning_of(State::unverified), R"(
      cannot be verified, could not be verified, not verified, unverified, cannot verify, could not verify, couldnt verify, cant verify, unable to verify, verification failed, verification failure,
      verify failed, verify failure, not validated, could not be validated, cannot validate, unable to validate, could not validate, error validating, failed validation, callout failed, nicht verifiziert, nicht überprüf*,
      pas vérifi*, non vérifi*, no verificad*, non verificat*, não verificad*, niet geverifieerd, nie zweryfikowan*, не проверен*, не подтвержд*)"},
    PhraseEntry{meaning_of(State::invalid), R"(
      invalid*, not valid, isnt valid, not a valid, isnt a valid, is no valid, no valid, bad, illegal, incorrect*, wrong, improper*, malformed, bogus, not acceptable, unacceptable,
      not correct, not legal, not allowed format, non valide, unusable, ambiguous, erroneous, mismatch*, not qualified, not fully qualified, fake, nonsense, not compliant, non compliant,
      ungültig*, nicht gültig*, falsch*, fehlerhaft*, unzulässig*, invalide*, incorrecte*, erroné*, pas valide*, pas valable, inválid*, no válid*, no es válid*, incorrect*, non valid*, non è valid*, errat*, não é válid*, não válid*, incorret*,
      ongeldig*, niet geldig, onjuist*, nieprawidłow*, błędn*, niepoprawn*, неверн*, некоррект*, недопустим*, недействительн*, неправильн*, 無効, 不正, 正しくありません, 无效, 错误, neplatn*, chybn*, ogiltig*, ugyldig*, geçersiz)"},
    PhraseEntry{meaning_of(State::disabled), R"(
      disabled, has been disabled, is disabled, suspended, inactive, not active, isnt active, not currently active, deactivated, de activated, unactivated, not activated, isnt activated, not yet activated, frozen, expired, has expired,
      closed, terminated, deleted, removed, cancelled, canceled, discontinued, dormant, abandoned, retired, archived, archivé*, archiviert, archivad*, archiviat*, gearchiveerd, zarchiwizowan*, архивирован*, defunct, decommissioned, obsolete, deprecated, unused, disconnected,
      no longer active, no longer available, no longer valid, no longer in use, no longer accept*, no longer monitored, no longer used, no longer receiv*, no longer supported, no longer in service, no longer on server, not in use, not enabled,
      not in service, out of service, out of use, unmonitored, not monitored, passed away, deceased, on hold, inactivity, due to inactivity, inactivated, not used, not been used, turned off, switched off, shut down, stopped, unsubscribed,
      not accepting ~ mail, not accepting ~ messages, does not accept mail, doesnt accept mail, not accept ~ mail, not receiving mail, isnt receiving mail, not receive ~ mail, cannot receive ~ mail, cannot receive messages, cannot accept messages, cant receive, unable to receive mail, does not receive ~ mail,
      gesperrt*, deaktiviert*, inaktiv*, geschlossen*, gelöscht*, stillgelegt*, nicht aktiv*, nicht mehr aktiv, nicht mehr gültig, nicht mehr verfügbar, abgeschaltet, gekündigt,
      désactivé*, suspendu*, inactif*, inactive*, fermé*, supprimé*, résilié*, expiré*, pas actif, plus actif, plus valide, clôturé*,
      desactivad*, suspendid*, inactiv*, deshabilitad*, cancelad*, eliminad*, cerrad*, dada de baja, no está activ*, caducad*,
      disabilitat*, disattivat*, sospes*, inattiv*, chius*, cancellat*, scadut*, non attiv*, non più attiv*, rimoss*,
      desativad*, suspens*, inativ*, encerrad*, excluíd*, removid*, não está ativ*, expirad*,
      uitgeschakeld, gedeactiveerd, inactief, opgeheven, verwijderd, gesloten, niet actief, niet meer in gebruik, verlopen,
      nieaktywn*, wyłączon*, zawieszon*, usunięt*, zamknięt*, nie jest aktywn*, wygasł*, skasowan*,
      отключен*, неактив*, не активен, удален*, закрыт*, приостановлен*, деактивирован*, отключён*,
      停止, 利用停止, 無効化, 停用, 禁用, 冻结, 注销, 暂停, deaktivován*, zrušen*, neaktivní, vypnut*, avstängd, deaktiveret)"},
    PhraseEntry{meaning_of(State::locked), R"(
      blocked, is blocked, has been blocked, was blocked, locked, locked out, restricted, isblocked, barred, blocking, quarantined, bloqué*, bloquead*, bloccat*, blokkeerd, geblokkeerd, blockiert*, zablokowan*, заблокирован*, blokován*, zablokovan*, ブロック, 封禁, 限制)"},
    PhraseEntry{meaning_of(State::full), R"(
      full, overquota, over quota, over the quota, over ~ quota, quota exceeded, quota ~ exceed*, exceed* ~~ quota, quota full, quota limit, out of quota, quota violation, quota reached, reached ~ quota, quota, overfull, overflow*, beyond quota, exceeds ~ quota,
      storage exceeded, storage limit*, reached ~ storage*, maximum ~ storage, exceed* ~ storage*, storage allocation, storage full, over ~ storage*, out of storage, out of storage space, out of space, not enough storage*, not enough space, no space left, no space for, insufficient space, insufficient storage*, insufficient disk*,
      disk quota, disk usage, size limit, too full, no room, exceed* ~ size limit, over ~ size limit, over its limit, over their limit, maximum size reached, not have enough space, doesnt have enough ~ space, does not have enough ~ space, lack of space, mailbox limit,
      voll, überfüllt, ist voll, kontingent, kontingent überschritten, speicherplatz, speicherlimit, quota überschritten, kein platz, plein*, saturé*, quota dépassé*, quota atteint, dépassé ~ quota,
      lleno, llena, llen*, cuota, cuota excedida, excedid* ~ cuota, sin espacio, espacio insuficiente, excedió ~ cuota, pien*, piena, spazio esaurito, quota superata, superato ~ quota, spazio insufficiente,
      cheia, cheio, lotad*, quota excedida, cota excedida, sem espaço, excedeu ~ quota, excedeu ~ limite, vol, is vol, quotum, quotum overschreden, pełn*, przepełnion*, przekroczon* limit*, przekroczon* pojemność, przekroczył* quot*, brak miejsca,
      переполнен*, квот*, превышен* квот*, нет места, превышен* размер, 一杯, いっぱい, 容量, 容量超過, 已满, 满, 空间不足, pln*, preplnen*, přeplněn*, megtelt, betelt, dolu, full brevlåda)"},
    PhraseEntry{meaning_of(State::unavailable), R"(
      unavailable, not available, isnt available, unavailable or not local, inaccessible, not accessible, unreachable, cannot be reached, could not be reached, not reachable, down, offline, out of order, not operational, maintenance, under maintenance, not ready, not responding, isnt responding, busy, too busy, overloaded, not running, not working,
      nicht verfügbar, nicht erreichbar, indisponible*, non disponible*, pas disponible*, no disponible*, no está disponible, non disponibil*, não disponíve*, indisponíve*, niet beschikbaar, niet bereikbaar, niedostępn*, недоступ*, 利用できません, 不可用, nedostupn*, přetížen*)"},
    PhraseEntry{meaning_of(State::rejected), R"(
      rejected, reject, rejects, rejecting, been rejected, refused, refuse, refuses, refusing, denied, denies, deny, not accepted, not accept, doesnt accept, does not accept, isnt accepted, not allowed, isnt allowed, disallowed, not permitted, isnt permitted, not permit, no permit, not authorized, not authorised, unauthorized, unauthorised, isnt authorized, prohibited, forbidden, banned,
      cannot accept, cant accept, wont accept, will not accept, unable to accept, could not accept, declined, not welcome, unwelcome, unwanted, discarded, not trusted, untrusted, no access, cannot send, cant send, may not send, not whitelisted, not in ~ whitelist, not in ~ allow list, not in ~ allowlist, cannot receive, isnt whitelisted, not deliver*, cannot deliver, could not deliver, couldnt be delivered, could not be delivered, cannot be delivered, cannot be accepted, wont be accepted, will not be accepted, dropped, bounced, filtered,
      abgelehnt*, abgewiesen*, verweigert*, zurückgewiesen*, nicht erlaubt*, nicht akzeptiert*, nicht angenommen*, nicht zugelassen*, nicht zustellbar, rejeté*, refusé*, refus, interdit*, non autorisé*, pas autorisé*, pas accepté*, rechazad*, denegad*, no permitid*, no autorizad*, no aceptad*, no se acepta*, prohibid*, rifiutat*, negat*, respint*, non consentit*, non autorizzat*, non accettat*, vietat*,
      rejeitad*, recusad*, negad*, não permitid*, não autorizad*, não aceit*, proibid*, geweigerd*, afgewezen, niet toegestaan, niet geaccepteerd, odrzucon*, odmow*, zabronion*, niedozwolon*, nie jest dozwolon*, nie przyjmuje, отклонен*, отклонён*, отказ*, запрещен*, запрещён*, не принят*, не разрешен*, не допускается, 拒否, 拒否されました, 受け付けません, 受信拒否, 拒绝, 禁止, 被拒, odmítnut*, zamítnut*, avvisad*, afvist*)"},
    PhraseEntry{meaning_of(State::listed), R"(
      spamhaus, spamcop, sorbs, barracudacentral, brbl, brts, njabl, dsbl, uceprotect, mailspike, abuseat, invaluement, backscatterer, nixspam, manitu, surriel, psbl, spamrats, cbl, sbl, xbl, pbl, css, zen, dbl, surbl, uribl, sem, ahbl, ordb, csi, spamhausxbl, blacklist*, black list*, black listed, blocklist*, block list*, denylist*, deny list*, blackholed, block listed, listed, is listed, dnsbl*, rbl*, rbldns*, dnsrbl, on ~ rbl, banlist, ban list, bad reputation, poor reputation, low reputation, reputation, low senderscore, black liste, liste noire, auf ~ liste, schwarze* liste, lista negra, lista nera, zwarte lijst, czarnej liście, czarna lista, черн* список, в чёрном списке, черном списке, ブラックリスト, 黑名单, blacklistu, blokeer*, sperrliste)"},
    PhraseEntry{meaning_of(State::too_many), R"(
      too many, too much, too fast, too quickly, too often, too frequent*, exceed* ~ limit*, exceed* ~ rate*, exceed* ~ number, exceed* ~ maximum, limit* ~ exceeded, limit* ~ reached, reached ~ limit*, rate limit*, ratelimit*, over ~ rate limit, rate exceeded, rate control, throttl*, frequency limit*, frequency, maximum number, max number, limit of, limited, over limit, overlimit, over rate, flood*, excessive*, too high,
      zu viele, zu oft, zu schnell, trop de, trop d, limite dépassée, demasiad*, límite excedido, excedido ~ límite, troppi, troppe, superato il limite, limite superato, muitos, muitas, limite excedido, te veel, zbyt wiele, zbyt dużo, za dużo, слишком много, превышен* лимит*, превышен* числ*, 多すぎます, 超過しました, 过多, 过于频繁, 超过限制, příliš mnoho, för många)"},
    PhraseEntry{meaning_of(State::failed), R"(
      failed, fail, fails, failure*, failing, error, errors, problem*, problematic, misconfigured, incorrectly configured, not configured, broken, corrupt*, timeout, time out, timed out, crash*, loop, loops, looping, cannot open, unable to open, exception, incident, trouble, not pass, did not pass, didnt pass, doesnt pass, does not pass, none of, unauthenticated, not authenticated, not align*, unaligned, not match, does not match, doesnt match, softfail, hardfail, permerror, temperror, suspicious, inconsistent, forged, not pointing, not satisfied,
      fehler*, fehlgeschlagen, gescheitert, störung, zeitüberschreitung, échoué*, échec, erreur*, fallo, falló, fallido*, errore*, fallit*, erro, erros, falha, falhou, fout, mislukt*, błąd*, błęd*, niepowodzeni*, ошибк*, сбой, 失敗, エラー, 失败, 错误, chyb*, selhal*, fel uppstod)"},
    PhraseEntry{meaning_of(State::required), R"(
      required, require*, must, needed, need, needs, necessary, mandatory, please use, please turn on, please enable, please authenticate, please log in, please login, expected, first, requise*, requis, erforderlich*, notwendig, benötigt, requerid*, requiere, necesari*, richiest*, necessari*, exigid*, vereist*, verplicht, wymagan*, требуется, необходим*, 必要, 需要, vyžadován*)"},
};

}  // namespace

std::span<const PhraseEntry> state_phrases() {
  return states;
}

}  // namespace leadverify
