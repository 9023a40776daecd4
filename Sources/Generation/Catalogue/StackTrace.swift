/// Stack traces in the words of four languages; the same for a template each time.
enum StackTrace {
  /// The trace's lines, without the line of the message itself; empty for other styles.
  static func lines(style: Program.Style, program: String, number: Int, role: TemplateText.Role)
    -> [String]
  {
    let name = program.split(separator: "-").first.map(String.init) ?? program
    switch style {
    case .java: return java(name, number, role)
    case .python: return python(name, number, role)
    case .go: return go(program, number)
    case .node: return node(program, number)
    case .system, .native: return []
    }
  }

  private static func java(_ name: String, _ number: Int, _ role: TemplateText.Role) -> [String] {
    let types = [
      "java.lang.IllegalStateException: unexpected state",
      "org.springframework.dao.CannotSerializeTransactionException: could not serialize access",
      "java.lang.NullPointerException: Cannot invoke method because value is null",
      "com.example.common.ValidationException: invariant violated",
    ]
    let type =
      switch role {
      case .outage:
        "java.sql.SQLTransientConnectionException: Connection is not available, request timed out"
      case .caller: "java.net.SocketTimeoutException: Read timed out"
      case .crash: "java.lang.OutOfMemoryError: Java heap space"
      default: types[number % types.count]
      }
    let calls = ["handle", "apply", "load", "persist", "check", "commit"]
    let head = (0..<4).map { depth in
      "\tat com.example.\(name).\(["Service", "Worker", "Store", "Adapter"][depth])."
        + "\(calls[(number + depth) % calls.count])"
        + "(\(["Service", "Worker", "Store", "Adapter"][depth]).java:\(40 + number * 7 + depth * 31))"
    }
    return [type] + head + [
      "\tat java.base/java.util.concurrent.ThreadPoolExecutor.runWorker(ThreadPoolExecutor.java:1136)",
      "\tat java.base/java.lang.Thread.run(Thread.java:840)",
    ]
  }

  private static func python(_ name: String, _ number: Int, _ role: TemplateText.Role) -> [String] {
    let types = [
      "ValueError: value out of range", "KeyError: 'surface'",
      "numpy.linalg.LinAlgError: Singular matrix",
    ]
    let type =
      switch role {
      case .outage, .caller: "ConnectionError: connection closed by server"
      case .crash: "MemoryError"
      default: types[number % types.count]
      }
    return [
      "Traceback (most recent call last):",
      "  File \"/opt/\(name)/app/worker.py\", line \(60 + number * 3), in run",
      "    result = self.handle(request)",
      "  File \"/opt/\(name)/app/engine.py\", line \(112 + number * 5), in handle",
      "    return self.step(request.payload)",
      "  File \"/opt/\(name)/app/model.py\", line \(31 + number), in step",
      "    raise_for(state)", type,
    ]
  }

  private static func go(_ program: String, _ number: Int) -> [String] {
    [
      "goroutine \(17 + number) [running]:",
      "main.(*server).handle(0xc0001a\(2000 + number), {0x7f2c0, 0x1})",
      "\t/src/\(program)/handler.go:\(88 + number) +0x1d4",
      "main.(*server).serve(0xc0000b4000)",
      "\t/src/\(program)/server.go:\(41 + number) +0x95",
      "created by main.main in goroutine 1", "\t/src/\(program)/main.go:36 +0x21c",
    ]
  }

  private static func node(_ program: String, _ number: Int) -> [String] {
    [
      "    at dispatch (/srv/\(program)/dist/dispatch.js:\(20 + number):13)",
      "    at Router.handle (/srv/\(program)/dist/router.js:\(71 + number):9)",
      "    at async Server.respond (/srv/\(program)/dist/server.js:104:5)",
      "    at process.processTicksAndRejections (node:internal/process/task_queues:95:5)",
    ]
  }
}
