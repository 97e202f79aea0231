import ArgumentParser
import Diagnostics

extension ExitStatus {
    /// Ends the command with this status.
    func exit() throws {
        guard self != .asExpected else { return }
        throw ExitCode(rawValue)
    }
}

extension Console {
    /// Ends a command with this status, or with that of bad input where results could not be written.
    func end(with status: ExitStatus = .asExpected) throws {
        report(problems, SourceMap(), self)
        try (problems.isEmpty ? status : .worst(of: [status, .badInput])).exit()
    }
}

/// Diagnostics on standard error.
func report(_ diagnostics: [Diagnostic], _ sources: SourceMap, _ console: Console) {
    guard !diagnostics.isEmpty else { return }
    console.error(Renderer(sources: sources, coloured: console.showsProgress && console.isColoured).render(diagnostics))
}
