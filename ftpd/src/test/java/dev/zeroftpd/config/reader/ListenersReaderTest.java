package dev.zeroftpd.config.reader;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zeroftpd.config.AddressRange;
import dev.zeroftpd.config.ListenerSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What further listeners take from the first. */
class ListenersReaderTest {

    @TempDir
    private Path folder;

    @Test
    void listenersBehindABalancerTakeAfterTheFirstUnlessTheySayOtherwise() throws Exception {
        Path file = Files.writeString(folder.resolve("ftpd.properties"), """
            listener.proxy-protocol=required
            listener.proxy-from=192.0.2.10,2001:db8::/64
            listener.lan.port=2100
            listener.lan.proxy-protocol=off
            listener.other.port=2101
            listener.other.proxy-from=192.0.2.11
            listener.same.port=2102
            """);
        LoadedSettings loaded =
                SettingsLoader.load(new SettingsSources(Optional.of(file), file, Map.of(), List.of(), folder));

        List<AddressRange> balancers = List.of(AddressRange.parse("192.0.2.10"), AddressRange.parse("2001:db8::/64"));
        assertThat(loaded.settings().listeners())
                .extracting(ListenerSettings::proxies)
                .containsExactly(balancers, List.of(), List.of(AddressRange.parse("192.0.2.11")), balancers);
    }
}
