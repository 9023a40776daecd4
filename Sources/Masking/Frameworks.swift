internal import Bytes

/// Packages whose frames say nothing of the application: libraries of the JDK, .NET and their servers.
enum Frameworks {
  private static let prefixes: [[UInt8]] = [
    "java.", "javax.", "jakarta.", "jdk.", "sun.", "com.sun.", "kotlin.", "kotlinx.", "scala.",
    "groovy.", "clojure.", "org.springframework.", "org.hibernate.", "org.apache.", "org.eclipse.",
    "org.jboss.", "org.mortbay.", "org.codehaus.", "org.junit.", "org.glassfish.", "io.netty.",
    "io.grpc.", "io.undertow.", "io.vertx.", "io.micrometer.", "io.opentelemetry.", "reactor.",
    "akka.", "play.", "rx.", "io.reactivex.", "com.google.common.", "com.google.inject.",
    "com.fasterxml.", "com.zaxxer.", "com.mysql.", "oracle.jdbc.", "org.postgresql.", "okhttp3.",
    "retrofit2.", "ch.qos.logback.", "org.slf4j.", "net.sf.cglib.", "android.", "dalvik.",
    "System.", "Microsoft.", "Newtonsoft.", "Npgsql.", "Grpc.",
  ].map { Array($0.utf8) }

  static func holds(_ name: Span<UInt8>) -> Bool {
    for prefix in prefixes where name.count > prefix.count {
      var index = 0
      while index < prefix.count, name[index] == prefix[index] { index += 1 }
      if index == prefix.count { return true }
    }
    return false
  }
}
