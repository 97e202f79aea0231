import Semantics

/// Where the C that specs cite is looked up.
public protocol SourceTree {
    /// The bytes of a file, by its path from the top of the tree; nil where there is none.
    func bytes(of file: String) -> [UInt8]?
    /// The files beside a file that may hold what has moved, as paths from the top of the tree, sorted.
    func neighbours(of file: String) -> [String]
}

/// What has become of a cited function.
public enum AnchorState: Sendable, Hashable {
    /// As it was when the spec was last compared with it.
    case fine(lines: [Int])
    case changed(now: String, lines: [Int])
    /// Nobody has compared the two yet.
    case unreviewed(now: String, lines: [Int])
    case fileGone
    /// With the neighbouring files that define it now.
    case functionGone(nowIn: [String])

    /// The digest to write where the author accepts what there is now.
    public var acceptable: String? {
        switch self {
        case .changed(let now, lines: _), .unreviewed(let now, lines: _): now
        case .fine, .fileGone, .functionGone: nil
        }
    }
}

/// Compares what specs cite with a tree of C. Each file is read and cut into tokens once for each function.
public struct AnchorCheck {
    private let tree: any SourceTree
    private var files: [String: [UInt8]?] = [:]

    public init(_ tree: some SourceTree) { self.tree = tree }

    public mutating func state(of anchor: Annotations.Anchor) -> AnchorState {
        guard let text = bytes(of: anchor.file) else { return .fileGone }
        guard let function = CFunction(anchor.function, in: text) else {
            let holders = tree.neighbours(of: anchor.file).filter { file in
                bytes(of: file).flatMap { CFunction(anchor.function, in: $0) } != nil
            }
            return .functionGone(nowIn: holders)
        }
        guard let reviewed = anchor.digest, !reviewed.isEmpty else {
            return .unreviewed(now: function.digest, lines: function.lines)
        }
        return reviewed == function.digest
            ? .fine(lines: function.lines) : .changed(now: function.digest, lines: function.lines)
    }

    private mutating func bytes(of file: String) -> [UInt8]? {
        if let known = files[file] { return known }
        let read = tree.bytes(of: file)
        files[file] = .some(read)
        return read
    }
}
