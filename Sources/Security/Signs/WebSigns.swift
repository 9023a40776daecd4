/// What in a web request's address or user agent tells of an attack: signs of techniques (traversal, inclusion,
/// injection, exposed files), as the OWASP Web Security Testing Guide describes them, and scanners' own names.
enum WebSigns {
  /// Bits of what a text holds.
  static let attack: UInt32 = 1
  static let probe: UInt32 = 2
  static let login: UInt32 = 4
  static let scanner: UInt32 = 8
  /// Of an administrator's page: a probe where it is not there.
  static let admin: UInt32 = 16

  /// Bytes of an address that are looked at.
  static let limit = 2048

  static let address = LiteralAutomaton(
    attacks.map { ($0, attack) } + probes.map { ($0, probe) }
      + admins.map { ($0, admin) } + logins.map { ($0, login) })
  static let agent = LiteralAutomaton(scanners.map { ($0, scanner) })

  /// Traversal, inclusion, injection into a shell, a query, a template, a page or a logger.
  private static let attacks = [
    "../..", "..%2f", "%2e%2e/", "%2e%2e%2f", "..%5c", "..\\", "%252e%252e", "%c0%ae", ".%2e/",
    "/%2e./",
    "%%32%65", "..;/", "/etc/passwd", "/etc/shadow", "%2fetc%2fpasswd", "/proc/self/", "win.ini",
    "boot.ini", "/windows/system32", "cmd.exe", "/bin/sh", "/bin/bash", "%2fbin%2f", "php://",
    "php%3a%2f%2f",
    "data://text", "expect://", "file:///", "file%3a%2f%2f", "allow_url_include",
    "auto_prepend_file",
    "${jndi:", "%24%7bjndi", "$%7bjndi", "${lower:", "${env:", "${sys:", "%24%7blower", "${${",
    "union+select", "union%20select", "union/**/", "union all select", "union+all+select",
    "union%20all%20select", "select%20sleep", "sleep(", "sleep%28", "benchmark(", "waitfor%20delay",
    "waitfor+delay", "' or '1", "'%20or%20", "%27%20or%20", "%27+or+", "or%201=1", "or+1=1",
    "or 1=1",
    "information_schema", "xp_cmdshell", "extractvalue(", "updatexml(", "load_file(",
    "into%20outfile",
    "into+outfile", "group_concat(", "<script", "%3cscript", "%253cscript", "javascript:alert",
    "onerror=",
    "onload=alert", "<svg/onload", "alert(1", "alert%28", "document.cookie", "eval(",
    "base64_decode(",
    "system(", "passthru(", "shell_exec", "phpinfo()", "assert(", "call_user_func",
    "invokefunction",
    ";wget", "|wget", ";curl", "%3bwget", "%3bcurl", "`id`", "$(id)", "%60id%60", "/tmp/;",
    "chmod+777",
    "chmod%20777", "class.module.classloader", "ognl", "%23_memberaccess", "redirect:${",
    "__proto__",
    "{{7*7}}", "%7b%7b7*7", "#{7*7}", "<!entity", "%3c!entity", "gponform", "/goform/", "/boaform",
    "setup.cgi?next_file", "/cgi-bin/..", "cgi-bin/.%2e", "/hnap1", "/_ignition/execute",
    "eval-stdin.php",
    "/dana/html5acc", "/remote/fgt_lang", "lang=/../", "/tmui/login.jsp/..", "/autodiscover.json?@",
    "/ecp/", "/mapi/nspi", "/owa/auth/x.js", "/solr/admin/cores?", "/wls-wsat/",
    "/_async/asyncresponseservice",
    "struts2-", "/console/css/%252e", "think\\app", "think%5capp", "/vendor/phpunit",
    "backup/mboximport", ";..%2f", "/cfide/adminapi", "varchar(4000",
    "%2f..%2f",
  ]

  /// What is only asked for to see whether it is there.
  private static let probes = [
    "/.env", "/.git/", "/.git", "/.svn/", "/.hg/", "/.ds_store", "/.aws/", "/.ssh/", "/id_rsa",
    "/.htpasswd", "/.htaccess", "/.npmrc", "/.dockerenv", "/.vscode/", "/.idea/", "/.bash_history",
    "/.config/", "/.kube/config", "/wp-config", "wp-config.php", "/configuration.php~",
    "/config.php.bak", "/secrets.yml", "/database.yml", "/application.yml", "/docker-compose.yml",
    "/dump.sql", ".sql.gz", "/backup.sql", "/backup.zip", "/backup.tar", "/db.sql", "/phpinfo",
    "/shell.php", "/cmd.php", "/c99.php", "/r57.php", "/wso.php", "/alfa.php", "?author=",
    "/wlwmanifest.xml", "/jmx-console", "/web-console", "/_profiler", "/debug/default",
    "/elmah.axd", "/trace.axd", "/currentsetting.htm", "/system_api.php", "/mifs/",
    "/nmaplowercheck", "/nice%20ports", "/muieblackcat", "/hudson/", "/magento_version",
    "/.well-known/security.php", "/latest/meta-data",
  ]

  /// Pages of administrators and of what may be installed: served here or not.
  private static let admins = [
    "/adminer", "/phpmyadmin", "/pma/", "/mysql/", "/myadmin", "/phpmyadmin2", "/sqlmanager",
    "/wp-admin/", "/wp-content/plugins/", "/wp-json/wp/v2/users", "/wp-includes/",
    "/administrator/", "/manager/html", "/host-manager", "/server-status", "/server-info", "/solr/",
    "/jenkins/", "/hudson", "/cgi-bin/", "/scripts/", "/vpn/", "/owa/", "/ecp", "/autodiscover/",
    "/sap/", "/irj/portal", "/nwa", "/zabbix/", "/nagios/", "/cacti/", "/druid/", "/nacos/",
    "/geoserver", "/vendor/", "/sitecore/", "/umbraco", "/composer.json", "/composer.lock",
    "/package.json", "/yarn.lock", "/login.action", "/api/jsonws", "/admin.php", "/admin/config",
    "/controller/config", "/v2/_catalog", "/_cat/indices", "/api/v1/pods", "/config.json",
    "/config.yml", "/credentials", ".bak", ".old", ".swp", "/info.php", "/test.php", "/actuator/",
    "/xmlrpc.php", "/web.config", "/portal/redlion", "/telescope/", "/invoker/", "/struts/",
    "/axis2", "/global-protect/", "/sslvpn", "/+cscoe+/", "/+cscol+/", "/crx/", "/boaform/",
    "/roundcube", "/webmail", "/pma2", "/dbadmin", "/mysqladmin", "/sqladmin", "/setup.php",
    "/install.php", "/console/", "/jolokia", "/druid", "/hystrix", "/logon.html", "/.history",
    "/.bashrc", "/.profile", "/.ssh", "/cfide/", "/fckeditor", "/adminpanel", "/backup/",
  ]

  /// Where a password goes.
  private static let logins = [
    "/wp-login", "/login", "/signin", "/sign_in", "/sign-in", "/logon", "/auth", "/session",
    "/xmlrpc.php",
    "/account/log", "/user/log", "/users/log", "/admin/index", "/oauth/token", "/api/token",
    "/j_security_check",
    "/administrator/index", "/authenticate", "/identity/connect/token", "/customer/account",
  ]

  /// Tools that name themselves; search engines and monitors are none.
  private static let scanners = [
    "nikto", "sqlmap", "nmap scripting", "masscan", "zgrab", "gobuster", "dirbuster", "dirb/",
    "wpscan",
    "nuclei", "acunetix", "netsparker", "openvas", "nessus", "w3af", "havij", "arachni", "skipfish",
    "whatweb",
    "joomscan", "wfuzz", "ffuf", "feroxbuster", "hydra", "metis", "zmeu", "morfeus", "jorgee",
    "muieblackcat",
    "sqlninja", "fimap", "paros", "burpcollaborator", "burp suite", "appscan", "webinspect",
    "qualys", "censys",
    "shodan", "projectdiscovery", "l9explore", "l9tcpid", "leakix",
    "httpx - open-source", "vega/", "xspider", "grendel-scan",
    "libwww-perl", "brutus", "webshag", "golismero", "commix", "xsser", "cgichk", "ddg_win",
    "blackwidow",
  ]
}
