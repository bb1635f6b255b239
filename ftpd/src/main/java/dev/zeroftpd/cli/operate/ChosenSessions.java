package dev.zeroftpd.cli.operate;

import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Which sessions a command is about; exactly one of the options. One thread. */
class ChosenSessions {

    @Option(names = "--user", paramLabel = "NAME", required = true, description = "Those of that account.")
    private Optional<String> user = Optional.empty();

    @Option(
            names = "--address",
            paramLabel = "CIDR",
            required = true,
            description = "Those from that address or range, such as 192.0.2.0/24.")
    private Optional<String> address = Optional.empty();

    /** Says it in a request. */
    void into(Map<String, Object> request) {
        user.ifPresent(name -> request.put("user", name));
        address.ifPresent(range -> request.put("address", range));
    }
}
