import Model

/// Programs of the machine itself.
let systemPrograms: [Program] = [
  Program(
    "systemd", unit: "init.scope", executable: "/usr/lib/systemd/systemd", .system, share: 4,
    size: 10, rhythm: .hourly,
    """
    i Starting {unit} - Periodic task...
    i {unit}: Deactivated successfully.
    i Finished {unit} - Periodic task.
    i Started session-{big}.scope - Session {big} of User {user}.
    i {unit}: Consumed {float}s CPU time.
    i Reached target timers.target - Timer Units.
    i+ Reloading requested from client PID {pid} (unit ssh.service)...
    i session-{big}.scope: Deactivated successfully.
    i* Started backup-full.service - Nightly full backup.
    w {unit}: Unit process {pid} (sh) remains running after unit stopped.
    w {unit}: State 'stop-sigterm' timed out. Killing.
    e {unit}: Failed with result 'timeout'.
    e {unit}: Main process exited, code=exited, status={small}/FAILURE
    e Failed to start {unit} - Periodic task.
    i^@stopping Stopping {unit}...
    i^@stopped Stopped {unit}.
    i^@starting Starting {unit}...
    i^@started Started {unit}.
    n!@exited {unit}: Main process exited, code=exited, status=1/FAILURE
    w!@failed {unit}: Failed with result 'exit-code'.
    i!@scheduled {unit}: Scheduled restart job, restart counter is at {num}.
    """),
  Program(
    "kernel", unit: "", executable: "", facility: 0, .system, share: 4, size: 3, errorShare: 0.004,
    """
    i/network IPv6: ADDRCONF(NETDEV_CHANGE): {iface}: link becomes ready
    i/network [UFW BLOCK] IN={iface} OUT= MAC={mac} SRC={pubip} DST={ip} LEN={num} PROTO=TCP DPT={port}
    i/network {iface}: renamed from veth{hex4}
    i/network br0: port {small}({iface}) entered forwarding state
    i/storage EXT4-fs ({dev}): mounted filesystem with ordered data mode. Quota mode: none.
    i usb 1-{small}: new high-speed USB device number {small} using xhci_hcd
    i audit: type=1400 apparmor="STATUS" operation="profile_load" name="docker-default" pid={pid}
    i perf: interrupt took too long ({num} > {num}), lowering max_sample_rate to {big}
    i+/network nf_conntrack: default automatic helper assignment has been turned off
    w/network TCP: request_sock_TCP: Possible SYN flooding on port {port}. Sending cookies.
    w/network {iface}: NIC Link is Down
    w mce: CPU{cpu}: Core temperature above threshold, cpu clock throttled (total events = {num})
    w/network neighbour: arp_cache: neighbor table overflow!
    e/storage blk_update_request: I/O error, dev {dev}, sector {id} op 0x0:(READ) flags 0x0
    e/storage Buffer I/O error on dev {dev}, logical block {big}, async page read
    e/storage EXT4-fs error (device {dev}): ext4_find_entry:1455: inode #{inode}: reading directory lblock 0
    e EDAC MC0: {small} CE memory read error on CPU_SrcID#0_MC#0_Chan#1_DIMM#0
    c!/storage XFS ({dev}): Log I/O Error Detected. Shutting down filesystem
    e! Out of memory: Killed process {pid} (java) total-vm:{big}kB, anon-rss:{big}kB, oom_score_adj:0
    """),
  Program(
    "NetworkManager", executable: "/usr/sbin/NetworkManager", .network, share: 1.5, size: 6,
    """
    i <info>  [{id}.{num}] dhcp4 ({iface}): state changed new lease, address={ip}
    i <info>  [{id}.{num}] device ({iface}): state change: ip-config -> secondaries
    i <info>  [{id}.{num}] manager: NetworkManager state is now CONNECTED_GLOBAL
    i <info>  [{id}.{num}] device ({iface}): carrier: link connected
    i <info>  [{id}.{num}] policy: set '{iface}' as default for IPv4 routing and DNS
    w <warn>  [{id}.{num}] dhcp4 ({iface}): request timed out
    w <warn>  [{id}.{num}] device ({iface}): Activation: failed for connection 'uplink'
    e <error> [{id}.{num}] platform-linux: do-add-ip4-address[{small}: {ip}]: failure 17 (File exists)
    """),
  Program(
    "chronyd", unit: "chrony.service", executable: "/usr/sbin/chronyd", .system, share: 1, size: 8,
    """
    i Selected source {pubip} ({domain})
    i System clock wrong by {float} seconds
    i Source {pubip} replaced with {pubip} ({domain})
    i Frequency {float} +/- {float} ppm read from /var/lib/chrony/chrony.drift
    w Can't synchronise: no selectable sources
    w System clock TAI offset set to {small} seconds
    e Could not open key file /etc/chrony/chrony.keys: {errno}
    """),
  Program(
    "systemd-resolved", executable: "/usr/lib/systemd/systemd-resolved", .network, share: 1.5,
    size: 8,
    """
    i Using degraded feature set UDP instead of UDP+EDNS0 for DNS server {ip}.
    i Flushed all caches.
    i Clock change detected. Flushing caches.
    i Server returned error NXDOMAIN, mitigating potential DNS violation DVE-2018-0001
    i Grace period over, resuming full feature set (UDP+EDNS0) for DNS server {ip}.
    w Server returned error: SERVFAIL, retrying transaction {num} with reduced feature level TCP.
    e Failed to send hostname reply: {errno}
    """),
  Program(
    "smartd", unit: "smartmontools.service", executable: "/usr/sbin/smartd", .storage, share: 0.8,
    size: 8, rhythm: .hourly,
    """
    i Device: /dev/{dev} [SAT], SMART Usage Attribute: 194 Temperature_Celsius changed to {num}
    i Device: /dev/{dev} [SAT], SMART Prefailure Attribute: 1 Raw_Read_Error_Rate changed to {num}
    i Device: /dev/{dev}, state written to /var/lib/smartmontools/smartd.{dev}.ata.state
    w Device: /dev/{dev} [SAT], {small} Currently unreadable (pending) sectors
    e Device: /dev/{dev} [SAT], {small} Offline uncorrectable sectors
    c! Device: /dev/{dev} [SAT], FAILED SMART self-check. BACK UP DATA NOW!
    """),
  Program(
    "rsyslogd", unit: "rsyslog.service", executable: "/usr/sbin/rsyslogd", facility: 5, .system,
    share: 0.8, size: 8,
    """
    i action 'action-1-builtin:omfwd' resumed (module 'builtin:omfwd') [v8.2302.0]
    i [origin software="rsyslogd" swVersion="8.2302.0" x-pid="{pid}"] rsyslogd was HUPed
    i imuxsock: Acquired UNIX socket '/run/systemd/journal/syslog' (fd {small}) from systemd.
    w imjournal: {num} messages lost due to rate-limiting (20000 allowed within 600 seconds)
    e omfwd: TCPSendBuf error {num}, destruct TCP Connection to {ip}:514
    """),
  Program(
    "dbus-daemon", unit: "dbus.service", executable: "/usr/bin/dbus-daemon", .system, share: 1,
    size: 6,
    """
    n [system] Activating via systemd: service name='org.freedesktop.hostname1' requested by ':1.{num}'
    n [system] Successfully activated service 'org.freedesktop.hostname1'
    n [system] Reloaded configuration
    w [system] Rejected send message, 2 matched rules; type="method_call", sender=":1.{num}"
    e [system] Failed to activate service 'org.freedesktop.PolicyKit1': timed out (timeout={big}ms)
    """),
  Program(
    "unattended-upgrade", unit: "apt-daily-upgrade.service", executable: "/usr/bin/python3.11",
    .system, share: 0.5, size: 3, rhythm: .night,
    """
    i Checking if system is running on battery is skipped.
    i Allowed origins are: o=Debian,a=stable, o=Debian-Security
    i No packages found that can be upgraded unattended and no pending auto-removals
    i Packages that will be upgraded: libssl3 openssl
    w Package linux-image-amd64 is kept back because a related package is kept back
    e Cache lock could not be acquired, another package manager holds PID {pid}
    """),
  Program(
    "multipathd", executable: "/sbin/multipathd", .storage, share: 0.8, size: 6, on: .hosts(2),
    """
    n {dev}: add path (uevent)
    n mpath{small}: load table [0 {id} multipath 0 0 1 1 service-time 0 1 1 8:{num} 1]
    i checker message: {dev}: directio checker reports path is up
    w {dev}: mark as failed
    e mpath{small}: remaining active paths: {small}
    """),
]
