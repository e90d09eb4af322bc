// The words for whom or what a reply is about.
#include "verdict/meanings.hpp"

#include <array>

namespace leadverify {

namespace {

constexpr std::array subjects = {
    // --- The recipient.
    PhraseEntry{meaning_of(Subject::mailbox), R"(
      user*, user mailbox*, user account*, user name*, mailbox*, mail box*, account*, recipient*,
      recpient*, recipient* address*, recipient* email address*, recipient* mailbox*,
      recipient* account*, recipient user*, recipient server mailbox, addressee*, receiver*,
      receiver* address, inbox*, box, maildrop*, mail drop*, alias*, person, customer*, subscriber*,
      employee*, member, rcpt, rcpt to, rcpt to address, forward path*, forward address,
      local part*, localpart, localuser*, local user*, local mailbox*, destination address*,
      destination mailbox*, destination user*, destination email address*, target address*,
      to address, email account*, the email account*, this email account*, that email account*,
      mail account*, email user*, email id, mail id, delivery address*, envelope recipient*,
      envelope to, final recipient, userid, user id, userids, email recipient*, vdomain user,
      virtual user*, mailuser, home directory, maildir, address of the recipient*,
      address of recipient*, mail recipient*, at least one recipient*)"},
    PhraseEntry{meaning_of(Subject::mailbox), R"(
      benutzer*, empfänger*, empfaenger*, empfängeradresse*, empfaengeradresse*, postfach*,
      konto, mailkonto, adressat*, nutzer*, teilnehmer*, mailempfänger*, benutzerkonto,
      mailbenutzer, briefkasten, utilisateur*, destinataire*, adresse* du? des? destinataire*,
      adresse* d au? moins? un? destinataire*, compte*, boîte*, boîte aux lettres,
      boite du destinataire, compte du destinataire, abonné*, usager*, bal du destinataire,
      usuario*, destinatario*, dirección del destinatario, buzón*, buzon*, cuenta*, casilla*,
      cuenta de correo, buzón de correo, utente*, casella*, casella di posta,
      indirizzo del destinatario, casella postale, casella del destinatario, utilizador*,
      caixa postal, caixa de correio, caixa de entrada, conta, conta de email,
      endereço do destinatário, endereço de destino, gebruiker*, ontvanger*, postbus,
      geadresseerde, mailadres van de ontvanger, postvak, użytkownik*, odbiorc*, skrzynk*,
      konto użytkownika, konta, adres odbiorcy, adresat*, skrzynka odbiorcy, пользовател*,
      получател*, адрес получателя, адресат*, ящик*, почтовый ящик, почтового ящика, аккаунт*,
      учетная запись, абонент*, учетной записи, ユーザ, ユーザー, 宛先, 宛先アドレス, メールアドレス, メールボックス, 受信者,
      送信先, アカウント, 用户, 收件人, 邮箱, 帐号, 账号, 收信人, 帐户, 사용자, 수신자, uživatel*, schránk*, příjemc*,
      užívateľ, mottagare*, användare*, modtager*, bruger*, bruker*, mottaker*, käyttäjä*,
      vastaanottaja*, felhasználó*, címzett*, postafiók*, postaláda*, fiók, používateľ*,
      prijímateľ*, příjemce, adresát*, poštovní schránka, brevlåda*, postlåda*, konto*,
      postkasse*, postboks*, innboks*, indbakke*, mailboks*, postilaatikko*, sähköpostilaatikko*,
      tili, kullanıcı*, alıcı*, posta kutusu*, posta kutunuz, gelen kutusu*, hesap, hesabı*,
      utilizator*, destinatar*, cutia poștală, cutie poștală, cutia, căsuța poștală, căsuța,
      contul, χρήστη*, παραλήπτη*, γραμματοκιβώτι*, θυρίδα*, λογαριασμό*)"},
    PhraseEntry{meaning_of(Subject::address), R"(
      address*, addr, the email address*, this email address*, that email address*,
      email address*, mail address*, emailaddress*, email, adresse*, emailadresse*,
      email adresse*, adresse mail, adresse email, adresse de courriel, adresse de messagerie,
      dirección de correo*, dirección de email, indirizzo email, indirizzo di posta*,
      endereço de email, adres email, адрес электронной почты, mailadresse*, dirección*,
      indirizzo*, endereço*, adres*, emailadres, mailadres, адрес*, アドレス, 地址, adresa, <address>)"},
    PhraseEntry{meaning_of(Subject::domain), R"(
      domain*, domain name*, recipient* domain*, destination domain*, domain of recipient*,
      domain of the recipient*, domain of the? recipient* address, tld, dns domain,
      top level domain, domaine*, domäne*, dominio*, domínio*, domein*, domen*, домен*, ドメイン, 域名)"},
    PhraseEntry{meaning_of(Subject::host), R"(
      host, hosts, host <ip> said, host <ip> <ip> said, this host, remote host*, remote server,
      destination host*, recipient host, mail exchanger*, mx, mx host*, mx record*, mx entry,
      site, <host>)"},

    // --- Us.
    PhraseEntry{meaning_of(Subject::sender), R"(
      sender*, sender* address*, sender* domain*, sender* email* address*, sender* account*,
      sender* email, sender* system* address*, sender* mail address, mail from,
      mail from address*, mail from command, your mail from, envelope from, envelope sender*,
      envelope from domain, return path*, return address*, reverse path*, originator*,
      from address*, from domain*, from header*, header from, sending domain*, sending address*,
      sending email address, sending user, backward path, bounce address*, your domain*,
      your mail account*, your outgoing account*, your outgoing mail account*,
      your email account*, your email address*, your address*, your email domain, your account*,
      your sender*, your mail address, domain of sender*, domain of the sender*,
      domain of the? sender* address*, address of the? sender*, sender address* domain,
      sender* mailbox*, sender* domain name*, mailfrom, mailfrom domain, mail from domain,
      mailfrom address, sender from, you are sending from, you send from,
      you write from, you are writing from, you mail from, originating domain, from user,
      from email, domain of the? return path, source domain, sender identity, fromhost,
      sender host name*, absender*, absenderadresse*, absenderdomain*, sendeadresse, expéditeur*,
      adresse* de? l? expéditeur, émetteur*, domaine de l expéditeur, remitente*,
      dominio del remitente, mittente*, dominio del mittente, indirizzo del mittente, remetente*,
      endereço do remetente, domínio do remetente, afzender*, adres van de afzender, nadawc*,
      adres nadawcy, domena nadawcy, отправител*, адрес отправителя, домен отправителя, 送信者,
      送信元アドレス, 差出人, 发件人, 发信人, 发件人地址, 发送者, 发件人域名, odesílatel*, odosielateľ*, avsändare*, avsender*,
      afsender*, lähettäjä*, feladó*, küldő*, expeditor*, gönderen*, gönderici*, αποστολέα*)"},
    PhraseEntry{meaning_of(Subject::client), R"(
      client*, client host*, client ip*, client address*, client identity, client host name,
      client name*, ip, ips, ip address*, ip addr, ipaddress, ipv4, ipv6, ip name, your ip,
      your ip address*, your machine*, your host*, your hostname, your server*,
      your mail server*, your mailserver, your network*, your system*, your isp, your provider,
      your mta, your mail server ip address*, your server ip address*, your mail host,
      sending ip*, sending ip address*, source ip*, source address, sending server*,
      sending host*, sending mta*, sending mail server*, sending system*, sending network,
      sending client, remote ip, remote client, connecting host*, connecting ip*,
      connecting ip address*, connecting server*, connecting client, this ip, sender* ip*,
      sender* ip address*, sender* host*, sender* server, sender ip addr*, host network,
      ip range, netblock, subnet, network, peer, host ip, originating ip*, address ip,
      mail server ip*, mail server ip address*, mail server at? <ip>, server ip*,
      server ip address, host address, hosts ip, host <ip>, server <ip>, ip source, relay host,
      mail from? <ip>, outgoing mail server, outbound ip, smtp client, open relay*, open proxy,
      proxy, ip adresse*, ihr server, ihre ip, ihr mailserver, rechner, absende ip, absender ip,
      adresse* ip, adresse* ip source, votre ip, votre serveur, dirección* ip, su servidor,
      su ip, indirizzo* ip, il tuo server, endereço* ip, seu servidor, seu ip, ip adres,
      uw server, adres* ip, ip адрес*, ваш сервер, адрес* ip, ваш ip, vaše ip, vaša ip, ip cím*,
      az ön ip, din ip, ip adresiniz*, ip adresi*, ip osoite*, adresa ip, ip adresa, η ip,
      διεύθυνση ip, 送信元, 送信元ip, 接続元, 您的ip, <ip>)"},
    PhraseEntry{meaning_of(Subject::connection), R"(
      connection*, smtp connection*, session*, connexion*, conexión*, connessione*, conexão,
      ligação, verbindung*, verbinding*, połączeni*, соединени*, 接続, 连接, připojení)"},
    PhraseEntry{meaning_of(Subject::helo), R"(
      helo*, ehlo*, helo name*, helo command, helo hostname*, helo host*, helo domain*,
      helo argument*, ehlo name, ehlo hostname, ehlo domain, ehlo argument*, helo string,
      helo greeting, helo ehlo, helo ehlo name, ehlo helo, helo identity, helo host name,
      helo ehlo argument*)"},
    PhraseEntry{meaning_of(Subject::ptr), R"(
      ptr, ptr record*, ptr entry, rdns, rdns record*, reverse dns, reverse dns record*,
      reverse dns entry, reverse dns lookup*, reverse lookup*, reverse record*, reverse hostname,
      reverse mapping*, reverse ip, reverse name*, reverse, inverse dns, dns ptr record*,
      dns ptr resource record*, dns ptr, reverse pointer, hostname*, client hostname*, host name*,
      your host name*, your hostname, fcrdns, forward confirmed reverse dns, rev dns, revdns,
      reverse resolution, forward dns, reverse dns hostname, reverse dns validation,
      ip name lookup, ip lookup, ptr rr, dns reverse, dns inverse, generic ptr, reverse dns name,
      resolución inversa, résolution inverse, rückwärtsauflösung, dns inverso, reverso,
      обратн* зон*, ptr запис*)"},
    PhraseEntry{meaning_of(Subject::sender_check), R"(
      spf, spf record*, spf check*, spf policy, spf validation, spf lookup, spf test, spf auth,
      sender policy framework, sender id, senderid, dkim*, dkim signature*, dkim check,
      dkim validation, domainkeys, dmarc, dmarc policy, dmarc check, dmarc validation, arc,
      dmarc evaluation, spf dkim, spf and dkim, spf or dkim, arc chain, arc validation,
      email authentication, message authentication, authentication checks)"},
    PhraseEntry{meaning_of(Subject::login), R"(
      authentication, smtp authentication, auth, smtp auth, login, password, credentials,
      authorization required, username and password, authentification, authentifizierung,
      autenticación, autenticazione, autenticação, authenticatie, uwierzytelni*, аутентификаци*,
      認証, 认证)"},
    PhraseEntry{meaning_of(Subject::encryption), R"(
      tls, starttls, starttls command, ssl, encryption, encrypted connection, secure connection,
      certificate*, certificate* of client, certificate* of the client, client certificate*,
      encrypted session, tls encryption, tls connection, tls session, ssl tls, chiffrement,
      verschlüsselung, encrypted channel)"},
    PhraseEntry{meaning_of(Subject::relay), R"(
      relay, relays, relaying, mail relay, mail relaying, relay access, smtp relay, relay for,
      relayed, relay mail, weiterleitung, relais, reenvío)"},

    // --- Neither.
    PhraseEntry{meaning_of(Subject::message), R"(
      message*, your message*, mail, mails, your mail*, your email, your email message,
      this email, this message*, the email, email message*, content*, message content*,
      attachment*, subject*, subject line, header*, message header*, message body, letter,
      e-mails, emails, your emails, incoming mail, message size, mime, spam, nachricht*,
      ihre nachricht, courriel, mensaje*, messaggio*, mensagem, correo, bericht*, wiadomoś*,
      письмо, сообщени*, メール, メッセージ, 邮件, zpráva)"},
    PhraseEntry{meaning_of(Subject::command), R"(
      command*, smtp command*, data command, rcpt command, mail command, vrfy command, vrfy, expn,
      syntax, argument*, parameter*, command syntax, command parameter*, command sequence,
      sequence, pipelining, command line, protocol, smtp protocol, option*, keyword*, verb,
      mail parameter*, rcpt parameter*, syntaxe, befehl*, comando*, polecenie, commande*, команд*)"},
    PhraseEntry{meaning_of(Subject::system), R"(
      server*, system*, service*, smtp service, mail service, mail system*, mail server*,
      mailserver*, smtp server*, database*, db, ldap*, ldap server, disk, filesystem, file system,
      queue, spool, backend*, back end, storage, dns, resolver, nameserver*, name server*,
      dns server*, dns lookup, configuration, server configuration, daemon, process,
      directory server*, lookup server, internal, resource*, system resource*, system storage,
      next hop, nexthop, upstream, downstream, destination server, recipient* server,
      recipient* mail server, destination mail server, virus scanner, antivirus, content scanner,
      scanner, filter, milter, content filter, anti-spam, lmtp, mx server*, dienst, serveur*,
      servidor*, sistema*, serwer*, systeem, сервер*, сервис*, サーバ, サーバー, 服务器, 系统)"},
    PhraseEntry{meaning_of(Subject::list), R"(
      mailing list*, distribution list*, distribution group*, group*, public folder*, list,
      closed mailing list, verteiler*, liste de diffusion)"},
};

}  // namespace

std::span<const PhraseEntry> subject_phrases() {
  return subjects;
}

}  // namespace leadverify
