package dev.zeroftpd;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.zeroftpd.PackageMap.Arrows;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.ftpserver.ftplet.UserManager;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds the map of ARCHITECTURE.md: which package may know which. {@link SinglePlaceTest} holds what is called in one place only. */
class ArchitectureTest {

    private static final List<Arrows> MAP = PackageMap.MAP;

    private static final List<Arrows> ROOMS = PackageMap.ROOMS;

    private static final JavaClasses OURS = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.zeroftpd");

    static List<Arrows> map() {
        return MAP;
    }

    static List<Arrows> rooms() {
        return ROOMS;
    }

    @ParameterizedTest
    @MethodSource("map")
    void aPackageKnowsOnlyThoseThatItsArrowsPointTo(Arrows arrows) {
        String[] unknown = MAP.stream()
                .map(Arrows::from)
                .filter(other -> !other.equals(arrows.from()) && !arrows.to().contains(other))
                .map(ArchitectureTest::tree)
                .toArray(String[]::new);
        noClasses()
                .that()
                .resideInAPackage(tree(arrows.from()))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(unknown)
                .allowEmptyShould(true)
                .check(OURS);
    }

    @ParameterizedTest
    @MethodSource("rooms")
    void aRoomKnowsOnlyThoseThatItsArrowsPointTo(Arrows arrows) {
        String whole = wholeOf(arrows.from());
        String[] unknown = ROOMS.stream()
                .map(Arrows::from)
                .filter(other -> wholeOf(other).equals(whole))
                .filter(other -> !other.equals(arrows.from()) && !arrows.to().contains(other))
                .map(ArchitectureTest::room)
                .toArray(String[]::new);
        noClasses()
                .that()
                .resideInAPackage(room(arrows.from()))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(unknown)
                .allowEmptyShould(true)
                .check(OURS);
    }

    @Test
    void everyPackageWithRoomsIsOnTheirMap() {
        List<String> packages =
                OURS.stream().map(ArchitectureTest::name).distinct().toList();
        List<String> withRooms =
                packages.stream().filter(name -> name.contains(".")).toList();
        assertThat(ROOMS).extracting(Arrows::from).containsAll(withRooms);
    }

    @Test
    void everyClassIsInAPackageOfTheMap() {
        classes()
                .should()
                .resideInAnyPackage(MAP.stream()
                        .map(Arrows::from)
                        .map(ArchitectureTest::tree)
                        .toArray(String[]::new))
                .orShould()
                .haveSimpleName("package-info")
                .check(OURS);
    }

    @Test
    void noPackagesKnowEachOtherInACircle() {
        slices().matching("dev.zeroftpd.(*)..").should().beFreeOfCycles().check(OURS);
    }

    @Test
    void noRoomsKnowEachOtherInACircle() {
        slices().matching("dev.zeroftpd.(**)").should().beFreeOfCycles().check(OURS);
    }

    /** Through an arrow that no class needs any more, one could come in unseen. */
    @Test
    void everyArrowIsNeeded() {
        assertThat(unneeded(MAP, found -> wholeOf(name(found)))).isEmpty();
        assertThat(unneeded(ROOMS, ArchitectureTest::name)).isEmpty();
    }

    private static List<String> unneeded(List<Arrows> map, Function<JavaClass, String> part) {
        Set<String> needed = OURS.stream()
                .flatMap(from -> from.getDirectDependenciesFromSelf().stream()
                        .map(arrow -> part.apply(from) + " -> " + part.apply(arrow.getTargetClass())))
                .collect(Collectors.toSet());
        return map.stream()
                .flatMap(arrows -> arrows.to().stream().map(to -> arrows.from() + " -> " + to))
                .filter(arrow -> !needed.contains(arrow))
                .toList();
    }

    private static String name(JavaClass found) {
        return found.getPackageName().replaceFirst("^dev\\.zeroftpd\\.?", "");
    }

    @Test
    void theEngineAndTheSettingsKnowNothingOfApacheFtpServer() {
        noClasses()
                .that()
                .resideInAnyPackage(tree("transfer"), tree("config"))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.apache.ftpserver..", "org.apache.mina..")
                .check(OURS);
    }

    @Test
    void onlyTheCommandLineEndsTheProcessOrWritesToStandardOutput() {
        noClasses()
                .that()
                .resideOutsideOfPackage(tree("cli"))
                .should()
                .callMethod(System.class, "exit", int.class)
                .orShould()
                .callMethod(Runtime.class, "exit", int.class)
                .orShould()
                .callMethod(Runtime.class, "halt", int.class)
                .orShould()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .orShould()
                .callMethod(Throwable.class, "printStackTrace")
                .check(OURS);
    }

    @Test
    void namesSayWhatAClassIs() {
        // Apache FtpServer's own word for "the accounts" is UserManager.
        DescribedPredicate<JavaClass> ofFtpServer = assignableTo(UserManager.class);
        noClasses()
                .that(DescribedPredicate.not(ofFtpServer))
                .should()
                .haveSimpleNameEndingWith("Utils")
                .orShould()
                .haveSimpleNameEndingWith("Util")
                .orShould()
                .haveSimpleNameEndingWith("Helper")
                .orShould()
                .haveSimpleNameEndingWith("Manager")
                .orShould()
                .haveSimpleNameStartingWith("Abstract")
                .orShould()
                .haveNameMatching(".*\\.Base[A-Z]\\w*")
                .check(OURS);
    }

    @Test
    void everyPackageSaysItsJobAndIsNullMarked() {
        List<String> silent = new ArrayList<>();
        OURS.getPackage("dev.zeroftpd").traversePackageTree(ignored -> true, (JavaPackage found) -> {
            boolean marked = found.tryGetPackageInfo()
                    .map(information -> information.isAnnotatedWith(NullMarked.class))
                    .orElse(false);
            if (!marked && !found.getClasses().isEmpty()) {
                silent.add(found.getName());
            }
        });
        assertThat(silent).as("packages without a @NullMarked package-info").isEmpty();
    }

    private static String tree(String name) {
        return room(name) + "..";
    }

    private static String room(String name) {
        return "dev.zeroftpd." + name;
    }

    private static String wholeOf(String room) {
        return room.split("\\.", -1)[0];
    }
}
