import Model

/// journald's JSON as `journalctl -o json` of systemd 252 writes it: in each entry the keys stand in
/// a different order, values are strings, 20 to 30 fields, about 1 KB.
///
/// Source: systemd.journal-fields(7), and what the program writes.
struct JournaldFormat: Sendable {
  private enum Key: Int, CaseIterable {
    case cursor, realtime, monotonic, message, priority, sourceRealtime, pid, invocation
    case traceID, spanID, unit, unitInvocation, codeFunction, job
  }

  private var pool = PiecePool()
  /// By instance, the fields that never change, each with its quotes.
  private var fixed: [Range<Int>] = []
  private var pieces: [Piece] = []
  private var keys: [Piece] = []
  /// By instance, the boot as in the cursor.
  private var boots: [Piece] = []
  private let isKernel: [Bool]
  private var order: [UInt8] = []
  private var random: RandomSource
  private var sequence = 0
  private let sequenceID: UInt64
  private let bootedAt: Int64

  init(_ landscape: Landscape, seed: UInt64, start: Timestamp) {
    random = RandomSource(seed: seed, stream: 3)
    sequenceID = random.next()
    bootedAt =
      start.nanoseconds - 86_400_000_000_000 - Int64(random.below(3_000_000)) * 1_000_000_000
    isKernel = landscape.instances.map {
      landscape.services[$0.service].program.unit.isEmpty
    }
    let ids = landscape.hosts.map { _ in (identifier(), identifier()) }
    for name in [
      "__CURSOR", "__REALTIME_TIMESTAMP", "__MONOTONIC_TIMESTAMP", "MESSAGE", "PRIORITY",
      "_SOURCE_REALTIME_TIMESTAMP", "_PID", "_SYSTEMD_INVOCATION_ID", "TRACE_ID", "SPAN_ID", "UNIT",
      "INVOCATION_ID", "CODE_FUNC", "JOB_TYPE",
    ] { keys.append(pool.add("\"\(name)\":\"")) }
    for instance in landscape.instances {
      let program = landscape.services[instance.service].program
      let (boot, machine) = ids[instance.host]
      let first = pieces.count
      for (key, value) in fields(program, boot, machine, landscape.hosts[instance.host]) {
        pieces.append(
          pool.add(
            Array("\"\(key)\":\"".utf8) + MessageTable.spell(value, .json) + Array("\"".utf8)))
      }
      fixed.append(first..<pieces.count)
      boots.append(pool.add(boot))
    }
  }

  private mutating func identifier() -> String {
    var text = FrameBuffer()
    text.hex(random.next(), digits: 16)
    text.hex(random.next(), digits: 16)
    return String(decoding: text.bytes, as: UTF8.self)
  }

  private mutating func fields(
    _ program: Program, _ boot: String, _ machine: String, _ host: String
  ) -> [(String, String)] {
    var fields = [
      ("_BOOT_ID", boot), ("_MACHINE_ID", machine), ("_HOSTNAME", host),
      ("_RUNTIME_SCOPE", "system"), ("SYSLOG_FACILITY", "\(program.facility)"),
      ("SYSLOG_IDENTIFIER", program.name),
    ]
    if program.unit.isEmpty {
      return fields + [
        ("_TRANSPORT", "kernel"), ("_KERNEL_SUBSYSTEM", "pci"),
        ("_KERNEL_DEVICE", "+pci:0000:00:1f.2"), ("_UDEV_SYSNAME", "0000:00:1f.2"),
      ]
    }
    let command = String(program.executable.split(separator: "/").last ?? "sh")
    let isManager = program.name == "systemd"
    let user = program.isDeployed ? 998 : 0
    fields += [
      ("_UID", "\(user)"), ("_GID", "\(user)"), ("_COMM", String(command.prefix(15))),
      ("_EXE", program.executable),
      ("_CMDLINE", "\(program.executable) --config /etc/\(program.name)/\(program.name).conf"),
      ("_CAP_EFFECTIVE", user == 0 ? "1ffffffffff" : "0"), ("_SYSTEMD_UNIT", program.unit),
      ("_SYSTEMD_CGROUP", isManager ? "/init.scope" : "/system.slice/\(program.unit)"),
      ("_SYSTEMD_SLICE", isManager ? "-.slice" : "system.slice"),
      ("_SELINUX_CONTEXT", "unconfined\n"),
    ]
    if isManager {
      fields += [
        ("_TRANSPORT", "journal"), ("TID", "1"), ("CODE_FILE", "src/core/job.c"),
        ("CODE_LINE", "768"), ("MESSAGE_ID", "39f53479d3a045ac8e11786248231fbf"),
      ]
    } else if program.isDeployed {
      fields += [("_TRANSPORT", "stdout"), ("_STREAM_ID", identifier())]
    } else {
      fields += [("_TRANSPORT", "syslog")]
    }
    return fields
  }

  mutating func write(
    _ entry: EntryContext, _ wording: inout Wording, into buffer: inout FrameBuffer
  ) {
    sequence += 1
    let fixed = self.fixed[entry.instance]
    order.removeAll(keepingCapacity: true)
    for index in 0..<fixed.count { order.append(UInt8(index + 32)) }
    for key in [0, 1, 2, 3, 4] as [UInt8] { order.append(key) }
    if !isKernel[entry.instance] {
      for key in [5, 6, 7] as [UInt8] { order.append(key) }
    }
    if entry.isInRequest {
      order.append(8)
      order.append(9)
    }
    if entry.subject != 255 {
      for key in [10, 11, 12, 13] as [UInt8] { order.append(key) }
    }
    random.shuffle(&order, count: order.count)
    buffer.append(0x7b)
    for (place, code) in order.enumerated() {
      if place > 0 { buffer.append(0x2c) }
      if code >= 32 {
        buffer.append(pieces[fixed.lowerBound + Int(code) - 32], of: pool)
      } else if let key = Key(rawValue: Int(code)) {
        buffer.append(keys[key.rawValue], of: pool)
        value(key, entry, &wording, &buffer)
        buffer.append(0x22)
      }
    }
    buffer.append(0x7d)
    buffer.append(0x0a)
  }

  private mutating func value(
    _ key: Key, _ entry: EntryContext, _ wording: inout Wording, _ buffer: inout FrameBuffer
  ) {
    let micros = entry.time.nanoseconds / 1000
    switch key {
    case .cursor: cursor(entry, micros, &buffer)
    case .realtime: buffer.decimal(Int(micros))
    case .sourceRealtime: buffer.decimal(Int(micros) - 7 - random.below(60))
    case .monotonic: buffer.decimal(Int(micros - bootedAt / 1000))
    case .message:
      wording.prefixedMessage(entry, into: &buffer)
      if entry.hasStackTrace {
        buffer.append("\\n")
        wording.stackTrace(entry, into: &buffer)
      }
    case .priority: buffer.decimal(entry.severity.syslogNumber)
    case .pid: buffer.decimal(entry.process.pid)
    case .invocation, .unitInvocation:
      buffer.hex(entry.process.invocationHigh, digits: 16)
      buffer.hex(entry.process.invocationLow, digits: 16)
    case .traceID: wording.trace(entry, into: &buffer)
    case .spanID: buffer.hex(entry.span, digits: 16)
    case .unit: wording.words.unit(entry.subject, into: &buffer)
    case .codeFunction: buffer.append("job_log_done_status_message")
    case .job: buffer.append("start")
    }
  }

  private mutating func cursor(
    _ entry: EntryContext, _ micros: Int64, _ buffer: inout FrameBuffer
  ) {
    buffer.append("s=")
    buffer.hex(sequenceID, digits: 16)
    buffer.hex(sequenceID &* 0x9e37_79b9_7f4a_7c15, digits: 16)
    buffer.append(";i=")
    buffer.hex(UInt64(sequence))
    buffer.append(";b=")
    buffer.append(boots[entry.instance], of: pool)
    buffer.append(";m=")
    buffer.hex(UInt64(max(micros - bootedAt / 1000, 0)))
    buffer.append(";t=")
    buffer.hex(UInt64(max(micros, 0)))
    buffer.append(";x=")
    buffer.hex(random.next(), digits: 16)
  }
}

extension Severity {
  /// The inverse of `init(syslog:)`.
  var syslogNumber: Int { self <= .debug ? 7 : min(7, 9 - Int(rawValue)) }
}
