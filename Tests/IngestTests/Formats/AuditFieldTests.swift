import Ingest
import Testing

@Suite struct AuditFieldTests {
  @Test(arguments: [
    (
      "type=PROCTITLE msg=audit(1767600000.579:29): proctitle=636174002F6574632F686F737473",
      ["audit.proctitle": "cat /etc/hosts"]
    ),
    (
      "node=web type=EXECVE msg=audit(1767600000.579:29): argc=2 a0=\"id\" a1=2D75",
      ["audit.argc": "2", "audit.a0": "id", "audit.a1": "-u"]
    ),
    (
      "type=SYSCALL msg=audit(1767600000.579:29): a0=2D75 success=no key=(null) comm=\"cat\"\u{1d}ARCH=x86_64",
      ["audit.a0": "2D75", "audit.success": "no", "audit.comm": "cat", "audit.ARCH": "x86_64"]
    ),
    (
      "type=USER_AUTH msg=audit(1767600000.579:29): pid=7 msg='op=PAM acct=726F6F74 addr=? res=failed'",
      ["audit.pid": "7", "audit.op": "PAM", "audit.acct": "root", "audit.res": "failed"]
    ),
    ("type=PATH msg=audit(1767600000.579:29): name=C3FF item", ["audit.name": "\u{fffd}\u{fffd}"]),
    ("type=CWD msg=audit(1767600000.579:29): cwd=\"/ro", ["audit.cwd": "/ro"]),
    ("type=CWD msg=audit(1767600000.579:29", [:]),
  ])
  func keysBecomeFields(_ line: String, _ fields: [String: String]) {
    let entry = decoded(line + "\n").first
    #expect(entry?.message == line)
    #expect(entry?.fields.filter { $0.key.hasPrefix("audit.") } == fields)
  }
}
