package dev.zeroftpd.sql;

import dev.zeroftpd.spi.InvalidSettingsException;
import java.util.ArrayList;
import java.util.List;

/** Collects what is wrong with the settings. One thread. */
final class Faults {

    private final List<InvalidSettingsException.Fault> all = new ArrayList<>();

    void add(String key, String what, String remedy) {
        all.add(new InvalidSettingsException.Fault(key, "sql." + key + what, remedy));
    }

    void requireNone() throws InvalidSettingsException {
        if (!all.isEmpty()) {
            throw new InvalidSettingsException(all);
        }
    }
}
