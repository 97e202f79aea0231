import Commands

FaultlineCommand.main()
