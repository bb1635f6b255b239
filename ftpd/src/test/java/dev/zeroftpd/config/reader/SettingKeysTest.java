package dev.zeroftpd.config.reader;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SettingKeysTest {

    @Test
    void knowsExactlyTheseKeys() {
        assertThat(SettingKeys.ALL)
                .extracting(key -> key.name() + "=" + key.defaultText())
                .containsExactly(
                        "listener.address=0.0.0.0",
                        "listener.port=2121",
                        "listener.idle-timeout=5m",
                        "listener.login-timeout=60s",
                        "listener.tls=off",
                        "listener.data-tls=client",
                        "listener.charset=UTF-8",
                        "listener.greeting-file=",
                        "listener.welcome-file=",
                        "tls.certificate=",
                        "tls.private-key=",
                        "tls.keystore=",
                        "tls.keystore-password=",
                        "tls.session-reuse=optional",
                        "tls.require-close-notify=true",
                        "tls.client-certificates=off",
                        "tls.client-authorities=",
                        "tls.protocols=TLSv1.3,TLSv1.2",
                        "tls.cipher-suites=",
                        "passive.ports=50000-50999",
                        "passive.address=",
                        "passive.check-address=true",
                        "active.enabled=true",
                        "active.check-address=true",
                        "active.local-port=0",
                        "users.file=../users.properties",
                        "users.upgrade-hashes=true",
                        "limits.sessions=10000",
                        "limits.sessions-per-address=100",
                        "limits.sessions-before-login=500",
                        "limits.address-prefix-ipv6=64",
                        "limits.login-failures=3",
                        "ban.failures=10/10m",
                        "ban.time=30m",
                        "ban.time-max=1d",
                        "ban.allow=",
                        "ban.names=",
                        "state.directory=../state",
                        "control.socket=../run/ftpd.sock",
                        "storage.symlinks=inside",
                        "storage.list-links=link",
                        "rename.overwrite=true",
                        "upload.mode=atomic",
                        "upload.umask=022",
                        "upload.fsync=false",
                        "upload.partial-expiry=1d",
                        "upload.without-quit=new",
                        "upload.hard-links=keep",
                        "transfer.zero-copy=auto",
                        "transfer.zero-copy-exclude=nfs,nfs4,cifs,smb2,smb3,smbfs,fuse,fuseblk,9p,proc,sysfs",
                        "transfer.stall-timeout=60s",
                        "transfer.connect-timeout=20s",
                        "bandwidth.server=0",
                        "bandwidth.per-address=0",
                        "process.user=",
                        "process.group=",
                        "process.sandbox=auto",
                        "process.sandbox-paths=",
                        "admin.http=",
                        "admin.allow-from=127.0.0.0/8,::1",
                        "admin.tls=off",
                        "admin.host-names=",
                        "admin.path-prefix=/",
                        "admin.metrics-token-file=",
                        "shutdown.delay=0s",
                        "shutdown.grace=30s");
    }
}
