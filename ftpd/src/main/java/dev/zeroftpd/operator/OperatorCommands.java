package dev.zeroftpd.operator;

import java.io.IOException;
import java.util.Map;

/** The commands by their names. Stateless; any thread. */
final class OperatorCommands {

    private OperatorCommands() {}

    static Map<String, OperatorCommand> of(OperatedServer server, SocketFile socket) {
        return Map.ofEntries(
                Map.entry("status", new Status(server)),
                Map.entry("who", Who.of(server.sessions())),
                Map.entry("kick", new Kick(server)),
                Map.entry("ban", new Ban(server)),
                Map.entry("unban", new Unban(server)),
                Map.entry("bans", new ListBans(server.bans())),
                Map.entry("reload", new Reload(server)),
                Map.entry("drain", new Drain(server)),
                Map.entry("trace", new TraceSessions(server.sessions().traces())),
                Map.entry("doctor", new Diagnose(server)),
                Map.entry(HandOver.COMMAND, (request, answer) -> makeWay(server, socket)));
    }

    private static void makeWay(OperatedServer server, SocketFile socket) throws Refused, IOException {
        if (!server.isDraining()) {
            throw Refused.because("process " + ProcessHandle.current().pid() + " serves");
        }
        socket.moveAside();
    }
}
