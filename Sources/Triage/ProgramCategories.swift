internal import Bytes
internal import Model

/// What a program's or service's name tells of its entries' category.
struct ProgramCategories: Sendable {
  private let names: [WordKey: Category]

  private static let table: [(Category, String)] = [
    (
      .database,
      "postgres postgresql mysqld mysql mariadbd mariadb mongod mongodb redis redis-server memcached"
    ),
    (
      .database,
      "sqlite clickhouse clickhouse-server cassandra etcd influxd pgbouncer elasticsearch oracle"
    ),
    (
      .network,
      "nginx haproxy apache2 apache httpd envoy traefik caddy squid varnishd named bind bind9 unbound"
    ),
    (
      .network,
      "dnsmasq dhclient dhcpd NetworkManager systemd-networkd systemd-resolved wpa_supplicant"
    ),
    (
      .network,
      "openvpn wireguard chronyd ntpd avahi-daemon postfix dovecot exim coredns keepalived"
    ),
    (
      .security,
      "sshd sudo su fail2ban fail2ban-server auditd audit polkitd login vault ssh sssd"
    ),
    (.security, "systemd-logind firewalld ufw crowdsec wazuh ossec pam_unix"),
    (
      .storage,
      "smartd mdadm lvm multipathd zfs zed ceph-osd ceph-mon nfsd glusterd minio udisksd fstrim"
    ),
    (
      .system,
      "kernel systemd cron crond anacron systemd-udevd systemd-journald init dbus dbus-daemon rsyslogd"
    ),
    (
      .system,
      "systemd-timesyncd snapd packagekitd dockerd docker containerd kubelet crio acpid irqbalance"
    ),
    (.deployment, "argocd fluxcd jenkins gitlab-runner helm ansible puppet-agent chef-client"),
  ]

  init() {
    var names: [WordKey: Category] = [:]
    for (category, words) in Self.table {
      for word in words.split(separator: " ") { names[WordKey(String(word))] = category }
    }
    self.names = names
  }

  /// The category of a name, of its last path component, or of what stands before its first `@`,
  /// digit, `_`, `.`, `/` or `-`; nil where none is known.
  func category(_ name: Span<UInt8>) -> Category? {
    var start = 0
    for index in 0..<name.count where name[index] == 0x2f && index + 1 < name.count {
      start = index + 1
    }
    let whole = start..<name.count
    if let known = names[WordKey(name, whole)] { return known }
    for mark in [UInt8(0x40), 0x2d] {
      var end = start
      while end < name.count, name[end] != mark, end - start < 64 { end += 1 }
      if end < name.count, let known = names[WordKey(name, start..<end)] { return known }
    }
    var end = start
    while end < name.count, (name[end] | 0x20) &- 0x61 < 26 { end += 1 }
    return end > start ? names[WordKey(name, start..<end)] : nil
  }
}
