import Model

/// Programs that let people and jobs in.
let accessPrograms: [Program] = [
  Program(
    "sshd", executable: "/usr/sbin/sshd", facility: 4, .security, share: 5,
    size: 6,
    """
    i Accepted publickey for {user} from {ip} port {port} ssh2: ED25519 SHA256:{b64}
    i pam_unix(sshd:session): session opened for user {user}(uid={num}) by (uid=0)
    i pam_unix(sshd:session): session closed for user {user}
    i Received disconnect from {ip} port {port}:11: disconnected by user
    i Disconnected from user {user} {ip} port {port}
    i Connection closed by {pubip} port {port} [preauth]
    i/security@bruteforce Failed password for invalid user {baduser} from {pubip} port {port} ssh2
    i/security@bruteforce Invalid user {baduser} from {pubip} port {port}
    i/security Connection closed by invalid user {baduser} {pubip} port {port} [preauth]
    i/security Failed password for {user} from {ip} port {port} ssh2
    i Accepted password for {user} from {ip} port {port} ssh2
    i/security@bruteforce Disconnected from invalid user {baduser} {pubip} port {port} [preauth]
    w/security Authentication refused: bad ownership or modes for directory /home/{user}/.ssh
    e/network kex_exchange_identification: Connection closed by remote host
    e/network ssh_dispatch_run_fatal: Connection from {pubip} port {port}: {errno} [preauth]
    e/security error: maximum authentication attempts exceeded for {baduser} from {pubip} port {port}
    c!/security fatal: Cannot open host key file /etc/ssh/ssh_host_ed25519_key: Permission denied
    i^ Server listening on 0.0.0.0 port 22.
    i$ Received signal 15; terminating.
    """),
  Program(
    "sudo", unit: "session-4.scope", executable: "/usr/bin/sudo", facility: 10, .security, share: 2,
    size: 4, rhythm: .office,
    """
    n {user} : TTY=pts/{small} ; PWD=/home/{user} ; USER=root ; COMMAND=/usr/bin/systemctl status nginx
    i pam_unix(sudo:session): session opened for user root(uid=0) by {user}(uid={num})
    i pam_unix(sudo:session): session closed for user root
    n {user} : PWD=/srv/app ; USER=postgres ; COMMAND=/usr/bin/psql -c select 1
    n {user} : TTY=unknown ; PWD=/ ; USER=root ; COMMAND=/usr/bin/journalctl -u {sysunit}
    w/security pam_unix(sudo:auth): conversation failed
    e/security {user} : 3 incorrect password attempts ; TTY=pts/{small} ; USER=root ; COMMAND=/bin/bash
    e/security {user} : user NOT in sudoers ; TTY=pts/{small} ; PWD=/tmp ; COMMAND=/usr/bin/cat {path}
    """),
  Program(
    "systemd-logind", executable: "/usr/lib/systemd/systemd-logind", facility: 4, .security,
    share: 2, size: 6, rhythm: .office,
    """
    i New session {big} of user {user}.
    i Session {big} logged out. Waiting for processes to exit.
    i Removed session {big}.
    i Watching system buttons on /dev/input/event{small} (Power Button)
    w Failed to get load average: {errno}
    e Failed to start session scope session-{big}.scope: {errno}
    """),
  Program(
    "CRON", unit: "cron.service", executable: "/usr/sbin/cron", facility: 9, .system, share: 3,
    size: 40, rhythm: .hourly,
    """
    i (root) CMD ({cron})
    i pam_unix(cron:session): session opened for user root(uid=0) by (uid=0)
    i pam_unix(cron:session): session closed for user root
    i ({user}) CMD ({cron})
    i* (backup) CMD (/usr/local/bin/backup-full --target /srv/backup/{date})
    i* (root) CMD (test -x /usr/sbin/anacron || run-parts --report /etc/cron.daily)
    i (CRON) info (No MTA installed, discarding output)
    w (root) RELOAD (crontabs/{user})
    e ({user}) ERROR (failed to change user)
    e (root) ERROR (grandchild #{pid} failed with exit status {small})
    """),
  Program(
    "polkitd", unit: "polkit.service", executable: "/usr/lib/polkit-1/polkitd", facility: 10,
    .security, share: 0.7, size: 5, rhythm: .office,
    """
    i Registered Authentication Agent for unix-session:{num} (system bus name :1.{num})
    i Unregistered Authentication Agent for unix-session:{num} (disconnected from bus)
    n Operator of unix-session:{num} successfully authenticated as unix-user:{user}
    w Error converting subject to JS object: Process {pid} terminated
    e/security Operator of unix-session:{num} FAILED to authenticate to gain authorization
    """),
  Program(
    "auditd", executable: "/sbin/auditd", facility: 4, .security, share: 2, size: 12,
    """
    i type=USER_AUTH msg=audit({id}.{num}:{big}): pid={pid} uid=0 acct="{user}" res=success
    i type=CRED_ACQ msg=audit({id}.{num}:{big}): pid={pid} uid=0 acct="{user}" res=success
    i type=SERVICE_START msg=audit({id}.{num}:{big}): pid=1 unit={sysunit} res=success
    i type=SYSCALL msg=audit({id}.{num}:{big}): arch=c000003e syscall={num} success=yes exit=0 ppid={pid}
    w Audit daemon is low on disk space for logging
    e/security type=AVC msg=audit({id}.{num}:{big}): denied read for pid={pid} ino={inode}
    n^ Init complete, auditd 3.0.9 listening for events (startup state enable)
    """),
  Program(
    "fail2ban-server", unit: "fail2ban.service", executable: "/usr/bin/fail2ban-server", .security,
    share: 1, size: 5, on: .hosts(2),
    """
    i fail2ban.filter [{pid}]: INFO [sshd] Found {pubip} - {date} {time}
    n fail2ban.actions [{pid}]: NOTICE [sshd] Ban {pubip}
    n fail2ban.actions [{pid}]: NOTICE [sshd] Unban {pubip}
    i fail2ban.filter [{pid}]: INFO [nginx-http-auth] Found {pubip} - {date} {time}
    w fail2ban.actions [{pid}]: WARNING [sshd] {pubip} already banned
    e fail2ban.utils [{pid}]: ERROR iptables -w -n -L INPUT -- exit code {small}
    """),
]
