import Model

/// Databases, caches, brokers and search.
let dataPrograms: [Program] = [
  Program(
    "postgres", executable: "/usr/lib/postgresql/15/bin/postgres",
    facility: 16, .database, share: 8, size: 12, errorShare: 0.01, rhythm: .market, on: .hosts(2),
    callers: ["ledger", "order-service", "position-keeper", "settlement"],
    """
    i [{pid}] LOG:  connection received: host={ip} port={port}
    i [{pid}] {user}@{database} LOG:  connection authorized: user={user} database={database} SSL enabled
    i [{pid}] {user}@{database} LOG:  disconnection: session time: 0:00:{float} user={user} database={database} host={ip}
    i/performance@slow [{pid}] {user}@{database} LOG:  duration: {slowms}.{num} ms  statement: {query}
    i [{pid}] LOG:  checkpoint starting: time
    i [{pid}] LOG:  checkpoint complete: wrote {big} buffers ({pct}%); write={float} s, sync={float} s, total={float} s
    i/performance@slow [{pid}] {user}@{database} LOG:  temporary file: path base/pgsql_tmp/pgsql_tmp{pid}.{small}, size {bytes}
    i [{pid}] LOG:  automatic vacuum of table {database}.public.{table}: index scans: {small} pages: {num} removed
    i* [{pid}] LOG:  automatic analyze of table {database}.public.{table} system usage: CPU: user: {float} s
    i*/performance [{pid}] backup@{database} LOG:  duration: {slowms}.{num} ms  statement: COPY public.{table} TO stdout;
    w [{pid}] {user}@{database} WARNING:  there is no transaction in progress
    w/performance [{pid}] {user}@{database} LOG:  process {pid} still waiting for ShareLock on transaction {id} after {big} ms
    e [{pid}] {user}@{database} ERROR:  duplicate key value violates unique constraint {table}_pkey
    e [{pid}] {user}@{database} ERROR:  deadlock detected
    e [{pid}] {user}@{database} ERROR:  canceling statement due to statement timeout
    e/security [{pid}] {user}@{database} FATAL:  password authentication failed for user {baduser}
    e!@outage [{pid}] {user}@{database} FATAL:  sorry, too many clients already
    c!@new [{pid}] PANIC:  could not write to file pg_wal/xlogtemp.{pid}: No space left on device
    i^ [{pid}] LOG:  database system is ready to accept connections
    i$ [{pid}] LOG:  received fast shutdown request
    """),
  Program(
    "redis-server", executable: "/usr/bin/redis-server", facility: 16, .database, share: 3,
    size: 10,
    on: .hosts(2), callers: ["pricing", "auth-service", "web-frontend"],
    """
    i {pid}:M * {big} changes in 60 seconds. Saving...
    i {pid}:M * Background saving started by pid {pid}
    i {pid}:C * DB saved on disk
    i {pid}:C * Fork CoW for RDB: current {small} MB, peak {small} MB, average {small} MB
    i {pid}:M * Background saving terminated with success
    i {pid}:M * Replica {ip}:6379 asks for synchronization
    i+ {pid}:M * Module 'search' loaded from /usr/lib/redis/modules/search.so
    w {pid}:M # WARNING: {num} clients are waiting for memory to be freed by eviction
    w {pid}:M # Client id={big} addr={ip}:{port} scheduled to be closed ASAP for overcoming output buffer limits.
    e {pid}:M # Error moving temp DB file on the final destination: {errno}
    e!@outage {pid}:M # MISCONF Redis is configured to save RDB snapshots, but it is unable to persist on disk
    i^ {pid}:M * Ready to accept connections
    """),
  Program(
    "kafka", executable: "/usr/lib/jvm/java-17/bin/java", style: .java, .application, share: 5,
    size: 12, rhythm: .market, on: .hosts(2), callers: ["market-data", "risk", "notifier"],
    loggers: [
      "kafka.log.LogCleaner", "k.coordinator.group.GroupCoordinator", "kafka.server.KafkaServer",
    ],
    """
    i [ProducerStateManager partition={topic}-{small}] Wrote producer snapshot at offset {id} in {small} ms
    i [UnifiedLog partition={topic}-{small}] Rolled new log segment at offset {id} in {small} ms.
    i [GroupCoordinator {small}]: Stabilized group {topic}-consumers generation {num} with {small} members
    i [GroupCoordinator {small}]: Preparing to rebalance group {topic}-consumers in state PreparingRebalance
    i [LogCleaner {small}] Cleaning log {topic}-{small}, cleaned {size} in {float} seconds
    i [Controller id={small}] Processing automatic preferred replica leader election
    w [ReplicaFetcher replicaId={small}] Error in response for fetch request epoch={num}, will retry
    w [Broker id={small}] Shrinking ISR for partition {topic}-{small} from 1,2,3 to 1,2
    e# [ReplicaManager broker={small}] Error processing append operation on partition {topic}-{small}
    e!@outage [KafkaApi-{small}] Partition {topic}-{small} is offline: leader not available
    i^ [KafkaServer id={small}] started (version {version})
    i$ [KafkaServer id={small}] shutting down
    """),
  Program(
    "rabbitmq", unit: "rabbitmq-server.service", executable: "/usr/lib/erlang/bin/beam.smp",
    .application, share: 2, size: 8, on: .hosts(1),
    """
    i accepting AMQP connection <0.{big}.0> ({ip}:{port} -> {ip}:5672)
    i connection <0.{big}.0> ({ip}:{port} -> {ip}:5672): user '{user}' authenticated and granted access to vhost '/'
    i closing AMQP connection <0.{big}.0> ({ip}:{port} -> {ip}:5672, vhost: '/', user: '{user}')
    i queue 'confirms.{ccy}' in vhost '/': synchronising: {num} messages to synchronise
    w closing AMQP connection <0.{big}.0> ({ip}:{port}): client unexpectedly closed TCP connection
    w memory resource limit alarm cleared on node rabbit@mq{small}
    e Channel error on connection <0.{big}.0>, operation basic.publish caused a channel exception not_found
    """),
  Program(
    "elasticsearch", executable: "/usr/share/elasticsearch/jdk/bin/java", style: .java,
    .application,
    share: 2.5, size: 8, on: .hosts(1),
    loggers: ["o.e.c.m.MetadataCreateIndexService", "o.e.m.j.JvmGcMonitorService"],
    """
    i [es{small}] [logs-{date}] creating index, cause [auto(bulk api)], templates [logs], shards [{small}]/[1]
    i [es{small}] [logs-{date}/{b64}] update_mapping [_doc]
    i [es{small}] Cluster health status changed from [YELLOW] to [GREEN] (reason: [shards started])
    i/performance [es{small}] [gc][{big}] overhead, spent [{ms}ms] collecting in the last [1s]
    i* [es{small}] snapshot [nightly:{date}/{b64}] completed with state SUCCESS
    w/storage [es{small}] high disk watermark [90%] exceeded on [{b64}], free: {size}[{pct}%]
    w/performance [es{small}] [gc][young][{big}][{num}] duration [{float}s], collections [{small}]
    e# [es{small}] failed to execute bulk item (index) against logs-{date}
    """),
  Program(
    "mariadbd", executable: "/usr/sbin/mariadbd", .database, share: 1.5,
    size: 8, on: .hosts(1), callers: ["reporting"],
    """
    n {id} [Note] InnoDB: Buffer pool(s) dump completed at {date} {time}
    n {id} [Note] Detected table cache mutex contention at instance {small}: {pct}% waits.
    i/performance@slow # User@Host: {user}[{user}] @ [{ip}] Query_time: {float} Rows_sent: {num} Rows_examined: {big}
    w {id} [Warning] Aborted connection {big} to db: '{database}' user: '{user}' host: '{ip}'
    w {id} [Warning] Access denied for user '{baduser}'@'{ip}' (using password: YES)
    e {id} [ERROR] InnoDB: preallocating {size} for file ./{database}/{table}.ibd failed with error {small}
    """),
]
