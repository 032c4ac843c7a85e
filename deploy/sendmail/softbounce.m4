dnl softbounce: lines for /etc/mail/sendmail.mc, before the MAILER lines.
dnl
dnl Without F= in it, mail is accepted whatever becomes of the sidecar: absent, killed or hung, it costs a session at
dnl worst the seconds that T= allows. Put it first: it then sees each message before another milter can reject it.
dnl With milters already there, and confINPUT_MAIL_FILTERS set, put softbounce in front of that list instead:
dnl
dnl   define(`confINPUT_MAIL_FILTERS', `softbounce,opendkim')dnl
dnl
INPUT_MAIL_FILTER(`softbounce', `S=inet:8894@127.0.0.1, T=C:1s;S:2s;R:2s;E:10s')dnl
