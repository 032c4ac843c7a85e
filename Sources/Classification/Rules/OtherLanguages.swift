extension BuiltInRules {
  static let otherLanguages = BuiltInRules(
    name: "other-languages.yaml",
    text: #"""
      # What servers say in German, French, Spanish, Portuguese, Italian, Polish, Czech, Dutch, the languages of the
      # North, Russian, Chinese and Japanese. With and without accents: many servers write ASCII only, Postfix puts ? in
      # the place of each byte of an accented letter. Stems rather than forms; case is folded for ASCII letters only.
      - id: language-greylisted
        cause: greylisted
        words: ['graue liste', 'lista gris', 'lista cinza', 'lista grigia', 'szara lista', 'szarej liscie',
          'szare listy', 'seda listina', 'sedeho seznamu', 'grijze lijst', 'grijslijst', 'серый список',
          'серого списка', 'сером списке', 'грейлист', '灰名单', '灰名單', 'グレーリスト']
        hint: Greylisting; the next attempt normally passes.
        matches: ['450 Lista gris, vuelva a intentar en 300 segundos', '450 Szara lista, sprobuj ponownie za 5 minut']
        rejects: ['450 Su IP esta en una lista negra']
      - id: language-block-list
        cause: blocklisted
        words: ['sperrliste*', 'schwarze liste', 'schwarzen liste', 'liste nere', 'lista nera', 'listas negras',
          'czarnej liscie', 'czarna lista', 'czarną listę', 'czarnej liście', 'cerna listina', 'cerne listine',
          'zwarte lijst', 'svartlist*', 'чёрный список', 'чёрном списке', 'черный список', 'черном списке', '黑名单',
          '黑名單', 'ブラックリスト']
        hint: Our address or domain is on a block list. Find out why we got on it, stop that, then ask for removal.
        matches: ['450 Ihre IP-Adresse steht auf einer Sperrliste', '450 Uw IP-adres staat op een zwarte lijst']
        rejects: ['450 Grijze lijst, probeer later opnieuw']
      - id: language-reverse-dns
        cause: reverse-dns
        words: ['resolucion inversa', 'resolución inversa', 'resolution inverse', 'résolution inverse',
          'risoluzione inversa', 'resolucao inversa', 'dns inverso', 'dns inverse', 'dns reverso', 'reverso de dns',
          'reverse-eintrag', 'reverse eintrag', 'reverzni dns', 'reverzni zaznam', 'zpetny zaznam', 'odwrotny dns',
          'обратная запись', 'обратной зоны', 'обратной записи', '反向解析', '反向dns', '逆引き']
        hint: Our sending address needs a PTR record whose name resolves back to it.
        matches: ['450 Su IP no tiene resolucion inversa']
        rejects: ['450 Su IP no tiene permiso']
      - id: language-connections
        cause: connection-limit
        words: ['zu viele verbindungen', 'zu viele gleichzeitige', 'gleichzeitige verbindungen', 'connexions simultan*',
          'demasiadas conexiones', 'conexiones simultaneas', 'muitas conexoes', 'muitas conexões',
          'excesso de conexoes', 'conexoes simultaneas', 'troppe connessioni', 'connessioni simultanee',
          'zbyt wiele polaczen', 'zbyt wiele połączeń', 'za duzo polaczen', 'prilis mnoho spojeni',
          'příliš mnoho spojení', 'mnoho spojeni', 'te veel verbindingen', 'for mange forbindelser',
          'många anslutningar', 'лишком много соединений', 'лишком много подключений', '连接数过多', '连接过多', '連線數過多', '接続数',
          '同時接続', 'eşzamanlı bağlantı', 'fazla bağlantı', 'fazla baglanti']
        hint: Fewer connections at once, and fewer messages over each, towards this provider.
        matches: ['421 Zu viele Verbindungen von Ihrer IP', '421 Demasiadas conexiones simultaneas']
        rejects: ['450 Zu viele Nachrichten in kurzer Zeit', '452 Zu viele Empfaenger']
      - id: language-recipients
        cause: too-many-recipients
        words: ['zu viele empf*', 'trop de destinataires', 'demasiados destinatarios', 'muitos destinatarios',
          'muitos destinatários', 'troppi destinatari', 'zbyt wielu odbiorcow', 'zbyt wielu odbiorców',
          'za duzo odbiorcow', 'prilis mnoho prijemcu', 'příliš mnoho příjemců', 'te veel ontvangers',
          'лишком много получателей', '收件人过多', '收件人數', '宛先が多']
        hint: The message goes on in smaller groups by itself.
        matches: ['452 Zu viele Empfaenger', '452 Trop de destinataires']
        rejects: ['450 Der Empfaenger erhaelt zu viele Nachrichten']
      - id: language-recipient-rate
        cause: recipient-rate
        words: ['empfaenger erh*', 'empfänger erh*', 'destinataire recoit', 'destinataire reçoit',
          'destinatario recibe', 'destinatario recebe', 'destinatario riceve', 'odbiorca otrzymuje',
          'получает слишком много']
        patterns: ['zu viele|trop de|demasiad|muit|tropp|zbyt|много']
        hint: The mailbox gets more mail than its provider allows in a time. Waiting helps.
        matches: ['450 Der Empfaenger erhaelt zu viele Nachrichten']
        rejects: ['450 Der Empfaenger erhaelt diese Nachricht nicht']
      - id: language-rate
        cause: rate-limited
        direction: outbound
        words: ['zu viele nachrichten', 'zu viele mails', 'zu viele e-mails', 'in kurzer zeit', 'sendelimit*',
          'versandlimit*', 'langsamer senden', 'limite d''envoi*', 'trop de messages', 'trop de courriels',
          'trop d''emails', 'trop d''e-mails', 'veuillez ralentir', 'demasiados mensajes', 'demasiados correos',
          'limite de envio*', 'límite de envío*', 'limite de mensajes', 'muitas mensagens', 'muitos e-mails',
          'limite de mensagens', 'limite di invio', 'troppi messaggi', 'troppe email', 'troppe mail',
          'limit wiadomosci', 'limit wiadomości', 'limit wysyl*', 'limit wysył*', 'zbyt wiele wiadomosci',
          'zbyt wiele wiadomości', 'za duzo wiadomosci', 'limit odeslan*', 'limit zprav', 'prilis mnoho zprav',
          'příliš mnoho zpráv', 'te veel berichten', 'verzendlimiet*', 'många meddelanden', 'лимит сообщений',
          'лишком много сообщений', 'лишком много писем', 'лимит отправки', '频率过高', '发送频率', '发信频率', '頻率過高',
          '送信数', '送信制限']
        hint: Too much mail from us for what this provider allows us now. Slow down towards it.
        matches: ['450 Zu viele Nachrichten in kurzer Zeit, bitte langsamer senden', '450 Limite d''envoi atteinte']
        rejects: ['452 Zu viele Empfaenger', '421 Zu viele Verbindungen von Ihrer IP']
      - id: language-sender
        cause: sender-unverified
        direction: outbound
        words: ['absender*', 'expediteur', 'expéditeur', 'exp?diteur', 'emetteur', 'émetteur', 'remitente', 'remetente',
          'mittente', 'nadawcy', 'nadawca', 'nadawcę', 'odesilatel*', 'odesílatel*', 'afzender*', 'avsändar*',
          'тправител', '发件人', '寄件人', '送信者', '差出人']
        patterns: ['existiert nicht|inexist|introuvable|no existe|n(?:a|ã|\?)o existe|non esiste|nie istnieje|neexist',
          'bestaat niet|nicht gefunden|unbekannt|inconnu|desconoc|desconhec|sconosciut|ung(?:ue|ü|\?+)ltig',
          'inv(?:a|á)lid|verif|не найден|не существует|不存在|无效']
        none_of: ['spf', 'dkim', 'dmarc', 'limit*', 'quota']
        hint: The server could not verify our envelope sender. Does its domain resolve, and do we answer for that address?
        matches: ['450 Absenderdomain existiert nicht', '450 Dominio del remitente no existe']
        rejects: ['450 Empfaenger existiert nicht']
      - id: language-blocked
        cause: reputation
        direction: outbound
        words: ['gesperrt', 'blockiert', 'bloque', 'bloquee', 'bloqué', 'bloquée', 'bloquead*', 'bloccat*',
          'zablokowan*', 'zablokovan*', 'geblokkeerd', 'blockerad', 'заблокирован', '被阻止', '被封', '封禁']
        patterns: ['\bip\b|ip-|\bserv(?:er|eur|idor|ern)|serwer|\bdom(?:ain|aine|inio|ena)\b|h(?:o|ô)te|сервер|服务器']
        none_of: ['konto*', 'cuenta', 'conta', 'compte', 'account', 'utente', 'usuario', 'uzytkownik*', 'benutzer*',
          'casella', 'skrzynk*', 'postfach*', 'schrank*', 'buzon*', 'destinatario', 'destinataire', 'empf*']
        hint: The provider distrusts our address or domain, and blocks it for a while. Look at complaints and hacked accounts.
        matches: ['450 Ihr Server ist voruebergehend gesperrt', '450 Su servidor ha sido bloqueado temporalmente']
        rejects: ['450 Konto gesperrt auf diesem Server']
      - id: language-size
        cause: message-too-large
        words: ['zu gross', 'zu groß', 'zu gro??', 'trop volumineux', 'trop grand', 'trop gros', 'demasiado grande',
          'muito grande', 'grande demais', 'troppo grande', 'troppo grosso', 'za duza', 'za duzy', 'za duża', 'za duży',
          'zbyt duza', 'zbyt duzy', 'zbyt duża', 'zbyt duży', 'prilis velk*', 'příliš velk*', 'te groot', 'för stor',
          'лишком большое', 'лишком велик', '邮件过大', '信件过大', '郵件過大', 'サイズ']
        hint: The message is larger than the recipient or the server takes.
        matches: ['452 Nachricht zu gross', '452 Wiadomosc jest za duza']
        rejects: ['452 Postfach voll']
      - id: language-storage
        cause: system-storage
        words: ['speicherplatz auf dem server', 'kein speicherplatz', 'espace disque insuffisant',
          'espacio insuficiente', 'espaco insuficiente', 'espaço insuficiente', 'spazio insufficiente',
          'spazio su disco', 'brak miejsca na dysku', 'nedostatek mista', 'onvoldoende schijfruimte',
          'недостаточно места', '磁盘空间不足']
        none_of: ['postfach*', 'skrzynk*', 'casella', 'buzon', 'buzón', 'boite', 'boîte', 'schrank*', 'postvak']
        hint: The receiving server has run out of room; its operator has to act.
        matches: ['452 Espace disque insuffisant', '452 Nicht genuegend Speicherplatz auf dem Server']
        rejects: ['452 Kein Speicherplatz im Postfach']
      - id: language-mailbox-full
        cause: mailbox-full
        words: ['postfach*', 'mailbox*', 'speicherplatz', 'boite*', 'boîte*', 'bo?te*', 'bo??te*', 'espace disque',
          'buzon*', 'buzón', 'buz?n', 'casilla*', 'bandeja', 'cuota', 'caixa*', 'cota', 'casella*', 'skrzynk*',
          'pojemnosci', 'pojemności', 'schrank*', 'schránk*', 'schr??nk*', 'postvak', 'inkorg*', 'postkasse*',
          'posta kutusu', 'quota', 'kvota', 'kwota', 'ящик', 'квот', '邮箱', '信箱', '郵箱', '容量', 'メールボックス', 'ボックス']
        patterns: ['\bvoll\b|(?:ue|ü|\?+)berf(?:ue|ü|\?+)llt|ersch(?:oe|ö|\?+)pft|\bpleine?\b|satur(?:e|é)|depass|dépass',
          'd\?\?pass|\bllen[ao]|excedid|superad|cheia|lotada|\bpien[ao]\b|esaurit|pe(?:l|ł|\?+)n[ay]\b|przepe',
          'przekrocz|zape(?:l|ł)n|\bpln[aáýoy]|p(?:r|ř|\?+)epln|prekroc|překroč|\bvol\b|\bfuld?\b|fyllt|dolu',
          'переполн|превыш|已满|已滿|不足|超过|超出|超過|いっぱい|超え|オーバー']
        none_of: ['envoi*', 'envio*', 'invio', 'wiadomosci na', 'versand*', 'sende*']
        hint: Only the recipient can make room.
        matches: ['452 Das Postfach des Empfaengers ist voll', '452 Caixa postal cheia', '452 Skrzynka przepelniona',
          '452 邮箱已满']
        rejects: ['450 Postfach nicht verfuegbar', '450 Limite de envio excedido']
      - id: language-no-such-mailbox
        cause: mailbox-unavailable
        nonexistent: recipient
        codes: ['5**']
        words: ['empfaenger*', 'empfänger*', 'empf??nger*', 'benutzer*', 'nutzer', 'konto', 'postfach*', 'mailadresse',
          'e-mail-adresse', 'destinataire', 'utilisateur', 'compte', 'adresse', 'boite', 'boîte', 'usuario', 'usuário',
          'usu??rio', 'destinatario', 'destinatário', 'cuenta', 'conta', 'buzon', 'buzón', 'casilla', 'caixa', 'utente',
          'casella', 'uzytkownik*', 'użytkownik*', 'adresat*', 'odbiorc*', 'skrzynk*', 'uzivatel*', 'uživatel*',
          'prijemce', 'příjemce', 'schrank*', 'schránk*', 'gebruiker*', 'ontvanger*', 'postvak', 'mottagar*', 'bruger*',
          'bruker*', 'ользовател', 'олучател', 'дресат', 'ящик', '用户', '用戶', '收件人', '邮箱', '信箱', 'ユーザ', '宛先']
        patterns: ['unbekannt|existiert nicht|nicht gefunden|inconnu|inexist|existe pas|introuvable',
          'desconoc|no existe|no encontrad|desconhec|n(?:a|ã|\?+)o existe|n(?:a|ã|\?+)o encontrad',
          'sconosciut|non esiste|non trovat|nieznan|nie istnieje|nie znaleziono|neexist',
          'nezn(?:a|á|\?+)m|nenalezen|onbekend|bestaat niet|niet gevonden',
          'не найден|не существует|不存在|无此|查无|存在しません']
        none_of: ['absender*', 'expediteur', 'expéditeur', 'emetteur', 'remitente', 'remetente', 'mittente', 'nadawc*',
          'odesilatel*', 'afzender*', 'тправител', '发件人', 'ip', 'ip-adresse', 'adresse ip', 'server', 'serveur',
          'servidor', 'spam', 'limit*', 'spf', 'dmarc', 'dkim', 'domain*', 'domaine', 'dominio', 'domena', 'helo',
          'host', 'client']
        hint: The server knows no such mailbox. Remove the address.
        matches: ['550 5.1.1 Empfaenger unbekannt', '550 Utente sconosciuto']
        rejects: ['450 4.1.1 Empfaenger unbekannt', '550 5.2.1 Postfach gesperrt']
      - id: language-mailbox
        cause: mailbox-unavailable
        words: ['empfaenger*', 'empfänger*', 'empf??nger*', 'benutzer*', 'nutzer', 'konto', 'postfach*', 'mailadresse',
          'e-mail-adresse', 'destinataire', 'utilisateur', 'compte', 'adresse', 'boite', 'boîte', 'usuario', 'usuário',
          'usu??rio', 'destinatario', 'destinatário', 'cuenta', 'conta', 'buzon', 'buzón', 'casilla', 'caixa', 'utente',
          'casella', 'uzytkownik*', 'użytkownik*', 'adresat*', 'odbiorc*', 'skrzynk*', 'uzivatel*', 'uživatel*',
          'prijemce', 'příjemce', 'schrank*', 'schránk*', 'gebruiker*', 'ontvanger*', 'postvak', 'mottagar*', 'bruger*',
          'bruker*', 'ользовател', 'олучател', 'дресат', 'ящик', '用户', '用戶', '收件人', '邮箱', '信箱', 'ユーザ', '宛先']
        patterns: ['unbekannt|existiert nicht|nicht gefunden|nicht verf|gesperrt|deaktiviert|inaktiv|inconnu|inexist',
          'existe pas|introuvable|d(?:e|é|\?+)sactiv|bloqu|indisponib|desconoc|no existe|deshabilitad|no encontrad',
          'desconhec|n(?:a|ã|\?+)o existe|desativad|n(?:a|ã|\?+)o encontrad|sconosciut|non esiste|disabilitat',
          'disattivat|non trovat|nieznan|nie istnieje|\bnie ma\b|zablokowan|nieaktywn|nie znaleziono|neexist',
          'nezn(?:a|á|\?+)m|nenalezen|zru(?:s|š|\?+)en|onbekend|bestaat niet|niet gevonden|uitgeschakeld',
          'geblokkeerd|не найден|не существует|неизвест|отключен|заблокирован|недоступен|不存在|无此|查无|停用|禁用|存在しません|不明']
        none_of: ['absender*', 'expediteur', 'expéditeur', 'emetteur', 'remitente', 'remetente', 'mittente', 'nadawc*',
          'odesilatel*', 'afzender*', 'тправител', '发件人', 'ip', 'ip-adresse', 'adresse ip', 'server', 'serveur',
          'servidor', 'spam', 'limit*', 'spf', 'dmarc', 'dkim', 'domain*', 'domaine', 'dominio', 'domena', 'helo',
          'host', 'client']
        hint: The mailbox can't take mail now, or is not known. If it stays so for weeks, remove the address.
        matches: ['450 Benutzer unbekannt', '450 Destinataire inconnu', '450 Nieznany uzytkownik', '450 用户不存在']
        rejects: ['450 Adresse IP inconnue', '450 Adresse de l''expediteur inconnue']
      - id: language-login
        cause: local-configuration
        direction: outbound
        words: ['authentifizierung fehl*', 'anmeldung fehl*', 'anmeldung erforderlich', 'echec de l''authentification',
          'échec de l''authentification', 'authentification requise', 'authentification echou*',
          'autenticacion fallida', 'autenticación fallida', 'autenticacion requerida', 'autenticacao falhou',
          'falha na autenticacao', 'falha de autenticação', 'autenticazione fallita', 'autenticazione richiesta',
          'blad uwierzytelni*', 'błąd uwierzytelni*', 'wymagane uwierzytelni*', 'overeni selhalo',
          'ошибка аутентификации', '认证失败', '認証に失敗']
        hint: The relay did not take our login. Check its entry in smtp_sasl_password_maps, the mechanism and the account.
        matches: ['454 Authentifizierung fehlgeschlagen', '454 Autenticacion fallida']
        rejects: ['450 DKIM-Authentifizierung unbekannt']
      - id: language-dns
        cause: dns-failure
        words: ['dns-fehler', 'erreur dns', 'error dns', 'error de dns', 'erro de dns', 'errore dns', 'blad dns',
          'błąd dns', 'chyba dns', 'dns-fout', 'ошибка dns']
        hint: The receiving server could not look something up.
        matches: ['451 Temporaerer DNS-Fehler', '451 Erreur DNS temporaire']
        rejects: ['451 Erreur temporaire']
      - id: language-policy
        cause: policy
        words: ['zugriff verweigert', 'acces refuse', 'accès refusé', 'acceso denegado', 'acceso prohibido',
          'acesso negado', 'accesso negato', 'dostep zabroniony', 'dostęp zabroniony', 'odmowa dostepu', 'brak dostepu',
          'pristup odepren', 'přístup odepřen', 'pristup zamitnut', 'toegang geweigerd', 'оступ запрещен',
          'оступ запрещён', 'тказано', '拒绝访问', '拒绝接收', '拒收']
        hint: A policy of the receiving server; its text is all there is to go by.
        matches: ['450 Zugriff verweigert', '450 Acceso denegado']
        rejects: ['450 Zugriff auf das Postfach voruebergehend nicht moeglich']
      - id: language-busy
        cause: system-busy
        evidence: reply-code
        words: ['nicht verf*', 'nicht erreichbar', 'berlastet', 'ueberlastet', 'sp?ter', 'sp??ter', 'spaeter', 'später',
          'erneut versuchen', 'indisponible', 'surcharge', 'surchargé', 'reessayer', 'réessayer', 'plus tard',
          'temporaire*', 'no disponible', 'ocupado', 'mas tarde', 'más tarde', 'intente', 'temporal', 'temporalmente',
          'indisponivel', 'indisponível', 'tente novamente', 'temporario', 'temporário', 'temporariamente',
          'temporaneo', 'temporaneamente', 'non disponibile', 'riprovare', 'riprova', 'chwilowo', 'niedostepn*',
          'niedostępn*', 'pozniej', 'później', 'sprobuj', 'spróbuj', 'tymczasow*', 'docasn*', 'dočasn*', 'nedostupn*',
          'pozdeji', 'později', 'zkuste', 'tijdelijk*', 'probeer', 'niet beschikbaar', 'ременно', 'опробуйте', 'позже',
          'едоступ', '繁忙', '稍后', '稍後', '请重试', '混み合', 'しばらく', '時間をおいて']
        hint: The server gives no reason, only that it wants to be asked again.
        matches: ['Server ueberlastet, bitte spaeter erneut versuchen', 'Servicio no disponible temporalmente']
        rejects: ['Postfach gesperrt']
      """#)
}
