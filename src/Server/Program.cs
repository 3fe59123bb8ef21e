using Hone.Server.Cli;

return await HoneCommand.RunAsync(args);
