/// Coverage as text: each file with, beside each line, in how many configurations it is executed.
public struct CoverageListing: Sendable {
    public init() {}

    public func render(_ result: CoverageResult) -> String {
        let files = result.files.map(listing).joined(separator: "\n")
        let total = "total: \(result.lineShare.words("lines")), \(result.branchShare.words("branches"))\n"
        return files + (files.isEmpty ? "" : "\n") + total + unknown(result)
    }

    private func unknown(_ result: CoverageResult) -> String {
        guard result.unknown > 0 else { return "" }
        let what = result.unknown == 1 ? "1 configuration is" : "\(result.unknown) configurations are"
        return "\(what) not counted: nothing is known of a search that did not end\n"
    }

    private func listing(_ file: CoverageResult.File) -> String {
        let width = String(file.text.count).count
        let untaken = Dictionary(grouping: file.branches.filter { $0.count == 0 }, by: \.line)
        var text = "\(file.path): \(file.lineShare.words("lines")), \(file.branchShare.words("branches"))\n"
        for (index, line) in file.text.enumerated() {
            let count = file.lines[index + 1].map { $0 == 0 ? "never" : String($0) } ?? ""
            let number = Layout.paddedLeft(String(index + 1), to: width)
            let margin = "\(number) \(Layout.paddedLeft(count, to: 5)) |"
            text += line.isEmpty ? margin + "\n" : "\(margin) \(Layout.clean(line))\n"
            for branch in untaken[index + 1] ?? [] {
                text += String(repeating: " ", count: width + 6) + " ^ `\(branch.label)` is never taken\n"
            }
        }
        return text
    }
}
