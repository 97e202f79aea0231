import ArgumentParser
import Diagnostics
import Foundation
import Reports
import Semantics

/// Reports beside what a command prints: `--report sarif=out.sarif --report junit=out.xml`.
struct ReportOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            """
            Write a report into a file, or to standard output (-); may be given again. Kinds: \
            \(SuiteReportKind.allCases.map(\.rawValue).joined(separator: ", ")).
            """, valueName: "KIND=FILE"),
        transform: RequestedReport.init(argument:))
    var report: [RequestedReport] = []

    func validate() throws {
        var places: Set<String> = []
        for request in report where request.file != "-" {
            guard places.insert(filePlace(request.file)).inserted else {
                throw ValidationError("two reports can't be written into one file: `\(request.file)`")
            }
            guard !request.file.hasSuffix(".fl") else {
                throw ValidationError("a report can't be written to `\(request.file)`, which names a spec")
            }
        }
    }

    /// Throws where a report would replace what the command reads or writes otherwise.
    func validate(sparing files: [String]) throws {
        let places = Set(files.map(filePlace))
        for request in report where request.file != "-" && places.contains(filePlace(request.file)) {
            throw ValidationError(
                "a report can't be written to `\(request.file)`, which the command uses for something else")
        }
    }

    /// Writes all files that can be written; says of each other one why not (FL0716).
    func writeFiles(_ suite: SuiteResult) -> [Diagnostic] {
        let files = report.filter { $0.file != "-" }
        guard !files.isEmpty else { return [] }
        let paths = ReportPaths(locating: suite)
        return files.compactMap { request in
            do {
                try request.write(request.text(suite, paths))
                return nil
            } catch {
                let reason = error.reason
                return Diagnostic(
                    .reportNotWritten,
                    "the \(request.kind.rawValue) report can't be written to `\(request.file)`: \(reason)", at: nil)
            }
        }
    }

    /// Those that go to standard output, after what the command prints.
    func print(_ suite: SuiteResult, _ console: Console) {
        let printed = report.filter { $0.file == "-" }
        guard !printed.isEmpty else { return }
        let paths = ReportPaths(locating: suite)
        for request in printed { console.out(request.text(suite, paths)) }
    }
}

/// One report, and where it goes.
struct RequestedReport: Sendable {
    let kind: SuiteReportKind
    /// `-` for standard output.
    let file: String

    init(argument: String) throws {
        let kinds = SuiteReportKind.allCases.map(\.rawValue)
        let parts = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        guard let kind = SuiteReportKind(rawValue: parts[0]) else {
            let near = suggestion(for: parts[0], among: kinds).map { "; did you mean `\($0)`?" } ?? "."
            throw ValidationError(
                "`\(parts[0])` is no kind of report\(near) There are \(kinds.joined(separator: ", "))")
        }
        guard parts.count == 2, !parts[1].isEmpty else {
            throw ValidationError("a file is missing; write `\(kind.rawValue)=FILE`, or `\(kind.rawValue)=-`")
        }
        self.kind = kind
        file = parts[1]
    }

    fileprivate func text(_ suite: SuiteResult, _ paths: ReportPaths) -> String {
        kind.report(version: Version.current, paths: paths).render(suite)
    }

    /// A file is replaced as a whole, its folder created where it is missing. A pipe or a device, such as `/dev/stderr`,
    /// is written to.
    fileprivate func write(_ text: String) throws {
        let url = URL(fileURLWithPath: file)
        let type = try? FileManager.default.attributesOfItem(atPath: file)[.type] as? FileAttributeType
        guard type == nil || type == .typeRegular else { return try Data(text.utf8).write(to: url) }
        try FileManager.default.createDirectory(
            at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: url, options: .atomic)
    }
}

extension ReportPaths {
    /// Finds the modules that the results name where the specs found them. The root is the current folder.
    init(locating suite: SuiteResult) {
        let environment = InstalledLibrary()
        var modules: [String: [String: String]] = [:]
        for (spec, files) in suite.modulesNamed {
            let folder = URL(fileURLWithPath: spec).deletingLastPathComponent()
            let library = ModuleLibrary(start: folder, environment: environment)
            for file in files where file != spec {
                modules[spec, default: [:]][file] = library.place(of: file)?.path
            }
        }
        self.init(
            root: FileManager.default.currentDirectoryPath, library: environment.folder?.path, modules: modules)
    }
}
