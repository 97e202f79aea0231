import Diagnostics
import Foundation
import Synchronization

/// Where a command writes: results to standard output, everything else to standard error.
struct Console: Sendable {
    /// Whether results may be coloured: a terminal, and no `NO_COLOR`.
    let isColoured: Bool
    /// Whether progress may be shown on standard error.
    let showsProgress: Bool
    /// Columns of the terminal; 120 where there is none.
    let width: Int
    private let lost = Loss()

    init(environment: [String: String] = ProcessInfo.processInfo.environment) {
        let isTerminal = isatty(STDOUT_FILENO) == 1
        isColoured = isTerminal && (environment["NO_COLOR"] ?? "").isEmpty && environment["TERM"] != "dumb"
        showsProgress = isatty(STDERR_FILENO) == 1
        width = isTerminal ? Self.columns() : 120
    }

    private static func columns() -> Int {
        var size = winsize()
        guard ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 120 }
        return max(60, Int(size.ws_col))
    }

    func out(_ text: String) {
        guard let problem = Self.write(text, to: STDOUT_FILENO) else { return }
        lost.number.store(problem, ordering: .relaxed)
    }

    func error(_ text: String) { _ = Self.write(text, to: STDERR_FILENO) }

    /// That results could not be written, as on a full disk.
    var problems: [Diagnostic] {
        let number = lost.number.load(ordering: .relaxed)
        guard number != 0 else { return [] }
        return [
            Diagnostic(
                .cannotWrite, "standard output can't be written: \(String(cString: strerror(number)))", at: nil)
        ]
    }

    /// Overwrites one line of the terminal.
    func progress(_ text: String) {
        guard showsProgress else { return }
        error("\r\u{1B}[K" + text)
    }

    /// Writes all of it, or returns the number of the error. A reader that went away (`| head`) is no error of ours.
    private static func write(_ text: String, to descriptor: Int32) -> Int32? {
        let bytes = Array(text.utf8)
        var written = 0
        while written < bytes.count {
            let count = bytes[written...].withUnsafeBytes { Foundation.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return errno == EPIPE ? nil : errno }
            written += count
        }
        return nil
    }
}

/// The number of the last error of standard output.
private final class Loss: Sendable {
    let number = Atomic<Int32>(0)
}
