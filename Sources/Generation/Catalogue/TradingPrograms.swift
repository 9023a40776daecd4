import Model

/// The platform's core: orders, prices, books, money.
let tradingPrograms: [Program] = [
  Program(
    "order-service", executable: "/usr/lib/jvm/java-17/bin/java", style: .java, .trading, share: 9,
    size: 15, errorShare: 0.01, rhythm: .market, on: .hosts(2), callers: ["order-gateway"],
    loggers: [
      "c.example.orders.OrderBook", "c.example.orders.ExecutionListener",
      "c.example.orders.Validator",
    ],
    """
    i Order {order} placed: {side} {qty} {sym} @ {price} for account {account}
    i Order {order} acknowledged by {venue} in {us} us
    i Order {order} filled: {qty} @ {price} exec {exec}
    i Order {order} partially filled: {qty} of {qty} @ {price} exec {exec}
    i Order {order} cancelled by client
    i Order {order} expired at end of session
    d Validated order {order} against {small} rules in {us} us
    i+ Order {order} queued for auction on {venue}
    i* End-of-day sweep: {num} open orders expired on {venue}
    w Order {order} acknowledged late by {venue}: {big} ms
    e@reject Order {order} rejected: insufficient buying power for account {account}
    e@reject Order {order} rejected by {venue}: unknown instrument {sym}
    e# Could not persist order {order}
    e!#@outage Order store not reachable: could not open JDBC connection for order {order}
    e!#@caller Booking of execution {exec} failed: ledger did not answer within {big} ms, trace {trace}
    e!#@new Illegal state transition for order {order}: FILLED to PENDING_NEW
    c!#@crash java.lang.OutOfMemoryError: Java heap space
    i^ order-service version {version} started in {float} seconds (JVM running for {float})
    i$ Shutting down order-service, {num} orders in memory
    """),
  Program(
    "matching-engine", executable: "/opt/matching/engine", style: .native, .trading, share: 8,
    size: 20, errorShare: 0.003, rhythm: .market, on: .hosts(1),
    callers: ["order-service", "market-data"], loggers: ["book", "match", "journal"],
    """
    i match {sym} {qty}@{price} buy={order} sell={order} seq={id}
    i book {sym} best bid {price} x {qty} ask {price} x {qty}
    i accepted {order} {side} {sym} {qty}@{price} seq={id}
    i removed {order} {sym} remaining {qty}
    d journal flushed {num} records in {us} us
    i snapshot of {num} books written to {path} in {ms} ms
    w book {sym} locked: bid {price} ask {price}
    w queue depth {big} above soft limit for {sym}
    e@reject refused {order} {sym}: self trade prevention
    e price collar breached {sym} {price} seq={id}
    e!@outage journal device stalled for {big} ms, matching paused
    e!@new book {sym} crossed after replay: bid {price} ask {price}
    c!#@crash assertion failed: level->quantity >= fill
    i^ matching-engine version {version} replayed {big} records, {num} books open
    i$ closing {num} books
    """),
  Program(
    "market-data", executable: "/opt/feeds/market-data", style: .go, .trading, share: 9, size: 25,
    errorShare: 0.004, rhythm: .market, on: .hosts(2), callers: ["pricing"],
    loggers: ["feed/handler.go", "feed/gap.go"],
    """
    i tick batch published topic={topic} count={num} lag={us}us
    i snapshot applied symbol={sym} levels={small} seq={id}
    i subscription added symbol={sym} client={ip}:{port}
    d heartbeat feed={venue} seq={id}
    i feed={venue} throughput={big}/s drop=0 errors=0
    i+ conflation enabled feed={venue} interval={ms}ms
    w gap detected feed={venue} expected={id} got={id}
    w stale quote symbol={sym} age={big}ms
    e feed={venue} decode failed at offset {big}: bad length {num}
    e feed={venue} multicast join failed: {errno}
    e!@outage feed={venue} disconnected: read tcp {ip}:{port}: {errno}
    e!@caller publish failed topic={topic}: leader not available trace={trace}
    e!@new feed={venue} unknown message type 0x{hex4}, instrument definition missing for {sym}
    c!#@crash panic: runtime error: index out of range [{num}] with length {small}
    i^ market-data version {version} started, {small} feeds
    i$ leaving {small} multicast groups
    """),
  Program(
    "pricing", executable: "/usr/bin/python3.11", style: .python, .trading, share: 7, size: 15,
    errorShare: 0.008, rhythm: .market, on: .hosts(2), callers: ["order-gateway", "risk"],
    loggers: ["pricing.engine", "pricing.curves", "pricing.api"],
    """
    i priced {sym} bid={price} ask={price} in {us}us
    i quote {uuid} sent for account {account}: {sym} {side} {qty} @ {price}
    i curve {ccy} rebuilt from {num} instruments in {ms} ms
    i surface {sym} calibrated rmse={float} iterations={num}
    d model cache hit {rkey}:{hex8}
    i+ using spline fallback for {sym} wing strikes
    i* curve history {ccy} archived: {big} points
    w curve {ccy} stale: last update {sec} s ago
    w spread of {sym} widened to {float} bps
    e# could not price {sym}: volatility surface has {small} negative nodes
    e quote {uuid} timed out after {big} ms
    e!#@outage no market data for {sym}: subscription lost
    e!#@caller price cache not reachable: redis at {ip}:6379: {errno}
    e!#@new calibration failed for {sym}: matrix is singular
    c!#@crash MemoryError while loading surface of {sym}
    i^ pricing version {version} worker started with {small} threads
    i$ worker exiting after {big} requests
    """),
  Program(
    "risk", executable: "/usr/lib/jvm/java-17/bin/java", style: .java, .trading, share: 6, size: 15,
    errorShare: 0.008, rhythm: .market, on: .hosts(2), callers: ["order-gateway", "order-service"],
    loggers: ["c.example.risk.LimitChecker", "c.example.risk.ExposureService"],
    """
    i Limit check passed for order {order} account {account} in {us} us
    i Exposure of account {account} is {price} {ccy} ({pct}% of limit)
    i Position of {account} in {sym} changed to {qty}
    i Margin for account {account} recalculated: {price} {ccy}
    d Scenario {num} evaluated in {ms} ms
    i* Overnight stress run {date}: {num} scenarios, worst {price} {ccy}
    i+ Concentration check enabled for {sym}
    w Account {account} uses {pct}% of its limit
    w Price of {sym} used for margin is {sec} s old
    e@reject Limit breached: order {order} of account {account} refused, limit {price} {ccy}
    e# Could not value position of {account} in {sym}
    e!#@outage Limit store not reachable, failing closed for order {order}, trace {trace}
    e!#@caller Valuation failed for {sym}: pricing answered {estatus}, trace {trace}
    e!#@new Netting set of {account} holds mixed currencies {ccy} and {ccy}
    c!#@crash java.lang.StackOverflowError
    i^ risk version {version} loaded {num} limits in {float} seconds
    i$ Stopping risk, {num} checks pending
    """),
  Program(
    "ledger", executable: "/usr/lib/jvm/java-17/bin/java", style: .java, .database, share: 6,
    size: 15,
    errorShare: 0.006, rhythm: .market, on: .hosts(2),
    callers: ["order-gateway", "order-service", "settlement"],
    loggers: [
      "c.example.ledger.PostingService", "c.example.ledger.BalanceReader",
      "c.zaxxer.hikari.pool.HikariPool",
    ],
    """
    i Posted {txid}: debit {account} credit {account} {price} {ccy}
    i Reserved {price} {ccy} on account {account} for order {order}
    i Released reservation of order {order} on account {account}
    i Balance of account {account} read in {us} us
    d Pool stats (total=20, active={small}, idle={small}, waiting=0)
    i* Journal {date} closed with {big} postings, difference 0.00
    i+ Book {ccy} switched to batched posting, batch size {num}
    w Posting {txid} retried after optimistic lock failure
    w/performance Pool is nearly exhausted (total=20, active=19, idle=1, waiting={small})
    e Posting {txid} rejected: account {account} is closed
    e# Posting {txid} failed: serialization failure
    e!#@outage Connection is not available, request timed out after {big}ms (total=20, active=20, idle=0, waiting={num}) trace {trace}
    e!@outage Posting {txid} aborted: could not acquire a connection from the pool, trace {trace}
    e!#@caller Commit of {txid} failed: FATAL: too many connections for role ledger
    e!#@new Trial balance of book {ccy} is off by {price}
    c!#@crash java.lang.OutOfMemoryError: GC overhead limit exceeded
    i^ ledger version {version} started, {num} accounts in cache
    i$ Closing connection pool, ledger is going down
    """),
  Program(
    "settlement", executable: "/usr/bin/python3.11", style: .python, .trading, share: 3, size: 8,
    errorShare: 0.008, rhythm: .office, on: .hosts(1),
    loggers: ["settlement.matching", "settlement.swift"],
    """
    i instruction {uuid} matched: {qty} {sym} against {price} {ccy}
    i instruction {uuid} sent to custodian, reference {txid}
    i confirmation received for {txid}
    i* netting run {date}: {num} trades into {num} instructions
    i* statement MT940 for {account} written to {path}
    w instruction {uuid} unmatched after {sec} s
    e# instruction {uuid} refused by custodian: code {num}
    e!#@caller cannot book {txid}: ledger unavailable, trace {trace}
    e!#@new settlement date of {uuid} falls on a holiday of {ccy}
    c!#@crash RecursionError: maximum recursion depth exceeded
    i^ settlement version {version} started
    i$ settlement stopping, {num} instructions open
    """),
  Program(
    "position-keeper", executable: "/opt/positions/position-keeper", style: .go, .trading, share: 5,
    size: 15, errorShare: 0.004, rhythm: .market, on: .hosts(1), callers: ["risk"],
    loggers: ["positions/apply.go", "positions/store.go"],
    """
    i position updated account={account} symbol={sym} qty={qty} avg={price}
    i pnl account={account} realized={price} unrealized={price} ccy={ccy}
    i fill applied exec={exec} order_id={order} symbol={sym}
    d checkpoint saved offset={id} took={dur}
    i* positions marked to close date={date} count={big}
    w duplicate fill ignored exec={exec}
    e position mismatch account={account} symbol={sym} ours={qty} theirs={qty}
    e!@caller flush failed: pq: too many clients, trace={trace}
    e!@new negative quantity for long-only account={account} symbol={sym}
    c!#@crash fatal error: concurrent map writes
    i^ position-keeper version {version} restored {big} positions
    i$ flushing {num} positions before exit
    """),
  Program(
    "reporting", executable: "/usr/bin/python3.11", style: .python, .application, share: 2, size: 5,
    errorShare: 0.01, rhythm: .night, on: .hosts(1), loggers: ["reporting.jobs"],
    """
    i report {txid} for {account} rendered in {float} s, {size}
    i query on {table} returned {big} rows in {dur}
    i* daily statement {date} for {account} queued
    i* end-of-day report {date} delivered to {email}
    w report {txid} exceeds {size}
    e# report {txid} failed: column {table}.book does not exist
    e!#@caller report {txid} failed: MySQL server has gone away
    i^ reporting version {version} scheduler up
    i$ reporting stops, {small} jobs unfinished
    """),
  Program(
    "notifier", executable: "/usr/bin/node", style: .node, .application, share: 3, size: 8,
    errorShare: 0.012, rhythm: .market, on: .hosts(1), loggers: ["mailer", "push"],
    """
    i push sent to account {account} template=fill order={order}
    i mail queued to {email} template=statement id={hex32}
    i webhook delivered to https://{domain}/hooks/{hex8} in {dur}
    d batch of {num} notifications prepared
    w push token expired for account {account}
    e webhook to https://{domain}/hooks/{hex8} failed with status {estatus}
    e!#@caller consumer lost partition assignment of {topic}
    e!#@new template statement missing variable {rkey}
    i^ notifier version {version} consuming {small} topics
    i$ committing offsets before exit
    """),
]
