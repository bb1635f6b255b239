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
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.ftpserver.ftplet.DefaultFtpReply;
import org.apache.ftpserver.ftplet.UserManager;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds the map of ARCHITECTURE.md: which package may know which, and what is said or called in one place only. */
class ArchitectureTest {

    /** What a package of ours may know of the others. */
    record Arrows(String from, Set<String> to) {

        static Arrows of(String from, String... to) {
            return new Arrows(from, Set.of(to));
        }
    }

    /** The whole map: no package may know more than this. */
    private static final List<Arrows> MAP = List.of(
            Arrows.of("cli", "server", "operator", "ops", "users", "os", "config"),
            Arrows.of(
                    "server",
                    "operator",
                    "admin",
                    "control",
                    "command",
                    "ops",
                    "dataconnection",
                    "storage",
                    "users",
                    "transfer",
                    "charset",
                    "os",
                    "config"),
            Arrows.of("admin", "ops", "transfer", "os", "config"),
            Arrows.of(
                    "command",
                    "control",
                    "dataconnection",
                    "storage",
                    "users",
                    "ops",
                    "transfer",
                    "charset",
                    "os",
                    "config"),
            Arrows.of("operator", "control", "ops", "transfer", "os", "config"),
            Arrows.of("control", "ops", "dataconnection", "transfer", "charset", "os"),
            Arrows.of("ops", "transfer"),
            Arrows.of("dataconnection", "ops", "transfer", "os", "config"),
            Arrows.of("storage", "transfer", "charset", "os", "config"),
            Arrows.of("users", "os", "config"),
            Arrows.of("transfer", "os"),
            Arrows.of("charset"),
            Arrows.of("os", "charset"),
            Arrows.of("config", "os"));

    /** What a room may know of the other rooms of its package. */
    private static final List<Arrows> ROOMS = List.of(
            Arrows.of("admin.http", "admin.metric"),
            Arrows.of("admin.metric"),
            Arrows.of("cli", "cli.check", "cli.operate"),
            Arrows.of("cli.check"),
            Arrows.of("cli.operate"),
            Arrows.of(
                    "command",
                    "command.directory",
                    "command.file",
                    "command.hash",
                    "command.listing",
                    "command.login",
                    "command.parameter",
                    "command.reply",
                    "command.session",
                    "command.stock",
                    "command.transfer",
                    "command.verb",
                    "command.work"),
            Arrows.of(
                    "command.directory",
                    "command.listing",
                    "command.parameter",
                    "command.reply",
                    "command.transfer",
                    "command.work"),
            Arrows.of(
                    "command.file",
                    "command.listing",
                    "command.reply",
                    "command.transfer",
                    "command.verb",
                    "command.work"),
            Arrows.of("command.hash", "command.parameter", "command.reply", "command.transfer", "command.work"),
            Arrows.of("command.listing"),
            Arrows.of("command.login", "command.reply"),
            Arrows.of("command.parameter", "command.reply"),
            Arrows.of("command.reply", "command.stock"),
            Arrows.of("command.session", "command.login", "command.reply", "command.verb"),
            Arrows.of("command.stock"),
            Arrows.of("command.transfer", "command.parameter", "command.reply", "command.verb", "command.work"),
            Arrows.of("command.verb", "command.reply", "command.stock"),
            Arrows.of("command.work", "command.reply"),
            Arrows.of("config", "config.admin"),
            Arrows.of("config.admin"),
            Arrows.of("config.reader", "config", "config.admin"),
            Arrows.of(
                    "control",
                    "control.admission",
                    "control.ban",
                    "control.mailbox",
                    "control.reply",
                    "control.rule",
                    "control.trace",
                    "control.view"),
            Arrows.of("control.admission"),
            Arrows.of("control.ban", "control.admission"),
            Arrows.of("control.mailbox", "control.admission", "control.rule"),
            Arrows.of("control.reply", "control.rule"),
            Arrows.of("control.rule"),
            Arrows.of("control.trace"),
            Arrows.of("control.view"),
            Arrows.of("dataconnection", "dataconnection.tls"),
            Arrows.of("dataconnection.tls", "dataconnection.tls.pem"),
            Arrows.of("dataconnection.tls.pem"),
            Arrows.of("server", "server.doctor", "server.privilege"),
            Arrows.of("server.doctor"),
            Arrows.of("users"),
            Arrows.of("users.migration", "users"),
            Arrows.of("server.privilege"),
            Arrows.of("ops"),
            Arrows.of("ops.event", "ops"),
            Arrows.of("ops.log", "ops", "ops.event"),
            Arrows.of("storage"),
            Arrows.of("storage.ftplet", "storage", "storage.linux", "storage.provider", "storage.upload"),
            Arrows.of("storage.linux", "storage", "storage.provider"),
            Arrows.of("storage.provider", "storage"),
            Arrows.of("storage.upload", "storage"),
            Arrows.of(
                    "transfer",
                    "transfer.bandwidth",
                    "transfer.channel",
                    "transfer.form",
                    "transfer.loop",
                    "transfer.result",
                    "transfer.turn"),
            Arrows.of("transfer.bandwidth", "transfer.result"),
            Arrows.of("transfer.channel", "transfer.loop", "transfer.result"),
            Arrows.of("transfer.form", "transfer.turn"),
            Arrows.of("transfer.loop"),
            Arrows.of("transfer.result"),
            Arrows.of("transfer.turn"));

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

    /** {@code transferTo} says 0 for three different things: one class tells them apart, no other calls it. */
    @Test
    void onlyOneClassCallsTransferTo() {
        noClasses()
                .that()
                .doNotHaveFullyQualifiedName("dev.zeroftpd.transfer.SendFile")
                .should()
                .callMethodWhere(DescribedPredicate.describe(
                        "target is transferTo of a FileChannel",
                        call -> call.getTarget().getName().equals("transferTo")
                                && call.getTargetOwner().isAssignableTo(FileChannel.class)))
                .check(OURS);
    }

    /** Some carry what Ftplets ask for; all others come from one place. */
    @Test
    void onlyOneClassMakesReplies() {
        noClasses()
                .that()
                .areNotAssignableTo(DefaultFtpReply.class)
                .and()
                .doNotHaveFullyQualifiedName("dev.zeroftpd.control.reply.Reply")
                .should()
                .callConstructorWhere(DescribedPredicate.describe(
                        "target is a DefaultFtpReply",
                        call -> call.getTargetOwner().isEquivalentTo(DefaultFtpReply.class)))
                .check(OURS);
    }

    /** Each signature costs some 10 ms at its first use, and memory that Java doesn't watch over is one room's affair. */
    @Test
    void onlyTheGroundFloorCallsForeignFunctions() {
        noClasses()
                .that()
                .resideOutsideOfPackage(tree("os"))
                .should()
                .dependOnClassesThat()
                .resideInAPackage("java.lang.foreign..")
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
