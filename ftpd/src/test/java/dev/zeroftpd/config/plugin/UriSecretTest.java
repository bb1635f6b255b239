package dev.zeroftpd.config.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UriSecretTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "s3x://key:hush@bucket/",
                "s3x://key:hush@bucket",
                "S3X://key:hush@[::1]:9000/bucket",
                "s3x://:hush@bucket/",
                "s3x://key%3Ahush@bucket/",
                "s3x://key:hush%40bucket/",
                "s3x://key:hush@bucket_with_underscores/${user}",
                "s3x://key:hu/sh@bucket/",
                "s3x://key:hu,sh@bucket/",
                "s3x://key:hu sh@bucket/",
                "s3x://key:hu@sh@bucket/",
                "s3x:key:hush@bucket",
                "s3x:/key:hush@bucket/",
                "jar:s3x://key:hush@bucket/a.zip!/",
                "jdbc:postgresql://ftp:hush@db/accounts",
                "ldaps://one,ldaps://cn=x:hush@two",
                "ldaps://one, ldaps://cn=x:hush@two",
                "https://user:hush@example.org/",
                "https://example.org/?token=hush",
                "https://example.org/a?b=c&X-Amz-Signature=hush",
                "s3x://bucket/?secretKey=hush",
                "jdbc:postgresql://db/a?password=hush"
            })
    void findsWhatIsOne(String uri) {
        assertThat(UriSecret.isIn(uri)).isTrue();
        assertThat(UriSecret.shown(uri)).isEqualTo("…");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "home",
                "/srv/a:b@c",
                "C:\\ftp",
                "jar:file:///srv/a.zip!/",
                "jar:file:///srv/a@b:c.zip",
                "hdfs://namenode:8020/data",
                "hdfs://ftp@namenode:8020/data",
                "abfss://container@account.dfs.core.windows.net/",
                "s3x://bucket/${user}",
                "s3x://bucket/a:b@c",
                "s3x://bucket/?region=eu-1&endpoint=http://localhost:9000",
                "s3x://[::1]:9000/a@b",
                "https://example.org:8443/a?b=c",
                "http://[::1]:8080/",
                "ldaps://one, ldap://two:1389",
                "jdbc:postgresql://one:5432,two:5433/accounts?sslmode=verify-full",
                "quota-bytes:ftpQuota, permissions./in:ftpIn",
                "$argon2id$v=19$m=19456,t=2,p=1$c2FsdA$aGFzaA"
            })
    void findsNothingElse(String text) {
        assertThat(UriSecret.isIn(text)).isFalse();
    }

    /** Where a character is left out, the message about that would be the leak. */
    @Test
    void showsNothingThatMayBeOne() {
        assertThat(UriSecret.shown("s3x//key:hush@bucket/")).isEqualTo("…");
        assertThat(UriSecret.shown("//key:hush@bucket/")).isEqualTo("//key:hush@bucket/"); // an absolute path
        assertThat(UriSecret.shown("s3x://bucket/")).isEqualTo("s3x://bucket/");
        assertThat(UriSecret.shown("https://user@example.org/")).isEqualTo("https://user@example.org/");
        assertThat(UriSecret.shown("/srv/a:b@c")).isEqualTo("/srv/a:b@c");
    }

    @Test
    void longTextsTakeNoTime() {
        String commas = ",".repeat(20_000);
        assertThat(UriSecret.isIn("s3x://" + commas + "[/@" + commas)).isTrue();
        assertThat(UriSecret.isIn("ab:c".repeat(2_000) + "@".repeat(2_000))).isTrue();
    }
}
