import Foundation

/// Runs commands in a folder and measures each of them.
public struct Shell: Sendable {
    public let folder: String

    public init(folder: String) { self.folder = folder }

    /// What is left of a command that has ended.
    public struct Finished: Sendable {
        public let status: Int32
        public let usage: Usage
        public let output: String
    }

    /// The output goes through files, so that reading it takes no time from the command.
    public func run(_ command: Command) throws(BenchmarkError) -> Finished {
        let out = folder + "/.stdout"
        let err = folder + "/.stderr"
        defer { for file in [out, err] { unlink(file) } }
        let start = ContinuousClock.now
        let process = try spawn(command, out: out, err: err)
        var status: Int32 = 0
        var resources = rusage()
        while wait4(process, &status, 0, &resources) < 0 {
            if errno != EINTR { throw .cannotStart(command: command.text, reason: String(cString: strerror(errno))) }
        }
        let usage = Usage(
            wall: (ContinuousClock.now - start) / .seconds(1),
            cpu: cpuSeconds(resources), peakBytes: peakBytes(resources))
        let output = text(out)
        let signal = status & 0x7f
        let code = (status >> 8) & 0xff
        let isMissing = code == 126 || code == 127
        if signal != 0 || isMissing || (command.mustSucceed && code != 0) {
            let ending = signal != 0 ? "signal \(signal)" : "status \(code)"
            throw .failed(command: command.text, status: ending, output: tail(output) + tail(text(err)))
        }
        return Finished(status: code, usage: usage, output: output)
    }

    private func text(_ path: String) -> String {
        String(decoding: FileManager.default.contents(atPath: path) ?? Data(), as: UTF8.self)
    }

    private func tail(_ text: String) -> String {
        text.split(separator: "\n").suffix(10).map { $0 + "\n" }.joined()
    }

}
