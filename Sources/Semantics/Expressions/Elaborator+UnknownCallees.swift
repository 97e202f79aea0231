import Diagnostics
import Syntax

/// What is said about a name that is called and is not there.
extension Elaborator {
    /// What looks like a call and is a form of its own.
    private static let callShapedForms = ["old", "racy", "count"]

    func reportUnknownCallee(_ parts: [Name], _ body: BodyScope) {
        reportUnknown(parts, "function, handler or case", body) { module in
            let builtin = parts.count == 1 ? Self.builtinOperations + Self.callShapedForms : []
            return module.names(where: \.isCallable) + caseNames(in: module) + builtin
        }
    }

    func reportUnknownGhostHandler(_ parts: [Name], _ body: BodyScope) {
        reportUnknown(parts, "ghost handler", body) { $0.names(where: \.isGhostHandler) }
    }

    private func reportUnknown(
        _ parts: [Name], _ what: String, _ body: BodyScope, among known: (Instance) -> [String]
    ) {
        guard let name = parts.last else { return }
        var module = body.instance
        for part in parts.dropLast() {
            guard let next = module.imports[part.text] else {
                let near = suggestion(for: part.text, among: module.imports.keys.sorted())
                return report(
                    .unknownName, "there is no import named `\(part.text)`", at: part.span,
                    fixIts: near.map { [FixIt("use `\($0)`", replace: part.span, with: $0)] } ?? [])
            }
            module = next
        }
        let near = suggestion(for: name.text, among: known(module))
        report(
            .unknownName, "there is no \(what) `\(parts.map(\.text).joined(separator: "."))`",
            at: name.span, fixIts: near.map { [FixIt("use `\($0)`", replace: name.span, with: $0)] } ?? [])
    }
}
