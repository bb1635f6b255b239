package dev.zeroftpd.cli.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TableTest {

    @Test
    void isNotAsWideAsAClientWants() {
        Table table = new Table("SESSION", "DIRECTORY", "TRANSFER");
        table.add("s-1", "/" + "d".repeat(4000) + "/end", "-");
        table.add("s-2", "/", "-");
        assertThat(table.lines()).allMatch(line -> line.length() < 150);
        assertThat(table.lines().get(1)).contains("/ddd", "ddd/end");
    }
}
