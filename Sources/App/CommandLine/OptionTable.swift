/// The flags that several commands share, by what they are about.
enum OptionTable {
  static let formats = [
    "auto", "journald", "json", "logfmt", "syslog", "cri", "docker", "clf", "otlp", "gelf", "plain",
  ]

  static let input: [Option] = [
    Option("follow", "f", "Keep reading as the input grows; rotated files are followed"),
    Option("format", nil, .choice(formats), "Read every entry as this format (default: auto)"),
    Option("input-tz", nil, .value("±HH:MM"), "Zone of stamps that name none (default: UTC)"),
    Option("input-year", nil, .value("YYYY"), "Year of stamps that have none"),
    Option("max-line", nil, .value("BYTES"), "Cut lines over this length (default: 1M)"),
    Option("workers", nil, .value("N"), "Threads that decode (default: the cores)"),
  ]

  static let selection: [Option] = [
    Option("since", "S", .value("TIME"), "Only entries at or after TIME"),
    Option("until", "U", .value("TIME"), "Only entries before or at TIME"),
    Option("unit", "u", .value("UNIT"), repeats: true, "Only entries of this unit or service"),
    Option("priority", "p", .value("LEVEL"), "Only entries at least this severe (journalctl's names)"),
    Option("grep", "g", .value("PATTERN"), "Only entries whose message matches (PCRE2)"),
    Option("where", nil, .value("FIELD=VALUE"), repeats: true, "Only entries with this field value"),
  ]

  static let packs: [Option] = [
    Option("patterns", nil, .value("DIR"), repeats: true, "More pattern packs, before the built-in ones")
  ]

  static let common: [Option] = [
    Option("config", "c", .value("FILE"), "Read this configuration instead; - reads none"),
    Option("output", "o", .choice(["text", "json"]), "Text (default on a terminal) or JSON Lines"),
    Option("output-file", nil, .value("FILE"), "Append the output to FILE instead of stdout"),
    Option("color", nil, .choice(["auto", "always", "never"]), "Colour in text output"),
    Option("redact", nil, "Take secrets out of messages, too"),
    Option("stats", nil, "Print speed and memory to stderr at the end"),
    Option("quiet", "q", "Say nothing but data and errors"),
    Option("verbose", "v", "Say more on stderr"),
    Option("help", "h", "Show this help"),
  ]

  static let analysis: [Option] = [
    Option("insights", nil, .value("FILE"), "Append insights and incidents to FILE instead of stdout"),
    Option("alerts", nil, .value("FILE"), "Append alerts to FILE instead of stdout"),
    Option("entries", nil, .value("FILE"), "Append every analysed entry to FILE"),
    Option("metrics", nil, .value("FILE"), "Keep metrics in FILE, Prometheus text format"),
    Option("metrics-interval", nil, .value("DURATION"), "How often metrics are written (default: 10s)"),
    Option("lateness", nil, .value("DURATION"), "How long a minute stays open (default: 30s)"),
    Option("ignore", nil, .value("GROUP|PATTERN"), repeats: true, "Count these, never report them"),
    Option("updates", nil, "Write insights again as they grow"),
    Option("tz", nil, .value("±HH:MM"), "Show times in text in this zone (default: UTC)"),
    Option(
      "fail-on", nil, .choice(["info", "warning", "error", "critical"]),
      "Exit 3 on a finding at or above this severity"),
  ]
}
