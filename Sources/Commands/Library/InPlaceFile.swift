import Diagnostics
import Foundation

/// A file whose text is replaced where it is.
struct InPlaceFile {
    /// As it was given.
    let path: String

    /// Replaces the text as a whole or not at all; the mode stays, and a symbolic link stays one.
    func replace(with bytes: [UInt8]) throws(Diagnostic) {
        // Replacing the file would succeed where writing into it is forbidden, and would cut off a symbolic link.
        let file = URL(fileURLWithPath: path).resolvingSymlinksInPath()
        let mode = (try? FileManager.default.attributesOfItem(atPath: file.path))?[.posixPermissions] as? Int
        guard (mode ?? 0o200) & 0o222 != 0, FileManager.default.isWritableFile(atPath: file.path) else {
            throw Diagnostic(.cannotWrite, "`\(path)` can't be written: it is read-only", at: nil)
        }
        do {
            try Data(bytes).write(to: file, options: .atomic)
            // The new file has the mode of new files.
            if let mode { try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: file.path) }
        } catch {
            throw Diagnostic(.cannotWrite, "`\(path)` can't be written: \(error.reason)", at: nil)
        }
    }
}
