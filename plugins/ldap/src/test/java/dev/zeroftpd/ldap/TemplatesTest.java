package dev.zeroftpd.ldap;

import static org.assertj.core.api.Assertions.assertThat;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Filter;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Names of strangers within filters and distinguished names. */
@Tag("attack")
class TemplatesTest {

    private static final List<String> NAMES = List.of(
            "*)(uid=*",
            "*",
            "bo*",
            "\\2a",
            "a)(|(uid=*",
            "x\0y",
            "(",
            "&",
            "${dn}",
            "${user}",
            "bób",
            " bob ",
            "#",
            "\uD83D\uDE00");

    @Test
    void aNameIsOneValueOfAFilterWhateverIsInIt() throws Exception {
        for (String name : NAMES) {
            Filter filter =
                    Filters.of("(&(objectClass=person)(uid=${user}))", Map.of("${user}", name, "${dn}", "dc=x"));
            assertThat(filter.getComponents()).hasSize(2);
            Filter second = filter.getComponents()[1];
            assertThat(second.getFilterType()).isEqualTo(Filter.FILTER_TYPE_EQUALITY);
            assertThat(second.getAssertionValue()).isEqualTo(name);
        }
    }

    @Test
    void aNameIsOneValueOfADistinguishedNameWhateverIsInIt() throws Exception {
        NameTemplate template = NameTemplate.parse("uid=${user},ou=people,dc=example,dc=org");
        for (String name : NAMES) {
            assertThat(template.of(name).getRDNs()).hasSize(4);
            assertThat(template.of(name).getRDN().getAttributeValues()).containsExactly(name);
        }
        for (String name : List.of("bob,ou=admins", "bob+cn=x", "bob\\", "\"bob\"", "bob;x", "=")) {
            assertThat(template.of(name).getRDNs()).hasSize(4);
            assertThat(new DN(template.of(name).toString()).getRDN().getAttributeValues())
                    .containsExactly(name);
        }
    }
}
