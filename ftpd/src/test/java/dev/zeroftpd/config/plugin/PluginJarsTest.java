package dev.zeroftpd.config.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class PluginJarsTest {

    @Test
    void knowsWhatTheLauncherPutsBehindTheServersJar() {
        PluginJars jars = PluginJars.of(
                "/opt/ftpd/zeroftpd.jar:/opt/ftpd/plugins/one.jar:/elsewhere/x.jar:/opt/ftpd/plugins/two.jar");
        assertThat(jars.names()).containsExactly("one.jar", "two.jar");
        assertThat(jars.folder()).isEqualTo(Path.of("/opt/ftpd/plugins"));
        assertThat(jars.remedyForScheme("hdfs"))
                .isEqualTo("put the jar of a plugin that serves hdfs: into /opt/ftpd/plugins, or name a directory");
        assertThat(jars.remedyForSource("ldap"))
                .isEqualTo("put the jars of zeroftpd-ldap into /opt/ftpd/plugins, or set users.source=file");
        assertThat(jars.remedyForSource("sql")).startsWith("put the jars of zeroftpd-sql into /opt/ftpd/plugins, ");
    }

    @Test
    void aServerWithoutPluginsHasNone() {
        assertThat(PluginJars.of("/opt/ftpd/zeroftpd.jar").files()).isEmpty();
    }
}
