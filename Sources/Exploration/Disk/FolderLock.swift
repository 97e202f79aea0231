import Foundation

/// Keeps other processes out of a folder, until it is gone or its process ends, however it ends.
final class FolderLock: Sendable {
    private let descriptor: Int32

    /// - Throws: ``CheckpointProblem``, where another process has it.
    init(_ folder: URL) throws(CheckpointProblem) {
        descriptor = open(folder.path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .disk(DiskProblem(path: folder.path, errno: errno)) }
        guard flock(descriptor, LOCK_EX | LOCK_NB) != 0 else { return }
        // Some file systems know no such locks. There a checkpoint is as good as the user is careful.
        if errno == EWOULDBLOCK {
            close(descriptor)
            throw .inUse(path: folder.path)
        }
    }

    deinit { close(descriptor) }
}
