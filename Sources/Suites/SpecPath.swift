import Foundation

/// How a file that lies beside specs names them: relative to its own folder, so that it means the same from everywhere.
struct SpecPath {
    private let folder: [String]

    /// - Parameter file: the path of the file that names specs.
    init(relativeTo file: String) {
        folder = Self.parts(URL(fileURLWithPath: file).deletingLastPathComponent().path)
    }

    /// `specs/a.fl`, `../specs/a.fl`
    func name(of spec: String) -> String {
        let path = Self.parts(URL(fileURLWithPath: spec).path)
        let common = zip(folder, path).prefix { $0 == $1 }.count
        let up = Array(repeating: "..", count: folder.count - common)
        return (up + path.dropFirst(common)).joined(separator: "/")
    }

    /// The absolute path of a spec with this name.
    func path(of name: String) -> String {
        "/" + Self.parts(name.hasPrefix("/") ? name : (folder + [name]).joined(separator: "/")).joined(separator: "/")
    }

    /// The same for names that mean the same: `./specs//a.fl` is `specs/a.fl`.
    func normalised(_ name: String) -> String {
        name.hasPrefix("/") ? self.name(of: name) : self.name(of: "/" + (folder + [name]).joined(separator: "/"))
    }

    private static func parts(_ path: String) -> [String] {
        var parts: [String] = []
        for part in path.split(separator: "/") {
            switch part {
            case ".": continue
            case "..": parts = parts.dropLast()
            default: parts.append(String(part))
            }
        }
        return parts
    }
}
