/// Addresses of machines and people.
extension ValueKind {
  static let addresses = [
    ValueKind("IPv4 addresses") { $0.address() },
    ValueKind("IPv4 addresses with ports") { $0.address() + ":\($0.number(1024...65_535))" },
    ValueKind("hosts before addresses") {
      $0.word() + "/" + $0.address() + ":\($0.number(1024...9999))"
    },
    ValueKind("networks") { "10.\($0.number(0...255)).0.0/\($0.number(8...30))" },
    ValueKind("IPv6 addresses") {
      switch $0.number(0...3) {
      case 0: "fe80::\($0.hex(4)):\($0.hex(4))%eth0"
      case 1: "2001:db8::\($0.number(1...9))"
      case 2: "::1"
      default:
        "2001:db8:\($0.hex(4)):\($0.hex(4)):\($0.hex(4)):\($0.hex(4)):\($0.hex(4)):\($0.hex(4))"
      }
    },
    ValueKind("MAC addresses") {
      "\($0.hex(2)):\($0.hex(2)):\($0.hex(2)):\($0.hex(2)):\($0.hex(2)):\($0.hex(2))"
    },
    ValueKind("host names") {
      $0.one(of: ["mail", "www", "db", "gw", "ns"]) + $0.one(of: ["", "1", "-02"]) + "."
        + $0.one(of: ["example.com", "corp.example.net", "prod.internal", "example.co.uk"])
    },
    ValueKind("short host names") {
      $0.one(of: ["web", "db", "cache", "gw"]) + $0.one(of: ["", "-"]) + $0.padded(1...40, 2)
    },
    ValueKind("host names or addresses") {
      $0.number(0...1) == 0 ? $0.address() : $0.word() + ".example.org"
    },
    ValueKind("URLs") {
      $0.one(of: ["https://", "http://"]) + $0.word() + ".example.com/" + $0.word()
        + $0.one(of: ["", "?id=\($0.number(1...99))&x=\($0.word())", "/index.html"])
    },
    ValueKind("other URLs") {
      $0.one(of: ["jdbc:postgresql://", "amqp://", "s3://", "hdfs://"]) + $0.word() + ":"
        + "\($0.number(1000...9999))/" + $0.word()
    },
    ValueKind("mail addresses") {
      $0.name() + "@" + $0.word() + $0.one(of: [".org", ".example.com"])
    },
    ValueKind("users at hosts") { $0.name() + "@" + $0.word() },
    ValueKind("interfaces") {
      $0.one(of: [
        "eth0", "eth1", "wlan0", "lo", "docker0", "enp3s0", "bond0", "br-lan", "tun0", "ppp0",
      ])
    },
    ValueKind("router interfaces") {
      $0.one(of: ["GigabitEthernet", "TenGigE", "Vlan", "ge-"])
        + "\($0.number(0...3))/\($0.number(0...3))/\($0.number(0...48))"
    },
    ValueKind("devices") {
      $0.one(of: [
        "sda", "sdb1", "nvme0n1p2", "md127", "dm-3", "vdb", "sr0", "ttyS0", "loop7", "xvda1",
      ])
    },
    ValueKind("bus addresses") {
      "0000:\($0.padded(0...99, 2)):\($0.hex(2)).\($0.number(0...7))"
    },
  ]
}
