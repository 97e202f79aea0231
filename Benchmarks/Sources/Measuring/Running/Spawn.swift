import Foundation

#if os(Linux)
    private typealias FileActions = posix_spawn_file_actions_t
#else
    private typealias FileActions = posix_spawn_file_actions_t?
#endif

extension Shell {
    /// Starts a command in the folder, with its output in files and nothing to read. A shell goes to the folder and
    /// becomes the command.
    func spawn(_ command: Command, out: String, err: String) throws(BenchmarkError) -> pid_t {
        #if os(Linux)
            var actions = FileActions()
        #else
            var actions: FileActions = nil
        #endif
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_addopen(&actions, 1, out, O_WRONLY | O_CREAT | O_TRUNC, 0o644)
        posix_spawn_file_actions_addopen(&actions, 2, err, O_WRONLY | O_CREAT | O_TRUNC, 0o644)

        var variables = ProcessInfo.processInfo.environment
        variables.merge(command.environment) { _, new in new }
        let change = ["/bin/sh", "-c", "cd \"$1\" && shift && exec \"$@\"", "sh", folder]
        let arguments = (change + command.arguments).map { strdup($0) }
        let environment = variables.map { strdup("\($0.key)=\($0.value)") }
        defer { for pointer in arguments + environment { free(pointer) } }

        var process: pid_t = 0
        let error = posix_spawn(&process, "/bin/sh", &actions, nil, arguments + [nil], environment + [nil])
        if error != 0 { throw .cannotStart(command: command.text, reason: String(cString: strerror(error))) }
        return process
    }
}
