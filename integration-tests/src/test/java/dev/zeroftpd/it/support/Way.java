package dev.zeroftpd.it.support;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;

/** One way that bytes can get to a client: the whole transfer suite runs once for each. Immutable. */
public record Way(DataPath path, Mode mode, Family family) {

    public enum DataPath {
        ZERO_COPY("auto", "zero-copy"),
        STREAMED("off", "streamed: switched off");

        private final String setting;
        private final String description;

        DataPath(String setting, String description) {
            this.setting = setting;
            this.description = description;
        }

        /** The value of {@code transfer.zero-copy} that leads here. */
        public String setting() {
            return setting;
        }

        /** As the transfer log and SITE ZEROCOPY say it. */
        public String description() {
            return description;
        }
    }

    public enum Mode {
        PASSIVE,
        ACTIVE
    }

    public enum Family {
        IPV4(Inet4Address.class),
        IPV6(Inet6Address.class);

        private final Class<? extends InetAddress> kind;

        Family(Class<? extends InetAddress> kind) {
            this.kind = kind;
        }

        public boolean includes(InetAddress address) {
            return kind.isInstance(address);
        }
    }

    public static List<Way> all() {
        List<Way> ways = new ArrayList<>();
        for (DataPath path : DataPath.values()) {
            for (Mode mode : Mode.values()) {
                for (Family family : Family.values()) {
                    ways.add(new Way(path, mode, family));
                }
            }
        }
        return ways;
    }

    @Override
    public String toString() {
        return path + ", " + mode + ", " + family;
    }
}
