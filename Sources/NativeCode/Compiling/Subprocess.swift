import Foundation

/// A program that runs with a time limit. Whatever it does, it is gone at the end: killed with all that it has started
/// in its process group, and waited for.
///
/// `posix_spawn` and no `Foundation.Process`: that costs a few milliseconds more, and can't kill a group.
struct Subprocess {
    let path: String
    let arguments: [String]
    let environment: [String: String]
    /// Gets what is printed to both outputs.
    let outputFile: String
    let seconds: Double
    /// More output than that is no compiler's.
    var outputLimit = 1 << 20

    enum End: Hashable {
        case status(Int)
        case signal(Int)
        case outOfTime
        case outOfBounds
        case cancelled
        case notStarted(String)
    }

    /// Polled once a millisecond or two.
    func run(isCancelled: () -> Bool) -> End {
        var child: pid_t = 0
        var error = spawn(&child)
        // A program that somebody writes at this moment, or did when another thread started a process.
        for _ in 0..<50 where error == ETXTBSY {
            usleep(5000)
            error = spawn(&child)
        }
        guard error == 0 else { return .notStarted(Self.message(of: error)) }
        let deadline = ContinuousClock.now + .seconds(seconds)
        while true {
            if let end = Self.end(of: child, options: WNOHANG) { return end }
            if isCancelled() { return kill(child, .cancelled) }
            if ContinuousClock.now >= deadline { return kill(child, .outOfTime) }
            if outputSize > outputLimit { return kill(child, .outOfBounds) }
            usleep(1000)
        }
    }

    private func kill(_ child: pid_t, _ reason: End) -> End {
        _ = Foundation.kill(-child, SIGKILL)
        _ = Foundation.kill(child, SIGKILL)
        _ = Self.end(of: child, options: 0)
        return reason
    }

    private var outputSize: Int {
        var information = stat()
        return stat(outputFile, &information) == 0 ? Int(information.st_size) : 0
    }

    /// Nil for one that still runs.
    private static func end(of child: pid_t, options: Int32) -> End? {
        var status: Int32 = 0
        while true {
            let result = waitpid(child, &status, options)
            if result == 0 { return nil }
            if result == child { break }
            // Someone else has waited for it: its status is lost.
            if errno != EINTR { return .status(-1) }
        }
        let signal = status & 0x7f
        return signal == 0 ? .status(Int(status >> 8 & 0xff)) : .signal(Int(signal))
    }

    static func message(of error: Int32) -> String { String(cString: strerror(error)) }

    private func spawn(_ child: inout pid_t) -> Int32 {
        #if canImport(Darwin)
            var actions: posix_spawn_file_actions_t?
            var attributes: posix_spawnattr_t?
        #else
            var actions = posix_spawn_file_actions_t()
            var attributes = posix_spawnattr_t()
        #endif
        posix_spawn_file_actions_init(&actions)
        posix_spawnattr_init(&attributes)
        defer {
            posix_spawn_file_actions_destroy(&actions)
            posix_spawnattr_destroy(&attributes)
        }
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_addopen(&actions, 1, outputFile, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
        posix_spawn_file_actions_adddup2(&actions, 1, 2)
        // A group of its own, so that what it starts can be killed with it; and no signals that we ignore or block.
        posix_spawnattr_setflags(
            &attributes, Int16(POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))
        posix_spawnattr_setpgroup(&attributes, 0)
        var signals = sigset_t()
        sigemptyset(&signals)
        posix_spawnattr_setsigmask(&attributes, &signals)
        sigfillset(&signals)
        posix_spawnattr_setsigdefault(&attributes, &signals)
        return Self.withCStrings([path] + arguments) { arguments in
            Self.withCStrings(environment.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }) { environment in
                posix_spawn(&child, path, &actions, &attributes, arguments, environment)
            }
        }
    }

    private static func withCStrings<Result>(
        _ strings: [String], _ body: ([UnsafeMutablePointer<CChar>?]) -> Result
    ) -> Result {
        let copies = strings.map { strdup($0) }
        defer { copies.forEach { free($0) } }
        return body(copies + [nil])
    }
}
