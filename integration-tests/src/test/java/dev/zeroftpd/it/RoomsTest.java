package dev.zeroftpd.it;

import static com.tngtech.archunit.base.DescribedPredicate.alwaysTrue;
import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import org.junit.jupiter.api.Test;

/** The rooms of these tests: each knows {@code support} and no other, and none the server's classes. */
class RoomsTest {

    private static final String HERE = "dev.zeroftpd.it";

    private static final String SUPPORT = HERE + ".support";

    private final JavaClasses tests = new ClassFileImporter().importPackages(HERE);

    @Test
    void noRoomKnowsAnotherOne() {
        slices().matching(HERE + ".(*)..")
                .should()
                .notDependOnEachOther()
                .ignoreDependency(alwaysTrue(), resideInAPackage(SUPPORT))
                .check(tests);
    }

    @Test
    void onlySupportKnowsTheServersClasses() {
        noClasses()
                .that()
                .resideOutsideOfPackage(SUPPORT)
                .should()
                .dependOnClassesThat(describe("are the server's", RoomsTest::isServers))
                .check(tests);
    }

    private static boolean isServers(JavaClass used) {
        return used.getPackageName().startsWith("dev.zeroftpd.")
                && !used.getPackageName().startsWith(HERE);
    }
}
