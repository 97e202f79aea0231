import Diagnostics
import Syntax

/// What the attributes of some files say. It changes no model: tools that look at a result read it.
public struct Annotations: Sendable {
    /// A finding that the author knows of: `@allow(unreached, "why")`.
    public struct Allowance: Sendable {
        public let finding: AllowedFinding
        public let reason: String
        public let span: Span
        /// The statement or declaration for which it is allowed.
        public let target: Span
    }

    /// The C that a statement or declaration stands for: `@c("mm/memory.c", "do_swap_page", "digest")`.
    public struct Anchor: Sendable {
        public let file: String
        public let function: String
        /// Of the function's text when the spec was last compared with it; nil where it never was.
        public let digest: String?
        /// Where the digest stands, with its quotes; where it is missing, the empty span behind the function.
        public let digestSpan: Span
        public let span: Span
        public let target: Span
    }

    public private(set) var allowances: [Allowance] = []
    public private(set) var anchors: [Anchor] = []
    public private(set) var diagnostics: [Diagnostic] = []

    /// Reads the attributes of a file and judges them.
    public init(_ tree: FileTree) {
        for attribute in tree.attributes { read(attribute) }
    }

    private mutating func read(_ attribute: AttributeTree) {
        switch attribute.name.text {
        case "allow": readAllowance(attribute)
        case "c": readAnchor(attribute)
        default:
            let name = attribute.name.text
            let fixIts = suggestion(for: name, among: ["allow", "c"]).map {
                [FixIt("write `@\($0)`", replace: attribute.name.span, with: $0)]
            }
            diagnostics.append(
                Diagnostic(
                    .unknownName, "there is no attribute `@\(name)`; there are `@allow` and `@c`",
                    at: attribute.name.span, fixIts: fixIts ?? []))
        }
    }

    private mutating func readAllowance(_ attribute: AttributeTree) {
        guard attribute.arguments.count == 2, case .name(let path) = attribute.arguments[0].kind,
            case .string(let reason) = attribute.arguments[1].kind, reason.contains(where: { !$0.isWhitespace })
        else {
            return refuse(attribute, "`@allow` takes what is allowed and why: `@allow(unreached, \"why\")`")
        }
        guard let finding = AllowedFinding(rawValue: path.text) else {
            let names = AllowedFinding.allCases.map(\.rawValue)
            let fixIts = suggestion(for: path.text, among: names).map {
                [FixIt("write `\($0)`", replace: path.span, with: $0)]
            }
            diagnostics.append(
                Diagnostic(
                    .unknownName, "`\(path.text)` is nothing that can be allowed; known are \(names.quoted)",
                    at: path.span, fixIts: fixIts ?? []))
            return
        }
        allowances.append(
            Allowance(finding: finding, reason: reason, span: attribute.span, target: attribute.target))
    }

    private mutating func readAnchor(_ attribute: AttributeTree) {
        let texts = attribute.arguments.compactMap { argument in
            if case .string(let text) = argument.kind { text } else { nil }
        }
        guard texts.count == attribute.arguments.count, (2...3).contains(texts.count), !texts[0].isEmpty,
            !texts[1].isEmpty
        else {
            return refuse(
                attribute, "`@c` takes a file, a function and a digest: `@c(\"mm/memory.c\", \"do_swap_page\")`")
        }
        let last = attribute.arguments[texts.count - 1].span
        let end = Span(last.source, last.end, last.end)
        anchors.append(
            Anchor(
                file: texts[0], function: texts[1], digest: texts.count == 3 ? texts[2] : nil,
                digestSpan: texts.count == 3 ? attribute.arguments[2].span : end, span: attribute.span,
                target: attribute.target))
    }

    private mutating func refuse(_ attribute: AttributeTree, _ message: String) {
        diagnostics.append(Diagnostic(.wrongArguments, message, at: attribute.span))
    }
}

/// What `@allow` can allow. The raw values are the names in the language.
public enum AllowedFinding: String, CaseIterable, Sendable {
    /// A statement that is never executed.
    case unreached
    /// A branch that is never taken.
    case untaken
    /// A premise that never holds.
    case premise
    /// An `at rest` that only initial states meet.
    case rest
    /// A wait that is never over.
    case wait
    /// A loop that never needs all its rounds.
    case bound
    /// A variable that never wraps around.
    case wrap
    /// A mutant that no claim notices.
    case survivor
    /// Conflicting accesses that no common lock orders.
    case race
}

extension [String] {
    /// `` `a`, `b` and `c` ``
    fileprivate var quoted: String {
        let all = map { "`\($0)`" }
        guard let last = all.last, all.count > 1 else { return all.joined() }
        return all.dropLast().joined(separator: ", ") + " and " + last
    }
}
