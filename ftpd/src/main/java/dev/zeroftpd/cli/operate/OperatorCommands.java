package dev.zeroftpd.cli.operate;

import java.util.List;

/** All of the operator's commands. Stateless. */
public final class OperatorCommands {

    private OperatorCommands() {}

    /** For picocli. */
    public static List<Object> all(Surroundings surroundings) {
        return List.of(
                new StatusCommand(surroundings),
                new WhoCommand(surroundings),
                new KickCommand(surroundings),
                new BanCommand(surroundings),
                new UnbanCommand(surroundings),
                new BansCommand(surroundings),
                new ReloadCommand(surroundings),
                new DrainCommand(surroundings),
                new TopCommand(surroundings),
                new TraceCommand(surroundings),
                new QuotaCommand(surroundings),
                new RetentionCommand(surroundings),
                new DoctorCommand(surroundings),
                HookCommand.of(surroundings),
                WebCommand.of(surroundings));
    }
}
