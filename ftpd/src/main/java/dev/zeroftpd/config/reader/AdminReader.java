package dev.zeroftpd.config.reader;

import dev.zeroftpd.config.admin.AdminSettings;
import dev.zeroftpd.config.admin.Endpoint;
import java.util.Optional;

/** Reads what is told to the operator by HTTP, and checks it against the certificate. One thread, one load. */
final class AdminReader {

    private final SettingValues values;

    AdminReader(SettingValues values) {
        this.values = values;
    }

    AdminSettings read() {
        Optional<Endpoint> http = values.get(SettingKeys.ADMIN_HTTP);
        boolean tls = values.get(SettingKeys.ADMIN_TLS) == AdminTypes.Switch.ON;
        boolean certificate = values.isSet(SettingKeys.TLS_CERTIFICATE) || values.isSet(SettingKeys.TLS_KEYSTORE);
        if (http.isPresent() && tls && !certificate) {
            values.report(
                    SettingKeys.ADMIN_TLS,
                    "admin.tls is on, but there is no certificate",
                    "set tls.certificate and tls.private-key, or tls.keystore");
        }
        return new AdminSettings(
                http,
                values.get(SettingKeys.ADMIN_ALLOW),
                tls && certificate,
                values.get(SettingKeys.ADMIN_HOSTS),
                values.get(SettingKeys.ADMIN_PREFIX),
                values.get(SettingKeys.ADMIN_PROXY),
                values.get(SettingKeys.ADMIN_TOKEN));
    }
}
