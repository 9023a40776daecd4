import Model
import Packs
import Testing

/// Texts such as programs write that no pack knows: none is a known program's, whether the entry names a
/// program or not.
@Suite struct UnknownProgramTests {
  private static let sources: [(program: String, format: SourceFormat)] = [
    ("", .plain), ("", .journald), ("", .json), ("", .logfmt), ("zorbled", .syslog),
    ("zorbled", .json), ("zorbled", .journald),
  ]

  @Test func theirTextsAreNoKnownPrograms() throws {
    var expected = Self.general
    for text in Self.unmatched.split(separator: "\n") { expected.append((String(text), nil)) }
    #expect(expected.count > 300)
    var names = FieldNames()
    let library = try PackLibrary(
      [.path(BuiltInPacksTests.folder)], names: &names, verification: .none)
    for source in Self.sources {
      var matcher = PackMatcher(library.tables)
      let batch = BatchMaker().make(
        expected.map { TestEntry($0.text, program: source.program, format: source.format) })
      matcher.process(batch)
      try #require(batch.entries.count == expected.count)
      let wrong = zip(expected, batch.entries).compactMap { row, entry in
        let id = entry.pattern > 0 ? library.patterns[Int(entry.pattern) - 1].id : nil
        return id == row.id ? nil : "\(row.text): \(row.id ?? "-"), not \(id ?? "-")"
      }
      #expect(wrong == [], "\(source)")
    }
  }

  /// What the general packs say of such texts.
  private static let general: [(text: String, id: String?)] = [
    ("DEBUG cache miss for key 12", "application.cache"),
    ("certificate expired", "application.certificate"),
    ("connection reset by peer", "application.connection_lost"),
    ("[redis] connection lost", "application.connection_lost"),
    ("connection timed out", "application.connection_lost"),
    ("[WARN] connection pool exhausted", "application.connection_lost"),
    ("database is locked", "application.database_error"),
    ("request timed out", "application.deadline"),
    ("Health check failed: timeout", "application.health_check"),
    ("Job 12 finished", "application.job_done"),
    ("Job 12 finished in 3 s", "application.job_done"),
    ("Job succeeded", "application.job_done"),
    ("run finished", "application.job_done"),
    ("Job 12 failed", "application.job_failed"),
    ("job failed", "application.job_failed"),
    ("worker: job 12 failed", "application.job_failed"),
    ("task failed", "application.job_failed"),
    ("Running job: nightly", "application.job_started"),
    ("Starting job: cleanup", "application.job_started"),
    ("running job foo", "application.job_started"),
    ("Server started on port 8080", "application.listening"),
    ("Listening on http://localhost:3000", "application.listening"),
    ("Listening on 0.0.0.0:8080", "application.listening"),
    ("http server listening on :8080", "application.listening"),
    ("listening on *:80", "application.listening"),
    ("Uncaught exception in thread foo", "application.panic"),
    ("Fatal error during startup", "application.panic"),
    ("Segmentation fault (core dumped)", "application.panic"),
    ("Too many connections", "application.pool_exhausted"),
    ("queue is full", "application.queue_full"),
    ("Sending queue is full", "application.queue_full"),
    ("ERROR queue is full", "application.queue_full"),
    ("[error] queue is full", "application.queue_full"),
    ("Queue foo is full", "application.queue_full"),
    ("[http] request failed", "application.request_words"),
    ("Request Completed", "application.request_words"),
    ("request failed (TIMEOUT)", "application.request_words"),
    ("giving up", "application.retry"),
    ("retry", "application.retry"),
    ("reconnecting", "application.retry"),
    ("shutting down", "application.shutting_down"),
    ("Shutting down worker 3", "application.shutting_down"),
    ("shutting down now", "application.shutting_down"),
    ("slow request 12", "application.slow_query"),
    ("Ready in 12 ms", "application.started_in"),
    ("exiting", "application.stopping"),
    ("Exiting on signal 15", "application.stopping"),
    ("Stopping container foo", "application.stopping"),
    ("stopping", "application.stopping"),
    ("exiting with status 1", "application.stopping"),
    ("Stopping", "application.stopping"),
    ("Timed out after 12 s", "application.timeout"),
    ("Timed out waiting for worker", "application.timeout"),
    ("User bob timed out after 30 s", "application.timeout"),
    ("Unexpected exception", "application.unexpected_error"),
    ("Unexpected Exception: foo", "application.unexpected_error"),
    ("unknown error", "application.unexpected_error"),
    ("Unknown error 12", "application.unexpected_error"),
    ("unexpected error", "application.unexpected_error"),
    ("An unexpected error occurred", "application.unexpected_error"),
    ("unknown host foo", "application.unreachable"),
    ("snapshot failed", "system.backup_failed"),
    ("Certificate will expire in 3 days", "system.certificate_expiring"),
    ("Invalid configuration: missing key", "system.configuration_failed"),
    ("process 12 exited with code 1", "system.exit_status"),
    ("cp: cannot stat '/tmp/x': No such file or directory", "system.file_missing"),
    ("caught signal 15", "system.killed_by_signal"),
    ("service foo started", "system.service_state"),
  ]

  /// A line each; nothing is said of them.
  private static let unmatched = """
    ERROR hello there
    INFO starting worker 3
    Failed to connect to 10.0.0.1:80
    started
    stopped
    received signal 15
    [error] something bad
    [warn] queue slow
    Connection to db1.example.org closed
    Connection to 10.0.0.9 lost, reconnecting in 5 s
    Node 7 disconnected
    Server stopped
    Device 4 added
    Device sensor-7 removed
    Network eth0 up
    Network lan created
    Port 8080 has been opened
    Router r1 updated
    Member bob joined the group
    Group admins created
    Group foo deleted
    Master is 10.0.0.1
    Master started
    Leader is node-2
    Proxy started on port 3128
    Proxy stopped
    Peer 10.0.0.9 connected
    Peer left
    Loading the configuration
    Loading rules from /etc/foo/rules.d
    Configuration loaded from /etc/foo.conf
    Ready to accept connections
    User requested shutdown
    Shutdown in 60 seconds
    Shutdown hook called
    Deleting directory /tmp/foo-12
    Deleting index foo
    Deleted snapshot 12
    Deleted log /var/log/foo.1
    Creating new session
    Opening file /tmp/x
    Opening connection to db
    Closing all connections
    Pulling image foo:latest
    Pulling from origin
    Merging 12 segments
    Merged branch foo
    Job foo committed
    Stage 3 finished
    Stage 2 failed
    Task 7 release
    Thread started
    Snapshot taken
    Rollback of transaction 12
    Checkpoint at 12
    Starting HTTP server on :8080
    Starting server
    Starting worker pool
    Server initialized
    Module foo loaded
    Master key loaded
    Cluster ID: abc
    Seeking to 12
    Subscribed to topic orders
    Updated cache
    Web app started
    Logging to /tmp/x.log
    Registering class foo.Bar
    Interrupted while waiting
    Reached maximum of 5 retries
    Waited for 12 s
    Too many retries
    Opening proxy to 10.0.0.1
    Received signal: SIGUSR1
    Received event foo
    Connection event: closed
    Connection terminated
    Connection terminated.
    Enqueued message 12
    Broken connection to 10.0.0.1
    Failed to watch directory /tmp
    Failed to list files in /tmp
    Failed to delete file /tmp/x
    Failed to report state
    Failed to flush buffer
    Failed to send email to bob@example.org
    Failed to execute script foo.sh
    Failed to join thread
    Could not complete request
    Could not retrieve user 12
    Unable to read file /tmp/x
    Unable to connect to 10.0.0.1
    Unable to establish connection to 10.0.0.1
    Unable to initialize module foo
    Successfully assigned role admin to bob
    Successfully registered with server
    Successfully renamed file
    closing connection with client 12
    set "timeout" to 12
    open "/tmp/x" failed
    close "/tmp/x"
    mkdir "/tmp/y"
    source: started
    sink: flush took 12 ms
    transform: bad record
    raft: became leader
    core: sealed
    [ERROR] Something is wrong
    [Warning] low space
    [Error] cannot read
    [System] boot
    [info]: worker started
    [ info ] started
    [INFO] main: started
    [INFO] started
    [main] INFO foo - started
    [client] connected to server
    [connection] closed by peer
    [router] no route for /x
    [config] reloaded
    [upstream] timeout
    order #12 completed
    build #12 aborted
    ticket #77 is still in progress
    backup #3 completed
    Warning: file foo is missing
    Compacting table foo
    Compacted 12 files
    Compaction failed: disk full
    Sync failed
    Health check up
    Waiting for connections
    Image file /tmp/x.png
    Downloaded file foo.zip
    task transitioned from IDLE to BUSY
    Event occurred: foo
    Renewing certificate
    Alert state changed
    Plugin registered: foo
    Executing migration 12
    migrations completed
    Update check succeeded
    Ping started
    MASTER mode
    SLAVE mode
    PRIMARY key violation
    ERROR 1045 something
    Error accepting connection
    Error allocating memory
    Error processing message 12
    Error while processing order 12
    Short write
    write error (EPIPE)
    connection failed (ECONNREFUSED)
    disk check failed (SMART_ERROR)
    12 slow requests
    Power supply failed
    Link error
    Link ok
    Node card missing
    Fan module failed
    not responding
    offline
    online
    normal
    active
    available
    eth0 link up
    uplink link down
    neighbor bob Up
    Job 7 is running
    Starting checkpoint
    Checkpoint not complete
    Database mounted
    Too many open connections
    Client foo closed connection
    Heartbeat failed
    Election succeeded
    Stepping down
    Index build done
    Slow query
    Build Info: 1.2
    Operating System: Linux
    Fatal assertion 12
    Got job 12
    Missing parents of 12
    Final stage done
    Requesting executors
    Will request 3 items
    Adding protocol foo
    Added filter foo
    Starting up
    Handler for /foo registered
    Processing signal 15
    Memory manager started
    GET https://example.org/api
    POST https://example.org/api
    starting up
    Startup complete
    starting
    initialized
    loaded module foo
    executing query
    unexpected end of file
    allocation failed
    heap size 12
    received request
    received SIGHUP
    got signal 15
    SIGHUP received, reloading
    exit
    child 12 exited
    running
    snapshot created
    snapshot taken
    snapshot saved
    new leader elected
    became leader
    node is down
    closing file
    closing connection
    closing socket
    closed
    failed to send message
    failed
    tls error
    warning
    ERROR
    ERROR: foo
    error sending message
    removed
    added
    added 12 items
    removed 12 items
    upload complete
    compaction started
    blocked
    kernel panic
    license expired
    license valid
    license check failed
    clock skew detected
    [main] starting
    main: starting
    app: started
    manager: starting worker 3
    Shutdown initiated
    stopped by user
    critical
    ERROR worker stopped
    ERROR cannot read state
    ERROR it failed again
    [error] hello there
    [error] worker stopped
    [error] cannot read state
    [error] it failed again
    error
    Ready to serve requests
    plugin error
    record not found
    entering state foo
    cleared
    queue length 1200
    node left cluster
    write failed
    flushing cache
    TLS handshake completed
    budget allocation failed
    certificate expires on 2027-01-01
    default timeout of 30 seconds
    panic button installed
    retry count is 0
    retry policy: none
    timeout in seconds: 30
    user tracking disabled
    """
}
