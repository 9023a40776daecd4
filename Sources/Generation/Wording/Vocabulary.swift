/// The words that fill list parameters, most frequent first.
enum Vocabulary {
  /// One word a space; a word's own spaces are written as underscores in lists marked `spaced`.
  static func words(of parameter: Parameter) -> [String]? {
    switch parameter {
    case .user:
      split(
        "deploy ops backup alice marek chen jvelasco priya tomasz ingrid oleg svc-batch monitor "
          + "fatima dstone rhea lkoch postgres wwwrun bkim")
    case .baduser:
      split(
        "admin test oracle ubuntu guest user1 ftpuser pi git minecraft nagios hadoop dev support "
          + "jenkins es demo tomcat")
    case .path:
      split(
        "/var/lib/app/cache/prices.bin /srv/data/export/trades.csv /etc/app/app.conf "
          + "/var/spool/reports/eod.pdf /opt/app/lib/rules.jar /tmp/upload.part /srv/www/index.html "
          + "/var/log/app/audit.log /home/deploy/release.tar.gz /usr/share/zoneinfo/UTC")
    case .api:
      split(
        "/api/v1/orders /api/v1/quotes /api/v1/positions /api/v2/orders/open /healthz /api/v1/login "
          + "/static/app.js /api/v1/accounts /api/v1/history /metrics /api/v2/quotes/batch "
          + "/api/v1/orders/cancel /favicon.ico /api/v1/watchlist /api/v1/reports/daily")
    case .domain:
      split(
        "mail.example.com mx1.example.net example.org feeds.example.com api.example.com "
          + "ntp.example.net relay.example.org smtp.example.net repo.example.com")
    case .table:
      split(
        "orders executions positions ledger_entries accounts quotes_daily sessions audit_log "
          + "settlement_instructions instruments")
    case .sym:
      split(
        "AAPL MSFT EURUSD SAP TSLA GBPUSD NVDA BTCUSD ASML SIE USDJPY AMZN XAUUSD BMW ESZ6 FDAX")
    case .side: split("BUY SELL")
    case .method: split("GET GET GET POST PUT DELETE")
    case .status: split("200 200 200 200 200 200 201 204 304 302 404 401")
    case .estatus: split("502 503 500 504")
    case .agent:
      split(
        "Mozilla/5.0_(X11;_Linux_x86_64;_rv:128.0)_Gecko/20100101_Firefox/128.0 curl/7.88.1 "
          + "okhttp/4.12.0 python-requests/2.31.0 kube-probe/1.29 Go-http-client/2.0", spaced: true)
    case .iface: split("eth0 eth1 bond0 ens5 docker0 veth4f2a br-int")
    case .dev: split("sda nvme0n1 sdb dm-0 sdc md127")
    case .sysunit:
      split(
        "logrotate.service apt-daily.service fstrim.service man-db.service certbot.service "
          + "systemd-tmpfiles-clean.service phpsessionclean.service sysstat-collect.service "
          + "user@1000.service motd-news.service")
    case .topic:
      split("orders.v1 fills.v1 quotes.raw quotes.top risk.limits ledger.postings audit.events")
    case .pod:
      split(
        "order-gateway-7c9d8b5f4-x2lqp pricing-5d6f7c8b9d-k8m4z ledger-0 web-frontend-6b8c9d7f5-q9wtn "
          + "risk-service-84f6c5d7b-hhr2d settlement-79d8f6b5c-vvx7s")
    case .ns: split("trading default kube-system monitoring ingress")
    case .image:
      split(
        "registry.example.com/trading/order-gateway registry.example.com/trading/pricing "
          + "registry.example.com/base/jre registry.example.com/web/frontend busybox")
    case .errno:
      split(
        "Connection_refused Connection_timed_out No_route_to_host Broken_pipe "
          + "Connection_reset_by_peer No_such_file_or_directory Permission_denied", spaced: true)
    case .cron:
      split(
        "/usr/local/bin/rotate-feeds test_-x_/usr/sbin/anacron /usr/lib/sysstat/debian-sa1_1_1 "
          + "/usr/local/bin/backup-incremental_--quiet cd_/_&&_run-parts_--report_/etc/cron.hourly "
          + "/usr/local/bin/push-metrics", spaced: true)
    case .database: split("trading ledger reporting postgres")
    case .rkey: split("quote session limits position idem cache:instrument")
    case .venue: split("XNAS XETR XLON BATS CBOE XPAR TRQX")
    case .ccy: split("USD EUR GBP JPY CHF")
    case .query:
      split(
        "SELECT_*_FROM_orders_WHERE_account_id_=_$1_ORDER_BY_created_at_DESC "
          + "UPDATE_positions_SET_quantity_=_$1_WHERE_account_id_=_$2_AND_symbol_=_$3 "
          + "SELECT_sum(amount)_FROM_ledger_entries_WHERE_book_=_$1 "
          + "INSERT_INTO_executions_(order_id,_price,_quantity)_VALUES_($1,_$2,_$3)", spaced: true)
    default: nil
    }
  }

  private static func split(_ text: String, spaced: Bool = false) -> [String] {
    text.split(separator: " ").map { word in
      spaced ? String(word.map { $0 == "_" ? " " : $0 }) : String(word)
    }
  }
}
