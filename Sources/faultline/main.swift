import Commands
import Foundation

// A reader that goes away (`| head`) must not take the verdict with it: writing fails, the exit status stays.
signal(SIGPIPE, SIG_IGN)
// So must a limit on the size of files.
signal(SIGXFSZ, SIG_IGN)
exit(FaultlineCommand.status(of: Array(CommandLine.arguments.dropFirst())))
