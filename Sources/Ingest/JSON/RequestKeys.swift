/// How loggers spell what belongs to a request or connection, nested keys dotted.
///
/// One table for JSON and logfmt. Sources: the documentation or code of Caddy 2, Traefik 3, nginx and Envoy
/// JSON logs, Google Cloud's `httpRequest`, Rails' lograge, GitLab, Gin, echo, Express' morgan and pino-http,
/// Django, FastAPI, Authelia, authentik, Teleport, Gitea, Miniflux, Navidrome, MinIO, Kubernetes' audit,
/// CloudTrail, MongoDB 4.4, Suricata's EVE, Zeek's JSON, FortiOS 7, winlogbeat and nxlog.
enum RequestKeys {
  static let all: [(KnownKey, [StaticString])] = [
    (
      .sourceIPFlat,
      [
        "remote_ip", "client_ip", "clientIp", "clientIP", "client.ipAddress",

        "client.ip_address", "actor.ip", "actor.ipAddress", "ipAddr", "peer_ip", "remote_addr",
        "remoteAddr", "RemoteAddr",
        "remoteAddress", "remote_address", "remoteIp", "remoteIP", "ip", "ip_address", "ipAddress",
        "IpAddress", "src_ip", "source_ip", "sourceIp", "srcip", "src", "remip", "srcIp",
        "clientAddress", "client_address", "client_addr", "clientAddr", "ClientAddr", "ClientHost",
        "ClientIP", "sourceIPAddress", "sourceIPs", "addr.remote", "attr.remote", "remotehost",
        "remoteHost", "remote_host", "remote", "client", "peer", "x_forwarded_for", "id.orig_h",
        "request.remote_ip", "request.client_ip", "request.remote_addr", "request.remoteAddr",
        "req.remoteAddress", "req.ip", "req.remote_addr", "req.remoteIp", "httpRequest.remoteIp",
        "http.remote_addr", "http.client_ip", "downstream_remote_address", "cip", "c_ip", "c-ip",
        "winlog.event_data.IpAddress", "EventData.IpAddress",
        "userIP", "user_ip", "actor_ip", "sourceAddress", "RemoteIP", "meta.client_ip",
        "rhost", "SRC", "saddr", "fields.remote_addr", "host_ip", "remote.ip",
      ]
    ),
    (
      .sourcePortFlat,
      [
        "src_port", "source_port", "sourcePort", "srcport", "spt", "remote_port", "remotePort",
        "client_port", "clientPort", "ClientPort", "request.remote_port", "id.orig_p",
        "req.remotePort", "SPT", "winlog.event_data.IpPort", "EventData.IpPort",

      ]
    ),
    (
      .destinationIPFlat,
      [
        "dest_ip", "dst_ip", "destination_ip", "destinationIp", "dstip", "dst", "server_ip",
        "server_addr", "id.resp_h", "httpRequest.serverIp", "DST", "daddr",
        "upstream_host", "UpstreamAddr",
      ]
    ),
    (
      .destinationPortFlat,
      ["dest_port", "dst_port", "destination_port", "dstport", "dpt", "id.resp_p", "server_port"]
    ),
    (.transportFlat, ["proto", "PROTO", "transport"]),
    (
      .userNameFlat,
      [
        "username", "user_name", "userName", "user", "User", "login", "usr", "remote_user",
        "userIdentity.userName", "user.username", "context.username", "auth.user", "actor",
        "actor_name", "request.user", "ClientUsername", "TargetUserName", "user.login",
        "winlog.event_data.TargetUserName", "EventData.TargetUserName", "account_name",
        "http_user", "user_email", "email", "meta.username", "acct",
      ]
    ),
    (
      .methodFlat,
      [
        "method", "req.method", "request.method", "request_method", "http.method", "http_method",
        "httpMethod", "requestMethod", "RequestMethod", "httpRequest.requestMethod", "verb",
        "http.http_method", "cs-method", "cs_method", "meta.method",
      ]
    ),
    (
      .urlFlat,
      [
        "path", "req.url", "request.path", "request_uri", "requestURI", "requestUri", "uri", "url",
        "request.uri", "request.url", "RequestPath", "requestPath", "request_path", "http.url",
        "http.path", "http.uri", "httpRequest.requestUrl", "cs-uri-stem", "cs_uri_stem",
        "originalUrl", "target_url", "request_url", "meta.path", "http.target",
      ]
    ),
    (
      .statusFlat,
      [
        "status", "status_code", "statusCode", "http.status_code", "res.statusCode",
        "response.status", "http_status", "httpStatus", "StatusCode", "response_code",
        "response.status_code", "httpRequest.status", "resp_status", "DownstreamStatus",
        "responseStatus.code", "http.status", "sc-status", "sc_status", "meta.status",
        "res.status", "resp.status", "response.statusCode", "responseCode", "http_status_code",
      ]
    ),
    (
      .bodyBytesFlat,
      [
        "body_bytes_sent", "bytes_sent", "bytesSent", "responseSize", "response_size",
        "resp_body_size", "DownstreamContentSize", "httpRequest.responseSize", "http.length",
        "res.contentLength", "resp_size", "bytes_out", "sc-bytes", "response_length",
        "response_body_len", "response_bytes", "content_length", "contentLength",
      ]
    ),
    (
      .requestBytesFlat,
      [
        "request_length", "request_size", "requestSize", "RequestContentSize", "bytes_received",
        "httpRequest.requestSize", "bytes_in", "request_body_len", "bytes_read",
      ]
    ),
    (
      .userAgentFlat,
      [
        "user_agent", "userAgent", "http_user_agent", "UserAgent", "useragent", "ua",
        "request.headers.User-Agent", "req.headers.user-agent", "httpRequest.userAgent",
        "http.user_agent", "http.http_user_agent", "http.useragent", "request_User-Agent",
        "user-agent", "User-Agent", "headers.user-agent", "cs(User-Agent)", "userAgentString",
        "request.user_agent", "meta.user_agent",
      ]
    ),
    (
      .referrerFlat,
      [
        "referer", "referrer", "http_referer", "http_referrer", "request.headers.Referer",
        "req.headers.referer", "httpRequest.referer", "http.http_refer", "request_Referer",
        "Referer", "cs(Referer)",
      ]
    ),
    (
      .httpVersionFlat,
      [
        "request.proto", "server_protocol", "RequestProtocol", "http_version", "httpVersion",
        "httpRequest.protocol", "http.protocol", "protocol", "request_protocol", "http.flavor",
      ]
    ),
    (
      .urlDomainFlat,
      ["request.host", "RequestHost", "http.hostname", "authority", "http_host", "vhost"]
    ),
    (
      .actionFlat,
      [
        "action", "eventName", "event_type", "eventType", "event_name", "event.action", "Operation",
        "action_name",
      ]
    ),
    (.eventCodeFlat, ["event_id", "EventID", "eventId", "winlog.event_id", "EventId", "logid"]),
    (
      .reasonFlat,
      [
        "fail_reason", "failure_reason", "failureReason", "errorCode", "error_code",
        "error_description",
      ]
    ),
  ]
}
