import Model

/// Programs that face the network: proxies, mail, DNS.
let webPrograms: [Program] = [
  Program(
    "nginx", executable: "/usr/sbin/nginx", facility: 3, .application, share: 12, size: 15,
    errorShare: 0.01, rhythm: .office, on: .hosts(2),
    """
    i {pubip} - - [{clfdate} +0000] "{method} {api} HTTP/1.1" {status} {bytes} "-" "{agent}"
    i {ip} - {user} [{clfdate} +0000] "{method} {api}?page={num} HTTP/2.0" {status} {bytes}
    i {pubip} - - [{clfdate} +0000] "GET /healthz HTTP/1.1" 200 2 "-" "kube-probe/1.29"
    i {ip} - - [{clfdate} +0000] "POST /api/v1/orders HTTP/1.1" 201 {bytes} rt={float} urt={float}
    n signal 17 (SIGCHLD) received from {pid}
    w [warn] {pid}#{pid}: *{big} a client request body is buffered to a temporary file {path}
    w [warn] {pid}#{pid}: *{big} upstream server temporarily disabled while connecting to upstream
    e [error] {pid}#{pid}: *{big} connect() failed (111: Connection refused), client: {ip}, upstream: http://{ip}:{port}
    e [error] {pid}#{pid}: *{big} open() /srv/www/{hex8}.php failed (2: No such file or directory)
    e [error] {pid}#{pid}: *{big} upstream prematurely closed connection, client: {pubip}, request: {method} {api}
    c [crit] {pid}#{pid}: *{big} SSL_do_handshake() failed (SSL: error:0A00006C:bad key share), client: {pubip}
    e!@caller [error] {pid}#{pid}: *{big} upstream timed out (110: Connection timed out), client: {pubip}, request: {method} {api}
    e!@new [alert] {pid}#{pid}: worker process {pid} exited on signal 11
    n^ start worker process {pid}
    n$ gracefully shutting down
    """),
  Program(
    "haproxy", executable: "/usr/sbin/haproxy", facility: 16, .network, share: 6, size: 20,
    errorShare: 0.004, rhythm: .office, on: .hosts(2),
    """
    i {pubip}:{port} [{clfdate}.{num}] fe_https be_api/gw{small} {num}/0/{small}/{ms}/{ms} {status} {bytes} - - ----
    i {ip}:{port} [{clfdate}.{num}] fe_fix be_fix/fix{small} {small}/0/{ms} {bytes} -- {num}/{num}/{small}/{small}/0
    i Connect from {ip}:{port} to {ip}:8404 (stats/HTTP)
    n Proxy be_api started.
    w Server be_api/gw{small} is DOWN, reason: Layer7 timeout, check duration: {big}ms
    n Server be_api/gw{small} is UP, reason: Layer7 check passed, code: 200, check duration: {ms}ms.
    e {pubip}:{port} [{clfdate}.{num}] fe_https be_api/<NOSRV> {num}/-1/-1/-1/{ms} 503 {bytes} - - SC--
    e!@caller backend be_api has no server available! active {small} of {small}
    """),
  Program(
    "postfix/smtpd", unit: "postfix.service", executable: "/usr/lib/postfix/sbin/smtpd",
    facility: 2,
    .application, share: 3, size: 5, on: .hosts(1),
    """
    i connect from {domain}[{pubip}]
    i disconnect from {domain}[{pubip}] ehlo=1 mail=1 rcpt=1 data=1 quit=1 commands=5
    i {hex12}: client={domain}[{pubip}]
    i lost connection after AUTH from unknown[{pubip}]
    i NOQUEUE: reject: RCPT from unknown[{pubip}]: 554 5.7.1 <{email}>: Relay access denied
    w warning: hostname {domain} does not resolve to address {pubip}
    w/security warning: unknown[{pubip}]: SASL LOGIN authentication failed: authentication failure
    e error: open database /etc/aliases.db: {errno}
    """),
  Program(
    "postfix/qmgr", unit: "postfix.service", executable: "/usr/lib/postfix/sbin/qmgr", facility: 2,
    .application, share: 2, size: 5, on: .hosts(1),
    """
    i {hex12}: from=<{email}>, size={bytes}, nrcpt={small} (queue active)
    i {hex12}: removed
    i {hex12}: to=<{email}>, relay={domain}[{pubip}]:25, delay={float}, status=sent (250 2.0.0 Ok)
    i {hex12}: to=<{email}>, relay=none, delay={big}, status=deferred (connect to {domain}: {errno})
    w warning: {hex12}: message has been queued for {small} days
    e error: qmgr_active_corrupt: save corrupt file queue active id {hex12}: {errno}
    """),
  Program(
    "named", unit: "bind9.service", executable: "/usr/sbin/named", .network, share: 2.5, size: 10,
    on: .hosts(1),
    """
    i client @0x{hex12} {ip}#{port} ({domain}): query: {domain} IN A +E(0)K ({ip})
    i zone {domain}/IN: sending notifies (serial {id})
    i client @0x{hex12} {ip}#{port}: transfer of '{domain}/IN': AXFR ended: {num} records
    i success resolving '{domain}/A' after disabling qname minimization due to 'ncache nxdomain'
    n lame server resolving '{domain}' (in '{domain}'?): {pubip}#53
    w client @0x{hex12} {pubip}#{port} ({domain}): rate limit drop NXDOMAIN response to {pubip}
    e zone {domain}/IN: refresh: unexpected rcode (SERVFAIL) from primary {pubip}#53
    """),
  Program(
    "openvpn", unit: "openvpn-server@office.service", executable: "/usr/sbin/openvpn", .network,
    share: 1.5, size: 5, rhythm: .office, on: .hosts(1),
    """
    n {user}/{pubip}:{port} TLS: soft reset sec={big}/3600 bytes={id}/-1 pkts={big}/0
    n {user}/{pubip}:{port} Outgoing Data Channel: Cipher 'AES-256-GCM' initialized with 256 bit key
    n {pubip}:{port} [{user}] Peer Connection Initiated with [AF_INET]{pubip}:{port}
    n {user}/{pubip}:{port} MULTI_sva: pool returned IPv4={ip}
    w {pubip}:{port} WARNING: 'link-mtu' is used inconsistently, local='link-mtu {num}'
    e/security {pubip}:{port} TLS Error: TLS handshake failed
    """),
]
