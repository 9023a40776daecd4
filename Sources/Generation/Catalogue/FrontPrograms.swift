import Model

/// The platform's edge: what customers and their sessions touch.
let frontPrograms: [Program] = [
  Program(
    "web-frontend", executable: "/usr/bin/node", style: .node, .application, share: 7, size: 15,
    errorShare: 0.01, rhythm: .office, on: .hosts(2), callers: ["nginx"],
    loggers: ["http", "session", "render"],
    """
    i {method} {api} {status} {dur} - {bytes} bytes req={uuid}
    i session {session} opened for account {account} from {pubip}
    i rendered page {api} in {dur} (cache hit)
    i websocket subscribed {sym} session={session}
    i session {session} closed after {sec} s
    d cache refresh {rkey}:{hex8} took {dur}
    i+ feature flag new-ticket-layout evaluated true for account {account}
    i+ web vitals account={account} lcp={ms}ms inp={ms}ms
    w slow render of {api}: {big} ms
    w rate limit reached for account {account}: {num} requests in 10 s
    e# TypeError: Cannot read properties of undefined (reading 'bestBid') at render of {api}
    e request {uuid} failed: upstream {api} answered {estatus}
    e/security CSRF token mismatch for session {session} from {pubip}
    e!#@caller request {uuid} failed: ETIMEDOUT calling order-gateway after {big} ms
    e!#@new UnhandledPromiseRejection: quote stream decoder got unexpected frame type {num}
    c!#@crash FATAL heap limit reached: allocation failed, JavaScript heap out of memory
    i^ web-frontend version {version} listening on port 3000
    i$ SIGTERM received, draining {num} sessions
    """),
  Program(
    "auth-service", executable: "/opt/auth/auth-service", style: .go, .security, share: 4, size: 10,
    errorShare: 0.01, rhythm: .office, on: .hosts(2), callers: ["order-gateway", "web-frontend"],
    loggers: ["auth/login.go", "auth/token.go"],
    """
    i login ok user={user} method=password ip={pubip} duration={dur}
    i token refreshed user={user} jti={uuid}
    i logout user={user} session={session}
    i login ok user={user} method=totp ip={pubip} duration={dur}
    d jwks cache hit kid={hex16}
    i+ passkey registered user={user} aaguid={uuid}
    w/security@bruteforce login failed user={baduser} ip={pubip} reason=bad_credentials
    w token near expiry jti={uuid} remaining={sec}s
    e/security account locked user={user} after {small} failed attempts ip={pubip}
    e ldap bind failed host={domain} error="{errno}"
    e!@outage session store unavailable: redis {ip}:6379 {errno} trace={trace}
    e!@caller token introspection failed: backend timeout after {big}ms trace={trace}
    e!@new signature check failed: unexpected key algorithm kid={hex16}
    c!#@crash panic: runtime error: invalid memory address or nil pointer dereference
    i^ auth-service version {version} started on :8443
    i$ shutdown requested, {num} requests in flight
    """),
  Program(
    "order-gateway", executable: "/opt/gateway/order-gateway", style: .go, .trading, share: 12,
    size: 18, errorShare: 0.012, rhythm: .market, on: .hosts(2),
    callers: ["web-frontend", "nginx"],
    loggers: ["gateway/handler.go", "gateway/route.go", "gateway/session.go"],
    """
    i order accepted order_id={order} account={account} symbol={sym} side={side} qty={qty} price={price}
    i order routed order_id={order} venue={venue} latency={us}us
    i {method} {api} status={status} duration={dur} trace={trace}
    i cancel accepted order_id={order} account={account}
    i order amended order_id={order} qty={qty} price={price}
    d idempotency key stored key={uuid}
    i client connected account={account} addr={ip}:{port} session={session}
    i client disconnected account={account} session={session} orders={num}
    i+ route table reloaded venues={small} rules={num}
    w throttling account={account} rate={num}/s limit=50/s
    w@reject order rejected order_id={order} account={account} reason=price_out_of_band price={price}
    w slow downstream service=risk duration={big}ms trace={trace}
    e@reject order rejected order_id={order} account={account} reason=insufficient_margin
    e {method} {api} status={estatus} duration={dur} trace={trace}
    e decode failed account={account}: unexpected field tag={num}
    e!@caller ledger reserve failed order_id={order}: context deadline exceeded after {big}ms trace={trace}
    e!@caller order not booked order_id={order} account={account}: ledger answered 503 trace={trace}
    e!@outage upstream pool empty: no healthy risk endpoint for order_id={order} trace={trace}
    e!#@new checksum mismatch in order book snapshot symbol={sym} seq={id}
    c!#@crash panic: assignment to entry in nil map [recovered]
    i^ order-gateway version {version} ready, listening on :8080
    i$ draining connections, {num} open
    """),
  Program(
    "fix-session", executable: "/opt/fix/fix-session", style: .native, .trading, share: 5, size: 12,
    errorShare: 0.006, rhythm: .market, on: .hosts(1), loggers: ["session", "transport"],
    """
    i FIX.4.4:TAFF->{venue} sent NewOrderSingle ClOrdID={order} seq={big}
    i FIX.4.4:{venue}->TAFF received ExecutionReport ClOrdID={order} ExecType=F seq={big}
    i FIX.4.4:{venue}->TAFF received Heartbeat seq={big}
    i FIX.4.4:TAFF->{venue} sent Heartbeat seq={big}
    i FIX.4.4:TAFF->{venue} resend request {big}-{big}
    n FIX.4.4:TAFF->{venue} logon accepted HeartBtInt=30
    w FIX.4.4:{venue}->TAFF sequence gap expected {big} got {big}
    e FIX.4.4:{venue}->TAFF Reject(3) RefSeqNum={big} Text=Required tag missing
    e@reject FIX.4.4:{venue}->TAFF OrdRejReason=11 ClOrdID={order} Text=Unsupported order characteristic
    e!@new FIX.4.4:TAFF->{venue} logout received Text=MsgSeqNum too low, expecting {big}
    c!#@crash terminate called after throwing an instance of std::bad_alloc
    i^ fix-session version {version} starting {small} sessions
    i$ logout sent to {small} venues
    """),
]
