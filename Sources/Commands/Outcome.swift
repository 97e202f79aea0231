import ArgumentParser
import Diagnostics

extension ExitStatus {
    /// Ends the command with this status.
    func exit() throws {
        guard self != .asExpected else { return }
        throw ExitCode(rawValue)
    }
}

/// Diagnostics on standard error.
func report(_ diagnostics: [Diagnostic], _ sources: SourceMap, _ console: Console) {
    guard !diagnostics.isEmpty else { return }
    console.error(Renderer(sources: sources, coloured: console.showsProgress && console.isColoured).render(diagnostics))
}
