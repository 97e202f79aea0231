/// A rendering of what a suite came to. Equal suites give equal bytes, but for times in fields that are meant for them.
public protocol SuiteReport: Sendable {
    /// The whole document. Linear in the size of the suite.
    func render(_ suite: SuiteResult) -> String
}

/// The reports of a suite, by the names that the command line knows them by.
public enum SuiteReportKind: String, CaseIterable, Sendable {
    /// JUnit XML, which nearly every CI reads.
    case junit
    /// SARIF 2.1.0, with counterexamples as code flows.
    case sarif
    /// Workflow commands of GitHub, which become annotations of a change.
    case github
    /// GitHub Flavored Markdown, for the summary of a job.
    case markdown
    /// Everything, for programs.
    case json

    /// `version` is that of the tool.
    public func report(version: String, paths: ReportPaths) -> any SuiteReport {
        switch self {
        case .junit: JUnitReport()
        case .sarif: SARIFReport(version: version, paths: paths)
        case .github: GitHubReport(paths: paths)
        case .markdown: MarkdownReport()
        case .json: SuiteJSONReport()
        }
    }
}
