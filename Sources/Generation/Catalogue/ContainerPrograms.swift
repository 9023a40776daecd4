import Model

/// Container engines, orchestration and the agents beside them.
let containerPrograms: [Program] = [
  Program(
    "dockerd", unit: "docker.service", executable: "/usr/bin/dockerd", .system, share: 2, size: 5,
    on: .hosts(3),
    """
    i level=info msg="ignoring event" container={hex64} module=libcontainerd namespace=moby topic=/tasks/delete
    i level=info msg="Container failed to exit within 10s of signal 15 - using the force" container={hex64}
    i level=info msg="Pull session cancelled" image={image}:{version}
    i level=info msg="NetworkDB stats node-{small} - netID:{hex12} leaving:false netPeers:{small} entries:{num}"
    w level=warning msg="cleaning up after shim disconnected" id={hex64} namespace=moby
    w level=warning msg="Health check for container {hex64} error: context deadline exceeded"
    e level=error msg="Handler for GET /v1.43/containers/{hex12}/json returned error: No such container: {hex12}"
    e/network level=error msg="[resolver] failed to query DNS server: {ip}:53, query: {domain} A" error="i/o timeout"
    """),
  Program(
    "containerd", executable: "/usr/bin/containerd", .system, share: 2.5, size: 6, on: .hosts(3),
    """
    i level=info msg="starting signal loop" namespace=k8s.io path=/run/containerd/{hex64} pid={pid}
    i level=info msg="shim disconnected" id={hex64} namespace=k8s.io
    i level=info msg="CreateContainer within sandbox {hex64} for container name:app attempt:{small}"
    i level=info msg="StartContainer for {hex64} returns successfully"
    i level=info msg="ImageUpdate event name:{image}:{version} labels:io.cri-containerd.image=managed"
    i level=info msg="RemovePodSandbox {hex64} returns successfully"
    w level=warning msg="unknown status" status=0 container={hex64}
    e level=error msg="ContainerStatus for {hex64} failed" error="rpc error: code = NotFound desc = an error occurred"
    e level=error msg="PullImage {image}:{version} failed" error="failed to resolve reference: 401 Unauthorized"
    """),
  Program(
    "kubelet", executable: "/usr/bin/kubelet", .system, share: 4, size: 8, on: .hosts(3),
    """
    i I{num} {time}.{big} {pid} kubelet.go:2421] "SyncLoop UPDATE" source="api" pods=[{ns}/{pod}]
    i I{num} {time}.{big} {pid} kubelet.go:2436] "SyncLoop (PLEG): event for pod" pod="{ns}/{pod}" type=ContainerStarted
    i I{num} {time}.{big} {pid} reconciler.go:224] "operationExecutor.VerifyControllerAttachedVolume started" pod="{ns}/{pod}"
    i I{num} {time}.{big} {pid} operation_generator.go:722] "MountVolume.SetUp succeeded for volume kube-api-access" pod="{ns}/{pod}"
    i I{num} {time}.{big} {pid} scope.go:115] "RemoveContainer" containerID="{hex64}"
    i I{num} {time}.{big} {pid} prober.go:107] "Probe succeeded" probeType="Readiness" pod="{ns}/{pod}"
    w W{num} {time}.{big} {pid} eviction_manager.go:344] "Attempting to reclaim" resourceName="ephemeral-storage"
    w I{num} {time}.{big} {pid} prober.go:109] "Probe failed" probeType="Liveness" pod="{ns}/{pod}" statuscode={estatus}
    e E{num} {time}.{big} {pid} pod_workers.go:965] "Error syncing pod, skipping" err="CrashLoopBackOff: back-off 5m0s restarting failed container" pod="{ns}/{pod}"
    e E{num} {time}.{big} {pid} kubelet_node_status.go:540] "Error updating node status, will retry" err="dial tcp {ip}:6443: {errno}"
    """),
  Program(
    "node_exporter", unit: "prometheus-node-exporter.service", executable: "/usr/bin/node_exporter",
    .system, share: 1, size: 8, on: .hosts(3),
    """
    i ts={date}T{time}.{num}Z caller=node_exporter.go:180 level=info msg="Enabled collectors" count={num}
    i ts={date}T{time}.{num}Z caller=tls_config.go:232 level=info msg="Listening on" address=[::]:9100
    w ts={date}T{time}.{num}Z caller=collector.go:173 level=warn msg="collector is slow" name=diskstats duration_seconds={float}
    e ts={date}T{time}.{num}Z caller=collector.go:169 level=error msg="collector failed" name=hwmon duration_seconds={float} err="{errno}"
    """),
  Program(
    "prometheus", executable: "/usr/bin/prometheus", .system, share: 1.2, size: 10, on: .hosts(1),
    """
    i ts={date}T{time}.{num}Z caller=head.go:844 level=info component=tsdb msg="Head GC completed" duration={dur}
    i ts={date}T{time}.{num}Z caller=compact.go:519 level=info component=tsdb msg="write block" mint={id} maxt={id} duration={dur}
    i ts={date}T{time}.{num}Z caller=db.go:1292 level=info component=tsdb msg="Deleting obsolete block" block={hex16}
    w ts={date}T{time}.{num}Z caller=scrape.go:1378 level=warn component="scrape manager" msg="Error on ingesting out-of-order samples" num_dropped={num}
    e ts={date}T{time}.{num}Z caller=notifier.go:530 level=error component=notifier msg="Error sending alert" err="Post http://{ip}:9093/api/v2/alerts: {errno}"
    """),
  Program(
    "vault", executable: "/usr/bin/vault", .security, share: 1, size: 8, on: .hosts(1),
    callers: ["auth-service"],
    """
    i {date}T{time}.{num}Z [INFO]  expiration: revoked lease: lease_id=auth/approle/login/{hex32}
    i {date}T{time}.{num}Z [INFO]  core: post-unseal setup complete
    i {date}T{time}.{num}Z [INFO]  storage.raft: snapshot complete up to: index={id}
    w {date}T{time}.{num}Z [WARN]  core.raft: skipping new raft TLS config creation, keys are pending
    e {date}T{time}.{num}Z [ERROR] core: failed to acquire lock: error="{errno}"
    e!@outage {date}T{time}.{num}Z [ERROR] core: vault is sealed, request refused: path=auth/token/renew-self
    """),
  Program(
    "node-agent", executable: "/usr/local/bin/node-agent", .system, share: 0,
    """
    i@heartbeat heartbeat sent to controller, seq={id}, rtt {ms} ms
    i@poll collected {num} samples from node exporter in {ms} ms
    i@sync configuration in sync with revision {hex8}
    i@timer inventory report uploaded, {num} packages
    i^ node-agent {version} starting, pid {pid}
    i$ node-agent shutting down
    """),
]
