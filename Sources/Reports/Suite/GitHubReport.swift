/// A suite as workflow commands of GitHub Actions, which become annotations of a change:
///
/// ```text
/// ::error file=specs/cow.fl,line=12,endLine=12,title=small/swap%3A invariant content violated::…
/// ```
///
/// GitHub shows ten errors, ten warnings and ten notices of a step and drops the rest in silence. Where there are more,
/// the last of the ten says how many. A command is one line, so nothing in a message can end it.
public struct GitHubReport: SuiteReport {
    /// As many as GitHub shows of each kind.
    static let mostOfAKind = 10

    private let paths: ReportPaths

    public init(paths: ReportPaths) { self.paths = paths }

    /// Empty where there is nothing to be said.
    public func render(_ suite: SuiteResult) -> String {
        let findings = SuiteFinding.all(suite, paths)
        return [SuiteFinding.Level.error, .warning, .note].flatMap { level in
            let all = findings.filter { $0.level == level }
            let shown = all.count > Self.mostOfAKind ? all.prefix(Self.mostOfAKind - 1) : all[...]
            let commands = shown.map(command)
            guard shown.count < all.count else { return commands }
            let rest = "\((all.count - shown.count).grouped) more; the other reports have all of them"
            return commands + ["::\(level.command) title=faultline::\(Self.data(rest))"]
        }.map { $0 + "\n" }.joined()
    }

    private func command(_ finding: SuiteFinding) -> String {
        var properties: [String] = []
        if let file = finding.file, case .root(let path) = paths.place(of: file, in: finding.spec) {
            properties.append("file=\(Self.property(path))")
            if let line = finding.line { properties += ["line=\(line)", "endLine=\(line)"] }
            if let column = finding.column { properties.append("col=\(column)") }
        }
        properties.append("title=\(Self.property(finding.title))")
        return "::\(finding.level.command) \(properties.joined(separator: ","))::\(Self.data(finding.message))"
    }

    // MARK: Escaping

    /// What ends a line would end the command; what begins an escape must not look like one. Other control characters
    /// are replaced.
    static func data(_ text: String) -> String { escaped(text, others: [:]) }

    /// A property also ends at a colon or a comma.
    static func property(_ text: String) -> String { escaped(text, others: [":": "%3A", ",": "%2C"]) }

    private static func escaped(_ text: String, others: [Unicode.Scalar: String]) -> String {
        var escaped = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "%": escaped += "%25"
            case "\r": escaped += "%0D"
            case "\n": escaped += "%0A"
            default:
                if let other = others[scalar] {
                    escaped += other
                } else {
                    escaped += scalar == "\t" ? "\t" : Layout.clean(String(scalar))
                }
            }
        }
        return escaped
    }
}

extension SuiteFinding.Level {
    fileprivate var command: String {
        switch self {
        case .error: "error"
        case .warning: "warning"
        case .note: "notice"
        }
    }
}
