package dev.zeroftpd.config.reader;

import dev.zeroftpd.config.AddressRange;
import dev.zeroftpd.config.DataTls;
import dev.zeroftpd.config.ListenerSettings;
import dev.zeroftpd.config.ListenerSettings.ProxyProtocol;
import dev.zeroftpd.config.TlsMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Reads the listeners: the one whose keys carry no name, then those of {@code listener.NAME.…} in the order of their names.
 * What a further one doesn't say, except its port, is as in the first. One thread, one load.
 */
final class ListenersReader {

    private static final Set<String> ALL = Set.of("0.0.0.0", "::");

    private final SettingValues values;

    ListenersReader(SettingValues values) {
        this.values = values;
    }

    List<ListenerSettings> read(Iterable<String> furtherNames) {
        List<ListenerSettings> listeners = new ArrayList<>();
        TlsMode tls = values.get(SettingKeys.LISTENER_TLS);
        ListenerSettings first = new ListenerSettings(
                ListenerSettings.DEFAULT_NAME,
                values.get(SettingKeys.LISTENER_ADDRESS),
                values.get(SettingKeys.LISTENER_PORT),
                values.get(SettingKeys.LISTENER_IDLE),
                values.get(SettingKeys.LISTENER_LOGIN),
                tls,
                dataTls(SettingKeys.LISTENER_DATA_TLS, values.get(SettingKeys.LISTENER_DATA_TLS), tls),
                values.get(SettingKeys.LISTENER_CHARSET),
                proxies(
                        SettingKeys.LISTENER_PROXY,
                        values.get(SettingKeys.LISTENER_PROXY),
                        values.get(SettingKeys.LISTENER_PROXY_FROM)),
                values.get(SettingKeys.LISTENER_GREETING),
                values.get(SettingKeys.LISTENER_WELCOME));
        listeners.add(first);
        checkTls(SettingKeys.LISTENER_TLS, tls);
        for (String name : furtherNames) {
            ListenerSettings further = readFurther(name, first);
            checkCollision(further, listeners);
            listeners.add(further);
        }
        return listeners;
    }

    private ListenerSettings readFurther(String name, ListenerSettings first) {
        SettingKey<Integer> port = SettingKeys.LISTENER_PORT.named(name);
        SettingKey<TlsMode> tls = SettingKeys.LISTENER_TLS.named(name);
        SettingKey<DataTls> data = SettingKeys.LISTENER_DATA_TLS.named(name);
        if (name.equals(ListenerSettings.DEFAULT_NAME)) {
            values.report(port, "the listener name " + name + " is taken", "set listener.port, or use another name");
        } else if (!values.isSet(port)) {
            SettingKey<?> present = SettingKeys.OF_LISTENERS.keys().stream()
                    .<SettingKey<?>>map(key -> key.named(name))
                    .filter(values::isSet)
                    .findFirst()
                    .orElse(port);
            values.report(present, port.name() + " is missing", "give the listener " + name + " a port of its own");
        }
        TlsMode mode = values.get(tls, first.tls());
        if (values.isSet(tls)) {
            checkTls(tls, mode);
        }
        return new ListenerSettings(
                name,
                values.get(SettingKeys.LISTENER_ADDRESS.named(name), first.address()),
                values.get(port, 0),
                values.get(SettingKeys.LISTENER_IDLE.named(name), first.idleTimeout()),
                values.get(SettingKeys.LISTENER_LOGIN.named(name), first.loginTimeout()),
                mode,
                dataTls(data, values.get(data, first.dataTls()), mode),
                values.get(SettingKeys.LISTENER_CHARSET.named(name), first.charset()),
                furtherProxies(name),
                values.get(SettingKeys.LISTENER_GREETING.named(name), first.greeting()),
                values.get(SettingKeys.LISTENER_WELCOME.named(name), first.welcome()));
    }

    /** Where it is set for a listener without TLS, that listener could transfer nothing. */
    private DataTls dataTls(SettingKey<DataTls> key, DataTls wanted, TlsMode mode) {
        if (mode != TlsMode.OFF || wanted == DataTls.CLIENT) {
            return wanted;
        }
        if (values.isSet(key)) {
            values.report(
                    key,
                    key.name() + " asks for protected transfers, but the listener has no TLS",
                    "set " + key.name().replace("data-tls", "tls") + " to required, explicit or implicit");
        }
        return DataTls.CLIENT;
    }

    private List<AddressRange> furtherProxies(String name) {
        SettingKey<ProxyProtocol> protocol = SettingKeys.LISTENER_PROXY.named(name);
        SettingKey<List<AddressRange>> from = SettingKeys.LISTENER_PROXY_FROM.named(name);
        return proxies(
                protocol,
                values.get(protocol, values.get(SettingKeys.LISTENER_PROXY)),
                values.get(from, values.get(SettingKeys.LISTENER_PROXY_FROM)));
    }

    /** Any client could say that it is another if each peer were believed, so there is no default for that. */
    private List<AddressRange> proxies(SettingKey<ProxyProtocol> key, ProxyProtocol protocol, List<AddressRange> from) {
        if (protocol == ProxyProtocol.OFF) {
            return List.of();
        }
        if (from.isEmpty()) {
            String missing = key.name().replace("proxy-protocol", "proxy-from");
            values.report(
                    key,
                    key.name() + "=required believes what balancers say of clients, but " + missing
                            + " doesn't say which addresses they have",
                    "set " + missing + " to the balancers' own addresses, such as 192.0.2.10,192.0.2.11");
        }
        return from;
    }

    private void checkTls(SettingKey<TlsMode> key, TlsMode mode) {
        boolean certificate = values.isSet(SettingKeys.TLS_CERTIFICATE) || values.isSet(SettingKeys.TLS_KEYSTORE);
        if (mode != TlsMode.OFF && !certificate) {
            values.report(
                    key,
                    key.name() + " asks for TLS, but there is no certificate",
                    "set tls.certificate and tls.private-key, or tls.keystore");
        }
    }

    private void checkCollision(ListenerSettings further, List<ListenerSettings> earlier) {
        for (ListenerSettings other : earlier) {
            boolean samePort = further.port() != 0 && further.port() == other.port();
            if (samePort && overlap(further.address(), other.address())) {
                values.report(
                        SettingKeys.LISTENER_PORT.named(further.name()),
                        "the listeners " + other.name() + " and " + further.name() + " have the same address and port "
                                + further.port()
                                + (further.address().equals(other.address())
                                        ? ""
                                        : ", since " + other.address() + " and " + further.address() + " overlap"),
                        "give one of them another port");
            }
        }
    }

    /** Either way to say "all" means both families, where the machine has both: Java's sockets know one such address. */
    private static boolean overlap(String one, String other) {
        return one.equals(other) || ALL.contains(one) || ALL.contains(other);
    }
}
