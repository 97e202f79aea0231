import Anchors
import ArgumentParser
import Diagnostics
import Foundation
import Reports
import Semantics
import Syntax

/// `faultline anchors`: whether the C that specs cite is still what they were compared with.
struct AnchorsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "anchors", abstract: "Compares the C functions that specs cite with a source tree.",
        discussion: """
            A spec cites a function with `@c("mm/memory.c", "do_swap_page", "digest")` before a statement or a \
            declaration. The digest is that of the function's text, white space and comments aside.
            Exit status: 0 all as they were; 1 one has changed, is gone, or was never compared; 2 bad input.
            """)

    enum Format: String, ExpressibleByArgument, CaseIterable {
        case text, json
    }

    @Flag(help: "Write the digests of changed and new citations into the specs: they were compared, and are right.")
    var accept = false

    @Option(help: ArgumentHelp("Only citations of this function.", valueName: "name"))
    var function: String?

    @Option(help: "How to show the results.")
    var format: Format = .text

    @Argument(help: ArgumentHelp("The source tree that cited files are relative to.", valueName: "tree"))
    var tree: String

    @Argument(help: ArgumentHelp("Specs (.fl), or folders with specs.", valueName: "path"))
    var paths: [String] = ["."]

    func run() throws {
        let console = Console()
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: tree, isDirectory: &isFolder), isFolder.boolValue else {
            report([Diagnostic(.cannotRead, "there is no folder `\(tree)`", at: nil)], SourceMap(), console)
            return try ExitStatus.badInput.exit()
        }
        var session = AnchorSession(
            tree: FolderTree(root: URL(fileURLWithPath: tree)), accepts: accept, function: function, console: console)
        let discovery = SpecDiscovery(paths)
        session.add(discovery.diagnostics, SourceMap())
        for path in discovery.files { session.check(path) }
        if let function, session.results.isEmpty, session.status == .asExpected {
            session.add([Diagnostic(.badOption, "no spec cites `\(function)`", at: nil)], SourceMap())
        }
        switch format {
        case .text: console.out(AnchorReport().text(session.results))
        case .json: console.out(AnchorReport().json(session.results, diagnostics: session.reported))
        }
        try console.end(with: session.status)
    }
}
