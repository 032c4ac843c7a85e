// Room: SoftbounceCommands
