package dev.zeroftpd.dataconnection;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Parses the addresses that clients send. Never asks the DNS; any thread. */
public final class ActiveAddress {
    private static final Pattern PORT =
            Pattern.compile("(\\d{1,3}),(\\d{1,3}),(\\d{1,3}),(\\d{1,3}),(\\d{1,3}),(\\d{1,3})");

    /** Delimiter, protocol, delimiter, address, delimiter, port, delimiter. */
    private static final Pattern EXTENDED_PORT = Pattern.compile("([!-~])([12])\\1([0-9A-Fa-f.:]+)\\1(\\d{1,5})\\1");

    private static final Pattern OTHER_PROTOCOL = Pattern.compile("([!-~])(?!([12])\\1)\\d{1,5}\\1.+\\1\\d{1,5}\\1");

    private static final Pattern FOUR_NUMBERS = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");

    private static final int LAST_PORT = 65_535;

    private ActiveAddress() {}

    /** {@code h1,h2,h3,h4,p1,p2} (RFC 959 section 4.1.2); empty if it is none. */
    public static Optional<InetSocketAddress> ofPort(String argument) {
        Matcher matcher = PORT.matcher(argument);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        int[] numbers = new int[6];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = Integer.parseInt(matcher.group(i + 1));
            if (numbers[i] > 255) {
                return Optional.empty();
            }
        }
        String host = numbers[0] + "." + numbers[1] + "." + numbers[2] + "." + numbers[3];
        return address(host, true, numbers[4] * 256 + numbers[5]);
    }

    /** {@code |1|132.235.1.2|6275|} or {@code |2|1080::8:800:200C:417A|5282|} (RFC 2428 section 2); empty if it is none. */
    public static Optional<InetSocketAddress> ofExtendedPort(String argument) {
        Matcher matcher = EXTENDED_PORT.matcher(argument);
        return matcher.matches()
                ? address(matcher.group(3), matcher.group(2).equals("1"), Integer.parseInt(matcher.group(4)))
                : Optional.empty();
    }

    /** True if this would be an address for EPRT if only its network protocol were one of ours. */
    public static boolean isOfOtherProtocol(String argument) {
        return OTHER_PROTOCOL.matcher(argument).matches();
    }

    private static Optional<InetSocketAddress> address(String literal, boolean isIpv4, int port) {
        if (port == 0
                || port > LAST_PORT
                || (isIpv4 && !FOUR_NUMBERS.matcher(literal).matches())) {
            return Optional.empty();
        }
        try {
            InetAddress address = InetAddress.ofLiteral(literal);
            return address instanceof Inet4Address == isIpv4
                    ? Optional.of(new InetSocketAddress(address, port))
                    : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
