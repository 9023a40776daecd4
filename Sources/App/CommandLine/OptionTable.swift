/// The flags that several commands share, by what they are about.
enum OptionTable {
  static let input: [Option] = [
    Option(
      "journal", nil, .optional("DIR|FILE"), repeats: true,
      help: "Read the journal's own files: this machine's, or a folder's, or a file"),
    Option("cursor", nil, .value("CURSOR"), help: "With --journal: begin at this entry"),
    Option("after-cursor", nil, .value("CURSOR"), help: "With --journal: begin behind this entry"),
    Option("follow", "f", help: "Keep reading as the input grows; rotated files are followed"),
    Option(
      "format", nil, .value("NAME"),
      help: "Read every entry as this format (default: auto; explain --format lists them)"),
    Option(
      "input-tz", nil, .value("ZONE"),
      help: "Zone of stamps that name none: +02:00, Europe/Berlin (default: UTC)"),
    Option("input-year", nil, .value("YYYY"), help: "Year of stamps that have none"),
    Option("max-line", nil, .value("BYTES"), help: "Cut lines over this length (default: 1M)"),
    Option("workers", nil, .value("N"), help: "Threads that decode (default: the cores)"),
  ]

  static let selection: [Option] = [
    Option("since", "S", .value("TIME"), help: "Only entries at or after TIME"),
    Option("until", "U", .value("TIME"), help: "Only entries before or at TIME"),
    Option(
      "unit", "u", .value("UNIT"), repeats: true, help: "Only entries of this unit or service"),
    Option(
      "priority", "p", .value("LEVEL"),
      help: "Only entries at least this severe (journalctl's names)"),
    Option("grep", "g", .value("PATTERN"), help: "Only entries whose message matches (PCRE2)"),
    Option(
      "where", nil, .value("FIELD=VALUE"), repeats: true, help: "Only entries with this field value"
    ),
  ]

  static let packs: [Option] = [
    Option(
      "patterns", nil, .value("DIR"), repeats: true,
      help: "More pattern packs, before the built-in ones"),
    Option(
      "framework-frames", nil, .value("TEXT"), repeats: true,
      help: "Frames of stack traces that are a framework's: a function's start, or part of its file"
    ),
    Option(
      "application-frames", nil, .value("TEXT"), repeats: true,
      help: "Frames of stack traces that are the application's, whatever the lists say"),
  ]

  static let rules = Option(
    "rules", nil, .value("FILE|DIR"), repeats: true, help: "Match these Sigma rules")

  static let zone = Option(
    "tz", nil, .value("ZONE"), help: "Show times in text in this zone (default: UTC)")

  static let lateness = Option(
    "lateness", nil, .value("DURATION"), help: "How long a minute stays open (default: 30s)")

  static let configuration = Option(
    "config", "c", .value("FILE"), help: "Read this configuration instead; - reads none")
  static let statistics = Option("stats", nil, help: "Print speed and memory to stderr at the end")
  static let quiet = Option("quiet", "q", help: "Say nothing but data and errors")
  static let help = Option("help", "h", help: "Show this help")

  static let common: [Option] = [
    configuration,
    Option(
      "output", "o", .choice(["text", "json"]), help: "Text (default on a terminal) or JSON Lines"),
    Option("output-file", nil, .value("FILE"), help: "Append the output to FILE instead of stdout"),
    Option("color", nil, .choice(["auto", "always", "never"]), help: "Colour in text output"),
    Option("redact", nil, help: "Take secrets out of messages, too"),
    statistics, quiet,
    Option("verbose", "v", help: "Say more on stderr"),
    help,
  ]

  static let analysis: [Option] = [
    rules,
    Option(
      "insights", nil, .value("FILE"),
      help: "Append insights and incidents to FILE instead of stdout"),
    Option("alerts", nil, .value("FILE"), help: "Append alerts to FILE instead of stdout"),
    Option("entries", nil, .value("FILE"), help: "Append every analysed entry to FILE"),
    Option("metrics", nil, .value("FILE"), help: "Keep metrics in FILE, Prometheus text format"),
    Option(
      "metrics-interval", nil, .value("DURATION"),
      help: "How often metrics are written (default: 10s)"),
    Option(
      "metric-events", nil, .value("FILE"), help: "Append each closed minute's counts to FILE"),
    lateness,
    Option(
      "ignore", nil, .value("GROUP|PATTERN"), repeats: true, help: "Count these, never report them"),
    Option(
      "budget", nil, .value("N/day|hour|week"),
      help: "Tell about so many insights; the threshold comes from the stream's past"),
    Option(
      "state", nil, .value("DIR"), help: "Begin with what earlier runs learned, and keep it in DIR"),
    Option("updates", nil, help: "Write insights again as they grow"),
    zone,
    Option(
      "fail-on", nil, .choice(["info", "warning", "error", "critical"]),
      help: "Exit 3 on a finding at or above this severity"),
  ]
}
