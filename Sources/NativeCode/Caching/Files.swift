import Foundation

/// Files as bytes. Nothing here throws: whoever calls can do without the file.
enum Files {
    /// Nil for a file that can't be read, or is larger than any library.
    static func read(_ path: String, limit: Int = 64 << 20) -> [UInt8]? {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { return nil }
        defer { close(file) }
        var information = stat()
        guard fstat(file, &information) == 0, information.st_mode & S_IFMT == S_IFREG, information.st_size <= limit
        else { return nil }
        var bytes = [UInt8](repeating: 0, count: Int(information.st_size))
        var done = 0
        while done < bytes.count {
            let count = bytes.withUnsafeMutableBytes { all in
                all.baseAddress.map { Foundation.read(file, $0 + done, all.count - done) } ?? 0
            }
            guard count > 0 else { return nil }
            done += count
        }
        return bytes
    }

    /// False where not all of it could be written.
    static func write(_ bytes: [UInt8], to path: String) -> Bool {
        let file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard file >= 0 else { return false }
        var done = 0
        while done < bytes.count {
            let count = bytes.withUnsafeBytes { all in
                all.baseAddress.map { Foundation.write(file, $0 + done, all.count - done) } ?? 0
            }
            guard count > 0 else { break }
            done += count
        }
        // Some file systems report a full disk only now.
        return close(file) == 0 && done == bytes.count
    }

    /// The start of a text for a message, on one line.
    static func start(of path: String) -> String {
        guard let bytes = read(path) else { return "" }
        let text = String(decoding: bytes.prefix(400), as: UTF8.self)
        return text.split(whereSeparator: \.isNewline).prefix(3).joined(separator: "; ")
    }

    /// A new private folder below another one; nil where that is impossible.
    static func temporaryFolder(in folder: String) -> String? {
        var template = Array("\(folder)/faultline-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { return nil }
        return template.withUnsafeBufferPointer { $0.baseAddress.map { String(cString: $0) } }
    }

    static func createFolder(_ path: String) {
        try? FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    static func remove(_ path: String) { try? FileManager.default.removeItem(atPath: path) }
}
