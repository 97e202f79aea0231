/// How the elements of the sorts of a model are shown: `F0` for the first `Frame`.
///
/// The letters are the shortest capitalised prefix of the sort's name behind its last dot that no other sort's name
/// starts with; the whole name where it is the start of another one, with the module where even that is not unique.
public struct SortNames: Hashable, Sendable {
    public let sorts: [Sort]
    private let prefixes: [String]

    public init(_ sorts: [Sort]) {
        self.sorts = sorts
        let names = sorts.map { Self.capitalised($0.name) }
        prefixes = names.indices.map { own in
            let others = names.indices.filter { $0 != own }.map { names[$0] }
            if others.contains(names[own]) { return Self.separated(sorts[own].name) }
            let short = (1...max(1, names[own].count)).lazy.map { names[own].prefix($0) }
                .first { prefix in !others.contains { $0.hasPrefix(prefix) } }
            return Self.separated(short.map(String.init) ?? names[own])
        }
    }

    /// `F0`. A sort that does not exist is shown by its number.
    public func element(_ number: Int, of sort: Int) -> String {
        prefixes.indices.contains(sort) ? "\(prefixes[sort])\(number)" : "?\(sort).\(number)"
    }

    private static func capitalised(_ name: String) -> String {
        let last = name.split(separator: ".").last.map(String.init) ?? name
        return last.prefix(1).uppercased() + last.dropFirst()
    }

    /// Keeps `F1` number 0 apart from `F` number 10.
    private static func separated(_ prefix: String) -> String {
        prefix.last?.isNumber == true ? prefix + "_" : prefix
    }
}
