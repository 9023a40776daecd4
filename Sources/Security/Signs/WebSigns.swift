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
  /// Of a program that a server runs.
  static let script: UInt32 = 32

  /// Bytes of an address that are looked at.
  static let limit = 2048

  static let address = LiteralAutomaton(
    attacks.map { ($0, attack) } + probes.map { ($0, probe) }
      + admins.map { ($0, admin) } + logins.map { ($0, login) } + scripts.map { ($0, script) })
  static let agent = LiteralAutomaton(scanners.map { ($0, scanner) })

  /// Traversal, inclusion, injection into a shell, a query, a template, a page or a logger; as they read
  /// once they are decoded.
  private static let attacks = [
    "../..", "/../", "=../", "..\\", "..;/", "/etc/passwd", "/etc/shadow", "/etc/hosts",
    "/proc/self/", "win.ini", "boot.ini", "/windows/system32", "cmd.exe", "/bin/sh", "/bin/bash",
    "php://", "data://text", "expect://", "phar://", "gopher://", "dict://", "file:///",
    "allow_url_include", "auto_prepend_file", "${jndi:", "${lower:", "${upper:", "${env:",
    "${sys:", "${${", "${::-", "union select", "union/**/", "union all select", "union distinct",
    "select sleep", "sleep(", "pg_sleep", "benchmark(", "waitfor delay", "' or '1", "' or ",
    "' and '", "\" or \"", "or 1=1", "and 1=1", "' --", "';--", "' union", "information_schema",
    "xp_cmdshell", "sysobjects", "extractvalue(", "updatexml(", "load_file(", "into outfile",
    "into dumpfile", "group_concat(", "concat(0x", "char(0x", "declare @", "exec(@", "exec master",
    "varchar(4000", "drop table", "<script", "&lt;script", "</script", "<img src", "<iframe",
    "javascript:alert", "onerror=", "onload=alert", "onmouseover=", "<svg/onload", "<svg onload",
    "alert(", "document.cookie", "eval(", "base64_decode(", "system(", "passthru(", "shell_exec",
    "phpinfo()", "assert(", "call_user_func", "invokefunction", "runtime.getruntime",
    "processbuilder", ";wget", "|wget", "; wget", ";curl", "|curl", "; curl", "`id`", "$(id)",
    ";id;", "|id|", "whoami", "$(curl", "$(wget", ";ping", "|ping", ";nslookup", "|nslookup",
    ";cat ", "|cat ", "/tmp/;", "cd /tmp", "chmod 777", "chmod +x", "chmod  x", "nc -e",
    "/dev/tcp/",
    "class.module.classloader", "ognl", "#_memberaccess", "redirect:${", "action:${", "__proto__",
    "{{7*7}}", "{{config", "#{7*7}", "${7*7}", "<%=", "<!entity", "<!--#exec", "gponform",
    "/goform/", "/boaform", "setup.cgi?next_file", "/hnap1", "/_ignition/execute",
    "eval-stdin.php", "/dana/html5acc", "/remote/fgt_lang", "/autodiscover.json?@", "/ecp/",
    "/mapi/nspi", "/owa/auth/x.js", "/solr/admin/cores?", "/wls-wsat/",
    "/_async/asyncresponseservice", "struts2-", "think\\app", "/vendor/phpunit",
    "backup/mboximport", "/cfide/adminapi", ".php/login.php", "webshell",
    "/.%00", "\0",
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
    "/axis2", "/global-protect/", "/sslvpn", "/ cscoe /", "/ cscol /", "/crx/", "/boaform/",
    "/roundcube", "/webmail", "/pma2", "/dbadmin", "/mysqladmin", "/sqladmin", "/setup.php",
    "/install.php", "/console/", "/jolokia", "/druid", "/hystrix", "/logon.html", "/.history",
    "/.bashrc", "/.profile", "/.ssh", "/cfide/", "/fckeditor", "/adminpanel", "/backup/",
    "=http://", "=ftp://", "/wp-comments-post.php", "/trackback", "thumb.php?", "/timthumb",
    "/cache/external", "/uploadify", "/elfinder", "/filemanager", "/connector.", "/wordpress/",
    "/wp/", "/upload.php", "/joomla/", "/drupal/", "/typo3/", "/phpmy", "/readme.html", "/vpnsvc/",
    "/remote/login", "/dana-na/", "/citrix/", "/netscaler", "/aspnet_client", "/iisadmin",
    "/_vti_bin", "/evox/", "/hnap", "/stalker_portal", "/mgmt/tm", "/tmui/",
  ]

  /// Programs that a server runs: one that is forbidden was kept from its client.
  private static let scripts = [
    ".php", ".asp", ".aspx", ".ashx", ".jsp", ".jspx", ".do", ".action", ".cgi", ".pl", ".cfm",
    ".py",
    ".exe", ".dll",
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
    "blackwidow", "zgrab/", "the beast", "dirsearch", "gospider", "hakrawler", "katana/", "naabu",
    "subfinder", "fuzz faster", "interactsh", "nessus/", "rapid7", "internetmeasurement",
    "expanse", "netsystemsresearch", "research scanner", "masscan/", "zmap",
    "go-http-scan", "criminalip", "odin.io", "modatscanner", "wpscan/", "cmsmap", "droopescan",
    "datacha0s", "pmafind", "toata dragostea", "floodgate", "sitesnagger", "webbandit",
    "sqlbf", "absinthe", "bsqlbf", "mysqloit", "webvulnscan", "n-stealth",
    "cgiscan", "nsauditor", "sysscan", "jbrofuzz", "springenwerk", "webtrends security",
    "prog.customcrawler", "mj12bot/v1.0.8", "dotdotpwn",
  ]
}
