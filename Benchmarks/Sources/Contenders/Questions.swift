import Measuring

/// What the benchmark asks. Each gives a table for each size, or several.
public enum Question: String, CaseIterable, Sendable {
    case exact, threads, reduced, prompt
}

extension Toolbox {
    /// The comparisons that answer a question at a size. `prompt` does not depend on the size of the others.
    public func comparisons(_ question: Question, _ size: Size) throws(BenchmarkError) -> [Comparison] {
        switch question {
        case .exact: [try exact(size)]
        case .threads: [threads(size)]
        case .reduced: [try reduced(size)]
        case .prompt: try prompts(size)
        }
    }

    private func exact(_ size: Size) throws(BenchmarkError) -> Comparison {
        var contenders = [faultline(size, threads: 1, reduced: false)]
        if peers.contains(.spin) { contenders += [spin(.depthFirst, size), spin(.breadthFirst, size)] }
        for compiler in rumurs {
            contenders.append(try rumur(compiler, size, symmetric: false).slow(size == .l || size == .xl))
        }
        if let cmurphi { contenders.append(try self.cmurphi(cmurphi, size, symmetric: false)) }
        if peers.contains(.cpp) {
            contenders += [
                handwritten(size, exact: true, threads: 1), handwritten(size, exact: false, threads: 1),
            ]
        }
        return Comparison(
            title: "Size \(size.name), every state, one thread", kind: .search, contenders: contenders)
    }

    private func threads(_ size: Size) -> Comparison {
        var contenders = [1, 2].map { faultline(size, threads: $0, reduced: false) }
        if peers.contains(.cpp) { contenders += [1, 2].map { handwritten(size, exact: true, threads: $0) } }
        return Comparison(
            title: "Size \(size.name), every state, one and two threads", kind: .search, contenders: contenders)
    }

    private func reduced(_ size: Size) throws(BenchmarkError) -> Comparison {
        var contenders = [1, 2].map { faultline(size, threads: $0, reduced: true) }
        if peers.contains(.spin) { contenders += [spin(.partialOrder, size), spin(.partialOrderCollapse, size)] }
        for compiler in rumurs {
            for threads in [1, 2] {
                contenders.append(
                    try rumur(compiler, size, symmetric: true, threads: threads).slow(size == .xl))
            }
        }
        if let cmurphi { contenders.append(try self.cmurphi(cmurphi, size, symmetric: true)) }
        return Comparison(
            title: "Size \(size.name), the verdict with all reductions", kind: .search, contenders: contenders)
    }
}
