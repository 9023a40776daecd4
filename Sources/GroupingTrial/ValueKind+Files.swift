/// Files, paths and requests.
extension ValueKind {
  static let files = [
    ValueKind("paths") {
      $0.one(of: ["/var/lib/", "/srv/", "/home/"]) + $0.word() + "/" + $0.word()
        + $0.one(of: ["", ".log", "/", "-\($0.number(1...9)).db"])
    },
    ValueKind("relative paths") {
      $0.one(of: ["./", "../", "src/main/"]) + $0.word() + "/" + $0.word() + ".c"
    },
    ValueKind("windows paths") {
      $0.one(of: ["C:\\Windows\\", "D:\\Data\\"]) + $0.word() + "\\" + $0.word() + ".dll"
    },
    ValueKind("windows paths with blanks") {
      "C:\\Program Files\\" + $0.word() + "\\" + $0.word() + ".exe"
    },
    ValueKind("shares") { "\\\\" + $0.word() + "\\" + $0.word() + "$\\" + $0.word() },
    ValueKind("file names") {
      $0.word() + $0.one(of: [".txt", ".tar.gz", ".json", ".c", ".png", ".conf"])
    },
    ValueKind("libraries") { "lib" + $0.word() + ".so." + "\($0.number(1...9))" },
    ValueKind("source places") { $0.word() + ".c:\($0.number(1...999))" },
    ValueKind("requests") {
      "GET /" + $0.word() + "/\($0.number(1...999))" + " HTTP/1.1"
    },
    ValueKind("images") {
      "registry.example.com/" + $0.word() + "/" + $0.word() + ":" + $0.one(of: ["latest", "1.4.2"])
    },
    ValueKind("units") { $0.word() + $0.one(of: [".service", ".timer", ".mount", ".socket"]) },
  ]

  static let times = [
    ValueKind("ISO times") {
      "2024-\($0.padded(1...12, 2))-\($0.padded(1...28, 2))T\($0.padded(0...23, 2)):\($0.padded(0...59, 2)):\($0.padded(0...59, 2))"
        + $0.one(of: ["Z", ".123Z", "+02:00", ""])
    },
    ValueKind("dates") { "2024-\($0.padded(1...12, 2))-\($0.padded(1...28, 2))" },
    ValueKind("times of day") {
      "\($0.padded(0...23, 2)):\($0.padded(0...59, 2)):\($0.padded(0...59, 2))"
    },
    ValueKind("hours and minutes") { "\($0.padded(0...23, 2)):\($0.padded(0...59, 2))" },
    ValueKind("dates of many notations") {
      let month = $0.one(of: TrialGenerator.months)
      let day = $0.number(1...28)
      return switch $0.number(0...5) {
      case 0: "\($0.one(of: TrialGenerator.days)) \(month) \(day) 02:08:12 2005"
      case 1: "\(day)/\(month)/2024:10:11:12 +0100"
      case 2: "\($0.one(of: TrialGenerator.days)), \(day) \(month) 2024 10:11:12 GMT"
      case 3: "\(day).\($0.padded(1...12, 2)).2024 10:11"
      case 4: "\($0.padded(1...12, 2))/\($0.padded(1...28, 2))/2024"
      default: "\(month) \(day), 2024 3:04:05 PM"
      }
    },
    ValueKind("epochs") {
      "17\($0.digits(8))" + $0.one(of: ["", ".\($0.digits(3))", $0.digits(3)])
    },
  ]
}
